"""How folded words are written in texts: `securite publique` → “sécurité publique”, with capitals where they belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from library.analysis import fold, spans, tokens
from library.catalogue import Catalogue
from library.engines import Engine, EngineHit
from library.formats.page_store import PageStore
from library.model import Access, Edition, Work
from library.query import Form, Phrase, Word
from library.request import SearchRequest
from library.topics import Thesaurus

LOOKED_AT = 3
"""Works in which a word is looked up before its form is settled."""

PAGES = 2
"""Of the best pages of each."""


class Wording:
    """Looks up how words are written, in works that somebody may find."""

    def __init__(self, engine: Engine, catalogue: Catalogue, pages: PageStore, thesaurus: Thesaurus) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._pages = pages
        self._thesaurus = thesaurus

    def written(self, folded: str, visible: frozenset[Access], reader: str = "") -> str:
        """A folded word, or several that stand side by side, as texts have them; empty when none that is kept has them.

        The commonest form of those met; without capitals, unless every form that was met has one.
        """
        words = folded.split(" ")
        node = Phrase(folded) if len(words) > 1 else Word(folded, Form.EXACT)
        request = SearchRequest(per_page=LOOKED_AT, reader=reader)
        met: Counter[str] = Counter()
        for hit in self._engine.search(node, request, visible).hits:
            met.update(self._forms(hit, words, visible))
        if not met:
            return ""
        best = min(met, key=lambda form: (-met[form], form))
        return best.lower() if any(form == form.lower() for form in met) else best

    def _forms(self, hit: EngineHit, words: list[str], visible: frozenset[Access]) -> Iterator[str]:
        """The forms on the best pages of a hit; else those in its title, its abstract and its topics.

        None of a work that its record has closed since it was indexed.
        """
        work = self._catalogue.sound(hit.work)
        if work is not None and work.needs not in visible:
            return
        edition = work.edition(hit.language) if work is not None else None
        if work is not None and edition is not None:
            found = list(self._on_pages(hit, edition.sha256, words))
            yield from found or self._in_record(work, edition, words)

    def _on_pages(self, hit: EngineHit, sha256: str, words: list[str]) -> Iterator[str]:
        stored = self._pages.remembered(sha256)
        if stored is None:
            return
        for page in hit.pages[:PAGES]:
            try:
                text = stored.text(page.number)
            except (OSError, KeyError):  # gone from the disk since; the page store reads it again when it can
                return
            yield from runs(text, words, page.tokens)

    def _in_record(self, work: Work, edition: Edition, words: list[str]) -> Iterator[str]:
        labels = (self._thesaurus.label(topic, edition.language) for topic in work.topics)
        cities = (place.city for place in work.places)
        for text in (edition.title, edition.subtitle, edition.abstract, *labels):
            yield from runs(_inside(text, edition.language), words)
        for name in (*cities, *work.projects):
            yield from runs(name, words)


def _inside(text: str, language: str) -> str:
    """A title or label as it would stand inside a sentence; German nouns keep their capital, acronyms theirs."""
    return text if language == "de" or text[1:2].isupper() else text[:1].lower() + text[1:]


def runs(text: str, words: list[str], starts: tuple[int, ...] | None = None) -> Iterator[str]:
    """These folded words wherever they stand side by side in a text, as written; `starts` are the tokens to look at."""
    found = tokens(text)
    places = list(spans(text)) if len(words) > 1 else []
    for start in range(len(found)) if starts is None else starts:
        run = found[start : start + len(words)]
        if [fold(token) for token in run] != words:
            continue
        if len(run) == 1:
            yield run[0]
        else:
            yield " ".join(text[places[start][0] : places[start + len(run) - 1][1]].split())
