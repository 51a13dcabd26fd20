"""Small libraries for the tests: real PDF files made in a moment, and works whose pages are put in by hand."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from library.catalogue import Catalogue
from library.catalogue.catalogue import LOCK
from library.formats.page_store import PageStore
from library.model import Edition, Kind, Page, Work
from tests.formats.samples import typst_pdf

COUNCIL = "The city council meets the residents of the square every month to speak of lighting, noise and litter."
CONSEIL = "Le conseil municipal rencontre chaque mois les habitants de la place pour parler du bruit et des déchets."
RAT = "Der Stadtrat trifft jeden Monat die Bewohner des Platzes, um über Lärm, Licht und Abfall zu sprechen."


def paper(path: Path, *pages: str, title: str = "") -> Path:
    """A PDF of these pages at this path, with the title in its metadata."""
    head = f"#set document(title: {_quoted(title)})\n#set page(width: 12cm, height: 8cm)\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(typst_pdf(head + "\n#pagebreak()\n".join(f"#{_quoted(page)}" for page in pages)))
    return path


def shelve(root: Path, work: str, pages: Mapping[str, tuple[str, ...]], **facts: Any) -> Work:
    """A work in the library of this folder, its pages kept as if they had been read; `index` does the rest."""
    catalogue, store = Catalogue(root / "documents"), PageStore(root / "index" / "pages")
    editions, files = [], {}
    for language, texts in pages.items():
        content = f"{work} in {language}".encode()
        digest = hashlib.sha256(content).hexdigest()
        files[language] = root / f"{digest}.received"
        files[language].write_bytes(content)
        store.put(digest, [Page(number, str(number), text) for number, text in enumerate(texts, 1)])
        editions.append(Edition(language, f"{work} {language}", digest, len(texts)))
    made = Work(work, facts.pop("kind", Kind.GUIDE), tuple(editions), **facts)
    catalogue.create(made, files)
    for file in files.values():
        file.unlink()
    return made


def leave(path: Path) -> None:
    """As if the program that was at work on this file or folder had been ended two days ago."""
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(path, (long_ago, long_ago))


def everything_under(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with what is in it, but the lock that writers hold, which stays."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LOCK)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
