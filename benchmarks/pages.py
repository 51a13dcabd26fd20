"""How fast the members' pages are: in a real browser, and for many at once; beside a plain Streamlit application.

    python benchmarks/pages.py [--root .] [--journeys 5] [--sessions 10,50] [--think 3] [--minutes 1] [--only ours]

The library in the root folder must be indexed. Each application is served in a process of its own, one after the other;
browsers and simulated members run in further ones. The plain application (`benchmarks/plain_streamlit.py`) searches
the same `Library` and has Streamlit's own settings. The tables go to the standard output as Markdown. With
--minutes 10 the memory of the server is seen over time. Machines are noisy: what counts are the ratios of one run.
"""

from __future__ import annotations

import argparse
import datetime
import multiprocessing
import os
import platform
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit
from browsing import OURS, PLAIN, Places, Wait, journey
from members import LOCALES, Plan, choices, crowd
from page_tables import Load, errors_told, kinds_table, load_table, memory_table, target_table, waits_table
from served import Server, ours, plain, watched

LONG = 180.0
"""Seconds from which on the memory is shown over time."""


@dataclass(frozen=True, slots=True)
class Application:
    """One of those that are compared."""

    name: str
    serve: Callable[[Path, int], AbstractContextManager[Server]]
    places: Places
    widgets: bool
    """Whether its state is in widgets rather than in the address."""


APPLICATIONS = {
    "ours": Application("ours", ours, OURS, False),
    "plain": Application("plain", plain, PLAIN, True),
}


def main() -> None:
    """Run every measurement and print the tables."""
    given = _arguments()
    applications = [APPLICATIONS[name] for name in given.only.split(",")]
    plan = Plan(
        "", choices(given.root), think=given.think, seconds=60 * given.minutes, seed=given.seed,
        locales=tuple(given.locales.split(",")),
    )  # fmt: skip
    print(
        f"{datetime.date.today()}, {os.cpu_count()} CPUs, {platform.system()}, Python {platform.python_version()}, "
        f"Streamlit {streamlit.__version__}, {len(plan.choices.works)} works; {_busy()}.\n"
    )
    if given.journeys:
        waits = [
            (app.name, wait) for app in applications for wait in waited(app, given.root, given.port, given.journeys)
        ]
        print(f"In Chromium, min / median / max of {given.journeys} visits; {_busy()}:\n\n{waits_table(waits)}")
    for sessions in filter(None, given.sessions):
        crowded = replace(plan, sessions=sessions)
        loads = [loaded(app, given.root, given.port, crowded) for app in applications]
        print(f"{sessions} sessions, {given.think:g} s mean think time, {given.minutes:g} minutes; {_busy()}:\n")
        print(load_table(loads))
        print(errors_told(loads), end="")
        print(target_table(loads[0], crowded))
        for load in loads:
            print(kinds_table(load))
            print(memory_table(load) if plan.seconds >= LONG else "", end="")


def waited(app: Application, root: Path, port: int, times: int) -> Iterator[Wait]:
    """Visits in a browser that starts anew each time; the first is the first since the server started."""
    with app.serve(root, port) as server:
        yield Wait("server: started and answers", server.started, 0, 0)
        for number in range(times + 1):
            print(f"{app.name}: visit {number} of {times}", file=sys.stderr)
            waits = list(journey(server.url, app.places, "cold" if number else "first since the start"))
            yield from waits if number else waits[:2]


def loaded(app: Application, root: Path, port: int, plan: Plan) -> Load:
    """Many members at once on a server just started."""
    print(f"{app.name}: {plan.sessions} sessions", file=sys.stderr)
    apart = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    with apart as pool, app.serve(root, port) as server, watched(server) as readings:
        seen = pool.submit(crowd, replace(plan, url=server.url, widgets=app.widgets)).result()
    return Load(app.name, seen, tuple(readings))


def _busy() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(), help="the folder of the library")
    parser.add_argument("--journeys", type=int, default=5, help="visits in a browser; 0 for none")
    parser.add_argument(
        "--sessions", type=_numbers, default=(10, 50), help="members at once, such as 10,50; 0 for none"
    )
    parser.add_argument("--think", type=float, default=3.0, help="mean seconds between two things that a member does")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long they look around")
    parser.add_argument("--locales", default=",".join(LOCALES), help="the languages of the members' browsers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=0, help="where the servers answer; any free port by itself")
    parser.add_argument("--only", default="ours,plain", help="which applications, in which order")
    given = parser.parse_args()
    if unknown := set(given.only.split(",")) - APPLICATIONS.keys():
        parser.error(f"not known: {', '.join(sorted(unknown))} (there are {', '.join(APPLICATIONS)})")
    return given


if __name__ == "__main__":
    main()
