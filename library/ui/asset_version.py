"""What stands behind the addresses of style sheets and scripts, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path


def asset_version(assets: Mapping[str, Path]) -> str:
    """Changes with the content of these files, and is the same wherever the same program runs."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in assets.values())).hexdigest()[:12]
