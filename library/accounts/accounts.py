"""Accounts and sessions of one library: who may sign in, and who is signed in."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from library.access import Role, User
from library.accounts.database import Database
from library.accounts.passwords import Passwords
from library.accounts.sessions import Session, Sessions
from library.accounts.waiting import Waiting
from library.errors import UsageError
from library.sign_in import LONGEST_NAME, Identity, SignIn, Way, role_of

NAME = re.compile(r"[\w.+-]+(@[\w.-]+)?")
"""What an account may be called: an e-mail address or a word."""
_KNOWN = re.compile(r"(?P<nonce>[A-Za-z0-9_-]{22})\.[0-9a-f]{64}")

HOUR, DAY = 3600.0, 24 * 3600.0
READING = (30 * DAY, 7 * DAY)
"""Seconds that the session of a reader or member lasts: at most, and without use (NIST SP 800-63B, AAL1: 30 days)."""
WORKING = (12 * HOUR, 3 * HOUR)
"""The same for staff, and for everybody who comes through a provider: one sign-in for a working day."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in here; never with the hash of the password."""

    name: str
    role: Role
    made: float
    """Seconds since 1970."""
    sessions: int
    """How often they are signed in at the moment, on how many browsers."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A password was right."""

    session: str
    """The id of the new session, for the cookie."""
    known: str
    """What shows later that this browser has signed in with this name."""
    lasts: float
    """Seconds that the session lasts at most."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The name or the password is wrong, or it is too early for another try."""

    wait: float = 0.0
    """Seconds; 0 when the try was made and failed."""


class Accounts:
    """The file of accounts and sessions, opened. Threads and processes may share it."""

    def __init__(
        self, folder: Path, passwords: Passwords | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = Database(folder)
        self._passwords = passwords or Passwords()
        self._clock = clock
        with self._database.reading() as connection:
            self.secret: bytes = connection.execute("SELECT value FROM secret").fetchone()[0]
            """Of this library: what forms and browsers show again is made with it."""
        self.sessions = Sessions(self._database)
        self._waiting = Waiting(self._database, self.secret)

    @classmethod
    def open(cls, folder: Path) -> Accounts:
        """The accounts kept in a folder, `private` in the root of a library; made when there are none.

        Raises LibraryError when the file cannot be opened.
        """
        return cls(folder)

    def __enter__(self) -> Accounts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, name: str, role: Role, password: str) -> Account:
        """A new account. Raises UsageError when the name is taken or is none, or the password is not taken."""
        called = account_name(name)
        kept = self._passwords.hash(password, called)
        try:
            with self._database.changing() as connection:
                connection.execute("INSERT INTO users VALUES (?, ?, ?, ?)", (called, role, kept, self._clock()))
        except sqlite3.IntegrityError:
            raise UsageError(f"there is an account “{called}” already", "take another name, or set its role") from None
        return Account(called, role, self._clock(), 0)

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT u.name, u.role, u.made, "
                "(SELECT count(*) FROM sessions s WHERE s.name = u.name AND s.way = ? AND s.seen > ?) "
                "FROM users u ORDER BY u.name",
                (Way.ACCOUNTS, self._clock() - READING[1]),
            ).fetchall()
        return tuple(Account(name, Role(role), made, count) for name, role, made, count in rows)

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role; whoever is signed in has it at once. Raises UsageError."""
        self._change("UPDATE users SET role = ? WHERE name = ?", role, account_name(name))

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; wherever it is signed in, that ends. Raises UsageError."""
        called = account_name(name)
        self._change("UPDATE users SET password = ? WHERE name = ?", self._passwords.hash(password, called), called)
        self.sessions.end_all(called)

    def remove(self, name: str) -> None:
        """Take an account away; wherever it is signed in, that ends. Raises UsageError."""
        called = account_name(name)
        self._change("DELETE FROM users WHERE name = ?", called)
        self.sessions.end_all(called)

    def _change(self, statement: str, *values: str) -> None:
        if not self._changed(statement, *values):
            raise UsageError(f"there is no account “{values[-1]}”", "see: library user list")

    def _changed(self, statement: str, *values: str) -> bool:
        with self._database.changing() as connection:
            return connection.execute(statement, values).rowcount == 1

    def sign_in(self, name: str, password: str, address: str, known: str = "") -> SignedIn | Refused:
        """Try a name and a password that came from an address, from a browser that shows `known`."""
        called, now = _folded(name), self._clock()
        shown = _KNOWN.fullmatch(known)
        nonce = shown["nonce"] if shown else ""
        mine = shown is not None and hmac.compare_digest(shown[0], self._known(called, nonce))
        counted = self._waiting.counted(called, address, nonce if mine else "")
        wait = self._waiting.enter(counted, now)
        if wait > 0:
            return Refused(wait)
        with self._database.reading() as connection:
            row = connection.execute("SELECT password, role FROM users WHERE name = ?", (called,)).fetchone()
        if not self._passwords.right(row[0] if row else None, password):
            return Refused()
        self._waiting.forgive(counted)
        kept = self._passwords.renewed(password) if self._passwords.old(row[0]) else row[0]
        session = self.sessions.begin(Identity(called), Way.ACCOUNTS, now, READING[0])
        # Whoever changed the password, or took the account away, meanwhile has ended all sessions but this one.
        if not self._changed("UPDATE users SET password = ? WHERE name = ? AND password = ?", kept, called, row[0]):
            self.sessions.end(session)
            return Refused()
        known = known if mine else self._known(called, secrets.token_urlsafe(16))
        return SignedIn(session, known, _lasting(Way.ACCOUNTS, Role(row[1]))[0])

    def welcome(self, who: Identity, settings: SignIn, ticket: str, until: float) -> SignedIn | None:
        """Begin a session for somebody whom a provider vouches for, once for each of its words (`ticket`).

        What the rules do not ask about is not kept.
        """
        now = self._clock()
        if until <= now or not self.sessions.spend(ticket, now, until):
            return None
        asked = {rule.claim for rule in settings.roles if rule.claim}
        kept = Identity(who.name, who.email, {claim: who.claims[claim] for claim in asked & who.claims.keys()})
        return SignedIn(self.sessions.begin(kept, Way.OIDC, now, READING[0]), "", WORKING[0])

    def user(self, session: str, settings: SignIn) -> User | None:
        """Who holds the session with this id, with the role of this moment; None when it has ended or never was."""
        found = self.sessions.find(session)
        if found is None or found.way is not settings.way:
            return None
        role = self._role(found, settings)
        now = self._clock()
        if role is None or not _open(found, role, now):
            self.sessions.end(session)
            return None
        self.sessions.note(session, found, now)
        return User(role, found.name)

    def _role(self, session: Session, settings: SignIn) -> Role | None:
        if session.way is Way.OIDC:
            return role_of(Identity(session.name, session.email, session.claims), settings.roles)
        with self._database.reading() as connection:
            row = connection.execute("SELECT role FROM users WHERE name = ?", (session.name,)).fetchone()
        return Role(row[0]) if row else None

    def _known(self, name: str, nonce: str) -> str:
        """What a browser gets that has signed in with a name. It opens nothing; it only tells it from a stranger's."""
        shown = f"known\0{nonce}\0{name}".encode()
        return f"{nonce}.{hmac.new(self.secret, shown, hashlib.sha256).hexdigest()}"


def account_name(name: str) -> str:
    """The name as it is kept: without capitals. Raises UsageError when it cannot be the name of an account."""
    folded = _folded(name)
    if len(folded) > LONGEST_NAME or not NAME.fullmatch(folded):
        raise UsageError(
            f"“{name[:80]}” cannot be the name of an account",
            "write an e-mail address, or a word of letters and digits",
        )
    return folded


def _folded(name: str) -> str:
    whole = name.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", whole).strip().casefold()[: LONGEST_NAME + 1]


def _lasting(way: Way, role: Role) -> tuple[float, float]:
    return READING if way is Way.ACCOUNTS and role in (Role.READER, Role.MEMBER) else WORKING


def _open(session: Session, role: Role, now: float) -> bool:
    """Whether a session has not run out; a clock that was set back ends it too."""
    longest, unused = _lasting(session.way, role)
    return 0 <= now - session.made < longest and now - session.seen < unused
