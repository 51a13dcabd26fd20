"""Accounts: who there is, what they are, and that everything counts at once."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from library.access import Role, User
from library.accounts import Accounts, Refused, SignedIn
from library.accounts.accounts import READING, WORKING
from library.accounts.database import FILE
from library.errors import LibraryError, UsageError
from library.sign_in import SignIn, Way
from tests.accounts.conftest import PASSWORD, WRONG, Clock, cheap

LOCAL = SignIn(Way.ACCOUNTS)
CHECKOUT = Path(__file__).resolve().parents[2]


def signed_in(accounts: Accounts, name: str = "ada@example.org", address: str = "192.0.2.1") -> str:
    """The session of somebody who signs in."""
    tried = accounts.sign_in(name, PASSWORD, address)
    assert isinstance(tried, SignedIn)
    return tried.session


def test_nobody_else_may_open_the_file(accounts: Accounts, folder: Path) -> None:
    accounts.add("ada@example.org", Role.MEMBER, PASSWORD)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        name: 0o600 for name in (FILE, f"{FILE}-wal", f"{FILE}-shm")
    }


def test_neither_a_password_nor_a_session_stands_in_the_file(accounts: Accounts, folder: Path) -> None:
    accounts.add("ada@example.org", Role.MEMBER, PASSWORD)
    session = signed_in(accounts)
    accounts.sign_in("my secret typed in the wrong field", WRONG, "192.0.2.77")
    written = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"ada@example.org" in written
    for secret in (PASSWORD, session, "my secret typed", "192.0.2.77"):
        assert secret.encode() not in written


def test_a_name_is_the_same_however_it_is_written(accounts: Accounts) -> None:
    accounts.add("Ada@Example.ORG", Role.MEMBER, PASSWORD)
    assert [account.name for account in accounts.all()] == ["ada@example.org"]
    assert accounts.user(signed_in(accounts, " ADA@example.org "), LOCAL) == User(Role.MEMBER, "ada@example.org")
    with pytest.raises(UsageError, match="already"):
        accounts.add("ada@EXAMPLE.org", Role.LIBRARIAN, PASSWORD)


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "a@b@c", "a\nb", "a\0b", "<b>", "x" * 255, "a/b", "'; DROP TABLE users"]
)
def test_what_can_be_no_name_is_said(accounts: Accounts, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        accounts.add(name, Role.MEMBER, PASSWORD)
    assert accounts.all() == ()
    assert isinstance(accounts.sign_in(name, PASSWORD, "192.0.2.1"), Refused)


def test_a_role_counts_at_once_and_so_does_a_removal(accounts: Accounts) -> None:
    accounts.add("ada@example.org", Role.MEMBER, PASSWORD)
    session = signed_in(accounts)
    accounts.set_role("ada@example.org", Role.LIBRARIAN)
    assert accounts.user(session, LOCAL) == User(Role.LIBRARIAN, "ada@example.org")
    accounts.remove("ada@example.org")
    assert accounts.user(session, LOCAL) is None
    accounts.add("ada@example.org", Role.LIBRARIAN, PASSWORD)
    assert accounts.user(session, LOCAL) is None  # not even for another one of that name
    with pytest.raises(UsageError, match="no account “bob”"):
        accounts.set_role("bob", Role.READER)
    with pytest.raises(UsageError, match="no account “bob”"):
        accounts.set_password("bob", PASSWORD)
    with pytest.raises(UsageError, match="no account “bob”"):
        accounts.remove("bob")


def test_another_password_ends_every_session(accounts: Accounts) -> None:
    accounts.add("ada@example.org", Role.MEMBER, PASSWORD)
    session = signed_in(accounts)
    accounts.set_password("ada@example.org", WRONG)
    assert accounts.user(session, LOCAL) is None
    assert isinstance(accounts.sign_in("ada@example.org", PASSWORD, "192.0.2.1"), Refused)
    assert isinstance(accounts.sign_in("ada@example.org", WRONG, "192.0.2.1"), SignedIn)


def test_each_sign_in_is_a_session_of_its_own_and_is_counted(accounts: Accounts) -> None:
    accounts.add("ada@example.org", Role.MEMBER, PASSWORD)
    sessions = {signed_in(accounts) for _ in range(3)}
    assert len(sessions) == 3
    assert [account.sessions for account in accounts.all()] == [3]
    accounts.sessions.end(sessions.pop())
    assert [account.sessions for account in accounts.all()] == [2]
    assert accounts.sessions.end_all() == 2
    assert all(accounts.user(session, LOCAL) is None for session in sessions)


@pytest.mark.parametrize(("role", "lasting"), [(Role.MEMBER, READING), (Role.LIBRARIAN, WORKING)])
def test_a_session_ends_by_itself(accounts: Accounts, clock: Clock, role: Role, lasting: tuple[float, float]) -> None:
    accounts.add("ada@example.org", role, PASSWORD)
    longest, unused = lasting
    session = signed_in(accounts)
    clock.now += unused - 1
    assert accounts.user(session, LOCAL) is not None
    clock.now += unused - 1
    assert accounts.user(session, LOCAL) is not None  # it was in use
    clock.now += unused
    assert accounts.user(session, LOCAL) is None

    session, begun = signed_in(accounts), clock.now
    while clock.now + unused / 2 < begun + longest:
        clock.now += unused / 2
        assert accounts.user(session, LOCAL) is not None
    clock.now = begun + longest
    assert accounts.user(session, LOCAL) is None


def test_who_becomes_staff_has_the_sessions_of_staff(accounts: Accounts, clock: Clock) -> None:
    accounts.add("ada@example.org", Role.MEMBER, PASSWORD)
    session = signed_in(accounts)
    clock.now += WORKING[1] + 1
    accounts.set_role("ada@example.org", Role.LIBRARIAN)
    assert accounts.user(session, LOCAL) is None


def test_a_session_counts_only_for_the_way_it_was_begun(accounts: Accounts) -> None:
    accounts.add("ada@example.org", Role.LIBRARIAN, PASSWORD)
    session = signed_in(accounts)
    assert accounts.user(session, SignIn(Way.OIDC)) is None
    assert accounts.user(session, SignIn()) is None


@pytest.mark.parametrize(
    "forged", ["", "x", "A" * 43, "A" * 44, "é" * 43, "' OR 1=1 --", "A" * 100_000, "\0" * 43, "\ud800" * 43]
)
def test_what_is_no_session_is_nobody(accounts: Accounts, forged: str) -> None:
    accounts.add("ada@example.org", Role.LIBRARIAN, PASSWORD)
    session = signed_in(accounts)
    for value in (forged, session[:-1], session + "A", session.swapcase(), session[1:] + session[0]):
        assert accounts.user(value, LOCAL) is None
    assert accounts.user(session, LOCAL) is not None


def test_a_hash_of_old_parameters_is_made_anew_at_the_next_sign_in(folder: Path) -> None:
    def kept() -> str:
        with sqlite3.connect(folder / FILE) as connection:
            found: str = connection.execute("SELECT password FROM users").fetchone()[0]
        connection.close()
        return found

    with Accounts(folder, cheap(1)) as old:
        old.add("ada@example.org", Role.MEMBER, PASSWORD)
    assert "t=1,p=1$" in kept()
    with Accounts(folder, cheap(2)) as new:
        assert isinstance(new.sign_in("ada@example.org", WRONG, "192.0.2.1"), Refused)
        assert "t=1,p=1$" in kept()
        session = signed_in(new)
        assert "t=2,p=1$" in kept()
        assert new.user(session, LOCAL) is not None
        assert isinstance(new.sign_in("ada@example.org", PASSWORD, "192.0.2.1"), SignedIn)


def test_a_newer_file_and_a_damaged_one_are_told(folder: Path) -> None:
    with Accounts(folder, cheap()):
        pass
    connection = sqlite3.connect(folder / FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(UsageError, match="newer program"):
        Accounts(folder, cheap())
    (folder / FILE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryError, match="cannot be used"):
        Accounts(folder, cheap())


def test_threads_share_it(accounts: Accounts) -> None:
    accounts.add("ada@example.org", Role.MEMBER, PASSWORD)
    sessions: list[str] = []
    troubles: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for _ in range(3):
                session = signed_in(accounts, address=f"192.0.2.{number}")
                assert accounts.user(session, LOCAL) == User(Role.MEMBER, "ada@example.org")
                sessions.append(session)
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(set(sessions)) == 9
    assert [account.sessions for account in accounts.all()] == [9]


OTHER = """
import sys
from pathlib import Path
from library.access import Role
from library.accounts import Accounts
from tests.accounts.conftest import PASSWORD, cheap
with Accounts(Path(sys.argv[1]), cheap()) as accounts:
    for number in range(25):
        accounts.add(f"{sys.argv[2]}{number}", Role.MEMBER, PASSWORD)
        accounts.sessions.end_all("nobody")
"""


def test_processes_share_it(folder: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", OTHER, str(folder), name], cwd=CHECKOUT, stderr=subprocess.PIPE)
        for name in ("a", "b", "c")
    ]
    for process in started:
        assert (process.communicate()[1], process.returncode) == (b"", 0)
    with Accounts(folder, cheap()) as accounts:
        assert len(accounts.all()) == 75
        session = signed_in(accounts, "a7")
        with Accounts(folder, cheap()) as other:
            other.sessions.end_all("a7")
        assert accounts.user(session, LOCAL) is None


def test_two_who_open_it_first_have_one_secret(folder: Path) -> None:
    with Accounts(folder, cheap()) as one, Accounts(folder, cheap()) as other:
        assert one.secret == other.secret
        assert len(one.secret) == 32
