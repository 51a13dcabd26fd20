"""The figures of `benchmarks/pages.py` as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np
from browsing import Wait
from members import SUGGESTING, Crowd, Plan
from served import Reading
from sessions import Rerun
from tables import MEGABYTE, table

MOST_ERRORS = 5
"""Different errors that are told in full."""
MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Load:
    """A server under many members."""

    name: str
    crowd: Crowd
    readings: tuple[Reading, ...]
    """Of the server, one a second."""

    @property
    def reruns(self) -> tuple[Rerun, ...]:
        """What the members did, suggestions left out."""
        return tuple(rerun for rerun in self.crowd.reruns if rerun.kind != SUGGESTING)

    @property
    def seconds(self) -> float:
        """How long they looked around."""
        return self.crowd.ended - self.crowd.opened

    def at(self, moment: float) -> Reading:
        """The reading nearest to a moment."""
        return min(self.readings, key=lambda reading: abs(reading.at - moment))

    def each(self, moment: float) -> float:
        """Bytes that each session but the first had taken at a moment."""
        grown = self.at(moment).resident - self.at(self.crowd.first).resident
        return grown / max(len(self.crowd.openings) - 1, 1)

    @property
    def cpu_share(self) -> float:
        """Of one core, while they looked around."""
        begun, ended = self.at(self.crowd.opened), self.at(self.crowd.ended)
        return (ended.cpu - begun.cpu) / max(ended.at - begun.at, 0.001)

    @property
    def cpu(self) -> float:
        """CPU seconds of a rerun, all else that the server did meanwhile included."""
        return self.cpu_share * self.seconds / max(len(self.reruns), 1)


FIGURES: tuple[tuple[str, str, Callable[[Load], float]], ...] = (
    ("rerun p50, ms", "{:.0f}", lambda load: 1000 * _percentile(load.reruns, 50)),
    ("rerun p95, ms", "{:.0f}", lambda load: 1000 * _percentile(load.reruns, 95)),
    ("rerun max, ms", "{:.0f}", lambda load: 1000 * _percentile(load.reruns, 100)),
    ("opening p50, ms", "{:.0f}", lambda load: 1000 * _percentile(load.crowd.openings, 50)),
    ("opening p95, ms", "{:.0f}", lambda load: 1000 * _percentile(load.crowd.openings, 95)),
    ("reruns/s", "{:.1f}", lambda load: len(load.reruns) / load.seconds),
    ("server CPU ms a rerun", "{:.1f}", lambda load: 1000 * load.cpu),
    ("server CPU, part of one core", "{:.2f}", lambda load: load.cpu_share),
    ("KB a rerun", "{:.1f}", lambda load: fmean(rerun.received for rerun in load.reruns) / 1000),
    ("elements a rerun", "{:.1f}", lambda load: fmean(rerun.elements for rerun in load.reruns)),
    ("server MB before", "{:.0f}", lambda load: load.readings[0].resident / MEGABYTE),
    ("server MB, one has come", "{:.0f}", lambda load: load.at(load.crowd.first).resident / MEGABYTE),
    ("server MB, all have come", "{:.0f}", lambda load: load.at(load.crowd.opened).resident / MEGABYTE),
    ("MB each further session, just opened", "{:.2f}", lambda load: load.each(load.crowd.opened) / MEGABYTE),
    ("MB each further session, at the end", "{:.2f}", lambda load: load.each(load.crowd.ended) / MEGABYTE),
    ("server MB, at the end", "{:.0f}", lambda load: load.at(load.crowd.ended).resident / MEGABYTE),
    ("members' CPU, part of one core", "{:.2f}", lambda load: load.crowd.share),
)  # fmt: skip


def load_table(loads: Sequence[Load]) -> str:
    """What the members saw and what the server took, the last column as a part of the one before it."""
    head = ["", *(load.name for load in loads), *(["ours ÷ plain"] if len(loads) == 2 else [])]
    rows = []
    for what, form, read in FIGURES:
        values = [read(load) for load in loads]
        ratio = [f"{values[0] / values[1]:.2f}" if values[1] else "—"] if len(values) == 2 else []
        rows.append((what, *(form.format(value) for value in values), *ratio))
    errors = [str(sum(bool(rerun.error) for rerun in (*load.crowd.openings, *load.crowd.reruns))) for load in loads]
    rows.append(("errors", *errors, *([""] if len(loads) == 2 else [])))
    return table(head, rows)


def kinds_table(load: Load) -> str:
    """A row a kind of thing done."""
    kinds: dict[str, list[Rerun]] = {}
    for rerun in load.crowd.reruns:
        kinds.setdefault(rerun.kind, []).append(rerun)
    rows = (
        (kind, str(len(found)), *(f"{1000 * _percentile(found, percent):.0f}" for percent in (50, 95, 100)),
         f"{fmean(rerun.received for rerun in found) / 1000:.1f}")
        for kind, found in sorted(kinds.items())
    )  # fmt: skip
    return table((f"{load.name}: done", "times", "p50 ms", "p95 ms", "max ms", "KB"), rows)


def memory_table(load: Load) -> str:
    """The server's memory over time, minute by minute, and how fast it grew in the second half."""
    while_open = [r for r in load.readings if load.crowd.opened <= r.at <= load.crowd.ended]
    minutes: dict[int, list[float]] = {}
    for reading in while_open:
        minutes.setdefault(int((reading.at - load.crowd.opened) / MINUTE), []).append(reading.resident / MEGABYTE)
    rows = [("MB", *(f"{fmean(values):.1f}" for values in minutes.values()))]
    grown = table((f"{load.name}: minute", *(str(minute + 1) for minute in minutes)), rows)
    return f"{grown}\nGrowth over the second half: {growth(while_open):.2f} MB a minute.\n"


def growth(readings: Sequence[Reading]) -> float:
    """MB a minute over the second half of the readings, as a straight line fits them best."""
    half = readings[len(readings) // 2 :]
    if len(half) < 2:
        return 0.0
    times = np.array([reading.at for reading in half]) / MINUTE
    sizes = np.array([reading.resident for reading in half]) / MEGABYTE
    return float(np.polyfit(times - times[0], sizes, 1)[0])


def target_table(load: Load, plan: Plan) -> str:
    """What is aimed at, and whether this run has it."""
    p95 = 1000 * _percentile(load.reruns, 95)
    errors = sum(bool(rerun.error) for rerun in (*load.crowd.openings, *load.crowd.reruns))
    rows = (
        (
            f"{plan.sessions} sessions, {plan.think:g} s think time: p95 of a rerun",
            "300 ms",
            f"{p95:.0f} ms",
            _met(p95 < 300),
        ),
        ("errors", "0", str(errors), _met(not errors)),
    )
    return table(("target", "at most", "seen", ""), rows)


def errors_told(loads: Sequence[Load]) -> str:
    """The first of the different errors."""
    told = dict.fromkeys(
        f"- {load.name}, {rerun.kind}: {rerun.error}"
        for load in loads
        for rerun in (*load.crowd.openings, *load.crowd.reruns)
        if rerun.error
    )
    return "\n".join([*told][:MOST_ERRORS]) + "\n" if told else ""


def waits_table(waits: Sequence[tuple[str, Wait]]) -> str:
    """Seconds in a browser as min / median / max; requests and bytes as medians; ours and plain side by side."""
    names = list(dict.fromkeys(name for name, _ in waits))
    acts = list(dict.fromkeys(wait.what for _, wait in waits))
    head = [f"{name}: {figure}" for name in names for figure in ("seconds", "requests", "KB")]

    def cells(name: str, what: str) -> tuple[str, str, str]:
        found = [wait for of, wait in waits if of == name and wait.what == what]
        if not found:
            return "—", "—", "—"
        seconds = [wait.seconds for wait in found]
        return (
            f"{min(seconds):.2f} / {median(seconds):.2f} / {max(seconds):.2f}",
            f"{median(wait.requests for wait in found):.0f}",
            f"{median(wait.received for wait in found) / 1000:.0f}",
        )

    return table(("", *head), ((what, *(cell for name in names for cell in cells(name, what))) for what in acts))


def _percentile(reruns: Sequence[Rerun], percent: int) -> float:
    walls = [rerun.wall for rerun in reruns if not rerun.error]
    return float(np.percentile(walls, percent)) if walls else float("nan")


def _met(yes: bool) -> str:
    return "met" if yes else "missed"
