"""How well the judged queries of tests/relevance are answered: nDCG@10 and MRR by language, through ir-measures.

    make relevance
    python benchmarks/relevance.py --engine http://127.0.0.1:9200

Each query is asked once over all demonstration works, by the person it names; what nobody judged counts 0. The
library is small, so that a figure here says whether what is sought is found and stands above what only mentions it,
not how the search copes with thousands of works. With `--engine` an OpenSearch server is asked too, and its figures
stand beside those of the built-in engine.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the judgements are beside the tests that hold them

from ir_measures import RR, Qrel, ScoredDoc, calc_aggregate, nDCG  # noqa: E402

from library.library import Library  # noqa: E402
from tests.opensearch.libraries import moved, room_for_one  # noqa: E402
from tests.relevance.judgements import Judged, read_judged  # noqa: E402

MEASURES = (nDCG @ 10, RR)


def main() -> None:
    """Index the demonstration works, ask every judged query and print the table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument(
        "--engine", metavar="ADDRESS", default="",
        help="An OpenSearch server to be asked too, such as http://127.0.0.1:9200. What is put there is taken away.",
    )  # fmt: skip
    server = parser.parse_args().engine.rstrip("/")
    asked = [judged for judged in read_judged() if judged.relevant]
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "library"
        shutil.copytree(ROOT / "documents", root / "documents")
        columns = {"": list(rows(asked, found(root, asked)))}
        if server:
            with room_for_one(server) as engine:
                other = found(moved(root, Path(scratch) / "moved", engine), asked)
            columns[", OpenSearch"] = list(rows(asked, other))
    print(table(columns), end="")


def found(root: Path, asked: Sequence[Judged]) -> list[tuple[str, ...]]:
    """The works that the library in a folder finds for each query, in their order."""
    with Library.open(root) as library:
        library.index(jobs=2)
        return [tuple(hit.work for hit in judged.ask(library).hits) for judged in asked]


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


def table(columns: Mapping[str, Sequence[tuple[str, int, list[float]]]]) -> str:
    """The rows of each engine, whose name is the key, side by side as Markdown."""
    heads = [f"{measure}{engine}" for engine in columns for measure in ("nDCG@10", "MRR")]
    body = (
        f"| {every[0][0]} | {every[0][1]} | {' | '.join(f'{mean:.3f}' for _, _, means in every for mean in means)} |"
        for every in zip(*columns.values(), strict=True)
    )
    lines = (f"| queries in | queries | {' | '.join(heads)} |", "| --- | ---: |" + " ---: |" * len(heads), *body)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
