"""Files of the index named after the content they come from: where one lies, and how it is written whole.

No fsync here: what the index loses in a power cut is read from `documents/` again.
"""

from __future__ import annotations

import re
from pathlib import Path

from library.durable import write_bytes

SHA256 = re.compile(r"[0-9a-f]{64}")


def content_path(folder: Path, sha256: str, ending: str) -> Path:
    """The file for this content; `ValueError` for anything but 64 hexadecimal digits, so no text chooses a path."""
    if SHA256.fullmatch(sha256) is None:
        raise ValueError(f"not a sha256 in lower-case hexadecimal: {sha256!r:.80}")
    return folder / f"{sha256}{ending}"


def write_whole(path: Path, data: bytes) -> None:
    """Put the file there at once: a reader sees the old one or the new one, never half of it."""
    write_bytes(path, data, sync=False)
