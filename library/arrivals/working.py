"""One arrival after the other, from the file as it was handed in to a draft in the catalogue.

A crash at any moment leaves each arrival as it was or done: a draft is there whole or not at all, and its import
report names the arrival it came from, so that one that is there already is not made again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from library.arrivals.arrival import Arrival, Stage
from library.arrivals.arrivals import Arrivals
from library.arrivals.packed import is_pack
from library.arrivals.unpacking import unpack
from library.catalogue import Action, Deed
from library.errors import EngineUnavailable, IndexOutOfDate
from library.formats import Errand, Limits
from library.ingest import Added, Examiner, Given, Outcome, Rejected, Stated, Unchanged
from library.ingest.report import read_report
from library.ingest.shingles import shingles, signature
from library.library import Library
from library.model import Work

LOG = logging.getLogger(__name__)
MOST_TRIES = 5
WHO = "the staff desk"
STAGES = frozenset({Stage.READING, Stage.LANGUAGE, Stage.DESCRIBING, Stage.NEAR_DUPLICATES})


class Working:
    """Works through arrivals; used as a context manager, for it keeps the process that reads files."""

    def __init__(self, library: Library, arrivals: Arrivals, examiner: Examiner | None = None) -> None:
        self._library = library
        self._folder = arrivals.folder
        self._arrivals = arrivals
        self._examiner = examiner or Examiner(library.topics_file)

    def __enter__(self) -> Working:
        self._folder.tidy()
        return self

    def __exit__(self, *_: object) -> None:
        self._examiner.close()

    def warm(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Load what reading needs, then what is compared as long as nothing waits. Raises LibraryError, OSError."""
        self._examiner.warm()
        signature(shingles(()))
        self._library.prepare_ingest(stopped)

    def through(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Work on all that waits, in its order; how many there were. Raises OSError, LibraryError."""
        count = 0
        while not stopped() and (waiting := self._arrivals.waiting()):
            self.one(waiting[0])
            count += 1
        return count

    def one(self, arrival: Arrival) -> Arrival:
        """Work on one arrival, which is done afterwards. Raises OSError when the disk fails, LibraryError."""
        begun = Stage.UNPACKING if arrival.stage is Stage.UNPACKING else Stage.READING
        arrival = self._folder.write(replace(arrival, stage=begun, tries=arrival.tries + 1))
        if arrival.tries > MOST_TRIES:
            return self._rejected(
                arrival,
                "crashed: the program ended each time while it was at work on this file",
                "print it to a new, simpler PDF and add that",
            )
        path = self._folder.received(arrival)
        if not path.is_file():
            return self._rejected(arrival, "lost: the file is not where it was put", "add it again")
        if not is_pack(path):
            return self._done(arrival, self._outcome(arrival))
        if arrival.inside:
            return self._rejected(arrival, "nested: it is a ZIP inside a ZIP", "unpack it and add its files")
        return unpack(self._folder, arrival)

    def _outcome(self, arrival: Arrival) -> Outcome:
        """What becomes of a document, which is in the catalogue when this returns."""
        path = self._folder.received(arrival)
        given = Given(path, arrival.sha256, arrival.name, arrival.label, arrival.who or WHO)

        def tell(stage: str) -> None:
            if stage in STAGES:
                self._folder.write(replace(arrival, stage=Stage(stage)), lasting=False)

        errand = Errand(given.last_name, tell)
        ingest = self._library.ingest(Stated(draft=True))
        return ingest.one(given, lambda: self._examiner.examine(path, Limits(), errand), tell)[0]

    def _done(self, arrival: Arrival, outcome: Outcome) -> Arrival:
        match outcome:
            case Rejected(reason=reason, remedy=remedy, detail=detail):
                if detail:
                    LOG.warning("%s", detail)
                return self._rejected(arrival, reason, remedy)
            case Added(work=work, language=language):
                self._index(work)
                return self._finished(arrival, Stage.DRAFT, work.id, language)
            case Unchanged(edition=edition):
                work_id, _, language = edition.rpartition(".")
                mine = self._again(arrival, work_id)
                return self._finished(arrival, Stage.DRAFT if mine else Stage.UNCHANGED, work_id, language)
        raise TypeError(f"a file has one outcome, not {outcome!r:.80}")

    def _again(self, arrival: Arrival, name: str) -> bool:
        """Whether the edition that is there is the draft of this very arrival, whose making was cut short after it."""
        catalogue = self._library.catalogue
        if read_report(catalogue.folder / name, arrival.sha256).arrival != arrival.label:
            return False
        work = catalogue.get(name)
        if work is not None:
            if not any(line.work == name for line in catalogue.journal.lines()):
                catalogue.journal.note(Deed(arrival.who or WHO, f"from {arrival.name}", Action.ADD), name)
            self._index(work)
        return True

    def _index(self, work: Work) -> None:
        """Let the index follow; what another program keeps from being written, the next to index will write."""
        try:
            try:
                self._library.indexing.follow(None, work)
            except IndexOutOfDate:
                self._library.index()
        except EngineUnavailable:
            LOG.warning("“%s” is a draft, but the index is being written by another program", work.id)

    def _finished(self, arrival: Arrival, stage: Stage, work: str, language: str) -> Arrival:
        return self._folder.finish(replace(arrival, stage=stage, work=work, language=language, reason="", remedy=""))

    def _rejected(self, arrival: Arrival, reason: str, remedy: str) -> Arrival:
        return self._folder.finish(replace(arrival, stage=Stage.REJECTED, reason=reason, remedy=remedy))
