"""From files to catalogued editions: one outcome for every file, whatever is wrong with it."""

from library.ingest.ingest import Ingest, Stated
from library.ingest.outcome import Added, AddReport, Outcome, Rejected, Unchanged, Warned

__all__ = ["AddReport", "Added", "Ingest", "Outcome", "Rejected", "Stated", "Unchanged", "Warned"]
