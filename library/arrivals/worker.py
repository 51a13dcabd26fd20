"""What works in the background of the web application: arrivals, tasks, and drafts whose day has come."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from threading import Event, Thread
from types import MappingProxyType

from library.arrivals.arrivals import Arrivals
from library.arrivals.tasks import Handler, Tasks
from library.arrivals.working import Working
from library.desk.publishing import publish_due
from library.errors import LibraryError
from library.library import Library

LOG = logging.getLogger(__name__)
LISTENS_SECONDS = 0.25
"""From one look at the bell to the next: what a person who waits does not notice."""
ROUND_SECONDS = 15.0
"""From one round to the next when nobody rings."""
PREPARES_SECONDS = 0.005
"""A breath after each edition that is read beforehand: readers of the pages come first."""
CALENDAR_SECONDS = 600.0
PAUSE_SECONDS = 30.0
"""After something went wrong that may pass, such as a full disk."""
NO_HANDLERS: Mapping[str, Handler] = MappingProxyType({})


class ArrivalsWorker:
    """One thread that works; of several processes with one library, one at a time does. Used as a context manager."""

    def __init__(self, library: Library, handlers: Mapping[str, Handler] = NO_HANDLERS) -> None:
        """`handlers` do the tasks that are asked for, each under the first word of its request."""
        self._library = library
        self._handlers = handlers
        self._arrivals = Arrivals(library.root)
        self._bell = self._arrivals.folder.bell
        self._tasks = Tasks(self._arrivals.folder.folder)
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="arrivals", daemon=True)
        self._looked: float | None = None

    def __enter__(self) -> ArrivalsWorker:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin: first with what a crash left."""
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Let it end after what it is at; what takes longer is taken up again at the next start."""
        self._stopped.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with self._bell.alone() as mine:
                    if mine:
                        self._work()
            except OSError as error:  # no folder can be made here: then nothing can be handed in either
                LOG.warning("arrivals are not worked through: %s", error)
            self._stopped.wait(ROUND_SECONDS)

    def _work(self) -> None:
        """Rounds until it is stopped, while this process holds the lock."""
        with Working(self._library, self._arrivals) as working:
            heard = self._bell.heard()
            if not self._arrivals.waiting():
                self._try(lambda: working.warm(lambda: self._interrupted(heard)))
            while not self._stopped.is_set():
                heard = self._bell.heard()
                if not self._try(lambda: self._round(working)):
                    self._stopped.wait(PAUSE_SECONDS)
                self._listen(heard)

    def _interrupted(self, heard: int) -> bool:
        return self._stopped.wait(PREPARES_SECONDS) or self._bell.heard() != heard

    def _round(self, working: Working) -> None:
        working.through(self._stopped.is_set)
        self._tasks.through(self._library, self._handlers, self._stopped.is_set)
        if self._looked is None or time.monotonic() - self._looked > CALENDAR_SECONDS:
            self._looked = time.monotonic()
            publish_due(self._library)

    def _listen(self, heard: int) -> None:
        """Wait until somebody rings, or for the next round."""
        until = time.monotonic() + ROUND_SECONDS
        while self._bell.heard() == heard and time.monotonic() < until:
            if self._stopped.wait(LISTENS_SECONDS):
                return

    def _try(self, work: Callable[[], object]) -> bool:
        """Whether it went well. This is the boundary of the thread: whatever goes wrong is told, and it goes on."""
        try:
            work()
        except LibraryError as error:
            LOG.warning("arrivals wait: %s (%s)", error.message, error.remedy)
        except OSError as error:
            LOG.warning("arrivals wait: %s", error)
        except Exception:
            LOG.exception("the work on an arrival failed; it is tried again")
        else:
            return True
        return False
