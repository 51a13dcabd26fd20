"""What works in the background of the web application: arrivals, tasks, and drafts whose day has come."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from threading import Event, Thread
from types import MappingProxyType

from library.arrivals.arrivals import Arrivals
from library.arrivals.bell import Bell
from library.arrivals.catching_up import CatchingUp
from library.arrivals.tasks import Handler, Tasks
from library.arrivals.working import Working
from library.desk.publishing import publish_due
from library.errors import LibraryError
from library.library import Library

LOG = logging.getLogger(__name__)
LISTENS_SECONDS = 0.25
"""From one look at the bell to the next: what a person who waits does not notice."""
ROUND_SECONDS = 10.0
"""From one round to the next when nobody rings."""
PREPARES_SECONDS = 0.005
"""A breath after each edition that is read beforehand: readers of the pages come first."""
CALENDAR_SECONDS = 600.0
PAUSE_SECONDS = 20.0
"""After the work on an arrival went wrong in a way that may pass, such as a full disk."""
OPENS_SECONDS = 5.0
"""From one try at opening the library to the next."""
NO_HANDLERS: Mapping[str, Handler] = MappingProxyType({})


class ArrivalsWorker:
    """One thread that works; of several processes with one library, one at a time does. Used as a context manager."""

    def __init__(self, open_library: Callable[[], Library], handlers: Mapping[str, Handler] = NO_HANDLERS) -> None:
        """`handlers` do the tasks that are asked for, each under the first word of its request.

        A library that cannot be opened is tried again until it can: somebody may be mending its settings.
        """
        self._open = open_library
        self._handlers = handlers
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
        library = self._opened()
        while library is not None and not self._stopped.is_set():
            try:
                arrivals = Arrivals(library.root)
                with arrivals.folder.bell.alone() as mine:
                    if mine:
                        self._work(library, arrivals)
            except OSError as error:  # no folder can be made here: then nothing can be handed in either
                LOG.warning("arrivals are not worked through: %s", error)
            self._stopped.wait(ROUND_SECONDS)

    def _opened(self) -> Library | None:
        """The library, as soon as it can be opened; None when that is not before the end."""
        while not self._stopped.is_set():
            try:
                return self._open()
            except (LibraryError, OSError) as error:
                LOG.warning("arrivals wait, for the library cannot be opened: %s", error)
            except Exception:
                LOG.exception("arrivals wait, for the library cannot be opened")
            self._stopped.wait(OPENS_SECONDS)
        return None

    def _work(self, library: Library, arrivals: Arrivals) -> None:
        """Rounds until it is stopped, while this process holds the lock."""
        bell, tasks, catching_up = arrivals.folder.bell, Tasks(arrivals.folder.folder), CatchingUp(library)

        def called_away() -> bool:
            return self._stopped.is_set() or bool(arrivals.waiting())

        with Working(library, arrivals) as working:
            heard = bell.heard()
            if not arrivals.waiting():
                self._try("preparing", lambda: working.warm(lambda: self._interrupted(bell, heard)))
            while not self._stopped.is_set():
                heard = bell.heard()
                self._try("a look at the thesaurus", self._open)  # which another process may have changed
                taken = self._try("the work on arrivals", lambda: working.through(self._stopped.is_set))
                self._try("keeping the index in step", catching_up.round)
                self._try("publishing what is due", lambda: self._publish_due(library))
                self._try("a task", lambda: tasks.through(library, self._handlers, called_away))
                if not taken:
                    self._stopped.wait(PAUSE_SECONDS)
                self._listen(bell, heard)

    def _interrupted(self, bell: Bell, heard: int) -> bool:
        return self._stopped.wait(PREPARES_SECONDS) or bell.heard() != heard

    def _publish_due(self, library: Library) -> None:
        if self._looked is None or time.monotonic() - self._looked > CALENDAR_SECONDS:
            publish_due(library)
            self._looked = time.monotonic()

    def _listen(self, bell: Bell, heard: int) -> None:
        """Wait until somebody rings, or for the next round."""
        until = time.monotonic() + ROUND_SECONDS
        while bell.heard() == heard and time.monotonic() < until:
            if self._stopped.wait(LISTENS_SECONDS):
                return

    def _try(self, what: str, work: Callable[[], object]) -> bool:
        """Whether it went well. This is the boundary of the thread: whatever goes wrong is told, and it goes on."""
        try:
            work()
        except LibraryError as error:
            LOG.warning("%s waits: %s (%s)", what, error.message, error.remedy, exc_info=True)
        except OSError as error:
            LOG.warning("%s waits: %s", what, error, exc_info=True)
        except Exception:
            LOG.exception("%s failed; it is tried again", what)
        else:
            return True
        return False
