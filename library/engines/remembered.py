"""What was found before and may be asked for again: kept while memory allows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

CACHE_BYTES = 64 * 1024 * 1024
"""Ample for 100,000 pages: the commonest 100 queries took 6 MB there (measured, prototype)."""
ENTRY_BYTES = 500
"""What an entry takes besides its arrays, about: words that are nowhere must not be remembered without end."""
ANSWER_BYTES = 16 * 1024 * 1024
"""For what is made from postings and soon made again: a thousand whole answers, or what twenty thousand pages gave."""


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes."""


Key = TypeVar("Key")
Value = TypeVar("Value", bound=Sized)


class Remembered(Generic[Key, Value]):
    """What was found before, the least recently used forgotten when it takes more than `most` bytes.

    An entry counts with its own size and `ENTRY_BYTES`.
    """

    def __init__(self, most: int = CACHE_BYTES) -> None:
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._most = most
        self._bytes = 0

    def get(self, key: Key, find: Callable[[], Value]) -> Value:
        """What is remembered under a key, or what is found now."""
        found = self.known(key)
        return self.keep(key, find()) if found is None else found

    def known(self, key: Key) -> Value | None:
        """What is remembered under a key."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def keep(self, key: Key, found: Value) -> Value:
        """Remember what was found under a new key."""
        self._held[key] = found
        self._bytes += found.nbytes + ENTRY_BYTES
        while self._bytes > self._most and len(self._held) > 1:
            self._bytes -= self._held.popitem(last=False)[1].nbytes + ENTRY_BYTES
        return found
