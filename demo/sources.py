"""The sources of the demonstration documents: what `work.toml` and the Markdown files beside it say, checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sections import MissingSections, sections

STYLES = frozenset({"sheet", "report", "paper", "sidebyside"})
ACCESS = frozenset({"public", "members"})
STATUS = frozenset({"published", "withdrawn"})
PRACTICE_SHEET = "practice-sheet"
WORK_KEYS = frozenset(
    {"kind", "date", "style", "access", "status", "reason", "topics", "projects", "places", "bilingual", "quirks"}
)
QUIRK_KEYS = frozenset({"untitled", "stated-language", "scanned-page"})
DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-\d{2})?)?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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
class Quirks:
    """What is wrong with the files of a work on purpose, by language."""

    untitled: tuple[str, ...] = ()
    """Files that say nothing of their title."""
    stated_language: Mapping[str, str] = field(default_factory=dict)
    """Files that say that they are in another language than they are."""
    scanned_page: Mapping[str, str] = field(default_factory=dict)
    """Files that end with a picture of a page: its text, which is in the picture alone."""


@dataclass(frozen=True, slots=True)
class Work:
    """What all languages of a document share, and its texts."""

    identifier: str
    kind: str
    date: str
    style: str
    access: str
    status: str
    reason: str
    """Why it was withdrawn."""
    topics: tuple[str, ...]
    projects: tuple[str, ...]
    places: tuple[Place, ...]
    bilingual: tuple[str, ...]
    """The two languages that stand side by side in one file, the one of the record first; empty for other works."""
    quirks: Quirks
    sources: tuple[Source, ...]

    def source(self, language: str) -> Source:
        """The text in a language. Raises SourceError when there is none."""
        for source in self.sources:
            if source.language == language:
                return source
        raise SourceError(f"{self.identifier}: there is no text in {language!r}")

    @property
    def files(self) -> tuple[Source, ...]:
        """The texts that become a file of their own."""
        return (self.source(self.bilingual[0]),) if self.bilingual else self.sources


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page templates print in one language."""

    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    months: tuple[str, ...]
    month_year: str
    sections: tuple[str, ...]
    """The headings of a practice sheet, in order."""

    def date(self, iso: str) -> str:
        """Write a date with the name of its month, when it has one."""
        match = DATE.fullmatch(iso)
        if match is None:
            raise SourceError(f"date {iso!r} is not ISO 8601")
        if match["month"] is None:
            return iso
        return self.month_year.format(month=self.months[int(match["month"]) - 1], year=match["year"])


def read_wordings(path: Path) -> dict[str, Wording]:
    """Read the words of the page templates, by language."""
    wordings = {}
    for language, table in tomllib.loads(path.read_text("utf-8")).items():
        kinds, months, month_year = table.pop("kinds"), tuple(table.pop("months")), table.pop("month_year")
        wordings[language] = Wording(table, kinds, months, month_year, tuple(table.pop("sections")))
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
    quirks = facts.get("quirks", {})
    unknown = sorted(set(facts) - WORK_KEYS) + sorted(set(quirks) - QUIRK_KEYS)
    if unknown:
        raise SourceError(f"{folder.name}: work.toml has keys that nobody reads: {', '.join(unknown)}")
    work = Work(
        identifier=folder.name,
        kind=facts["kind"],
        date=facts["date"],
        style=facts["style"],
        access=facts.get("access", "public"),
        status=facts.get("status", "published"),
        reason=facts.get("reason", ""),
        topics=tuple(facts.get("topics", ())),
        projects=tuple(facts.get("projects", ())),
        places=tuple(Place(**place) for place in facts.get("places", ())),
        bilingual=tuple(facts.get("bilingual", ())),
        quirks=Quirks(
            tuple(quirks.get("untitled", ())), quirks.get("stated-language", {}), quirks.get("scanned-page", {})
        ),
        sources=tuple(read_source(path) for path in sorted(folder.glob("*.md"))),
    )
    problems = [*_shared_problems(work), *_text_problems(work, wordings)]
    if problems:
        raise SourceError(f"{folder.name}: " + "; ".join(problems))
    return work


def _shared_problems(work: Work) -> Iterator[str]:
    """What is wrong with the facts that all languages share."""
    if not _SLUG.fullmatch(work.identifier):
        yield "the folder's name is not made of a-z, 0-9 and single hyphens"
    for name, value, allowed in (
        ("style", work.style, STYLES),
        ("access", work.access, ACCESS),
        ("status", work.status, STATUS),
    ):
        if value not in allowed:
            yield f"{name} {value!r} is none of {sorted(allowed)}"
    if not DATE.fullmatch(work.date):
        yield f"date {work.date!r} is not ISO 8601"
    if (work.status == "withdrawn") != bool(work.reason):
        yield "a withdrawn work has a reason, and no other has"
    if len(work.bilingual) not in {0, 2} or bool(work.bilingual) != (work.style == "sidebyside"):
        yield "bilingual names the two languages of the style sidebyside"


def _text_problems(work: Work, wordings: Mapping[str, Wording]) -> Iterator[str]:
    """What is wrong with the texts, and with what is said of single languages."""
    if not work.sources:
        yield "there is no text in any language"
    quirks = work.quirks
    for language in {*work.bilingual, *quirks.untitled, *quirks.stated_language, *quirks.scanned_page}:
        if language not in {source.language for source in work.sources}:
            yield f"{language} is named, and there is no {language}.md"
    for source in work.sources:
        wording = wordings.get(source.language)
        if wording is None:
            yield f"strings.toml has no words in {source.language!r}"
            continue
        if work.kind not in wording.kinds:
            yield f"strings.toml has no word for {work.kind!r} in {source.language!r}"
        if work.kind == PRACTICE_SHEET:
            try:
                sections(source.markdown, wording.sections)
            except MissingSections as error:
                yield f"{source.language}.md: {error}"
