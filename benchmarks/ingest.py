"""How fast files become searchable: each stage by itself, the whole with one and two jobs, and a bare pipeline.

    python benchmarks/ingest.py FOLDER        FOLDER of PDFs; benchmarks/collect.sh gathers some

The bare pipeline is `pdftotext` into SQLite FTS5, a row a page, over the same files in the same run: no
languages, no stems, no descriptions, no records. Machines are noisy: what counts are the ratios of one run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from library.describe import Describer
from library.describe.language import LanguageIdentifier
from library.engines import Batch
from library.engines.whoosh_engine import WhooshEngine
from library.errors import UnreadableFile
from library.formats import Limits, Reading
from library.formats.page_store import PageStore
from library.formats.pdf import read_pdf
from library.formats.reader_process import prepare, silence
from library.indexing import make_entry
from library.ingest import Stated
from library.library import Library
from library.model import Edition, Kind, Work

TOPICS = Path(__file__).resolve().parents[1] / "documents" / "topics.ttl"
THIS_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    pages: int
    wall: float
    cpu: float
    """Of this process and the children it waited for."""


def main() -> None:
    """Run every measurement and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    files = sorted(parser.parse_args().folder.rglob("*.pdf"))
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        rows = [*stages(files, root), *(added(files, root, jobs) for jobs in (1, 2)), bare(files, root)]
    print_table(rows, files)


def stages(files: list[Path], root: Path) -> Iterator[Row]:
    """Reading, language, describing and indexing, one after the other in this one process."""
    silence()
    prepare()
    readings: list[tuple[Path, Reading]] = []
    row = measured("reading: text, cover, metadata", lambda: readings.extend(read_all(files)))
    pages = sum(len(reading.pages) for _, reading in readings)
    yield row(pages)
    identifier = LanguageIdentifier.open()
    texts = [[page.text for page in reading.pages] for _, reading in readings]
    language = measured("language of every page", lambda: [identifier.identify(each) for each in texts])(pages)
    yield language
    (root / "documents").mkdir()
    shutil.copy(TOPICS, root / "documents")
    with Library.open(root) as library:
        describer = Describer.open(library.thesaurus, THIS_YEAR)
        described: list[Reading] = []
        whole = measured(
            "",
            lambda: described.extend(describer.describe(reading, path.name)[0] for path, reading in readings),
        )(pages)
        yield Row("describing: title, date, topics, kind", pages, whole.wall - language.wall, whole.cpu - language.cpu)
        yield measured("indexing: analysis and commit", lambda: index(described, library, root / "stages"))(pages)


def index(readings: list[Reading], library: Library, folder: Path) -> None:
    """Put every reading into a fresh index."""
    store = PageStore(folder / "pages")
    entries = []
    for number, reading in enumerate(readings):
        sha256 = f"{number:064x}"
        store.put(sha256, reading.pages)
        stored = store.get(sha256)
        languages = [name for page in reading.pages for name in page.languages[:1]]
        main_language = max(set(languages), key=languages.count, default="und")
        edition = Edition(main_language, f"Work {number}", sha256, len(reading.pages))
        if stored is not None:
            entries.append(make_entry(Work(f"w{number}", Kind.GUIDE, (edition,)), edition, stored, library.thesaurus))
    engine = WhooshEngine(folder / "whoosh")

    def fill(batch: Batch) -> None:
        for entry in entries:
            batch.put(entry)

    engine.rebuild(fill)
    engine.close()


def added(files: list[Path], root: Path, jobs: int) -> Row:
    """The whole of `library add` into an empty library."""
    place = root / f"jobs-{jobs}"
    (place / "documents").mkdir(parents=True)
    shutil.copy(TOPICS, place / "documents")
    with Library.open(place) as library:
        reports = []
        row = measured(f"whole, --jobs {jobs}", lambda: reports.append(library.add(files, Stated(), jobs=jobs)))
        return row(sum(one.pages for one in reports[0].added))


def bare(files: list[Path], root: Path) -> Row:
    """`pdftotext` into SQLite FTS5, a row a page."""
    database = sqlite3.connect(root / "bare.sqlite")
    database.execute("create virtual table pages using fts5(file unindexed, number unindexed, text)")
    count = 0

    def run() -> None:
        nonlocal count
        for path in files:
            text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False).stdout
            pages = text.decode("utf-8", "replace").split("\f")[:-1]
            database.executemany(
                "insert into pages values (?, ?, ?)",
                ((path.name, number, page) for number, page in enumerate(pages, 1)),
            )
            count += len(pages)
        database.commit()

    row = measured("bare: pdftotext into SQLite FTS5", run)(0)
    database.close()
    return Row(row.what, count, row.wall, row.cpu)


def read_all(files: list[Path]) -> Iterator[tuple[Path, Reading]]:
    """Every file that can be read, in this process."""
    for path in files:
        try:
            yield path, read_pdf(path, Limits())
        except UnreadableFile as refusal:
            print(f"left out: {path.name}: {refusal.message}")


def measured(what: str, work: Callable[[], object]) -> Callable[[int], Row]:
    """Do the work now; given the number of pages, tell how long it took."""
    with clock() as (wall, cpu):
        work()
    return lambda pages: Row(what, pages, wall(), cpu())


@contextmanager
def clock() -> Iterator[tuple[Callable[[], float], Callable[[], float]]]:
    """Wall and CPU seconds of a block, to be asked for after it."""
    begun = (time.perf_counter(), cpu_seconds())
    ended: list[float] = []
    yield (lambda: ended[0] - begun[0]), (lambda: ended[1] - begun[1])
    ended.extend((time.perf_counter(), cpu_seconds()))


def cpu_seconds() -> float:
    """CPU seconds of this process and of every child it has waited for."""
    return sum(os.times()[:4])


def print_table(rows: list[Row], files: list[Path]) -> None:
    """The rows in Markdown, with pages per second and the ratio to the bare pipeline."""
    peer = rows[-1].pages / rows[-1].wall
    print(f"\n{len(files)} files, {rows[0].pages} pages\n")
    print("| stage | pages/s wall | CPU ms a page | wall against bare |\n|---|---:|---:|---:|")
    for row in rows:
        rate = row.pages / row.wall
        print(f"| {row.what} | {rate:.0f} | {1000 * row.cpu / row.pages:.2f} | {peer / rate:.2f}× |")


if __name__ == "__main__":
    main()
