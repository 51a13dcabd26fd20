"""A library of practices as a network has them: a sheet in two languages with its parts, neighbours, a hidden work."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typst

from library.catalogue import Catalogue
from library.library import Library
from library.model import Access, Edition, Kind, Place, Section, Status, Work
from tests.shared_folders import copy_of

NASTY = "</script><img src=x onerror=alert(1)> & “quoted” \"'"
TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:public-spaces a skos:Concept ; skos:prefLabel "Public spaces"@en, "Espaces publics"@fr .
topic:nightlife a skos:Concept ; skos:broader topic:public-spaces ; skos:prefLabel "Nightlife"@en, "Vie nocturne"@fr .
topic:sport a skos:Concept ; skos:prefLabel "Sport"@en, "Sport"@fr .
"""
PARTS = {
    "en": (
        (Section.CONTEXT, "The square\n\nForty bars, and people above them who want to sleep."),
        (Section.OBJECTIVES, "– fewer quarrels;\n– fewer complaints."),
        (Section.BUDGET, "Item · Euros\nWages · 4 000\nCoats · 300"),
        (Section.CONTACT, NASTY),
    ),
    "fr": ((Section.CONTEXT, "Quarante bars, et des habitants qui veulent dormir."),),
}
ABSTRACT = "For three years hosts walked among the evening crowds of a square. " * 4
CHAPTERS = 14
"""Chapters of the long guide, each with a section: more than a table of contents shows at once."""


def practices_library(folders: pytest.TempPathFactory) -> Path:
    """The library in a folder of one's own; it is made once in a run."""
    return copy_of(folders, "practices", build)


def build(root: Path) -> Path:
    """Make the library in a folder, indexed, and give the folder back."""
    documents = root / "documents"
    documents.mkdir()
    (documents / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    shelf = _Shelf(root)
    amsterdam = Place("NL", "Amsterdam", 52.37, 4.9)
    shelf.put(
        "square-hosts", {"en": "Square hosts", "fr": "Des hôtes de place"}, kind=Kind.PRACTICE_SHEET, date="2016-05",
        topics=("nightlife",), places=(amsterdam,), projects=("Safer Nights",), parts=PARTS, abstract=ABSTRACT,
    )  # fmt: skip
    shelf.put("canal-lights", {"nl": "Licht langs de gracht"}, topics=("nightlife",), places=(amsterdam,))
    shelf.put("night-buses", {"en": "Night buses"}, topics=("sport",), places=(Place("NL", "Utrecht"),))
    shelf.put("tram-lines", {"en": "Tram lines"}, topics=("nightlife",), projects=("Safer Nights",))
    shelf.put("evening-walks", {"en": "Evening walks"}, topics=("sport",), places=(Place("NL", "Delft"),))
    shelf.put("long-guide", {"en": "A long guide"}, kind=Kind.GUIDE, chapters=CHAPTERS)
    shelf.put("members-plan", {"en": "A plan for members"}, topics=("nightlife",), places=(amsterdam,),
              access=Access.MEMBERS)  # fmt: skip
    shelf.put("old-draft", {"en": "An old draft"}, topics=("nightlife",), status=Status.DRAFT)
    shelf.put("odd-sheet", {"en": NASTY}, topics=("nightlife",), projects=(NASTY,), parts={"en": PARTS["en"][-1:]},
              without_text=(2,))  # fmt: skip
    with Library.open(root) as library:
        library.index()
    return root


class _Shelf:
    """Puts works into a library, each edition with a small file of its own."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._catalogue = Catalogue(root / "documents")

    def put(
        self,
        name: str,
        titles: Mapping[str, str],
        *,
        kind: Kind = Kind.PUBLICATION,
        date: str = "2022",
        parts: Mapping[str, tuple[tuple[Section, str], ...]] | None = None,
        abstract: str = "",
        chapters: int = 0,
        without_text: tuple[int, ...] = (),
        **facts: Any,
    ) -> None:
        """One work, with what its record says of it."""
        files = {language: self._file(f"{name} in {language}", chapters) for language in titles}
        editions = tuple(
            Edition(
                language, title, hashlib.sha256(files[language].read_bytes()).hexdigest(), 2 + chapters,
                abstract=abstract, bytes=files[language].stat().st_size, source=f"{name}.pdf",
                received="2026-11-22T10:30:00Z", without_text=without_text, sections=(parts or {}).get(language, ()),
            )
            for language, title in titles.items()
        )  # fmt: skip
        self._catalogue.create(Work(name, kind, editions, date=date, **facts), files)

    def _file(self, text: str, chapters: int) -> Path:
        """A preface with a Roman number, then the chapters, each on a page of its own with a section below it."""
        more = "".join(f"#pagebreak()\n= Chapter {n}\n== Section {n}\nWords.\n" for n in range(1, chapters + 1))
        source = (
            f'#set page(width: 12cm, height: 16cm, numbering: "i")\n= Preface\nHosts and bars: {text}.\n'
            f'#pagebreak()\n#set page(numbering: "1")\n#counter(page).update(1)\n= Hosts\nHosts walk at night.\n{more}'
        )
        path = self._root / f"{hashlib.sha256(source.encode()).hexdigest()}.pdf"
        with tempfile.TemporaryDirectory() as folder:
            typ = Path(folder) / "source.typ"
            typ.write_text(source, encoding="utf-8")
            typst.compile(typ, output=path)
        return path
