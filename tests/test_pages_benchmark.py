"""The members that `benchmarks/pages.py` simulates do what members do: on a real server over a small library."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from members import HABITS, Choices, Member, Plan, choices, crowd
from served import Server, ours
from sessions import NO_PAGE, Session, Step

from tests.own_thread import elsewhere
from tests.web.small_library import small

ALL = ("", "browse", "theme", "work")
"""Paths of the pages that members visit."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small library."""
    return small(tmp_path_factory)


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    """`library serve` over it."""
    with ours(root) as serving:
        yield serving


def test_a_session_opens_the_page_and_searches(server: Server) -> None:
    async def visit() -> tuple[str, str, str]:
        session = await Session.open(server.url)
        drawn = []
        for query in ("", "q=lamps", "q=zzzzzz"):
            seen = await session.run(Step("words", query=query))
            assert seen.error == ""
            assert seen.received > 0
            drawn.append(" ".join(session.html))
        await session.close()
        assert session.lost
        return drawn[0], drawn[1], drawn[2]

    opened, found, missed = elsewhere(lambda: asyncio.run(visit()))
    assert "Night watch" in opened and "<mark>" not in opened
    assert "<mark>lamps</mark>" in found.lower()
    assert "<mark>" not in missed


def test_what_goes_wrong_is_told(server: Server) -> None:
    async def visit() -> tuple[str, str]:
        session = await Session.open(server.url)
        missing = await session.run(Step("theme", page="no-such-page"))
        await session.close()
        closed = await session.run(Step("start"))
        return missing.error, closed.error

    missing, closed = elsewhere(lambda: asyncio.run(visit()))
    assert missing == NO_PAGE
    assert closed.startswith("ConnectionClosed")


def test_many_members_look_around_without_an_error(server: Server, root: Path) -> None:
    before = server.read()
    plan = Plan(server.url, choices(root), sessions=3, think=0.05, seconds=2.0, locales=("en-GB", "fr-FR"))
    seen = elsewhere(lambda: crowd(plan))
    after = server.read()
    assert len(seen.openings) == 3
    assert len(seen.reruns) >= 3
    assert {rerun.error for rerun in (*seen.openings, *seen.reruns)} == {""}
    assert seen.begun < seen.first < seen.opened < seen.ended
    assert after.cpu >= before.cpu and after.resident > 0


def test_members_do_the_same_again_and_stay_within_the_application() -> None:
    offered = Choices((("topic", "nightlife", "Nightlife", 3), ("kind", "guide", "Guide", 1)), ("night-watch",))

    def steps(seed: int, pages: tuple[str, ...]) -> list[Step]:
        member = Member(offered, Random(seed), widgets=False)
        return [member.next(pages, 3.0) for _ in range(300)]

    assert steps(1, ("",)) == steps(1, ("",)) != steps(2, ("",))
    assert {step.page for step in steps(1, ("",))} == {""}
    assert {step.page for step in steps(1, ALL)} == set(ALL)
    assert {step.kind for step in steps(1, ALL)} == {*HABITS, "typing"}


def test_the_plain_application_is_asked_through_its_widgets() -> None:
    offered = Choices((("topic", "nightlife", "Nightlife", 1),), ("night-watch",))
    member = Member(offered, Random(1), widgets=True)
    steps = [member.next(("search",), 3.0) for _ in range(100)]
    assert all(step.query == "" for step in steps)
    assert any(step.widgets["facet_topic"] == ("Nightlife",) for step in steps)
    assert any(step.widgets["words"] for step in steps)
