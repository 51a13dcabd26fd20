"""The embedded engine: Whoosh keeps the lexicon, the postings and the commits; numpy answers."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import numpy as np
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.util.filelock import try_for
from whoosh.writing import LockError

from library.analysis import ANALYSIS_VERSION, Analysers
from library.durable import write_text
from library.engines import Alike, Answer, Batch, Completion, Likeness, Neighbour
from library.engines.answering import Answerer, whole
from library.engines.columns import fingerprints
from library.engines.completing import completions
from library.engines.generation import Generation
from library.engines.spelling import neighbours
from library.engines.whoosh_batch import LOCK_SECONDS, WhooshBatch, open_writer
from library.engines.whoosh_crew import Crew
from library.engines.whoosh_merging import merged
from library.engines.whoosh_part import Alone
from library.engines.whoosh_schema import SCHEMA_VERSION, schema
from library.errors import EngineUnavailable, IndexOutOfDate, LibraryError
from library.model import Access
from library.query import Node
from library.request import SearchRequest

LOCK_FILE = "write.lock"
STAMP_FILE = "stamp.json"
REOPENINGS = 5
"""How often a reader tries to open an index that a writer is changing, `REOPENING_SECONDS` apart."""
REOPENING_SECONDS = 0.02
SETTLED_NS = 100_000_000
"""Age from which a change on disk can be told from the next one by its time: file systems count in ticks of 4 ms."""
MEMORY_MB = 256
"""Postings held in memory before a part of the index is written, by all processes that write together."""
MOST_PARTS = 4
"""Processes that write side by side: more have too little memory each, and the parts are put together by one."""

_STAMP = {"engine": "whoosh", "schema": SCHEMA_VERSION, "analysis": ANALYSIS_VERSION}


Traces = tuple[int, int]
"""When two files last changed, in nanoseconds."""


class WhooshEngine:
    """An index folder. One reader behind one lock: free threads are slower than one here (measured)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = RLock()
        self._analysers = Analysers()
        self._open: tuple[str, FileIndex, Generation] | None = None
        self._answerer: Answerer | None = None
        self._seen: Traces | None = None

    # -- what is held

    def held(self) -> Mapping[str, str]:
        """Every edition held, with its fingerprint. Raises IndexOutOfDate."""
        with self._lock:
            generation = self._generation()  # with its columns, so that damage is met here
            return fingerprints(generation.segments, generation.columns)

    @contextmanager
    def batch(self, jobs: int = 1) -> Iterator[Batch]:
        """A batch of changes: committed when the block ends, discarded when an exception leaves it.

        With several jobs what is put is written in as many processes (at most `MOST_PARTS`).
        Raises IndexOutOfDate, and EngineUnavailable when another program keeps writing.
        """
        self._stamped()
        with self._alone():
            index = self._index()  # first: a damaged stamp must not say what is cleared away
            self._clear_all_but(Path(self._stamped()).name)
            with self._writing(index, jobs) as batch:
                yield batch

    def rebuild(self, fill: Callable[[Batch], None], jobs: int = 1) -> None:
        """Build the index anew in a folder of its own; searches see the old one until it is whole.

        With several jobs it is written in as many processes (at most `MOST_PARTS`).
        Raises EngineUnavailable when another program keeps writing.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._rebuild(fill, jobs)

    def _rebuild(self, fill: Callable[[Batch], None], jobs: int) -> None:
        name = f"generation-{time.time_ns():x}"
        place = self._folder / name
        place.mkdir()
        try:
            with self._writing(FileStorage(str(place)).create_index(schema()), jobs) as batch:
                fill(batch)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        write_text(self._stamp_path, json.dumps({**_STAMP, "folder": name}))
        self._clear_all_but(name)

    def _clear_all_but(self, current: str) -> None:
        """Take away older generations, and what a writer that was killed left: nobody else writes now."""
        for other in self._folder.glob("generation-*"):
            if other.name != current:
                shutil.rmtree(other, ignore_errors=True)  # readers that have it open keep their files
        # A stamp, and a table of contents as Whoosh writes it, that were never renamed.
        for half in (*self._folder.glob(f".{STAMP_FILE}.*.tmp"), *(self._folder / current).glob("_*.toc.*")):
            half.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the open generation."""
        with self._lock:
            if self._open is not None:
                self._open[2].close()
                self._open = self._answerer = None

    # -- searching

    def search(self, node: Node, request: SearchRequest, visible: frozenset[Access]) -> Answer:
        """The works that match, with exact counts. Raises IndexOutOfDate."""
        with self._lock:
            return self.answerer().answer(node, request, visible)

    def answerer(self) -> Answerer:
        """What answers from the current generation; not to be shared between threads. Raises IndexOutOfDate."""
        generation = self._generation()
        if self._answerer is None or self._answerer.generation is not generation:
            self._answerer = Answerer(generation, self._analysers)
        return self._answerer

    def counts(self, nodes: Sequence[Node], visible: frozenset[Access]) -> tuple[int, ...]:
        """For each query, the visible works that have all of it. Raises IndexOutOfDate."""
        with self._lock:
            answerer = self.answerer()
            generation, matcher = answerer.generation, answerer.matcher
            seen, columns = generation.seen(visible), generation.columns
            return tuple(int(np.count_nonzero(columns.works_of(whole(matcher, node, seen).ids))) for node in nodes)

    # -- words and titles

    def neighbours(self, word: str, visible: frozenset[Access], most: int) -> tuple[Neighbour, ...]:
        """What is spelt nearly like a folded word. Raises IndexOutOfDate."""
        with self._lock:
            generation = self.answerer().generation
            return neighbours(generation, word, generation.seen(visible), most)

    def completions(self, before: str, beginning: str, visible: frozenset[Access], most: int) -> tuple[Completion, ...]:
        """The commonest words with a beginning, after the words before it. Raises IndexOutOfDate."""
        with self._lock:
            answerer = self.answerer()
            generation, matcher = answerer.generation, answerer.matcher
            typed = before, beginning
            return completions(generation, matcher, self._analysers, typed, generation.seen(visible), most)

    def titles(self, beginnings: Sequence[str], visible: frozenset[Access], reader: str, most: int) -> tuple[str, ...]:
        """Editions whose title has words that begin so. Raises IndexOutOfDate."""
        with self._lock:
            answerer = self.answerer()
            return answerer.titles.find(beginnings, answerer.generation.seen(visible), reader, most)

    def alike(self, likeness: Likeness, visible: frozenset[Access], most: int) -> tuple[Alike, ...]:
        """The works that are most like this one. Raises IndexOutOfDate."""
        with self._lock:
            return self.answerer().alike(likeness, visible, most)

    # -- the folder

    @property
    def _stamp_path(self) -> Path:
        return self._folder / STAMP_FILE

    def _stamped(self) -> str:
        """The folder of the current index. Raises IndexOutOfDate."""
        try:
            stamp = json.loads(self._stamp_path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise IndexOutOfDate(f"there is no index in {self._folder}") from None
        except (OSError, ValueError):
            raise IndexOutOfDate(f"the stamp of the index in {self._folder} cannot be read") from None
        if not isinstance(stamp, dict) or any(stamp.get(key) != value for key, value in _STAMP.items()):
            raise IndexOutOfDate(f"the index in {self._folder} was built by another version of the program")
        return str(stamp.get("folder"))

    def _index(self) -> FileIndex:
        place = self._folder / Path(self._stamped()).name
        with _opening(place):
            return whoosh_index.open_dir(str(place))

    def _generation(self) -> Generation:
        """The current generation: opened again when a writer has committed since."""
        traces = self._traces()
        if self._open is not None and traces is not None and traces == self._seen:
            return self._open[2]
        looked = time.time_ns()
        folder = self._stamped()
        if self._open is not None:
            opened, index, generation = self._open
            if opened == folder and index.latest_generation() == generation.reader.generation():
                # A change within the same tick of the clock as the last one would leave no trace: look again until
                # the last one is past.
                self._seen = traces if traces is not None and looked - max(traces) > SETTLED_NS else None
                return generation
        self._seen = None
        for attempt in range(REOPENINGS):
            try:
                folder, index = self._stamped(), self._index()
                with _opening(self._folder / folder):
                    generation = _read(index)
                break
            except IndexOutOfDate:
                # A writer may have merged the files away, or swapped the folder, between two looks at them.
                if attempt == REOPENINGS - 1:
                    raise
                time.sleep(REOPENING_SECONDS)
        self.close()
        self._open = (folder, index, generation)
        return generation

    def _traces(self) -> Traces | None:
        """When the stamp and the folder of the open index last changed: a commit changes one, a rebuild the other."""
        if self._open is None:
            return None
        try:
            return self._stamp_path.stat().st_mtime_ns, (self._folder / self._open[0]).stat().st_mtime_ns
        except OSError:
            return None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else writes, neither into the current index nor beside it: a rebuild clears other folders away."""
        lock = FileStorage(str(self._folder)).lock(LOCK_FILE)
        if not try_for(lock.acquire, timeout=LOCK_SECONDS):
            raise self._busy()
        try:
            yield
        finally:
            lock.release()

    def _busy(self) -> EngineUnavailable:
        return EngineUnavailable(
            f"another program is writing to the index in {self._folder}", "wait until it has finished, then try again"
        )

    @contextmanager
    def _writing(self, index: FileIndex, jobs: int) -> Iterator[WhooshBatch]:
        try:
            writer = open_writer(index)
        except LockError:
            raise self._busy() from None
        try:
            # A folder that the next writer clears away, should this one be killed.
            place = self._folder / f"generation-{time.time_ns():x}-parts"
            many = min(jobs, MOST_PARTS)
            with Crew(place, writer, MEMORY_MB, many) if many > 1 else Alone(place, writer, MEMORY_MB) as hands:
                yield WhooshBatch(writer, index, hands.add)
                hands.finish()
                writer.commit(mergetype=merged)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise


def _read(index: FileIndex) -> Generation:
    reader = index.reader()
    try:
        return Generation(reader)
    except BaseException:
        reader.close()
        raise


@contextmanager
def _opening(place: Path) -> Iterator[None]:
    """What a damaged folder raises, said as IndexOutOfDate: OSError, zlib, pickle, struct, almost anything."""
    try:
        yield
    except LibraryError:
        raise
    except Exception as error:
        raise IndexOutOfDate(f"the index in {place} cannot be opened: {type(error).__name__}") from error
