"""Work in a thread of its own: in the thread of the tests, the browser that some of them open leaves an event loop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Seen = TypeVar("Seen")


def elsewhere(work: Callable[[], Seen]) -> Seen:
    """What comes of it in a thread where no event loop runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()
