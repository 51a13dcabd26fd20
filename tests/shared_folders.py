"""Folders that cost much to make: made once in a run, whichever of its processes needs one first."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this name with what `make` puts into it; others wait meanwhile. For reading only."""
    place = of_the_run(folders)
    folder, done = place / name, place / f"{name}.done"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a process that failed left
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def of_the_run(folders: pytest.TempPathFactory) -> Path:
    """The folder that all processes of a run share."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # theirs are side by side


def copy_of(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A copy of such a folder, which may be changed."""
    return Path(shutil.copytree(made_once(folders, name, make), folders.mktemp(name) / name))
