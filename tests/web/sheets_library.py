"""The small library with practice sheets in it, whose parts were taken down in two languages."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from library.catalogue import Catalogue
from library.library import Library
from library.model import Edition, Kind, Place, Section, Work
from tests.shared_folders import copy_of
from tests.web.small_library import build

ABSTRACT = "In a city by the sea people walk the squares at night, talk with whom they meet, and call for help. " * 4
SHEETS = 8
"""As many as one sheet of paper is to hold."""


def build_sheets(root: Path) -> Path:
    """Make the library in a folder, indexed, and give the folder back."""
    build(root)
    files = {language: root / f"{language}.pdf" for language in ("en", "fr")}
    catalogue = Catalogue(root / "documents")
    for number in range(1, SHEETS + 1):
        catalogue.create(_sheet(number, files), files)
    with Library.open(root) as library:
        library.index()
    return root


def with_sheets(folders: pytest.TempPathFactory) -> Path:
    """The library in a folder of one's own; it is made once in a run."""
    return copy_of(folders, "sheets", build_sheets)


def _sheet(number: int, files: dict[str, Path]) -> Work:
    """A sheet about nightlife; every second one also about sport, and the second one without a budget."""
    topics = ("nightlife", "sport") if number % 2 == 0 else ("nightlife",)
    editions = tuple(_edition(number, language, path) for language, path in files.items())
    places = (Place("NL", "Rotterdam"),) if number == 1 else ()
    return Work(f"sheet-{number}", Kind.PRACTICE_SHEET, editions, date=f"20{16 + number}", topics=topics, places=places)


def _edition(number: int, language: str, path: Path) -> Edition:
    english = language == "en"
    told = {
        Section.CONTEXT: f"A square with {number} bars.\n\nIt is loud." if english else f"Une place, {number} bars.",
        Section.OBJECTIVES: "1. Less noise.\n2. More talk." if english else "1. Moins de bruit.",
        Section.BUDGET: "Item · EUR\nTeam · 90,000" if english else "Poste · EUR\nÉquipe · 90 000",
    }
    return Edition(
        language,
        f"Night sheet {number}" if english else f"Fiche de nuit {number}",
        hashlib.sha256(path.read_bytes()).hexdigest(),
        3,
        subtitle="Pairs between the bars, the beach and the windows" if english else "Des binômes entre les bars",
        abstract=ABSTRACT.strip(),
        sections=tuple((section, text) for section, text in told.items() if (number, section) != (2, Section.BUDGET)),
    )
