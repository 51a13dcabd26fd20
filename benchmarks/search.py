"""How fast a search is answered, beside tantivy, SQLite FTS5 and OpenSearch over the same editions in the same run.

    python benchmarks/search.py --folder FOLDER [--editions 1000,10000] [--only ours,tantivy] [--keep FOLDER]

FOLDER holds PDFs in eight languages, from which the sentences of made-up editions are taken; benchmarks/collect.sh
gathers some. The tables go to the standard output as Markdown, a chart beside this file. tantivy is compared when its
Python package is installed (pip install tantivy). Machines are noisy: what counts are the ratios of one run.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np
from bars import bar_chart
from contenders import CONTENDERS
from corpus import Corpus
from distributed import ADDRESS
from exactness import EDITIONS as CHECKED_EDITIONS
from exactness import differences
from fts5 import FTS5
from ours import AGAIN, PLAIN, WHOLE
from peers import TANTIVY
from queries import SAMPLE, Asked, Question, fuzzy_is_offered, questions
from rounds import REPETITIONS, Asking, add, ask, build, crowd
from sentences import gather
from tables import (
    added_table,
    agreement_table,
    answer_table,
    build_table,
    crowd_table,
    opening_table,
    ratio_table,
    taken,
    target_table,
)  # fmt: skip

CHART = Path(__file__).with_suffix(".svg")
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be measured."""

    corpus: Corpus
    names: tuple[str, ...]
    threads: tuple[int, ...]
    asked: tuple[Question, ...]


def main() -> None:
    """Run every measurement and print the tables."""
    given = _arguments()
    with _place(given) as scratch:
        corpus = Corpus(_apart(gather, given.folder), given.seed)
        asked = _apart(sampled, corpus, given.queries, given.seed)
        run = Run(replace(corpus, copies=given.copies), _names(given.only), given.threads, asked)
        print(f"{len(asked)} questions, {platform.system()}, Python {platform.python_version()}, {os.cpu_count()} CPUs")
        if "ours" in run.names:
            print(exactness(Path(scratch), corpus))
        for editions in given.editions:
            for part in sections(run, Path(scratch) / str(editions), editions, given.chart):
                print(part, flush=True)


def sections(run: Run, scratch: Path, editions: int, chart: Path) -> Iterator[str]:
    """Everything about a library of one size."""
    yield f"\n## {editions:,} editions\n"
    missing = [name for name in run.names if not (scratch / name).exists()]
    built = [_apart(build, name, scratch, run.corpus, editions) for name in missing]
    if built:
        yield f"### Indexing {built[0].pages:,} pages\n\n{build_table(built)}"
    asking = _apart(ask, run.names, scratch, run.corpus, run.asked, editions)
    if not fuzzy_is_offered():
        yield "Mistyped words are not asked for: the library does not offer `word~`.\n"
    if {"ours", "tantivy"} <= set(run.names):
        yield f"### Targets (they are for 10,000 editions)\n\n{target_table(asking)}"
        yield f"### Ours against tantivy, warm\n\n{ratio_table(asking)}"
    yield f"### Warm, ms: p50 / p95 / p99 of {REPETITIONS - 1} answers to each question\n"
    yield f"Wall:\n\n{answer_table(asking, True, 'wall')}\nCPU:\n\n{answer_table(asking, True, 'cpu')}"
    yield "### Cold, ms: p50 / p95 / p99, the index just opened and no word of it read\n"
    yield f"Wall:\n\n{answer_table(asking, False, 'wall')}\nCPU:\n\n{answer_table(asking, False, 'cpu')}"
    yield opening_table(asking)
    if "ours" in run.names:
        yield added_table(_apart(add, scratch, run.corpus, run.asked[0]))
    if asking.agreeing:
        yield f"### Do they find the same?\n\n{agreement_table(asking)}"
    chart.write_text(drawn(asking, editions), encoding="utf-8")
    crowds = [
        _apart(crowd, name, scratch, run.corpus, run.asked, threads) for threads in run.threads for name in run.names
    ]
    if crowds:
        yield f"### Threads on one open engine\n\n{crowd_table(crowds)}"


def _place(given: argparse.Namespace) -> AbstractContextManager[str]:
    """Where the indexes are built: a folder that goes away, or one that stays."""
    return nullcontext(str(given.keep)) if given.keep else tempfile.TemporaryDirectory(dir=given.scratch)


def sampled(corpus: Corpus, many: int, seed: int) -> tuple[Question, ...]:
    """The questions, in words of the beginning of the library."""
    return questions(corpus.entries(SAMPLE), many, seed)


def exactness(scratch: Path, corpus: Corpus) -> str:
    """Whether totals are what a count by hand gives."""
    checked, wrong = _apart(differences, scratch, corpus, CHECKED_EDITIONS)
    told = "\n".join(f"- {difference}" for difference in wrong)
    return (
        f"Totals of one-word questions against a count by hand at {CHECKED_EDITIONS:,} editions: "
        f"{checked - len(wrong)} of {checked} equal.\n{told}"
    )


def drawn(asking: Asking, editions: int) -> str:
    """The chart of the warm medians."""
    ways = [way for way in (PLAIN, AGAIN, TANTIVY, FTS5, WHOLE) if taken(asking, way, "all", True, "wall")]
    bars = {
        way: {str(kind): float(np.median(times)) for kind in Asked if (times := taken(asking, way, kind, True, "wall"))}
        for way in ways
    }
    groups = [str(kind) for kind in Asked if any(str(kind) in series for series in bars.values())]
    return bar_chart(f"Warm median at {editions:,} editions (logarithmic)", groups, bars, "ms")


def _apart(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do it in a fresh process, which ends with it."""
    name = getattr(work, "__name__", "")
    print(f"{name} {' '.join(str(arg) for arg in args if isinstance(arg, (str, int)))}", file=sys.stderr)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def _names(only: str) -> tuple[str, ...]:
    wanted = only.split(",") if only else list(CONTENDERS)
    if unknown := set(wanted) - CONTENDERS.keys():
        sys.exit(f"not known: {', '.join(sorted(unknown))} (there are {', '.join(CONTENDERS)})")
    if "tantivy" in wanted and importlib.util.find_spec("tantivy") is None:
        print("tantivy is left out: pip install tantivy", file=sys.stderr)
        wanted.remove("tantivy")
    if "opensearch" in wanted and ADDRESS not in os.environ:
        print(f"opensearch is left out: say make opensearch, and write its address into {ADDRESS}", file=sys.stderr)
        wanted.remove("opensearch")
    return tuple(name for name in CONTENDERS if name in wanted)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="PDFs in eight languages")
    parser.add_argument("--editions", type=_numbers, default=(1_000,), help="sizes, with commas between them")
    parser.add_argument("--threads", type=_numbers, default=(1, 4, 16), help="with commas; 0 for none")
    parser.add_argument("--only", default="", help=f"of {', '.join(CONTENDERS)}, with commas")
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--copies", type=int, default=1, help="every edition so often; see multiplied.py; with --keep")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chart", type=Path, default=CHART)
    parser.add_argument("--keep", type=Path, help="a folder in which the indexes stay and are found the next time")
    parser.add_argument("--scratch", type=Path, help="where the indexes are built; the system's place by default")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(number for part in text.split(",") if (number := int(part)))


if __name__ == "__main__":
    main()
