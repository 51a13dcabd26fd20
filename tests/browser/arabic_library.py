"""A library of one work in Arabic, English and French, made in a folder from real PDF files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import typst

from library.catalogue import Catalogue
from library.library import Library
from library.model import Edition, Kind, Place, Work

TITLES = {
    "ar": "CCTV في 12 مدينة: أمان الليل",
    "en": "CCTV in 12 cities: safety at night",
    "fr": "La vidéoprotection dans 12 villes : la sécurité de nuit",
}
ABSTRACT = "دليل للمدن (2019–2022) أعدته Rotterdam مع 35 شريكا: الإنارة، والنقل الليلي، وفرق الوساطة، وحدود CCTV."
PAGES = {
    "ar": (
        "أمان الليل في 12 مدينة. تقرير عن الشوارع بعد حلول الظلام.",
        "Rotterdam 2019: يسير وسطاء الليل في الشوارع مع فريق CCTV حتى الساعة 2:30، ويتحدثون كل ليلة مع 350 من السكان "
        "(أي 42 %) قبل أن يعود الليل هادئا.",
    ),
    "en": ("Safety at night in 12 cities.", "In Rotterdam, night mediators speak with 350 residents every night."),
    "fr": ("La sécurité de nuit dans 12 villes.", "À Rotterdam, les médiateurs parlent avec 350 habitants la nuit."),
}
TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:nightlife a skos:Concept ; skos:prefLabel "Nightlife"@en, "Vie nocturne"@fr, "الحياة الليلية"@ar .
"""


def build_arabic(root: Path) -> Path:
    """Make the library in a folder, indexed, and give the folder back."""
    documents = root / "documents"
    documents.mkdir()
    (documents / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    files = {language: _pdf(root, language) for language in PAGES}
    editions = tuple(
        Edition(
            language,
            TITLES[language],
            hashlib.sha256(path.read_bytes()).hexdigest(),
            len(PAGES[language]),
            abstract=ABSTRACT if language == "ar" else "",
        )
        for language, path in files.items()
    )
    place = Place("NL", "Rotterdam")
    work = Work("night-cctv", Kind.GUIDE, editions, date="2019-05", topics=("nightlife",), places=(place,))
    Catalogue(documents).create(work, files)
    with Library.open(root) as library:
        library.index()
    return root


def _pdf(folder: Path, language: str) -> Path:
    source, path = folder / f"{language}.typ", folder / f"{language}.pdf"
    # DejaVu is on every machine that .ci/run sets up, and has Arabic.
    head = f'#set page(width: 12cm, height: 16cm)\n#set text(lang: "{language}", font: "DejaVu Sans")\n'
    source.write_text(head + "\n#pagebreak()\n".join(PAGES[language]), encoding="utf-8")
    typst.compile(source, output=path)
    return path
