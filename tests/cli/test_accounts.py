"""`library user`: accounts on the command line; no password is an argument, no hash is printed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from library.access import Role
from library.accounts import Accounts
from library.sign_in import SignIn, Way
from tests.cli.conftest import Ran, Run, shell

PASSWORD = "seven lamps on a square"
ADA = "ada@example.org"


@pytest.fixture
def typed(run: Run, empty_root: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `library user` in a library with accounts, with a line on standard input."""
    (empty_root / "library.toml").write_text('[sign_in]\nway = "accounts"\n', encoding="utf-8")

    def one(*arguments: str | Path, root: Path | None = None) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        return run("user", *arguments, root=root or empty_root)

    return one


def signed_in(root: Path, name: str = ADA) -> str:
    """The session of somebody who signs in."""
    with Accounts.open(root / "private") as accounts:
        return getattr(accounts.sign_in(name, PASSWORD, "192.0.2.1"), "session", "")


def holds(root: Path, session: str) -> Role | None:
    """The role that a session gives."""
    with Accounts.open(root / "private") as accounts:
        user = accounts.user(session, SignIn(Way.ACCOUNTS))
    return user.role if user is not None else None


def test_an_account_is_made_changed_and_taken_away(typed: Run, empty_root: Path) -> None:
    added = typed("add", "Ada@Example.org", "--role", "librarian")
    assert (added.code, added.err) == (0, "")
    assert added.out == f"{ADA} can sign in as librarian\n"
    session = signed_in(empty_root)
    assert holds(empty_root, session) is Role.LIBRARIAN

    assert typed("role", ADA, "member").code == 0
    assert holds(empty_root, session) is Role.MEMBER
    listed = typed("list", "--json").json["accounts"]
    assert [(one["name"], one["role"], one["sessions"]) for one in listed] == [(ADA, "member", 1)]
    assert ADA in typed("list").out

    assert typed("sign-out", ADA).out == "1 sessions ended\n"
    assert holds(empty_root, session) is None
    again = signed_in(empty_root)
    assert typed("password", ADA).code == 0
    assert holds(empty_root, again) is None
    last = signed_in(empty_root)
    assert typed("sign-out", "--all").out == "1 sessions ended\n"
    assert holds(empty_root, last) is None
    assert typed("remove", ADA).code == 0
    assert typed("list", "--json").json == {"accounts": []}
    assert signed_in(empty_root) == ""


def test_neither_passwords_nor_hashes_are_printed(typed: Run) -> None:
    for arguments in (("add", ADA), ("list",), ("list", "--json"), ("role", ADA, "member"), ("password", ADA)):
        ran = typed(*arguments)
        assert ran.code == 0
        for secret in (PASSWORD, "argon2", "$"):
            assert secret not in ran.out + ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("add", ADA), "already"), (("add", "a b"), "cannot be the name"), (("role", "bob", "member"), "no account"),
     (("remove", "bob"), "no account"), (("password", "bob"), "no account"), (("sign-out",), "is needed"),
     (("sign-out", ADA, "--all"), "is needed")],
)  # fmt: skip
def test_what_makes_no_sense_is_said_with_what_to_do(typed: Run, arguments: tuple[str, ...], said: str) -> None:
    assert typed("add", ADA).code == 0
    ran = typed(*arguments)
    assert (ran.code, ran.complaint) == (2, ["error:", "try:"])
    assert said in ran.err


def test_a_password_that_is_guessed_first_is_not_taken(run: Run, empty_root: Path) -> None:
    for line in (b"short\n", b"\n", b"", f"{ADA}\n".encode()):
        done = shell("user", "add", ADA, root=empty_root, line=line)
        assert done.returncode == 2
        assert b"error: the password" in done.stderr
    assert run("user", "list", "--json", root=empty_root).json == {"accounts": []}


def test_accounts_that_nobody_can_use_are_pointed_out(typed: Run, empty_root: Path) -> None:
    (empty_root / "library.toml").unlink()
    assert "note: library.toml does not say" in typed("add", ADA).err
    assert typed("list", root=empty_root / "nowhere").code == 2
