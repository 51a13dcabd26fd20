"""A small library of real PDF files, made in a folder: a work in two languages, a hidden one, a hostile one."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest
import typst

from library.catalogue import Catalogue
from library.library import Library
from library.model import Access, Edition, Kind, Place, Work
from tests.shared_folders import copy_of

PAGES = {
    "en": (
        "Night watch. A report on the streets after dark.",
        "The night mediators walk the streets and speak with everybody who is still out at two in the morning.",
        "Lamps that work make a square feel safer at night. Residents counted the lamps together.",
    ),
    "fr": (
        "Veille de nuit. Un rapport sur les rues après la tombée du jour.",
        "Les médiateurs de nuit parcourent les rues et parlent avec tous ceux qui sont encore dehors à deux heures.",
        "Des réverbères qui fonctionnent rendent une place plus sûre la nuit. Les habitants les ont comptés ensemble.",
    ),
}
HOSTILE = "<img src=x onerror=alert(1)> & “quoted”"
OTHERS = 11
"""Works that only fill the pages of an answer."""
COUNTRIES = ("PL", "AT", "BE", "CZ", "DE", "ES", "FI", "FR", "GR", "IT", "SE")
"""One for each of them."""

TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:public-spaces a skos:Concept ; skos:prefLabel "Public spaces"@en, "Espaces publics"@fr .
topic:nightlife a skos:Concept ; skos:broader topic:public-spaces ; skos:prefLabel "Nightlife"@en, "Vie nocturne"@fr .
topic:sport a skos:Concept ; skos:prefLabel "Sport"@en, "Sport"@fr .
"""


def build(root: Path) -> Path:
    """Make the library in a folder, indexed, and give the folder back."""
    files = {language: _pdf(root / f"{language}.pdf", pages) for language, pages in PAGES.items()}
    documents = root / "documents"
    documents.mkdir()
    (documents / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    catalogue = Catalogue(documents)
    watch = {"en": "Night watch", "fr": "Veille de nuit"}
    _create(catalogue, "night-watch", watch, files, topics=("nightlife",), places=(Place("NL", "Rotterdam"),))
    _create(catalogue, "hidden-plan", {"en": "Hidden plan"}, files, access=Access.MEMBERS)
    _create(catalogue, "odd-title", {"en": HOSTILE}, files, kind=Kind.PRACTICE_SHEET, topics=("sport",))
    for number in range(1, OTHERS + 1):
        places = (Place(COUNTRIES[number - 1], "Łódź" if number == 1 else f"Town {number}"),)
        titles = {"en": f"Volume {number}"}
        _create(catalogue, f"volume-{number}", titles, files, kind=Kind.GUIDE, date="2019", places=places)
    with Library.open(root) as library:
        library.index()
    return root


def small(folders: pytest.TempPathFactory) -> Path:
    """The library in a folder of one's own; it is made once in a run."""
    return copy_of(folders, "small", build)


def _create(
    catalogue: Catalogue,
    name: str,
    titles: dict[str, str],
    files: dict[str, Path],
    *,
    kind: Kind = Kind.PUBLICATION,
    date: str = "2022",
    topics: tuple[str, ...] = (),
    places: tuple[Place, ...] = (),
    access: Access = Access.PUBLIC,
) -> None:
    editions = tuple(
        Edition(language, title, hashlib.sha256(files[language].read_bytes()).hexdigest(), len(PAGES[language]))
        for language, title in titles.items()
    )
    work = Work(name, kind, editions, date=date, topics=topics, places=places, access=access)
    catalogue.create(work, {language: files[language] for language in titles})


def _pdf(path: Path, pages: tuple[str, ...]) -> Path:
    text = "\n#pagebreak()\n".join(pages)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.typ"
        source.write_text(f"#set page(width: 12cm, height: 16cm)\n{text}", encoding="utf-8")
        typst.compile(source, output=path)
    return path
