"""From files to catalogued editions: one outcome for every file, whatever is wrong with it."""

from library.ingest.drafted import Given, Stated
from library.ingest.examination import Examiner
from library.ingest.ingest import Ingest
from library.ingest.known_texts import KnownTexts
from library.ingest.outcome import Added, AddReport, Outcome, Rejected, Unchanged, Warned

__all__ = [
    "AddReport", "Added", "Examiner", "Given", "Ingest", "KnownTexts", "Outcome", "Rejected", "Stated", "Unchanged",
    "Warned",
]  # fmt: skip
