"""Build the demonstration documents: Markdown sources in, PDFs and their records out.

python demo/build.py [--only WORK] [--out documents]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import tempfile
import tomllib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import tomlkit
import typst
from typst_markup import MarkupError, escape, string_literal, to_typst

HERE = Path(__file__).resolve().parent
RECEIVED = "2026-11-22T00:00:00Z"
AUTHOR = "Practice Library (demonstration)"
STYLES = frozenset({"sheet", "report", "paper"})
ACCESS = frozenset({"public", "members"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-\d{2})?)?")


class SourceError(ValueError):
    """A source of a demonstration document is not as it should be."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a practice was carried out."""

    country: str
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a work in one language."""

    language: str
    title: str
    subtitle: str
    abstract: str
    keywords: tuple[str, ...]
    markdown: str


@dataclass(frozen=True, slots=True)
class Work:
    """What all languages of a document share, and its texts."""

    identifier: str
    kind: str
    date: str
    style: str
    access: str
    topics: tuple[str, ...]
    projects: tuple[str, ...]
    places: tuple[Place, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page templates print in one language."""

    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    months: tuple[str, ...]
    month_year: str

    def date(self, iso: str) -> str:
        """Write a date with the name of its month, when it has one."""
        match = _DATE.fullmatch(iso)
        if match is None:
            raise SourceError(f"date {iso!r} is not ISO 8601")
        if match["month"] is None:
            return iso
        return self.month_year.format(month=self.months[int(match["month"]) - 1], year=match["year"])


@dataclass(frozen=True, slots=True)
class Edition:
    """A work in one language, as a PDF."""

    source: Source
    pdf: bytes
    pages: int


def read_wordings(path: Path) -> dict[str, Wording]:
    """Read the words of the page templates, by language."""
    wordings = {}
    for language, table in tomllib.loads(path.read_text("utf-8")).items():
        kinds, months, month_year = table.pop("kinds"), tuple(table.pop("months")), table.pop("month_year")
        wordings[language] = Wording(table, kinds, months, month_year)
    return wordings


def read_source(path: Path) -> Source:
    """Read one Markdown file with its TOML front matter."""
    parts = re.split(r"^\+\+\+[ \t]*$\n?", path.read_text("utf-8"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise SourceError(f"{path}: the front matter stands between two lines +++ at the top")
    front = tomllib.loads(parts[1])
    unknown = sorted(set(front) - {"title", "subtitle", "abstract", "keywords"})
    if unknown or not front.get("title") or not front.get("abstract"):
        raise SourceError(f"{path}: title and abstract are wanted; unknown keys: {unknown}")
    return Source(
        language=path.stem,
        title=front["title"],
        subtitle=front.get("subtitle", ""),
        abstract=" ".join(front["abstract"].split()),
        keywords=tuple(front.get("keywords", ())),
        markdown=parts[2],
    )


def read_work(folder: Path, wordings: Mapping[str, Wording]) -> Work:
    """Read a work and its texts; anything the templates cannot print is refused."""
    facts = tomllib.loads((folder / "work.toml").read_text("utf-8"))
    sources = tuple(read_source(path) for path in sorted(folder.glob("*.md")))
    work = Work(
        identifier=folder.name,
        kind=facts["kind"],
        date=facts["date"],
        style=facts["style"],
        access=facts.get("access", "public"),
        topics=tuple(facts.get("topics", ())),
        projects=tuple(facts.get("projects", ())),
        places=tuple(Place(**place) for place in facts.get("places", ())),
        sources=sources,
    )
    problems = list(_problems(work, wordings))
    if problems:
        raise SourceError(f"{folder.name}: " + "; ".join(problems))
    return work


def _problems(work: Work, wordings: Mapping[str, Wording]) -> Iterable[str]:
    """Everything that is wrong with a work, at once."""
    if not _SLUG.fullmatch(work.identifier):
        yield "the folder's name is not made of a-z, 0-9 and single hyphens"
    if work.style not in STYLES:
        yield f"style {work.style!r} is none of {sorted(STYLES)}"
    if work.access not in ACCESS:
        yield f"access {work.access!r} is none of {sorted(ACCESS)}"
    if not _DATE.fullmatch(work.date):
        yield f"date {work.date!r} is not ISO 8601"
    if not work.sources:
        yield "there is no text in any language"
    for source in work.sources:
        if source.language not in wordings:
            yield f"strings.toml has no words in {source.language!r}"
        elif work.kind not in wordings[source.language].kinds:
            yield f"strings.toml has no word for {work.kind!r} in {source.language!r}"


def _literal(value: str | int | Sequence[str] | Mapping[str, str]) -> str:
    """Write a value as a typst expression."""
    if isinstance(value, str):
        return string_literal(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "(" + ", ".join(f"{string_literal(key)}: {string_literal(value[key])}" for key in value) + ",)"
    return "(" + "".join(f"{string_literal(item)}, " for item in value) + ")"


def _places(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(f"{place.city} ({place.country})" if place.city else place.country for place in places)


def page_source(work: Work, source: Source, wording: Wording) -> str:
    """Write the typst document of one edition."""
    language = source.language
    match = _DATE.fullmatch(work.date)
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
        "places": _literal(_places(work.places)),
        "author": _literal(AUTHOR),
        "seed": _literal(zlib.crc32(work.identifier.encode())),
        "words": _literal(wording.labels),
    }
    record = ",\n".join(f"  {name}: {value}" for name, value in fields.items())
    return (
        f'#import "/styles/{work.style}.typ": {work.style}\n'
        f"#show: {work.style}.with((\n{record},\n))\n\n{to_typst(source.markdown, language)}"
    )


def render(markup: str, fonts: typst.Fonts) -> bytes:
    """Set one document; only typst's own fonts are used, so that the bytes are the same everywhere."""
    compiler = typst.Compiler(markup.encode(), root=HERE, font_paths=fonts)
    moment = datetime.fromisoformat(RECEIVED).astimezone(UTC)
    pdf = compiler.compile(format="pdf", timestamp=moment, pdf_standards="ua-1")
    assert isinstance(pdf, bytes)  # without an output path the compiler returns the file
    return pdf


def build_edition(work: Work, source: Source, wording: Wording, fonts: typst.Fonts) -> Edition:
    """Render one language of a work."""
    try:
        pdf = render(page_source(work, source, wording), fonts)
    except (MarkupError, typst.TypstError) as error:
        raise SourceError(f"{work.identifier}.{source.language}: {error}") from error
    with pypdfium2.PdfDocument(pdf) as document:
        return Edition(source, pdf, len(document))


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", [], (), None)}


def _place_table(place: Place) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    table.update(_without_empty({name: getattr(place, name) for name in Place.__slots__}))
    return table


def record_text(work: Work, editions: Iterable[Edition]) -> str:
    """Write the record of a work as it stands beside its PDFs."""
    record = tomlkit.document()
    places = tomlkit.array()
    places.extend(_place_table(place) for place in work.places)
    facts = {"kind": work.kind, "date": work.date, "topics": list(work.topics), "projects": list(work.projects)}
    facts |= {"places": places, "access": work.access, "status": "published"}
    record.update(_without_empty(facts))
    tables = tomlkit.table(is_super_table=True)
    for edition in editions:
        tables[edition.source.language] = _edition_table(work, edition)
    record["editions"] = tables
    return tomlkit.dumps(record)


def _edition_table(work: Work, edition: Edition) -> tomlkit.items.Table:
    source = edition.source
    table = tomlkit.table()
    facts = {
        "title": source.title,
        "subtitle": source.subtitle,
        "abstract": source.abstract,
        "sha256": hashlib.sha256(edition.pdf).hexdigest(),
        "pages": edition.pages,
        "bytes": len(edition.pdf),
        "source": f"{work.identifier}.{source.language}.pdf",
        "received": RECEIVED,
    }
    table.update(_without_empty(facts))
    return table


def write_if_changed(path: Path, content: bytes) -> bool:
    """Replace a file in one step, and only when its content differs."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def build_work(work: Work, wordings: Mapping[str, Wording], fonts: typst.Fonts, out: Path) -> str:
    """Build every language of a work and its record; say what came of it."""
    editions = [build_edition(work, source, wordings[source.language], fonts) for source in work.sources]
    folder = out / work.identifier
    changed = [write_if_changed(folder / f"{edition.source.language}.pdf", edition.pdf) for edition in editions]
    changed.append(write_if_changed(folder / "record.toml", record_text(work, editions).encode()))
    sizes = ", ".join(f"{each.source.language} {each.pages} p {len(each.pdf) // 1024} kB" for each in editions)
    return f"{work.identifier}: {sizes} ({sum(changed)} files written)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build all works, or one; a work that fails is reported and the others are built."""
    parser = argparse.ArgumentParser(description="Build the demonstration documents.")
    parser.add_argument("--only", metavar="WORK", help="build this work alone")
    parser.add_argument("--out", type=Path, default=HERE.parent / "documents", help="folder of the works")
    options = parser.parse_args(arguments)
    wordings = read_wordings(HERE / "strings.toml")
    fonts = typst.Fonts(include_system_fonts=False)
    folders = sorted(path.parent for path in (HERE / "works").glob("*/work.toml"))
    chosen = [folder for folder in folders if options.only in (None, folder.name)]
    if not chosen:
        print("error: no such work" if options.only else "error: no works", file=sys.stderr)
        return 2
    failures = 0
    for folder in chosen:
        try:
            print(build_work(read_work(folder, wordings), wordings, fonts, options.out))
        except (SourceError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
            failures += 1
            print(f"error: {folder.name}: {error}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
