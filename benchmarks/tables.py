"""The figures as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal

import numpy as np
from ours import AGAIN, PLAIN, WHOLE
from peers import TANTIVY
from queries import Asked
from rounds import Added, Asking, Built, Crowd, Sample

Measure = Literal["wall", "cpu"]
MEGABYTE = 1_000_000
EVERY = "all"
PERCENTILES = (50, 95, 99)


def build_table(rows: Iterable[Built]) -> str:
    """What indexing cost."""
    head = ("engine", "wall s", "CPU s", "pages/s", "index MB", "peak RSS MB", "of it before indexing")
    return table(
        head,
        (
            (
                row.name, f"{row.wall:.1f}", f"{row.cpu:.1f}", f"{row.pages / row.wall:.0f}",
                f"{row.size / MEGABYTE:.1f}", f"{row.peak / MEGABYTE:.0f}", f"{row.before / MEGABYTE:.0f}",
            )
            for row in rows
        ),
    )  # fmt: skip


def answer_table(asking: Asking, warm: bool, measure: Measure) -> str:
    """p50 / p95 / p99 in milliseconds, a row a kind of question and a column a way of answering."""
    ways = _ways(asking, warm)

    def cell(kind: str, way: str) -> str:
        values = taken(asking, way, kind, warm, measure)
        return " / ".join(f"{value:.2f}" for value in np.percentile(values, PERCENTILES)) if values else "—"

    return table(("question", *ways), ((kind, *(cell(kind, way) for way in ways)) for kind in _kinds(asking)))


def ratio_table(asking: Asking) -> str:
    """Ours against tantivy, warm: below 1 ours is faster."""
    rows = (
        (kind, *(f"{ratio(asking, kind, percent, 'wall', way):.2f}" for way in (PLAIN, AGAIN) for percent in (50, 95)))
        for kind in _kinds(asking)
        if taken(asking, TANTIVY, kind, True, "wall")
    )
    return table(("ours ÷ tantivy, wall", "p50", "p95", "asked again p50", "asked again p95"), rows)


def opening_table(asking: Asking) -> str:
    """Opening the index and answering when nothing is asked."""
    rows = ((way, *(f"{value:.1f}" for value in np.percentile(times, PERCENTILES)))
            for way, times in asking.openings.items())  # fmt: skip
    return table(("opening, ms", "p50", "p95", "p99"), rows)


def added_table(added: Added) -> str:
    """One edition added to the index, a batch of its own."""
    both = tuple(map(sum, zip(added.put, added.first, strict=True)))
    parts = (("put and commit", added.put), ("first answer after it", added.first), ("both", both))
    rows = ((what, *(f"{np.percentile(times, percent):.0f}" for percent in (50, 95, 100))) for what, times in parts)
    return table((f"one edition added, ms of {len(added.put)}", "p50", "p95", "max"), rows)


def agreement_table(asking: Asking) -> str:
    """For how many questions a peer finds as many editions as ours."""
    ways = list(asking.agreeing)
    kinds = dict.fromkeys(kind for found in asking.agreeing.values() for kind in found)

    def cell(way: str, kind: Asked) -> str:
        same, of = asking.agreeing[way].get(kind, (0, 0))
        return f"{same} of {of}" if of else "—"

    return table(("as many editions as ours", *ways), ((kind, *(cell(way, kind) for way in ways)) for kind in kinds))


def crowd_table(rows: Iterable[Crowd]) -> str:
    """Many threads on one open engine."""
    head = ("engine", "threads", "questions/s", "p50 ms", "p95 ms", "p99 ms", "peak RSS MB")
    return table(
        head,
        (
            (
                row.name, str(row.threads), f"{row.per_second:.0f}",
                *(f"{value:.2f}" for value in np.percentile(row.walls, PERCENTILES)), f"{row.peak / MEGABYTE:.0f}",
            )
            for row in rows
        ),
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = ("wall", "cpu")
_NAMED = (
    Asked.FREQUENT, Asked.RARE, Asked.ALL, Asked.SOME, Asked.PHRASE, Asked.PREFIX, Asked.FUZZY, Asked.EVERYWHERE,
    Asked.FILTERED,
)  # fmt: skip


def target_table(asking: Asking) -> str:
    """What is aimed at (at 10,000 editions), and whether this run has it; a machine that others use too spoils wall."""

    def line(what: str, most: float, value: Callable[[Measure], float]) -> tuple[str, ...]:
        figures = [value(measure) for measure in MEASURES]
        return what, f"{most:g}", *(f"{figure:.2f} {'met' if figure <= most else 'missed'}" for figure in figures)

    def lines() -> Iterator[tuple[str, ...]]:
        for kind in _NAMED:
            if all(taken(asking, way, kind, True, "wall") for way in (PLAIN, TANTIVY)):
                for percent, most in ((50, 0.5), (95, 1.0)):
                    value = partial(ratio, asking, kind, percent)
                    yield line(f"{kind}: p{percent}, part of tantivy's", most, value)
        for what, way, warm, percent, most in (
            ("cold p95, ms", PLAIN, False, 95, 20.0),
            ("whole result, warm p50, ms", WHOLE, True, 50, 5.0),
            ("whole result, warm p95, ms", WHOLE, True, 95, 15.0),
        ):
            yield line(what, most, partial(_percentile, asking, way, warm, percent))

    return table(("target", "at most", "wall", "CPU"), lines())


def _percentile(asking: Asking, way: str, warm: bool, percent: int, measure: Measure) -> float:
    return float(np.percentile(taken(asking, way, EVERY, warm, measure), percent))


def ratio(asking: Asking, kind: str, percent: int, measure: Measure, mine: str = PLAIN) -> float:
    """Ours against tantivy, warm."""
    ours, peer = (np.percentile(taken(asking, way, kind, True, measure), percent) for way in (mine, TANTIVY))
    return float(ours / peer)


def taken(asking: Asking, way: str, kind: str, warm: bool, measure: Measure) -> list[float]:
    """Milliseconds of every answer to this kind of question."""
    read: Callable[[Sample], float] = (lambda s: s.wall) if measure == "wall" else (lambda s: s.cpu)
    return [
        read(sample)
        for sample in asking.samples
        if sample.way == way and sample.warm is warm and kind in (EVERY, sample.kind)
    ]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, figures to the right."""
    rules = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rules, *rows)) + "\n"


def _ways(asking: Asking, warm: bool) -> list[str]:
    return list(dict.fromkeys(sample.way for sample in asking.samples if sample.warm is warm))


def _kinds(asking: Asking) -> list[str]:
    return [*dict.fromkeys(str(sample.kind) for sample in asking.samples if sample.warm), EVERY]
