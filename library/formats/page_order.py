"""What is said to the process that draws a page: which file, which page, which words to mark."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PageOrder:
    """An order for a picture of a page."""

    file: str
    """Where the PDF lies."""
    page: int
    """From 1."""
    mark: str = ""
    """A passage of the page to be marked."""

    def written(self) -> bytes:
        """The order as it is given."""
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def read(cls, path: Path) -> PageOrder:
        """An order that was given."""
        given = json.loads(path.read_bytes())
        return cls(str(given["file"]), int(given["page"]), str(given["mark"]))
