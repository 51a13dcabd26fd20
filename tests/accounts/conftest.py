"""Accounts in a file, with a clock that the test turns and hashes that are quick to make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from library.accounts import Accounts, Passwords

PASSWORD = "seven lamps on a square"
WRONG = "eight lamps on a square"


class Clock:
    """Tells the time that the test says."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def cheap(time_cost: int = 1) -> Passwords:
    """Real Argon2id, as quick as it gets."""
    return Passwords(PasswordHasher(time_cost=time_cost, memory_cost=8, parallelism=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the file is kept."""
    return tmp_path / "library" / "private"


@pytest.fixture
def clock() -> Clock:
    """The clock of the accounts."""
    return Clock()


@pytest.fixture
def accounts(folder: Path, clock: Clock) -> Iterator[Accounts]:
    """No accounts yet."""
    with Accounts(folder, cheap(), clock) as opened:
        yield opened
