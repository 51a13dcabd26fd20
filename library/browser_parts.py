"""Packages for the browser that set-up brought beside the program: the PDF reader's engine, the map's outlines.

They are installed by `make` from `package.json` into the virtual environment; where they could not be had, the pages
that use them say what is missing and do without.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PDF_ENGINE = "pdfjs-dist"
OUTLINES = "world-atlas"


def browser_part(name: str) -> Path | None:
    """The folder of a package for the browser; None when set-up could not bring it."""
    folder = Path(sys.prefix) / "node_modules" / name
    return folder if (folder / "package.json").is_file() else None


def part_version(folder: Path) -> str:
    """The version of an installed package, as it says itself; empty when it says none."""
    try:
        stated = json.loads((folder / "package.json").read_bytes())
    except (OSError, ValueError):
        return ""
    return str(stated.get("version", "")) if isinstance(stated, dict) else ""
