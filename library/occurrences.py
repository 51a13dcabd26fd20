"""Where the words of a query stand in one edition: every page, how often, in what form, and the passages to show.

The query is understood as a search understands it, so that what brought a reader to a work is marked in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from threading import Lock

from library.analysis import STRIDE, Analyser, Analysers, fold, spans, tokens
from library.engines.letters import alike
from library.formats.kinds import format_of
from library.formats.page_store import PageStore, StoredPages
from library.indexing import lanes_of
from library.locales import Texts
from library.model import Edition, TextSource
from library.query import MAX_LEAVES, Form, Node, Phrase, Word, leaves
from library.result import Passage
from library.snippets import LEAD, passage

MOST_PAGES = 400
"""Pages that are listed; all are counted."""
MOST_PASSAGES = 4
"""Passages that are shown of one page."""
PASSAGE_ROOM = 160
"""Characters of a passage: it stands in a narrow column."""
MOST_READ = 8
"""Editions whose words stay in memory: 8 bytes for each word of the text, and its different words."""
MOST_REMEMBERED = 200
"""Answers that stay in memory, whatever their size."""
LARGEST_REMEMBERED = 1_000
"""Passages and forms of an answer that stays in memory: under a megabyte."""
MOST_KEPT = 20_000
"""Passages and forms of all answers in memory together."""
MOST_SOUGHT = MAX_LEAVES
"""Words and phrases that are looked for at once: brackets could hold several times as many."""

_LEADERS = re.compile(r"\s*(?:\.[\s\u2026]*){4,}\s*")

Pattern = tuple[tuple[int, frozenset[str]], ...]
"""Tokens that must stand together: how far from the first one, and the words of the edition that may stand there."""
Span = tuple[int, int]
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PageOccurrence:
    """A page where words of the query stand."""

    number: int
    """From 1."""
    label: str
    """As printed on the page."""
    count: int
    """How often any of the words stands there."""
    forms: tuple[str, ...]
    """The words as they stand on this page, and words that were found together as one; wherever one of them stands
    on the page it is meant."""
    passages: tuple[Passage, ...]
    firsts: tuple[int, ...]
    """For each passage which of the page's occurrences is its first, from 0."""
    by_ocr: bool = False
    """Whether a machine read the page from its picture: it may err."""

    def as_json(self) -> dict[str, object]:
        """An object for the reader; marks count characters, not the units of JavaScript."""
        passages = [
            {"text": part.text, "marks": [list(mark) for mark in part.marks], "first": first}
            for part, first in zip(self.passages, self.firsts, strict=True)
        ]
        return {
            "number": self.number,
            "label": self.label,
            "count": self.count,
            "forms": list(self.forms),
            "passages": passages,
            "ocr": self.by_ocr,
        }


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where the words of a query stand in an edition."""

    pages: tuple[PageOccurrence, ...] = ()
    """In the order of the document, at most `MOST_PAGES` of them."""
    forms: tuple[str, ...] = ()
    """Every different form met, in the order in which they were met."""
    total: int = 0
    """Occurrences on all pages."""
    on_pages: int = 0
    """Pages with any, listed or not."""

    def as_json(self) -> dict[str, object]:
        """The object that the reader asks for."""
        return {"forms": list(self.forms), "pages": [page.as_json() for page in self.pages], "total": self.total}


def sentence(found: Occurrences, edition: Edition, t: Texts) -> str:
    """How often words were found in an edition, in the language of the texts."""
    if not found.total:
        return t("reader.found_none")
    key = "count.pages" if format_of(edition).has_pages else "formats.sections"
    return t("reader.found", count=found.total, pages=t(key, count=found.on_pages))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of an edition, each different one looked at once."""

    texts: tuple[str, ...]
    tokens: tuple[list[str], ...]
    """For each page; equal words are one object."""
    by_term: Mapping[str, Words]
    """Language → term → the words that have it."""
    by_fold: Words
    """Without case and accents → the words that differ in nothing else."""


class Occurring:
    """Finds where words stand in editions. Made once for a library; it remembers the words of the last editions.

    Several threads may look at once: the lock is held for the memory alone. Two that ask the same find the same.
    """

    def __init__(self, pages: PageStore) -> None:
        self._pages = pages
        self._read: dict[tuple[str, str, int], _Words] = {}
        self._found: dict[tuple[str, str, int, Node], Occurrences] = {}
        self._held = 0
        self._memory = Lock()

    def find(self, node: Node, edition: Edition) -> Occurrences:
        """Every page where words of the query stand; none while the pages' text is not kept."""
        stored = self._pages.remembered(edition.sha256)
        if stored is None:
            return Occurrences()
        key = edition.sha256, edition.language, stored.size, node  # OCR gives the same file more text
        with self._memory:
            known = self._found.get(key)
        if known is not None:
            return known
        try:
            found = self._look(node, edition, stored)
        except OSError:  # the texts have gone from the disk since
            self._pages.drop(edition.sha256)
            return Occurrences()
        size = _size(found)
        with self._memory:
            if size <= LARGEST_REMEMBERED and key not in self._found:
                while len(self._found) >= MOST_REMEMBERED or self._held + size > MOST_KEPT:
                    self._held -= _size(self._found.pop(next(iter(self._found))))  # the first makes room
                self._found[key] = found
                self._held += size
        return found

    def _look(self, node: Node, edition: Edition, stored: StoredPages) -> Occurrences:
        analysers = Analysers()  # one thread's own: they are not made to be shared
        words = self._words(edition, stored, analysers)
        patterns = tuple(_patterns(node, words, analysers))
        pages: list[PageOccurrence] = []
        total = on_pages = 0
        each = zip(stored.numbers, stored.labels, words.texts, words.tokens, stored.sources, strict=True)
        for number, label, text, page, source in each:
            met = _met(page, patterns)
            if met:
                places = list(spans(text))
                apart = _apart(met, places)
                total += len(apart)
                on_pages += 1
                if len(pages) < MOST_PAGES:
                    listed = _listed(number, label, text, apart, places)
                    pages.append(replace(listed, by_ocr=source is TextSource.OCR))
        forms = dict.fromkeys(form for listed in pages for form in listed.forms)
        return Occurrences(tuple(pages), tuple(forms), total, on_pages)

    def _words(self, edition: Edition, stored: StoredPages, analysers: Analysers) -> _Words:
        """The words of an edition, from memory when it was read lately."""
        key = edition.sha256, edition.language, stored.size
        with self._memory:
            words = self._read.get(key)
        if words is None:
            texts = stored.all_texts()
            words = _analysed(texts, lanes_of(edition.language, stored.languages, texts), analysers)
        with self._memory:
            self._read.pop(key, None)
            while len(self._read) >= MOST_READ:
                del self._read[next(iter(self._read))]  # the one that was asked for longest ago
            self._read[key] = words
        return words


def _size(found: Occurrences) -> int:
    """Passages and forms of an answer; a form that runs on for lines counts as the passages it would fill."""
    forms = sum(1 + len(form) // PASSAGE_ROOM for page in found.pages for form in page.forms)
    return forms + sum(len(page.passages) for page in found.pages)


def _analysed(texts: tuple[str, ...], languages: tuple[str, ...], analysers: Analysers) -> _Words:
    different: dict[str, str] = {}
    pages = tuple([different.setdefault(token, token) for token in tokens(text)] for text in texts)
    by_term = {
        language: _turned((word, analysers[language].terms(word)) for word in different) for language in languages
    }
    return _Words(texts, pages, by_term, _turned((word, (fold(word),)) for word in different))


def _patterns(node: Node, words: _Words, analysers: Analysers) -> Iterator[Pattern]:
    """What to look for on the pages; words that mean nothing in these languages count when there are no others."""
    means = False
    wanted = _wanted(node, words)
    for leaf in wanted:
        for pattern in _of(leaf, words, analysers):
            means = means or bool(pattern)
            if pattern and all(may for _, may in pattern):
                yield pattern
    if not means:
        literal = {fold(token) for leaf in wanted for token in tokens(leaf.text)}
        yield from (((0, frozenset(words.by_fold[word])),) for word in literal if word in words.by_fold)


def _wanted(node: Node, words: _Words) -> list[Word | Phrase]:
    """The words and phrases to look for, at most `MOST_SOUGHT`: what was typed before what the thesaurus adds."""
    different = dict.fromkeys(leaf for leaf in leaves(node) if not leaf.field)
    here = [leaf for leaf in different if _only(leaf) in ("", *words.by_term)]
    return sorted(here, key=lambda leaf: _only(leaf) != "")[:MOST_SOUGHT]


def _only(leaf: Word | Phrase) -> str:
    """The one language in which it is looked for; empty for all of them."""
    return leaf.language if isinstance(leaf, Phrase) else ""


def _of(leaf: Word | Phrase, words: _Words, analysers: Analysers) -> Iterator[Pattern]:
    """The patterns of a word or phrase, one for each language; an empty one where nothing in it has a meaning."""
    if isinstance(leaf, Phrase) or leaf.form is Form.INFLECTED:
        lanes = (lane for lane in words.by_term if _only(leaf) in ("", lane))
        yield from (_inflected(leaf.text, words.by_term[lane], analysers[lane]) for lane in lanes)
        return
    *before, last = tokens(leaf.text) or [""]
    if before:
        yield from _of(Phrase(" ".join(before)), words, analysers)
    if last:
        names = _stands_for(fold(last), leaf.form, words)
        yield ((0, frozenset(word for name in names for word in words.by_fold[name])),)


def _inflected(text: str, having: Words, analyser: Analyser) -> Pattern:
    """Every form of some words in a language. A stop word may be any word; at the ends it is left out."""
    analysed = ((place, analyser.terms(token)) for place, token in enumerate(tokens(text)))
    kept = [(place, terms) for place, terms in analysed if terms]
    return tuple(
        (place - kept[0][0], frozenset(word for term in terms for word in having.get(term, ())))
        for place, terms in kept
    )


def _turned(pairs: Iterable[tuple[str, Sequence[str]]]) -> Words:
    """From each word's names to each name's words."""
    found: dict[str, list[str]] = {}
    for word, names in pairs:
        for name in names:
            found.setdefault(name, []).append(word)
    return {name: tuple(words) for name, words in found.items()}


def _stands_for(folded: str, form: Form, words: _Words) -> list[str]:
    """The edition's folded words that a word as typed stands for."""
    match form:
        case Form.PREFIX:
            return [name for name in words.by_fold if name.startswith(folded)]
        case Form.FUZZY:
            return [name for _, name in alike(folded, [name for name in words.by_fold if name[:1] == folded[:1]])]
    return [folded] if folded in words.by_fold else []


def _met(page: list[str], patterns: tuple[Pattern, ...]) -> list[Span]:
    """Where patterns stand on a page: the first and the last token of each, ascending."""
    single = frozenset(word for pattern in patterns if len(pattern) == 1 for word in pattern[0][1])
    several = [pattern for pattern in patterns if len(pattern) > 1]
    found = {(place, place) for place, word in enumerate(page) if word in single} if single else set()
    for pattern in several:
        end, first = pattern[-1][0], pattern[0][1]
        for place in range(len(page) - end):
            if page[place] in first and all(page[place + offset] in may for offset, may in pattern):
                found.add((place, place + end))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class _Place:
    """One occurrence: where it stands in the text of its page, and which tokens it covers."""

    start: int
    end: int
    tokens: tuple[int, ...]


def _apart(met: list[Span], places: list[Span]) -> list[_Place]:
    """What was met, what overlaps made one."""
    apart: list[_Place] = []
    for first, last in met:
        here = _Place(places[first][0], places[last][1], tuple(range(first, last + 1)))
        if apart and here.start < apart[-1].end:
            before = apart.pop()
            covered = tuple(sorted({*before.tokens, *here.tokens}))
            here = _Place(before.start, max(before.end, here.end), covered)
        apart.append(here)
    return apart


def _listed(number: int, label: str, text: str, apart: list[_Place], places: list[Span]) -> PageOccurrence:
    """A page with the passages to show of it."""
    forms = dict.fromkeys(" ".join(text[one.start : one.end].split()) for one in apart)
    landmarks = tuple(start for start, _ in places[::STRIDE])
    passages: list[Passage] = []
    firsts: list[int] = []
    for first, after in islice(_groups(apart), MOST_PASSAGES):
        covered = tuple(token for one in apart[first:after] for token in one.tokens)
        passages.append(_without_leaders(passage(number, label, text, covered, landmarks, PASSAGE_ROOM)))
        firsts.append(first)
    return PageOccurrence(number, label, len(apart), tuple(forms), tuple(passages), tuple(firsts))


def _without_leaders(shown: Passage) -> Passage:
    """A passage of a table of contents without its rows of dots."""
    out, length, place = [], 0, 0
    moved: list[Span] = []
    for start, end in (*shown.marks, (len(shown.text), len(shown.text))):
        out.append(_LEADERS.sub(" … ", shown.text[place:start]))
        length += len(out[-1])
        if start < end:
            moved.append((length, length + end - start))
            out.append(shown.text[start:end])
            length += end - start
        place = end
    return replace(shown, text="".join(out), marks=tuple(moved))


def _groups(whole: Sequence[_Place]) -> Iterator[Span]:
    """Occurrences that fit into one passage, from the left: the first of them, and the first that does not."""
    first = 0
    for after in range(1, len(whole) + 1):
        if after == len(whole) or whole[after].end - whole[first].start > PASSAGE_ROOM - LEAD:
            yield first, after
            first = after
