"""One edition of a demonstration document, set as a PDF by typst: always the same bytes for the same source."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import typst
from scan import scanned_page
from sections import parts
from sources import DATE, Place, Source, SourceError, Wording, Work
from typst_markup import MarkupError, escape, string_literal, to_typst

from library.languages import country_name

HERE = Path(__file__).resolve().parent
RECEIVED = "2026-11-22T00:00:00Z"
AUTHOR = "Practice Library (demonstration)"


@dataclass(frozen=True, slots=True)
class Edition:
    """A work in one language, as a PDF."""

    source: Source
    pdf: bytes
    pages: int
    without_text: tuple[int, ...] = ()
    """Numbers of the pages that are pictures."""


def set_edition(work: Work, source: Source, wordings: Mapping[str, Wording], fonts: typst.Fonts) -> Edition:
    """Render one file of a work. Raises SourceError."""
    untitled = source.language in work.quirks.untitled
    letter = work.quirks.scanned_page.get(source.language, "")
    try:
        annex = scanned_page(letter, source.language, fonts) if letter else "none"
        markup = page_source(work, source, wordings, annex)
        pdf = _render(markup, fonts, accessible=not untitled)
    except (MarkupError, typst.TypstError) as error:
        raise SourceError(f"{work.identifier}.{source.language}: {error}") from error
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
    return Edition(source, pdf, pages, (pages,) if letter else ())


def page_source(work: Work, source: Source, wordings: Mapping[str, Wording], annex: str = "none") -> str:
    """Write the typst document of one file; the annex is a last page after the closing box."""
    wording, language = wordings[source.language], source.language
    match = DATE.fullmatch(work.date)
    assert match is not None  # read_work has refused every other date
    fields = {
        "title": f"[{escape(source.title, language)}]",
        "subtitle": f"[{escape(source.subtitle, language)}]" if source.subtitle else "none",
        "abstract": f"[{escape(source.abstract, language)}]",
        "keywords": _literal(source.keywords),
        "kind": _literal(work.kind),
        "kind-label": _literal(wording.kinds[work.kind]),
        "language": _literal(language),
        "date": _literal(wording.date(work.date)),
        "issued": f"datetime(year: {int(match['year'])}, month: {int(match['month'] or 1)}, day: 1)",
        "places": _literal(_places(work.places, language)),
        "author": _literal(AUTHOR),
        "seed": _literal(zlib.crc32(work.identifier.encode())),
        "words": _literal(wording.labels),
        "annex": annex,
        "says-title": "false" if language in work.quirks.untitled else "true",
    }
    if work.bilingual:
        fields |= _second(work.source(work.bilingual[1]), wordings)
    record = ",\n".join(f"  {name}: {value}" for name, value in fields.items())
    names = f"{work.style}, beside" if work.bilingual else work.style
    stated = work.quirks.stated_language.get(language, "")
    return (
        f'#import "/styles/{work.style}.typ": {names}\n'
        f'#import "/styles/common.typ": bar-chart, from-hex\n#let bars = bar-chart.with({_literal(work.kind)})\n'
        f"{_first_language(stated) if stated else ''}"
        f"#show: {work.style}.with((\n{record},\n))\n\n{_body(work, source)}"
    )


def _first_language(tag: str) -> str:
    """The file says it is in the language of what stands first in it, here of something that is not seen."""
    return f"#[#set text(lang: {_literal(tag)})\n#metadata(none)]\n"


def _body(work: Work, source: Source) -> str:
    """The text of a file; of a bilingual one part by part, the second language beside the first."""
    if not work.bilingual:
        return to_typst(source.markdown, source.language)
    other = work.source(work.bilingual[1])
    first, second = parts(source.markdown), parts(other.markdown)
    if len(first) != len(second):
        raise SourceError(f"{work.identifier}: {len(first)} parts in one language, {len(second)} in the other")
    return "\n".join(
        f"#beside([{to_typst(f'## {one}{below}', source.language)}], [{to_typst(f'## {two}{under}', other.language)}], "
        f"{_literal(other.language)})"
        for (one, below), (two, under) in zip(first, second, strict=True)
    )


def _second(other: Source, wordings: Mapping[str, Wording]) -> dict[str, str]:
    """What the head of a bilingual file says in its second language."""
    return {
        "second-language": _literal(other.language),
        "second-title": f"[{escape(other.title, other.language)}]",
        "second-abstract": f"[{escape(other.abstract, other.language)}]",
        "second-notice": _literal(wordings[other.language].labels["notice"]),
    }


def _render(markup: str, fonts: typst.Fonts, accessible: bool) -> bytes:
    """Set one document; only typst's own fonts are used, so that the bytes are the same everywhere.

    A file that does not say its title is not accessible, so the rules of PDF/UA are not asked of it.
    """
    compiler = typst.Compiler(markup.encode(), root=HERE, font_paths=fonts)
    moment = datetime.fromisoformat(RECEIVED).astimezone(UTC)
    pdf = compiler.compile(format="pdf", timestamp=moment, pdf_standards="ua-1" if accessible else [])
    assert isinstance(pdf, bytes)  # without an output path the compiler returns the file
    return pdf


def _literal(value: str | int | Sequence[str] | Mapping[str, str]) -> str:
    """Write a value as a typst expression."""
    if isinstance(value, str):
        return string_literal(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "(" + ", ".join(f"{string_literal(key)}: {string_literal(value[key])}" for key in value) + ",)"
    return "(" + "".join(f"{string_literal(item)}, " for item in value) + ")"


def _places(places: Iterable[Place], language: str) -> tuple[str, ...]:
    """Cities with the code of their country, and countries as the language of the text calls them."""
    return tuple(
        f"{place.city} ({place.country})" if place.city else country_name(place.country, language) for place in places
    )
