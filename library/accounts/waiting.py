"""Waiting after failures: guessing passwords is slow, and nobody is locked out for good.

Failures are counted for the name and for the visitor's address. Somebody whose browser has signed in with that name
before is counted apart (`known`): a stranger who keeps guessing somebody's password keeps only strangers waiting.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from library.accounts.database import Database

FORGOTTEN = 24 * 3600.0
"""Seconds after the last failure when all of them are forgotten."""
MOST_ROWS = 20_000
"""Names and addresses with failures that are kept; beyond, those with the fewest failures go first."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many failures are free, and how long the waiting can get."""

    free: int
    longest: float
    """Seconds."""

    def wait(self, failures: int) -> float:
        """Seconds to wait after so many failures: 1, 2, 4 … once the free ones are used up."""
        beyond = failures - self.free
        return 0.0 if beyond < 0 else min(2.0 ** min(beyond, 40), self.longest)


BY_NAME = Patience(5, 60)
"""At most one guess a minute at one name, from however many addresses: 530,000 a year."""
BY_ADDRESS = Patience(20, 900)
"""An office may share one address."""
BY_BROWSER = Patience(10, 60)
"""A browser that has signed in with the name before."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What failures are counted for, and how patient we are with it."""

    whom: bytes
    patience: Patience


class Waiting:
    """The table of failures."""

    def __init__(self, database: Database, secret: bytes) -> None:
        self._database = database
        self._secret = secret

    def counted(self, name: str, address: str, known: str) -> tuple[Counted, ...]:
        """What a try is counted for; `known` is what a browser shows that has signed in with the name, else empty."""
        if known:
            return (Counted(self._whom("browser", known), BY_BROWSER),)
        return Counted(self._whom("name", name), BY_NAME), Counted(self._whom("address", network(address)), BY_ADDRESS)

    def enter(self, counted: Sequence[Counted], now: float) -> float:
        """Seconds still to wait, or 0 when the try may be made: it then counts as a failure until it is `forgiven`.

        It is counted before the password is looked at, so that many tries at once are many failures too.
        """
        with self._database.changing() as connection:
            connection.execute("DELETE FROM failures WHERE last < ?", (now - FORGOTTEN,))
            left = 0.0
            for one in counted:
                row = connection.execute("SELECT count, last FROM failures WHERE whom = ?", (one.whom,)).fetchone()
                if row is not None:
                    left = max(left, row[1] + one.patience.wait(row[0]) - now)
            if left > 0:
                return left
            for one in counted:
                connection.execute(
                    "INSERT INTO failures VALUES (?, 1, ?) "
                    "ON CONFLICT (whom) DO UPDATE SET count = count + 1, last = excluded.last",
                    (one.whom, now),
                )
            connection.execute(
                "DELETE FROM failures WHERE whom IN "
                "(SELECT whom FROM failures ORDER BY count DESC, last DESC LIMIT -1 OFFSET ?)",
                (MOST_ROWS,),
            )
            return 0.0

    def forgive(self, counted: Sequence[Counted]) -> None:
        """The password was right: the name starts anew, the address gets back only this try.

        Else somebody with an account could sign in between any two guesses at another one.
        """
        with self._database.changing() as connection:
            for one in counted:
                if one.patience is BY_ADDRESS:
                    connection.execute("UPDATE failures SET count = max(count - 1, 0) WHERE whom = ?", (one.whom,))
                else:
                    connection.execute("DELETE FROM failures WHERE whom = ?", (one.whom,))

    def _whom(self, kind: str, what: str) -> bytes:
        """What is counted, unreadable: somebody may have typed a password where the name goes."""
        return hmac.digest(self._secret, f"{kind}\0{what}".encode("utf-8", "replace"), hashlib.sha256)


def network(address: str) -> str:
    """An address as failures are counted for it: IPv6 by the network of a household, /64, for one has 2⁶⁴ addresses."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)
