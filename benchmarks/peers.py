"""The engines ours is measured against: tantivy, and SQLite's FTS5 with numpy beside it.

Both hold the same editions and give the ten best with exact counts for four facets (language, kind, year, topic).
What they leave out, each time in their favour:

- tantivy: finds and counts editions, not works; its counts are those of the found editions, so that a facet's other
  values vanish when one is selected (ours are disjunctive); no best pages, and pages cannot be told apart; one stem
  for a word (ours has two, so that text typed without accents is found), and no accent of a stem folded; Polish, for
  which it has no stemmer, is folded only; prefixes and mistyped words are looked for among stems, and what begins so
  is not ranked; title, abstract and text are one field, with one weight; nothing is hidden from anybody. Its counts
  take a second pass, since the Python package has no collector that does both. It keeps the texts and makes one
  snippet for an edition, with no page.
- FTS5 (benchmarks/fts5.py): the same, and the stems are ours, made in Python (one for a word); no mistyped words; no
  snippets, since no text is kept. Counts are numpy's, over every id that is found.

Words that are left out as too common are ours for both.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ours import folder_size
from queries import Asked, Question
from sentences import LANGUAGES

from library.analysis import fold, stop_words
from library.engines import Entry
from library.languages import language

COUNTED = ("language", "kind", "year", "topic")
COUNTS = {facet: {"terms": {"field": facet, "size": 64}} for facet in COUNTED}
SNOWBALL = {name: known.stemmer for name in LANGUAGES if name != "pl" and (known := language(name))}
"""Language to the name of its stemmer, the same in tantivy as in PyStemmer."""
TANTIVY, TANTIVY_WHOLE = "tantivy", "tantivy, snippets"
HEAP = 256_000_000
"""Bytes that tantivy may hold before it writes a segment: as many as our engine."""


class Tantivy:
    """A field for each language in its own stemmer, the facets as fast fields, one writing thread."""

    def __init__(self, folder: Path) -> None:
        self._tantivy: Any = importlib.import_module("tantivy")
        self._folder = folder
        self._fields = [f"text_{tag}" for tag in LANGUAGES]
        self._analysers: list[Any] = []
        self._schema: Any = self._make_schema()
        self._index: Any = None
        self._searcher: Any = None

    def build(self, entries: Iterable[Entry]) -> None:
        """Index these editions, from nothing."""
        self._folder.mkdir(parents=True)
        writer = self._with_analysers().writer(HEAP, 1)
        for number, entry in enumerate(entries):
            document = self._tantivy.Document()
            document.add_unsigned("number", number)
            document.add_unsigned("date", entry.date)
            document.add_text(f"text_{entry.language}", "\n".join((entry.title, entry.abstract, *entry.pages)))
            for facet in COUNTED:
                for value in entry.values[facet]:
                    document.add_text(facet, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def size(self) -> int:
        """Bytes of the index, with the texts, which its snippets are made of."""
        return folder_size(self._folder)

    def open(self) -> None:
        """Open the index anew."""
        self.close()
        self._index = self._with_analysers()
        self._searcher = self._index.searcher()

    def ways(self) -> Mapping[str, Callable[[Question], int]]:
        """The ten best and the counts; the same with snippets."""
        return {TANTIVY: lambda question: self._search(question)[0], TANTIVY_WHOLE: self._with_snippets}

    def close(self) -> None:
        """Let go of the index."""
        self._index = self._searcher = None

    def _make_schema(self) -> Any:
        builder = self._tantivy.SchemaBuilder()
        for tag in LANGUAGES:
            builder.add_text_field(f"text_{tag}", stored=True, tokenizer_name=tag)
        for facet in COUNTED:
            builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("number", fast=True)
        builder.add_unsigned_field("date", fast=True)
        return builder.build()

    def _with_analysers(self) -> Any:
        index, filters = self._tantivy.Index(self._schema, path=str(self._folder)), self._tantivy.Filter
        self._analysers = []
        for tag in LANGUAGES:
            builder = self._tantivy.TextAnalyzerBuilder(self._tantivy.Tokenizer.simple()).filter(filters.lowercase())
            builder = builder.filter(filters.custom_stopword(sorted(stop_words(tag))))
            if tag in SNOWBALL:
                builder = builder.filter(filters.stemmer(SNOWBALL[tag]))
            self._analysers.append(builder.filter(filters.ascii_fold()).build())
            index.register_tokenizer(tag, self._analysers[-1])
        return index

    def _search(self, question: Question) -> tuple[int, Any, list[Any]]:
        query = self._query(question)
        order = "date" if question.kind is Asked.NOTHING else None
        best = self._searcher.search(query, 10, order_by_field=order)
        self._searcher.aggregate(query, COUNTS)
        addresses = [address for _, address in best.hits]
        self._searcher.fast_field_values("number", addresses)
        return best.count, query, addresses

    def _with_snippets(self, question: Question) -> int:
        found, query, addresses = self._search(question)
        makers: dict[str, Any] = {}
        for address in addresses:
            document = self._searcher.doc(address)
            field = next(field for field in self._fields if document.get_first(field))
            if field not in makers:
                create = self._tantivy.SnippetGenerator.create
                makers[field] = create(self._searcher, query, self._schema, field)
                makers[field].set_max_num_chars(280)
            makers[field].snippet_from_doc(document).highlighted()
        return found

    def _query(self, question: Question) -> Any:
        kinds, must = self._tantivy.Query, self._tantivy.Occur.Must
        words = self._words(question)
        if not question.filters:
            return words
        chosen = [(must, kinds.term_query(self._schema, facet, value)) for facet, value in question.filters]
        return kinds.boolean_query([(must, words), *chosen])

    def _words(self, question: Question) -> Any:
        kinds, should = self._tantivy.Query, self._tantivy.Occur.Should
        match question.kind:
            case Asked.NOTHING:
                return kinds.all_query()
            case Asked.PREFIX:
                start = [fold(question.words[0])]  # sixty times as fast here as a regular expression
                every = [kinds.phrase_prefix_query(self._schema, field, start) for field in self._fields]
                return kinds.boolean_query([(should, one) for one in every])
            case Asked.FUZZY:
                stems = [analyser.analyze(question.words[0]) for analyser in self._analysers]
                pairs = [(field, stem) for field, found in zip(self._fields, stems, strict=True) for stem in found]
                every = [kinds.fuzzy_term_query(self._schema, field, stem, 1) for field, stem in pairs]
                return kinds.boolean_query([(should, one) for one in every])
        return self._index.parse_query(question.text, self._fields, conjunction_by_default=True)
