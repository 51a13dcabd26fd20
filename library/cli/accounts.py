"""`library user …`: who may sign in with a name and a password, and who is signed in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer

from library.access import Role
from library.accounts import Account, Accounts, account_name
from library.accounts.passwords import refuse_weak
from library.cli.terminal import Session, out, print_json, say
from library.errors import UsageError
from library.settings import read_settings
from library.sign_in import Way

HELP = """Accounts: who may sign in, and who is signed in.

Passwords are asked for, or read as one line from standard input; they are never an argument.
"""
users = typer.Typer(name="user", help=HELP, no_args_is_help=True, rich_markup_mode=None, add_completion=False)

Name = Annotated[str, typer.Argument(help="The e-mail address or name of the account.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@contextmanager
def _opened(context: typer.Context) -> Iterator[Accounts]:
    """The accounts of the root folder; a word to whoever keeps some that nobody can use."""
    session: Session = context.obj
    if not session.root.is_dir():
        raise UsageError(f"there is no folder {session.root}", "name the folder of the library with --root")
    if read_settings(session.root).sign_in.way is not Way.ACCOUNTS:
        say('note: library.toml does not say that people sign in with accounts: [sign_in] way = "accounts"')
    with Accounts.open(session.root / "private") as accounts:
        yield accounts


@users.command("add")
def add(
    context: typer.Context,
    name: Name,
    role: Annotated[Role, typer.Option(help="What the person is to the library.")] = Role.MEMBER,
) -> None:
    """Make an account.

    Example: library user add ada@example.org --role librarian
    """
    with _opened(context) as accounts:
        if any(account.name == account_name(name) for account in accounts.all()):
            raise UsageError(
                f"there is an account “{account_name(name)}” already", "take another name, or set its role"
            )
        account = accounts.add(name, role, _password(account_name(name)))
    out().print(f"{account.name} can sign in as {account.role.value}")


@users.command("list")
def show(context: typer.Context, as_json: Json = False) -> None:
    """List the accounts, with their roles and on how many browsers each is signed in.

    Example: library user list
    """
    with _opened(context) as accounts:
        found = accounts.all()
    if as_json:
        print_json({"accounts": [_json(account) for account in found]})
        return
    for account in found:
        out().print(f"{account.name}  {account.role.value}  since {_day(account)}  signed in on {account.sessions}")
    say(f"{len(found)} accounts" if found else "no accounts yet: library user add NAME --role ROLE")


@users.command("role")
def role(
    context: typer.Context,
    name: Name,
    role: Annotated[Role, typer.Argument(help="The new role.", show_default=False)],
) -> None:
    """Give an account another role; it counts at once.

    Example: library user role ada@example.org contributor
    """
    with _opened(context) as accounts:
        accounts.set_role(name, role)
    out().print(f"{account_name(name)} is now {role.value}")


@users.command("password")
def password(context: typer.Context, name: Name) -> None:
    """Give an account another password, and sign it out everywhere.

    Example: library user password ada@example.org
    """
    with _opened(context) as accounts:
        if all(account.name != account_name(name) for account in accounts.all()):
            raise UsageError(f"there is no account “{account_name(name)}”", "see: library user list")
        accounts.set_password(name, _password(account_name(name)))
    out().print(f"{account_name(name)} has a new password")


@users.command("remove")
def remove(context: typer.Context, name: Name) -> None:
    """Take an account away, and sign it out everywhere.

    Example: library user remove ada@example.org
    """
    with _opened(context) as accounts:
        accounts.remove(name)
    out().print(f"{account_name(name)} is no account any more")


@users.command("sign-out")
def sign_out(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="Who: an account, or whom the provider calls so.", show_default=False)
    ] = "",
    everybody: Annotated[bool, typer.Option("--all", help="Everybody.")] = False,
) -> None:
    """End all sessions of somebody, or of everybody, at once.

    Example: library user sign-out ada@example.org
    """
    if everybody == bool(name):
        raise UsageError(
            "either a name or --all is needed", "library user sign-out NAME, or library user sign-out --all"
        )
    with _opened(context) as accounts:
        ended = accounts.sessions.end_all(None if everybody else name)
        if not ended and not everybody:
            ended = accounts.sessions.end_all(name.strip().casefold())
    out().print(f"{ended} sessions ended")


def _password(name: str) -> str:
    """A new password: asked for twice on a terminal, else one line of standard input. Raises UsageError."""
    if sys.stdin.isatty():
        given: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    refuse_weak(given, name)
    return given


def _day(account: Account) -> str:
    return datetime.fromtimestamp(account.made, UTC).date().isoformat()


def _json(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "role": account.role.value,
        "made": datetime.fromtimestamp(account.made, UTC).isoformat(timespec="seconds"),
        "sessions": account.sessions,
    }
