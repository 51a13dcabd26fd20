"""Receiving: what was acknowledged is on the disk whole; what breaks off, or comes without a right, leaves nothing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.access import Role, User
from library.arrivals import Arrivals, Stage, receiving
from library.arrivals.receiving import given_name
from library.errors import NotAllowed, UsageError
from tests.arrivals.handing_in import ANA, BATCH
from tests.own_thread import elsewhere
from tests.papers import everything_under

HOSTILE = ("../../etc/passwd", "C:\\temp\\a.pdf", "<b>x</b>.pdf", "a\nb\0c.pdf", "", "/", "x" * 5_000, "ö\udce9.pdf")


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    return Arrivals(tmp_path)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_a_text_and_chooses_no_path(arrivals: Arrivals, tmp_path: Path, name: str) -> None:
    arrival = arrivals.receive(ANA, name, [b"one", b"", b"two"], BATCH)
    place = tmp_path / "arrivals" / BATCH / arrival.id
    assert set(everything_under(tmp_path / "arrivals")) == {
        ".rung", f"{BATCH}/{arrival.id}/received", f"{BATCH}/{arrival.id}/state.json"
    }  # fmt: skip
    assert (place / "received").read_bytes() == b"onetwo"
    assert (arrival.size, arrival.sha256) == (6, hashlib.sha256(b"onetwo").hexdigest())
    assert arrival.name == given_name(name)
    assert arrivals.status(ANA, BATCH).arrivals == (arrival,)
    assert Arrivals(tmp_path).waiting() == (arrival,)


@given(st.text(max_size=2_000))
def test_a_name_is_always_short_and_printable(name: str) -> None:
    shown = given_name(name)
    assert 0 < len(shown) <= 500
    assert shown.isprintable() or all(not 0 <= ord(sign) < 32 for sign in shown)
    assert not shown.startswith("/") and "\\" not in shown


def test_pieces_come_over_the_network(arrivals: Arrivals) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for number in range(5):
            yield bytes([number]) * 1_000

    arrival = elsewhere(lambda: asyncio.run(arrivals.receive_stream(ANA, "a.pdf", pieces(), BATCH)))
    assert arrivals.folder.received(arrival).read_bytes() == b"".join(bytes([n]) * 1_000 for n in range(5))


def test_what_breaks_off_leaves_nothing(arrivals: Arrivals, tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"%PDF-1.7"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        arrivals.receive(ANA, "a.pdf", pieces(), BATCH)
    assert everything_under(tmp_path) == {}
    assert arrivals.status(ANA, BATCH).arrivals == ()


@pytest.mark.parametrize(("begins", "most"), [(b"%PDF", 1_000), (b"PK\x03\x04", 5_000)])
def test_what_is_too_large_is_refused_and_takes_no_room(
    arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch, begins: bytes, most: int
) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", 1_000)
    monkeypatch.setattr(receiving, "MOST_PACKED", 5_000)
    fits = arrivals.receive(ANA, "a", [begins[:1], begins[1:], b"x" * (most - 4)], BATCH)
    assert (fits.stage, fits.size) == (Stage.WAITING, most)
    large = arrivals.receive(ANA, "a", [begins, *(b"x" for _ in range(most))], BATCH)
    assert large.stage is Stage.REJECTED
    assert large.reason.startswith("too-large: ") and large.remedy
    assert arrivals.folder.received(large).stat().st_size == 0


def test_a_full_disk_is_said_before_it_is_full(arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SPARE", 1 << 62)
    arrival = arrivals.receive(ANA, "a.pdf", [b"%PDF"], BATCH)
    assert arrival.reason.startswith("disk-full: ")


@pytest.mark.parametrize("batch", ["", "..", "a/b", "A", ".hidden", "x" * 65, "a\0"])
def test_a_batch_has_a_plain_name(arrivals: Arrivals, tmp_path: Path, batch: str) -> None:
    with pytest.raises(UsageError):
        arrivals.receive(ANA, "a.pdf", [b"x"], batch)
    assert arrivals.status(ANA, batch).arrivals == ()
    assert everything_under(tmp_path) == {}


@pytest.mark.parametrize("role", [Role.READER, Role.MEMBER])
def test_others_hand_in_nothing_and_see_nothing(arrivals: Arrivals, tmp_path: Path, role: Role) -> None:
    arrival = arrivals.receive(ANA, "a.pdf", [b"x"], BATCH)
    user, before = User(role, "x"), everything_under(tmp_path)
    for refused in (
        lambda: arrivals.receive(user, "b.pdf", [b"x"], BATCH), lambda: arrivals.status(user, BATCH),
        lambda: arrivals.open_batches(user), lambda: arrivals.dismiss(user, BATCH, arrival.id),
        lambda: arrivals.again(user, BATCH, arrival.id),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            refused()
    assert everything_under(tmp_path) == before


def test_a_damaged_state_is_told_and_can_be_put_away(arrivals: Arrivals, tmp_path: Path) -> None:
    arrival = arrivals.receive(ANA, "a.pdf", [b"x"], BATCH)
    (arrivals.folder.place(arrival) / "state.json").write_bytes(b"{")
    (shown,) = Arrivals(tmp_path).status(ANA, BATCH).arrivals
    assert (shown.stage, shown.reason.partition(":")[0]) == (Stage.REJECTED, "damaged-state")
    Arrivals(tmp_path).dismiss(ANA, BATCH, shown.id)
    assert set(everything_under(tmp_path)) == {"arrivals/.rung"}
