"""What is for members: hidden from readers on every route, open to members, and kept by no cache for others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.accounts import Accounts
from library.library import Library
from library.web.visitor import SESSION
from tests.web.people import Served, serving

WORK = "hidden-plan"


@pytest.fixture(scope="module")
def served(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small library, with people who have accounts."""
    with serving(root, tmp_path_factory.mktemp("people") / "private") as opened:
        yield opened


@pytest.fixture(scope="module")
def sha256(root: Path) -> str:
    """Of the file of the hidden work."""
    with Library.open(root) as library:
        work = library.catalogue.get(WORK)
    assert work is not None
    return work.editions[0].sha256


ADDRESSES = (
    f"/files/{WORK}/en.pdf",
    f"/covers/{WORK}/en.webp",
    f"/work?id={WORK}",
    f"/read?id={WORK}&language=en",
    f"/occurrences?id={WORK}&language=en&q=night",
    f"/export?format=csv&work={WORK}",
)
LISTS = ("/export?format=csv&q=plan", "/export?format=ris", "/suggest?q=hidden&reader=en")


@pytest.mark.parametrize("who", ["", "rea"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_readers_are_refused_as_if_there_were_nothing(served: Served, address: str, who: str) -> None:
    browser = served.signed_in(who) if who else served.browser()
    hidden, missing = browser.get(address), browser.get(address.replace(WORK, "no-such-plan"))
    assert (hidden.status_code, hidden.content.replace(b"no-such-plan", WORK.encode())) == (
        404, missing.content.replace(b"no-such-plan", WORK.encode()),
    )  # fmt: skip
    assert missing.status_code == 404
    assert b"Hidden plan" not in hidden.content


@pytest.mark.parametrize("who", ["mem", "con", "lib"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_members_and_staff_are_answered_and_nobody_else_from_a_cache(served: Served, address: str, who: str) -> None:
    answer = served.signed_in(who).get(address)
    assert answer.status_code == 200
    control = answer.headers["cache-control"]
    assert "no-store" in control or ("private" in control and "no-cache" in control)
    assert "public" not in control
    assert "immutable" not in control


@pytest.mark.parametrize("address", LISTS)
def test_lists_hold_it_for_members_only(served: Served, address: str) -> None:
    for who in ("", "rea"):
        browser = served.signed_in(who) if who else served.browser()
        assert "Hidden plan" not in browser.get(address).text
    answer = served.signed_in("mem").get(address)
    assert "Hidden plan" in answer.text
    assert "no-store" in answer.headers["cache-control"]


def test_a_cover_that_is_for_members_is_asked_about_each_time(served: Served, sha256: str) -> None:
    browser = served.signed_in("mem")
    fixed = browser.get(f"/covers/{WORK}/en.webp?v={sha256[:12]}")
    assert fixed.headers["cache-control"] == "private, no-cache"
    tag = {"If-None-Match": fixed.headers["etag"]}
    assert browser.get(f"/covers/{WORK}/en.webp", headers=tag).status_code == 304
    assert served.browser().get(f"/covers/{WORK}/en.webp", headers=tag).status_code == 404


def test_the_same_address_is_another_page_for_another_person(served: Served) -> None:
    for address in ("/", "/work?id=night-watch", "/read?id=night-watch&language=en"):
        for browser in (served.browser(), served.signed_in("mem")):
            assert "Cookie" in browser.get(address).headers["vary"]
        assert "no-store" in served.signed_in("mem").get(address).headers["cache-control"]


def test_whoever_was_signed_out_or_is_less_now_is_refused_with_the_next_answer(root: Path, tmp_path: Path) -> None:
    with serving(root, tmp_path / "private") as served:
        browser, other = served.signed_in("mem"), served.signed_in("con")
        with Accounts.open(tmp_path / "private") as accounts:  # as another process has it
            assert browser.get(ADDRESSES[0]).status_code == 200
            accounts.sessions.end_all("mem")
            assert browser.get(ADDRESSES[0]).status_code == 404
            accounts.remove("con")
        assert all(other.get(address).status_code == 404 for address in ADDRESSES)


def test_when_nobody_can_be_looked_up_everybody_is_a_reader(
    root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(root, tmp_path / "private") as served:
        browser = served.signed_in("lib")
        served.accounts.close()
        assert browser.get("/files/night-watch/en.pdf").status_code == 200
        assert browser.get(ADDRESSES[0]).status_code == 404
    assert "nobody can be looked up" in caplog.text
    assert browser.cookies[SESSION] not in caplog.text
