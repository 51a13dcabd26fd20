"""Waiting after failures: guessing is slow, and nobody is locked out for good."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from library.access import Role
from library.accounts import Accounts, Refused, SignedIn
from library.accounts.database import FILE
from library.accounts.waiting import BY_ADDRESS, BY_BROWSER, BY_NAME, FORGOTTEN, Patience, network
from tests.accounts.conftest import PASSWORD, WRONG, Clock

ADA = "ada@example.org"


def test_the_waiting_doubles_up_to_a_limit() -> None:
    patience = Patience(3, 60)
    assert [patience.wait(failures) for failures in range(12)] == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert patience.wait(10**6) == 60


def test_guessing_at_a_name_gets_slow_from_whatever_addresses(accounts: Accounts, clock: Clock) -> None:
    accounts.add(ADA, Role.MEMBER, PASSWORD)
    looked_at, begun = 0, clock.now
    for number in range(3_000):  # a thousand machines that try every second
        tried = accounts.sign_in(ADA, WRONG, f"198.51.{number // 250}.{number % 250}")
        looked_at += tried == Refused()
        clock.now += 1
    assert clock.now - begun == 3_000
    assert BY_NAME.free < looked_at < BY_NAME.free + 6 + 3_000 / BY_NAME.longest + 2


def test_guessing_at_many_names_from_one_address_gets_slow(accounts: Accounts) -> None:
    tried = [accounts.sign_in(f"somebody{number}", WRONG, f"2001:db8::{number}") for number in range(60)]
    assert tried[: BY_ADDRESS.free] == [Refused()] * BY_ADDRESS.free
    assert all(isinstance(one, Refused) and one.wait > 0 for one in tried[BY_ADDRESS.free :])
    assert accounts.sign_in("somebody", WRONG, "2001:db8:0:1::1") == Refused()  # another household


def test_many_tries_at_once_are_many_failures(accounts: Accounts) -> None:
    accounts.add(ADA, Role.MEMBER, PASSWORD)
    tried: list[SignedIn | Refused] = []
    threads = [
        threading.Thread(target=lambda: tried.append(accounts.sign_in(ADA, WRONG, "192.0.2.1"))) for _ in range(30)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tried.count(Refused()) == BY_NAME.free


def test_somebody_with_an_account_cannot_buy_more_guesses(accounts: Accounts, clock: Clock) -> None:
    accounts.add("mallory", Role.MEMBER, PASSWORD)
    looked_at = 0
    for number in range(100):
        accounts.sign_in("mallory", PASSWORD, "192.0.2.1")
        looked_at += accounts.sign_in(f"victim{number}", WRONG, "192.0.2.1") == Refused()
    assert looked_at <= BY_ADDRESS.free


def test_who_was_here_before_is_let_in_while_a_stranger_keeps_guessing(accounts: Accounts, clock: Clock) -> None:
    accounts.add(ADA, Role.MEMBER, PASSWORD)
    before = accounts.sign_in(ADA, PASSWORD, "192.0.2.1")
    assert isinstance(before, SignedIn)
    for number in range(50):
        accounts.sign_in(ADA, WRONG, f"198.51.100.{number}")
    without = accounts.sign_in(ADA, PASSWORD, "192.0.2.1")
    assert isinstance(without, Refused)
    assert 0 < without.wait <= BY_NAME.longest
    assert isinstance(accounts.sign_in(ADA, PASSWORD, "192.0.2.1", before.known), SignedIn)
    clock.now += BY_NAME.longest  # and everybody else after a minute
    assert isinstance(accounts.sign_in(ADA, PASSWORD, "192.0.2.9"), SignedIn)


@pytest.mark.parametrize("change", ["", "{nonce}.", "x.{mark}", "{mark}", "{whole}x", "é.{mark}", "\ud800"])
def test_what_a_browser_shows_is_made_for_one_name_and_cannot_be_made_up(accounts: Accounts, change: str) -> None:
    for name in (ADA, "mallory"):
        accounts.add(name, Role.MEMBER, PASSWORD)
    mallory = accounts.sign_in("mallory", PASSWORD, "192.0.2.1")
    assert isinstance(mallory, SignedIn)
    nonce, mark = mallory.known.split(".")
    shown = change.format(nonce=nonce, mark=mark, whole=mallory.known) or mallory.known
    tried = [accounts.sign_in(ADA, WRONG, "192.0.2.1", shown) for _ in range(BY_NAME.free + 1)]
    assert isinstance(tried[-1], Refused)
    assert tried[-1].wait > 0


def test_a_stolen_browser_does_not_guess_faster(accounts: Accounts, clock: Clock) -> None:
    accounts.add(ADA, Role.MEMBER, PASSWORD)
    ada = accounts.sign_in(ADA, PASSWORD, "192.0.2.1")
    assert isinstance(ada, SignedIn)
    tried = [accounts.sign_in(ADA, WRONG, "192.0.2.1", ada.known) for _ in range(50)]
    assert tried.count(Refused()) == BY_BROWSER.free


def test_failures_are_forgotten_and_a_right_password_starts_anew(accounts: Accounts, clock: Clock) -> None:
    accounts.add(ADA, Role.MEMBER, PASSWORD)
    for _ in range(2):
        for _ in range(BY_NAME.free - 1):
            assert accounts.sign_in(ADA, WRONG, "192.0.2.1") == Refused()
        assert isinstance(accounts.sign_in(ADA, PASSWORD, "192.0.2.1"), SignedIn)
    for _ in range(40):
        accounts.sign_in(ADA, WRONG, "192.0.2.1")
    clock.now += FORGOTTEN + 1
    for _ in range(BY_NAME.free):
        assert accounts.sign_in(ADA, WRONG, "192.0.2.1") == Refused()


def test_the_failures_of_strangers_do_not_fill_the_disk(
    accounts: Accounts, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.accounts.waiting.MOST_ROWS", 40)
    for _ in range(BY_NAME.free):
        accounts.sign_in(ADA, WRONG, "192.0.2.1")
    for number in range(100):
        clock.now += 1
        accounts.sign_in(f"somebody{number}", WRONG, f"198.51.100.{number}")
    connection = sqlite3.connect(folder / FILE)
    assert connection.execute("SELECT count(*) FROM failures").fetchone()[0] == 40
    # Those with the most failures stay: a flood of names does not wipe away what was counted for one.
    assert connection.execute("SELECT max(count) FROM failures").fetchone()[0] == BY_NAME.free
    connection.close()


@pytest.mark.parametrize(
    ("address", "counted"),
    [("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
     ("fe80::1%eth0", "fe80::/64"), ("testclient", "unknown"), ("", "unknown")],
)  # fmt: skip
def test_an_address_is_counted_by_its_household(address: str, counted: str) -> None:
    assert network(address) == counted
