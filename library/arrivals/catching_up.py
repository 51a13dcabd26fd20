"""The index brought in step again, after another program kept it from being written or a record was changed by hand."""

from __future__ import annotations

import logging
import time

from library.errors import EngineUnavailable, IndexOutOfDate
from library.library import Library

LOG = logging.getLogger(__name__)
OWED_SECONDS = 10.0
"""From one look to the next while something is known to be missing."""
ANYWAY_SECONDS = 180.0
"""From one look to the next when nothing is known: a look reads what the index holds, and no file."""


class CatchingUp:
    """Looks now and then whether the index answers for the records."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._looked: float | None = None
        self._left: tuple[str, ...] = ()
        """What could not be indexed the last time: it is not read again and again."""

    def round(self) -> None:
        """Bring the index in step when it is time to look. Raises OSError, LibraryError."""
        indexing = self._library.indexing
        owes = indexing.owes
        if self._looked is not None and time.monotonic() - self._looked < (OWED_SECONDS if owes else ANYWAY_SECONDS):
            return
        self._looked = time.monotonic()
        try:
            if not owes and indexing.behind() == self._left:
                return
            report = indexing.catch_up()
            if report is not None:
                LOG.info("the index is in step again: %s put, %s dropped", report.put, report.dropped)
                self._left = indexing.behind()
        except EngineUnavailable:
            LOG.warning("the index is behind: another program is writing to it; it is tried again")
        except IndexOutOfDate as error:  # then pages say so, and somebody builds it anew
            LOG.warning("the index cannot be kept in step: %s (%s)", error.message, error.remedy)
