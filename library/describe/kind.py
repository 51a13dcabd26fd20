"""What kind of work a document is: it often says so on its cover, in its title or in its file name.

The number of pages is weak evidence: what has four pages or fewer is a sheet or a leaflet, what has more is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from library.analysis import folded_words
from library.describe.kind_words import KIND_WORDS
from library.describe.proposal import Candidate, Evidence, Proposal, Source, choose, snippet
from library.formats.reading import Reading
from library.model import Kind

SHEET_PAGES = 4
"""A folded A3: more pages than that are not a sheet."""

LONG_PAGES = 20

_FIRST_PAGE_CHARACTERS = 3_000
_FIRST_PAGE_LINES = 60
_TOP_LINES = 10
"""Where a publisher puts the kind of the work; a short line further down is a heading about something else."""

_ON_ITS_OWN, _IN_TITLE, _IN_FILE_NAME, _IN_SHORT_LINE, _ON_FIRST_PAGE = 0.85, 0.75, 0.6, 0.5, 0.3
"""A line that is nothing but the name of a kind is a stamp of the publisher; a word in a sentence may be anything."""

_BOTH = 0.1
"""Added for a kind that stands in two of these places."""

_NUMBER_WORDS = frozenset("no nr num n numero nummer numer".split())
"""A stamp is often numbered: "Practice sheet no. 12"."""

_Phrases = dict[str, list[tuple[tuple[str, ...], Kind]]]


class KindFinder:
    """The words for each kind, made ready once to be found in many documents."""

    def __init__(self) -> None:
        self._phrases: _Phrases = {}
        for kind, phrases in KIND_WORDS.items():
            for phrase in phrases:
                folded = folded_words(phrase)
                self._phrases.setdefault(folded[0], []).append((folded, kind))
        for found in self._phrases.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def propose(self, reading: Reading, title: str, file_name: str) -> Proposal:
        """The kind of a document, from its title, first page, file name and number of pages."""
        found = [*self._in_title(title), *self._on_first_page(reading, title), *self._in_file_name(file_name)]
        pages = len(reading.pages)
        fitting = [candidate for candidate in found if _fits(Kind(candidate.value), pages)]
        return choose([*_together(fitting), *_by_length(pages)])

    def _in_title(self, title: str) -> Iterator[Candidate]:
        for kind in self._kinds(folded_words(title[:300])):
            yield Candidate(kind.value, _IN_TITLE, Evidence(Source.PAGE, 1, snippet(title)))

    def _in_file_name(self, file_name: str) -> Iterator[Candidate]:
        for kind in self._kinds(folded_words(file_name[-200:].replace("_", " "))):
            yield Candidate(kind.value, _IN_FILE_NAME, Evidence(Source.FILE_NAME, None, file_name[-200:]))

    def _on_first_page(self, reading: Reading, title: str) -> Iterator[Candidate]:
        text = reading.pages[0].text[:_FIRST_PAGE_CHARACTERS] if reading.pages else ""
        in_title = frozenset(folded_words(title[:300]))
        for index, line in enumerate(text.splitlines()[:_FIRST_PAGE_LINES]):
            terms = folded_words(line)
            letters = tuple(term for term in terms if not term.isdigit() and term not in _NUMBER_WORDS)
            repeats_title = bool(in_title) and in_title.issuperset(terms)
            for kind in self._kinds(terms):
                if self._is_stamp(letters, kind):
                    confidence = _ON_ITS_OWN
                elif repeats_title:
                    continue
                else:
                    confidence = _IN_SHORT_LINE if len(terms) <= 6 and index < _TOP_LINES else _ON_FIRST_PAGE
                yield Candidate(kind.value, confidence, Evidence(Source.PAGE, 1, snippet(line)))

    def _is_stamp(self, terms: tuple[str, ...], kind: Kind) -> bool:
        """Whether a line is the name of a kind, with one word more at most: "Policy paper, May 2024"."""
        phrases = self._phrases.get(terms[0], ()) if terms else ()
        return any(
            terms[: len(phrase)] == phrase and k is kind and len(terms) <= len(phrase) + 1 for phrase, k in phrases
        )

    def _kinds(self, terms: Sequence[str]) -> Iterator[Kind]:
        """The kinds named in a sequence of words, the longest phrase at each place."""
        free = 0
        for place, term in enumerate(terms):
            if place < free:
                continue
            for phrase, kind in self._phrases.get(term, ()):
                if tuple(terms[place : place + len(phrase)]) == phrase:
                    free = place + len(phrase)
                    yield kind
                    break


def _fits(kind: Kind, pages: int) -> bool:
    """A "practice sheet" of forty pages is a publication that mentions practice sheets."""
    sheet = kind in {Kind.PRACTICE_SHEET, Kind.FACT_SHEET}
    return not sheet or pages <= 3 * SHEET_PAGES


def _together(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """One candidate for each kind, surer when it stands in more than one place."""
    for value in dict.fromkeys(candidate.value for candidate in candidates):
        same = [candidate for candidate in candidates if candidate.value == value]
        best = max(same, key=lambda candidate: candidate.confidence)
        places = {candidate.evidence.source for candidate in same}
        yield Candidate(value, round(min(best.confidence + _BOTH * (len(places) - 1), 0.95), 3), best.evidence)


def _by_length(pages: int) -> Iterator[Candidate]:
    if not pages:
        return
    evidence = Evidence(Source.NONE, None, f"{pages} pages")
    if pages <= SHEET_PAGES:
        yield Candidate(Kind.PRACTICE_SHEET.value, 0.3, evidence)
        yield Candidate(Kind.FACT_SHEET.value, 0.25, evidence)
        yield Candidate(Kind.BROCHURE.value, 0.15, evidence)
    else:
        yield Candidate(Kind.PUBLICATION.value, 0.5 if pages >= LONG_PAGES else 0.4, evidence)
        yield Candidate(Kind.GUIDE.value, 0.2, evidence)
