"""What members do on the pages, one thing after the other, drawn by a seeded chance; and many of them at once.

The shares of `HABITS` are a judgement: no library of this kind has published its members' clicks. Pages that the
application does not have are not visited.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from httpx import AsyncClient, HTTPError
from sessions import PATIENCE, Rerun, Session, Step

from library.access import ANYONE
from library.library import Library
from library.request import SearchRequest, Sort

HABITS = {"words": 35, "facet": 25, "page": 10, "sort": 5, "start": 5, "browse": 4, "theme": 6, "work": 10}
"""How often each thing is done, in parts of a hundred. Of the words, half are first asked for half-typed."""
LOCALES = ("en-GB", "en-GB", "fr-FR", "de-DE", "es-ES", "it-IT")
SUGGESTING = "suggestions"
"""Not a rerun, but asked of the same server."""
PATHS = {"browse": ("browse", "themes"), "theme": ("theme",), "work": ("work",)}
"""What the page for each is called in the address, in our application and in the plain one."""
FACETS = ("topic", "language", "kind")
"""What members filter by."""
MOST_FILTERS = 2
"""With so many chosen, members take all away before the next."""
TYPING = 0.4
"""Seconds from half a word to the whole."""
LONGEST_THOUGHT = 5
"""A thought is cut at this many times the mean."""
WORDS = (
    "night", "night mediators", "police", "domestic violence", "women", "youth", "stadium", "drugs", "victims",
    "public spaces", "radicalisation", "football", "festival", "\"open drug scene\"", "mentors prison", "train*",
    "harcèlement", "médiateurs de nuit", "jeunes", "espaces publics", "audit local", "sécurité",
    "jugendliche", "nachtleben", "häusliche gewalt", "polizei", "mujeres", "ocio nocturno", "jóvenes", "violenza",
    "polarizzazione", "nachtburgemeester", "przemoc", "crime organizado", "drones", "polcie", "homless", "zebra",
)  # fmt: skip
"""Queries in several languages; some are misspelt, one finds nothing."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from in a library."""

    facets: tuple[tuple[str, str, str, int], ...]
    """Facet, value, the value's English label, and the number of works that have it."""
    works: tuple[str, ...]
    """Ids."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the members are to do."""

    url: str
    choices: Choices
    sessions: int = 50
    think: float = 3.0
    """Seconds between two things, on average."""
    seconds: float = 60.0
    """How long they go on once all have come."""
    seed: int = 1
    locales: tuple[str, ...] = LOCALES
    """The languages of their browsers."""
    widgets: bool = False
    """Whether the state of the pages is in widgets rather than in the address."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the members saw."""

    openings: tuple[Rerun, ...]
    reruns: tuple[Rerun, ...]
    begun: float
    first: float
    opened: float
    ended: float
    """On the monotonic clock: when the first came, when that one saw the page, when all had come, when they stopped."""
    cpu: float
    """CPU seconds of the members themselves, from their coming to their end."""

    @property
    def share(self) -> float:
        """What the members themselves took of one core."""
        return self.cpu / (self.ended - self.begun)


class Member:
    """Somebody who looks around."""

    def __init__(self, choices: Choices, chance: Random, widgets: bool) -> None:
        self.asked = SearchRequest()
        self._choices = choices
        self._chance = chance
        self._labels = {value: label for _, value, label, _ in choices.facets} if widgets else None
        self._typing = ""

    def next(self, pages: tuple[str, ...], think: float) -> Step:
        """What is done next, on an application with these pages."""
        if self._typing:
            self.asked, self._typing = self.asked.with_query(self._typing), ""
            return replace(self._search("words"), pause=TYPING)
        pause = min(self._chance.expovariate(1 / think), LONGEST_THOUGHT * think)
        return replace(self._anything(pages), pause=pause)

    def _anything(self, pages: tuple[str, ...]) -> Step:
        chance = self._chance
        habits = {kind: share for kind, share in HABITS.items() if _possible(kind, pages)}
        kind = chance.choices(list(habits), list(habits.values()))[0]
        if kind in PATHS:
            return self._elsewhere(kind, next(path for path in PATHS[kind] if path in pages))
        if kind == "words":
            words = chance.choice(WORDS)
            if chance.random() < 0.5:
                self._typing, words = words, words[: max(len(words) // 2, 2)]
                kind = "typing"
            self.asked = SearchRequest.build(words)
        elif kind == "facet":
            facets = self._choices.facets  # what many works have is chosen more often
            facet, value, *_ = chance.choices(facets, [works for *_, works in facets])[0]
            full = sum(len(values) for _, values in self.asked.filters) >= MOST_FILTERS
            self.asked = (self.asked.without_filters() if full else self.asked).toggle(facet, value)
        elif kind == "page":
            self.asked = SearchRequest(page=chance.randint(2, 4))
        elif kind == "sort":
            self.asked = self.asked.with_sort(chance.choice(tuple(Sort)))
        else:
            self.asked = SearchRequest()
        return self._search(kind)

    def _elsewhere(self, kind: str, page: str) -> Step:
        topics = [value for facet, value, *_ in self._choices.facets if facet == "topic"]
        named = {"theme": topics, "work": self._choices.works}.get(kind)
        return Step(kind, page, urlencode({"id": self._chance.choice(named)}) if named else "")

    def _search(self, kind: str) -> Step:
        if self._labels is None:
            return replace(by_address(kind, self.asked), suggest=self.asked.query if kind == "typing" else "")
        return by_widgets(kind, self.asked, self._labels)


def _possible(kind: str, pages: tuple[str, ...]) -> bool:
    return kind not in PATHS or any(path in pages for path in PATHS[kind])


def by_address(kind: str, asked: SearchRequest) -> Step:
    """The step to a search that stands in the address."""
    return Step(kind, "", urlencode(asked.to_params(), doseq=True))


def by_widgets(kind: str, asked: SearchRequest, labels: Mapping[str, str]) -> Step:
    """The step to a search that stands in the widgets of `benchmarks/plain_streamlit.py`, which go by labels."""
    chosen = {f"facet_{facet}": tuple(labels[value] for value in asked.selected(facet)) for facet in FACETS}
    words = {"words": asked.query, "order": asked.sort.value, "number": float(asked.page)}
    return Step(kind, widgets={**words, **chosen})


def choices(root: Path) -> Choices:
    """What a reader may choose from in the library of a folder."""
    with Library.open(root) as library:
        result = library.search(SearchRequest.build(per_page=100, reader="en"), ANYONE)
    facets = tuple(
        (name, value.value, value.label, value.count) for name in FACETS for value in result.facet(name) if value.count
    )
    return Choices(facets, tuple(hit.work for hit in result.hits))


def crowd(plan: Plan) -> Crowd:
    """Let all members come and look around; to be run in a process of its own."""
    return asyncio.run(_crowd(plan))


async def _crowd(plan: Plan) -> Crowd:
    chance = Random(plan.seed)
    begun, cpu = time.monotonic(), time.process_time()
    visits = [await _come(plan, Random(chance.random()), 0)]  # alone: what only the first costs is seen by itself
    first = time.monotonic()
    others = [_come(plan, Random(chance.random()), chance.uniform(0, plan.think)) for _ in range(plan.sessions - 1)]
    visits += await asyncio.gather(*others)
    opened = time.monotonic()
    members = [(session, Member(plan.choices, Random(chance.random()), plan.widgets)) for session, _ in visits]
    async with AsyncClient(timeout=PATIENCE) as asking:
        seen = await asyncio.gather(*(_look_around(s, m, plan, asking, opened + plan.seconds) for s, m in members))
    ended = time.monotonic()
    cpu = time.process_time() - cpu
    for session, _ in members:
        await session.close()
    return Crowd(tuple(rerun for _, rerun in visits), tuple(r for reruns in seen for r in reruns),
                 begun, first, opened, ended, cpu)  # fmt: skip


async def _come(plan: Plan, chance: Random, late: float) -> tuple[Session, Rerun]:
    await asyncio.sleep(late)
    begun = time.perf_counter()
    session = await Session.open(plan.url, chance.choice(plan.locales))
    drawn = await session.run(Step("opening"))
    return session, replace(drawn, wall=time.perf_counter() - begun)


async def _look_around(session: Session, member: Member, plan: Plan, asking: AsyncClient, until: float) -> list[Rerun]:
    seen: list[Rerun] = []
    while not session.lost:
        step = member.next(tuple(session.pages), plan.think)
        if time.monotonic() + step.pause > until:
            return seen
        await asyncio.sleep(step.pause)
        seen.append(await session.run(step))
        if step.suggest:
            seen.append(await suggest(asking, plan.url, step.suggest))
    return seen


async def suggest(asking: AsyncClient, url: str, typed: str) -> Rerun:
    """Ask what the search box asks while somebody types."""
    begun = time.perf_counter()
    received, error = 0, ""
    try:
        answer = await asking.get(f"{url}suggest", params={"q": typed, "reader": "en"})
        received = len(answer.raise_for_status().content)
    except HTTPError as failure:
        error = f"{type(failure).__name__}: {failure}"
    return Rerun(SUGGESTING, time.perf_counter() - begun, received, 0, error)
