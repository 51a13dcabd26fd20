"""How much of a long test is done: all of it where continuous integration runs, less on a machine where one waits."""

from __future__ import annotations

import os

THOROUGH = bool(os.environ.get("CI") or os.environ.get("LIBRARY_THOROUGH"))
"""Whether everything is to be done; `.ci/run` sets it, and `LIBRARY_THOROUGH=1 make test` does."""


def rounds(usual: int, thorough: int) -> int:
    """How often to do something: as usual, or to the full number."""
    return thorough if THOROUGH else usual
