"""Writing a file so that a crash leaves the old one or the new one, whole: temporary file, fsync, rename, fsync."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

CHUNK = 1024 * 1024
ABANDONED_SECONDS = 24 * 3600
"""Age from which what is half done is nobody's work any more: no copying of a file takes a day."""


def write_bytes(path: Path, content: bytes, *, sync: bool = True) -> None:
    """Put the content in the place of whatever stood at the path; the folder is made when it is missing.

    Without `sync` a power cut may lose it, which is right for what can be derived again.
    Raises OSError, and then the old file is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        temporary.chmod(0o644)  # a temporary file is private; a web server under another user reads these too
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if sync:
        sync_folder(path.parent)


def copy_file(source: Path, path: Path) -> None:
    """Put a copy of a file in the place of whatever stood at the path, without holding it in memory.

    Raises OSError, and then what stood there is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with source.open("rb") as content, os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(content, file, CHUNK)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def write_text(path: Path, content: str) -> None:
    """`write_bytes` for text, in UTF-8."""
    write_bytes(path, content.encode("utf-8"))


def abandoned(path: Path) -> bool:
    """Whether a half-done file or folder was left by a program that was ended: it has not changed for a day."""
    try:
        return time.time() - path.stat().st_mtime > ABANDONED_SECONDS
    except OSError:  # it is gone, so it was somebody's work
        return False


def abandoned_files(folder: Path) -> Iterator[Path]:
    """The temporary files of `write_bytes` that nobody will rename any more, in a folder and in those inside it."""
    yield from (path for path in sorted(folder.rglob(".*.tmp")) if path.is_file() and abandoned(path))


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
