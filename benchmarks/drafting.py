"""How long it takes from the last byte of a file to its draft: reading, describing, comparing, writing, indexing.

    python benchmarks/drafting.py FILE…      by default a demonstration work, its pages put together until there are 20

Each file is handed in to a copy of the demonstration library, as the page of the desk does, while the worker runs in
this process. The time that counts ends when the draft is in the catalogue and the index, ready for review.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from library.access import Role, User
from library.arrivals import Arrivals, ArrivalsWorker, Stage
from library.ingest.report import read_report
from library.library import Library

ROOT = Path(__file__).resolve().parents[1]
PAGES = 20
ROUNDS = 5
SOMEBODY = User(Role.CONTRIBUTOR, "a benchmark")


def main() -> None:
    """Print how long each file took, several times over, each time with other bytes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    given = parser.parse_args().files
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = given or [twenty_pages(folder / "twenty.pdf")]
        root = folder / "library"
        shutil.copytree(ROOT / "documents", root / "documents", copy_function=os.link)
        with Library.open(root) as library:
            print("indexing the demonstration library …", flush=True)
            library.index(jobs=2)
            editions = sum(len(work.editions) for work in library.catalogue.census().works)
            with ArrivalsWorker(lambda: library):
                began = time.perf_counter()
                while len(list((root / "index").glob("shingles/*"))) < editions:
                    time.sleep(0.1)
                print(f"the worker was ready after {time.perf_counter() - began:.1f} s, with no signature kept before")
                table(library, files, folder)


def table(library: Library, files: list[Path], folder: Path) -> None:
    """A row for each file."""
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n")
    print("| file | first, s | median of the others | stages of the last |\n| --- | ---: | ---: | --- |")
    for path in files:
        times, stages = [], ""
        for seconds, said in rounds(library, path, folder):
            times.append(seconds)
            stages = said
        print(f"| {path.name} | {times[0]:.2f} | {statistics.median(times[1:]):.2f} | {stages} |", flush=True)


def rounds(library: Library, path: Path, folder: Path) -> Iterator[tuple[float, str]]:
    """Hand the file in several times, with a remark at its end that makes it another one."""
    arrivals = Arrivals(library.root)
    for _ in range(ROUNDS):
        data = path.read_bytes() + b"\n% " + secrets.token_hex(8).encode() + b"\n"
        batch = arrivals.new_batch()
        began = time.perf_counter()
        arrivals.receive(SOMEBODY, path.name, [data], batch)
        while not (status := arrivals.status(SOMEBODY, batch)).done:
            time.sleep(0.02)
        seconds = time.perf_counter() - began
        (arrival,) = status.arrivals
        if arrival.stage is not Stage.DRAFT:
            raise SystemExit(f"{path}: {arrival.reason}")
        report = read_report(library.catalogue.folder / arrival.work, arrival.sha256)
        yield seconds, ", ".join(f"{stage} {took:.2f}" for stage, took in report.stages)


def twenty_pages(path: Path) -> Path:
    """The longest demonstration document in English, and pages of others until there are twenty."""
    writer = PdfWriter()
    for source in sorted((ROOT / "documents").glob("*/en.pdf"), key=lambda one: -one.stat().st_size):
        left = PAGES - len(writer.pages)
        if left:
            writer.append(source, pages=(0, min(left, len(PdfReader(source).pages))))
    writer.write(path)
    return path


if __name__ == "__main__":
    main()
