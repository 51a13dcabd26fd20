"""Pictures of first pages, kept in `index/covers/` under the sha256 of the file they show."""

from __future__ import annotations

from pathlib import Path

from library.formats.cache_files import content_path, write_whole

COVER_ENDING = ".webp"


def put_cover(folder: Path, sha256: str, cover: bytes) -> Path | None:
    """Keep a cover; nothing is kept of a file whose first page could not be drawn."""
    if not cover:
        return None
    path = content_path(folder, sha256, COVER_ENDING)
    write_whole(path, cover)
    return path


def cover_path(folder: Path, sha256: str) -> Path | None:
    """Where the cover of a file lies, or None when there is none."""
    path = content_path(folder, sha256, COVER_ENDING)
    return path if path.is_file() else None
