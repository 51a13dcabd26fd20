"""How well the judged queries of tests/relevance are answered: nDCG@10 and MRR by language, through ir-measures.

    make relevance

Each query is asked once over all demonstration works, by the person it names; what nobody judged counts 0. The
library is small, so that a figure here says whether what is sought is found and stands above what only mentions it,
not how the search copes with thousands of works.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the judgements are beside the tests that hold them

from ir_measures import RR, Qrel, ScoredDoc, calc_aggregate, nDCG  # noqa: E402

from library.library import Library  # noqa: E402
from tests.relevance.judgements import Judged, read_judged  # noqa: E402

MEASURES = (nDCG @ 10, RR)


def main() -> None:
    """Index the demonstration works, ask every judged query and print the table."""
    asked = [judged for judged in read_judged() if judged.relevant]
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(ROOT / "documents", Path(scratch) / "documents")
        with Library.open(Path(scratch)) as library:
            library.index(jobs=2)
            found = [tuple(hit.work for hit in judged.ask(library).hits) for judged in asked]
    print(table(rows(asked, found)), end="")


def rows(asked: Sequence[Judged], found: Sequence[Sequence[str]]) -> Iterator[tuple[str, int, list[float]]]:
    """Name, queries and figures: a row a language, then what was asked across languages, then all."""
    languages = list(dict.fromkeys(judged.language for judged in asked))
    groups = {language: [judged.language == language for judged in asked] for language in languages}
    groups["across languages"] = [judged.across for judged in asked]
    groups["all"] = [True for _ in asked]
    for name, chosen in groups.items():
        of = [number for number, taken in enumerate(chosen) if taken]
        yield name, len(of), figures([asked[number] for number in of], [found[number] for number in of])


def figures(asked: Sequence[Judged], found: Sequence[Sequence[str]]) -> list[float]:
    """The mean of each measure over these queries."""
    wanted = [Qrel(str(n), work, grade) for n, judged in enumerate(asked) for work, grade in judged.relevant.items()]
    ranked = [ScoredDoc(str(n), work, -place) for n, works in enumerate(found) for place, work in enumerate(works)]
    means = calc_aggregate(MEASURES, wanted, ranked)
    return [float(means[measure]) for measure in MEASURES]


def table(lines: Iterable[tuple[str, int, list[float]]]) -> str:
    """The rows as Markdown."""
    body = (f"| {name} | {count} | {' | '.join(f'{mean:.3f}' for mean in means)} |" for name, count, means in lines)
    return "\n".join(("| queries in | queries | nDCG@10 | MRR |", "| --- | ---: | ---: | ---: |", *body)) + "\n"


if __name__ == "__main__":
    main()
