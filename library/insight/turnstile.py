"""Keeps one person from counting many times, without keeping who it was.

An address is scrambled with a secret that is made when the program starts and never leaves its memory; what is
scrambled is forgotten within the hour, and nothing of it is ever written.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from threading import Lock

HOUR, MINUTE = 3600.0, 60.0
MOST_REMEMBERED = 20_000
"""Marks that are remembered: a hundred bytes each."""
MOST_A_MINUTE = 30
"""Counts that one address may cause in a minute; a whole office behind one address seldom reads faster."""
MOST_OF_ALL = 600
"""Counts in a minute, whoever causes them: ten a second is more than a library of this kind has readers for."""


class Turnstile:
    """Lets the same thing by the same person through once an hour, and nobody through without end."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()
        self._passed: OrderedDict[bytes, float] = OrderedDict()
        self._minute = 0
        self._of_minute: Counter[bytes] = Counter()

    def passes(self, who: str, what: str) -> bool:
        """Whether this counts."""
        now = self._clock()
        person, mark = self._mark(who), self._mark(f"{who}\0{what}")
        with self._lock:
            self._forget(now)
            if mark in self._passed:
                return False
            if self._of_minute[person] >= MOST_A_MINUTE or self._of_minute.total() >= MOST_OF_ALL:
                return False
            if len(self._passed) >= MOST_REMEMBERED:
                return False
            self._of_minute[person] += 1
            self._passed[mark] = now
            return True

    def _forget(self, now: float) -> None:
        minute = int(now // MINUTE)
        if minute != self._minute:
            self._minute = minute
            self._of_minute.clear()
        while self._passed:
            mark, when = next(iter(self._passed.items()))
            if now - when < HOUR:
                break
            del self._passed[mark]

    def _mark(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "replace"), key=self._secret, digest_size=16).digest()
