"""A library that changes at every commit, in states that can be told apart and computed; and the process that writes.

State n is made of a marker that names n, works that come and go, and works that are replaced. Every word that is
asked for stands in the marker too, so every answer says by its own counts of which state it is.
"""

from __future__ import annotations

import random
import struct
import sys
import time
from collections.abc import Callable
from mmap import mmap
from pathlib import Path

from library.engines import Batch, Engine, Entry
from library.engines.whoosh_engine import WhooshEngine
from library.model import Access
from tests.contract.toy import entry

LANGUAGES = ("en", "fr", "de")
WORDS = "zebra police harm 2020 guesthouse"
REPLACED = 5
"""Works of which one is replaced at each commit."""
REBUILT = 25
"""One commit in so many is a rebuild."""
PAUSE = 0.08
"""At most so many seconds between two commits of a writer, so that the other gets the lock."""
CLOCK_BYTES = 24


def marker(number: int) -> Entry:
    """The work that says which state it is."""
    return entry("marker", "en", WORDS, fingerprint=str(number), project=(f"state-{number}",))


def state(number: int) -> list[Entry]:
    """What the library holds after so many commits."""
    entries = [marker(number)]
    for came in range(max(number - 12, 0), number + 1):
        if number < came + 3 + came % 10:  # each stays for 3 to 12 states
            language = LANGUAGES[came % 3]
            access = Access.MEMBERS if came % 4 == 0 else Access.PUBLIC
            text = f"zebra police {'harm' if came % 2 else 'the harm'} guest{came % 7}"
            made = entry(f"guest-{came}", language, text, date=20180000 + came % 4 * 10000, access=access)
            entries.append(made)
            if came % 5 == 0:
                entries.append(entry(f"guest-{came}", "it", "zebra 2020", date=made.date, access=access))
    for place in range(REPLACED):
        version = number - (number - place) % REPLACED
        entries.append(
            entry(f"kept-{place}", "en", f"harm 2020 version{version % 3}", fingerprint=f"v{version}",
                  kind=("guide" if version % 2 else "audit",))
        )  # fmt: skip
    return entries


def number_held(engine: Engine) -> int:
    """The state that an engine is in."""
    return int(engine.held()["marker.en"])


def next_state(engine: Engine) -> Callable[[Batch], None]:
    """What brings the engine one state further, to be called while nobody else can write."""

    def write(batch: Batch) -> None:
        held = engine.held()
        wanted = {one.edition: one for one in state(int(held["marker.en"]) + 1)}
        for gone in held.keys() - wanted.keys():
            batch.drop(gone)
        for edition, one in wanted.items():
            if held.get(edition) != one.fingerprint:
                batch.put(one)

    return write


def fill(number: int) -> Callable[[Batch], None]:
    """What puts all of a state into a new index."""

    def write(batch: Batch) -> None:
        for one in state(number):
            batch.put(one)

    return write


def whole_next_state(engine: Engine, batch: Batch) -> None:
    """All of the next state, for a rebuild."""
    fill(number_held(engine) + 1)(batch)


class Clock:
    """Which commits have returned, shared by processes: one number for each writer, and one that ends all."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(CLOCK_BYTES))
        with path.open("r+b") as file:
            self._shared = mmap(file.fileno(), CLOCK_BYTES)

    def tell(self, writer: int, number: int) -> None:
        """A commit of this writer has returned: everybody who asks from now on must see this state or a later one."""
        struct.pack_into("<q", self._shared, writer * 8, number)

    def told(self) -> int:
        """The latest state that must be seen."""
        first, second = struct.unpack_from("<qq", self._shared)
        return max(int(first), int(second))

    @property
    def both_told(self) -> bool:
        """Whether a commit of each writer has returned."""
        return all(struct.unpack_from("<qq", self._shared))

    def end(self) -> None:
        """Nobody shall go on."""
        struct.pack_into("<q", self._shared, 16, 1)

    @property
    def over(self) -> bool:
        """Whether everybody shall stop."""
        return bool(struct.unpack_from("<q", self._shared, 16)[0])


def keep_writing(engine: WhooshEngine, clock: Clock, writer: int) -> int:
    """Commit one state after the other until the clock ends; how many."""
    chance = random.Random(writer)
    commits = 0
    while not clock.over:
        written: list[int] = []
        if chance.randrange(REBUILT) == 0:

            def anew(batch: Batch, written: list[int] = written) -> None:
                whole_next_state(engine, batch)
                written.append(number_held(engine) + 1)

            engine.rebuild(anew)
        else:
            with engine.batch() as batch:
                next_state(engine)(batch)
                written.append(number_held(engine) + 1)
        clock.tell(writer, written[0])
        commits += 1
        time.sleep(chance.uniform(0, PAUSE))
    return commits


if __name__ == "__main__":
    opened = WhooshEngine(Path(sys.argv[1]))
    print(keep_writing(opened, Clock(Path(sys.argv[2])), writer=1))
    opened.close()
