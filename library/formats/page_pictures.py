"""Pictures of pages, drawn when somebody looks at them and kept in `index/page-images/`, as far as there is room."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from pathlib import Path
from threading import Lock
from weakref import finalize

from library.formats.cache_files import content_path, write_whole
from library.formats.nursery import Nursery
from library.formats.page_order import PageOrder
from library.formats.reading import Limits

MODULE = "library.formats.page_drawing"
LIMITS = Limits(cpu_seconds=20, wall_seconds=40)
MOST_KEPT = 2_000
"""Pictures that are kept, some hundred kilobytes each; the ones drawn first go first."""


class PagePictures:
    """Draws pages, one at a time. A page with a passage marked is drawn anew each time: nobody looks at it twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._nursery = Nursery(MODULE)
        self._one = Lock()
        # The process that draws ends with whoever asks it to draw, at the latest with this one.
        finalize(self, self._nursery.close)

    def picture(self, file: Path, sha256: str, page: int, mark: str = "") -> bytes:
        """A page of a file, in WebP; what is kept goes by the content of the file. Raises UnreadableFile."""
        kept = content_path(self._folder, _name(sha256, page), ".webp")
        if not mark and kept.is_file():
            return kept.read_bytes()
        picture = self._drawn(PageOrder(str(file.absolute()), page, mark))
        if not mark:
            self._make_room()
            write_whole(kept, picture)
        return picture

    def _drawn(self, order: PageOrder) -> bytes:
        with self._one, tempfile.NamedTemporaryFile(prefix="page-", suffix=".json") as given:
            given.write(order.written())
            given.flush()
            answer = self._nursery.run(Path(given.name), LIMITS)
        return base64.b64decode(str(answer["picture"]))

    def _make_room(self) -> None:
        every = [path for path in self._folder.rglob("*.webp")] if self._folder.is_dir() else []
        if len(every) >= MOST_KEPT:
            for path in sorted(every, key=lambda path: path.stat().st_mtime)[: MOST_KEPT // 10]:
                path.unlink(missing_ok=True)


def _name(sha256: str, page: int) -> str:
    """A name like that of a file's content, for a page of it."""
    return hashlib.sha256(f"{sha256} {page}".encode("ascii")).hexdigest()
