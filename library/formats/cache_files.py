"""Files of the index named after the content they come from: where one lies, and how it is written whole.

No fsync here: what the index loses in a power cut is read from `documents/` again.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

SHA256 = re.compile(r"[0-9a-f]{64}")


def content_path(folder: Path, sha256: str, ending: str) -> Path:
    """The file for this content; `ValueError` for anything but 64 hexadecimal digits, so no text chooses a path."""
    if SHA256.fullmatch(sha256) is None:
        raise ValueError(f"not a sha256 in lower-case hexadecimal: {sha256!r:.80}")
    return folder / f"{sha256}{ending}"


def write_whole(path: Path, data: bytes) -> None:
    """Put the file there at once: a reader sees the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    unfinished = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        # mkstemp makes it private; a web server under another user reads covers too.
        unfinished.chmod(0o644)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
