"""Sessions: who is signed in, until when, and how that ends.

A browser holds 256 random bits; the file holds their SHA-256, so that who reads the file can be nobody.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from library.accounts.database import Database
from library.sign_in import Identity, Way

ID = re.compile(r"[A-Za-z0-9_-]{43}")
"""How the id of a session is written: 32 random bytes in URL-safe base 64."""
NOTED_EVERY = 300.0
"""Seconds after which it is noted again that a session is in use: not every look is a write."""
MOST_EACH = 30
"""Sessions of one person; the oldest one ends when there would be more."""
LARGEST_CLAIMS = 100_000
"""Characters that are kept of what a provider says of somebody."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in."""

    name: str
    way: Way
    made: float
    seen: float
    """Both in seconds since 1970."""
    claims: Mapping[str, tuple[str, ...]]
    """What the provider said, those claims that the rules ask about; empty for an account."""
    email: str = ""
    """By the provider, and verified."""


class Sessions:
    """The table of sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, who: Identity, way: Way, now: float, longest: float) -> str:
        """A new session, and the id that only its browser gets to know. What is older than `longest` seconds goes."""
        name = secrets.token_urlsafe(32)
        claims = json.dumps({"email": who.email, "claims": dict(who.claims)}, ensure_ascii=False)
        if len(claims) > LARGEST_CLAIMS:
            claims = json.dumps({"email": who.email, "claims": {}})
        with self._database.changing() as connection:
            connection.execute("DELETE FROM sessions WHERE made < ?", (now - longest,))
            connection.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)", (_kept(name), who.name, way, claims, now, now)
            )
            connection.execute(
                "DELETE FROM sessions WHERE name = ? AND id NOT IN "
                "(SELECT id FROM sessions WHERE name = ? ORDER BY made DESC LIMIT ?)",
                (who.name, who.name, MOST_EACH),
            )
        return name

    def find(self, name: str) -> Session | None:
        """The session with this id, however old it is."""
        if not ID.fullmatch(name):
            return None
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT name, way, made, seen, claims FROM sessions WHERE id = ?", (_kept(name),)
            ).fetchone()
        if row is None:
            return None
        told = json.loads(row[4])
        claims = {claim: tuple(values) for claim, values in told["claims"].items()}
        return Session(row[0], Way(row[1]), row[2], row[3], claims, told["email"])

    def note(self, name: str, session: Session, now: float) -> None:
        """Note that a session is in use, when that was not noted lately."""
        if now - session.seen >= NOTED_EVERY:
            with self._database.changing() as connection:
                connection.execute("UPDATE sessions SET seen = ? WHERE id = ? AND seen < ?", (now, _kept(name), now))

    def end(self, name: str) -> None:
        """End the session with this id."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM sessions WHERE id = ?", (_kept(name),))

    def end_all(self, whose: str | None = None) -> int:
        """End every session of somebody, or of everybody; how many there were."""
        with self._database.changing() as connection:
            if whose is None:
                return connection.execute("DELETE FROM sessions").rowcount
            return connection.execute("DELETE FROM sessions WHERE name = ?", (whose,)).rowcount

    def spend(self, ticket: str, now: float, until: float) -> bool:
        """Whether a provider's word is shown for the first time; it is noted until it is worth nothing anyway."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM spent WHERE until < ?", (now,))
            return connection.execute("INSERT OR IGNORE INTO spent VALUES (?, ?)", (_kept(ticket), until)).rowcount == 1


def _kept(name: str) -> bytes:
    return hashlib.sha256(name.encode("utf-8", "replace")).digest()
