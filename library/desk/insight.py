"""What staff are told of how the library is used and what it lacks, all from counts without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from library.access import ANYONE, Right, User, demand
from library.errors import IndexOutOfDate
from library.insight import Asked, Day
from library.insight.corrections import Corrections, corrections
from library.insight.gaps import Lacking, Matrix, lacking, languages_of, matrix, published, usual_languages
from library.library import Library
from library.model import Work
from library.request import SearchRequest

MOST = 50
"""Searches in each list."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A search that had no answer, and how many works with all its words a reader finds now."""

    asked: Asked
    now: int


@dataclass(frozen=True, slots=True)
class UsedWork:
    """How often a work was read and downloaded, in all its languages."""

    work: str
    title: str
    """In the language of its best edition; the id when the work is gone."""
    language: str
    """Of the title; empty when the work is gone."""
    reads: int
    downloads: int


@dataclass(frozen=True, slots=True)
class InsightReport:
    """Everything that the counts of some days and the records tell."""

    days: int
    counting: bool
    """Whether anything is counted at present."""
    kept: int
    """Days for which counts are kept."""
    by_day: tuple[Day, ...]
    top: tuple[Asked, ...]
    unanswered: tuple[Unanswered, ...]
    used: tuple[UsedWork, ...]
    works: int
    """Published ones: those that gaps are looked for among."""
    matrix: Matrix
    languages: tuple[str, ...]
    """Those in which a work is missed."""
    offered: tuple[str, ...]
    """Every language that works have, the commonest first."""
    lacking: tuple[Lacking, ...]
    corrections: Corrections


def insight(
    library: Library, user: User, days: int = 30, languages: Sequence[str] = (), prefers: str = ""
) -> InsightReport:
    """What the last days tell, and in which works the languages are missed; the usual ones when none is named.

    `prefers` is the language that titles are told in. Raises NotAllowed, LibraryError when counts cannot be read.
    """
    demand(user, Right.INSIGHT)
    every = library.works(user)
    works = published(every)
    daybook = library.insight.daybook
    offered = languages_of(works)
    chosen = tuple(language for language in offered if language in languages) or usual_languages(works)
    return InsightReport(
        days=days,
        counting=library.insight.on,
        kept=library.settings.insight_days,
        by_day=daybook.by_day(days),
        top=daybook.top(days, MOST),
        unanswered=tuple(Unanswered(asked, _found_now(library, asked)) for asked in daybook.without_answer(days, MOST)),
        used=_used(library, {work.id: work for work in every}, days, prefers),
        works=len(works),
        matrix=matrix(works, library.thesaurus),
        languages=chosen,
        offered=offered,
        lacking=lacking(works, chosen),
        corrections=corrections(library.catalogue.folder, every),
    )


def _found_now(library: Library, asked: Asked) -> int:
    """The works with all the words that a reader would find today."""
    request = SearchRequest.build(asked.words, parse_qs(asked.filters), per_page=1)
    try:
        result = library.search(request, ANYONE)
    except IndexOutOfDate:  # the health page tells of it
        return 0
    return 0 if result.corrected else result.complete


def _used(library: Library, works: Mapping[str, Work], days: int, prefers: str) -> tuple[UsedWork, ...]:
    """The works that were used, the most used first."""
    reads: Counter[str] = Counter()
    downloads: Counter[str] = Counter()
    for used in library.insight.daybook.uses(days):
        reads[used.work] += used.reads
        downloads[used.work] += used.downloads
    ranked = sorted(reads.keys() | downloads.keys(), key=lambda work: (-reads[work] - downloads[work], work))
    return tuple(_named(work, works.get(work), prefers, reads[work], downloads[work]) for work in ranked)


def _named(name: str, work: Work | None, prefers: str, reads: int, downloads: int) -> UsedWork:
    if work is None:
        return UsedWork(name, name, "", reads, downloads)
    edition = work.best_edition(prefers)
    return UsedWork(name, edition.title, edition.language, reads, downloads)
