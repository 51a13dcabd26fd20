"""What an index says of every edition, as arrays: filled once for each generation of the index.

D is the number of index documents (editions, deleted ones included), P the number of their pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from library.engines.postings import decode
from library.engines.whoosh_schema import LANES, facet_field, lane_field
from library.fields import FACETS, TEXT_FIELDS
from library.model import Access

Mask = NDArray[np.bool_]
LANGUAGE = "language"
"""The one facet whose value belongs to the edition."""


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Which works have which values of one facet: pairs, one for each value of each work."""

    values: tuple[str, ...]
    """Every value, ascending; its place here is its code."""
    works: NDArray[np.int32]
    """(pairs,)"""
    codes: NDArray[np.int32]
    """(pairs,)"""


@dataclass(frozen=True, slots=True)
class LaneField:
    """Lengths of one text field in one language."""

    norm: NDArray[np.float32]
    """(D,) `1.2 * (0.25 + 0.75 * length / average)`: BM25's k1 = 1.2 and b = 0.75, Whoosh's defaults."""
    documents: int
    """Editions that have the field."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The arrays of one generation."""

    editions: tuple[str, ...]
    """(D,) edition ids."""
    works: tuple[str, ...]
    """Work ids, ascending; the place is the code."""
    work: NDArray[np.int32]
    """(D,) code of the edition's work."""
    live: Mask
    """(D,) False for deleted editions."""
    access: Mapping[Access, Mask]
    lanes: Mapping[str, Mask]
    """Language → (D,) whether the edition's text is searched in it; languages without editions are left out."""
    lane_sets: tuple[frozenset[str], ...]
    """The different sets of lanes that editions have."""
    lane_set: NDArray[np.int32]
    """(D,) which of them the edition has."""
    facets: Mapping[str, FacetColumn]
    """Every facet but the language, whose values belong to works."""
    languages: tuple[str, ...]
    """Every language of an edition, ascending; the place is the code."""
    language: NDArray[np.int32]
    """(D,) code of the edition's own language; -1 for none."""
    work_date: NDArray[np.int32]
    """(works,) yyyymmdd, of the newest of its editions' entries."""
    title_rank: NDArray[np.int32]
    """(D,) place of the title in alphabetical order."""
    page_base: NDArray[np.int64]
    """(D + 1,) pages of all editions before this one."""
    page_doc: NDArray[np.int32]
    """(P,) edition of each page."""
    lengths: Mapping[str, LaneField]
    """Index field name → its lengths."""
    _by_work: NDArray[np.int32]
    """(D,) editions sorted by work."""
    _work_base: NDArray[np.int64]
    """(works + 1,) where each work's editions begin in `_by_work`."""

    def __len__(self) -> int:
        return len(self.editions)

    def editions_of(self, work: int) -> NDArray[np.int32]:
        """The editions of a work."""
        return self._by_work[self._work_base[work] : self._work_base[work + 1]]

    def values(self, facet: str) -> tuple[str, ...]:
        """Every value of a facet; its place is its code."""
        return self.languages if facet == LANGUAGE else self.facets[facet].values

    def works_with(self, facet: str, codes: Mask) -> Mask:
        """(works,) the works that have one of these values of a facet other than the language."""
        column = self.facets[facet]
        works = np.zeros(len(self.works), np.bool_)
        works[column.works[codes[column.codes]]] = True
        return works

    def silent(self, languages: frozenset[str]) -> Mask:
        """(D,) the editions that have no lane but these."""
        return np.array([lanes <= languages for lanes in self.lane_sets], np.bool_)[self.lane_set]


def read_columns(reader: IndexReader) -> Columns:
    """The arrays of the index as it is now."""
    size = reader.doc_count_all()
    stored = _stored(reader, size)
    works = tuple(sorted({work for _, work, _ in stored}))
    code = {work: number for number, work in enumerate(works)}
    work = np.array([code[name] for _, name, _ in stored], np.int32)
    pages = np.array([count for *_, count in stored], np.int64)
    lanes = {lane: mask for lane, mask in _masks(reader, "lane", size)}
    lane_sets, lane_set = _lane_sets(lanes, size)
    languages, language = _single(reader, facet_field(LANGUAGE), size)
    live = _live(reader, size)
    by_work = np.argsort(work, kind="stable").astype(np.int32)
    return Columns(
        editions=tuple(edition for edition, *_ in stored),
        works=works,
        work=work,
        live=live,
        access={Access(value): mask for value, mask in _masks(reader, "access", size)},
        lanes=lanes,
        lane_sets=lane_sets,
        lane_set=lane_set,
        facets={f.name: _facet(reader, facet_field(f.name), work, live) for f in FACETS if f.name != LANGUAGE},
        languages=languages,
        language=language,
        work_date=_dates(reader, work, live, len(works)),
        title_rank=_ranks(reader, size),
        page_base=np.concatenate((np.zeros(1, np.int64), np.cumsum(pages))),
        page_doc=np.repeat(np.arange(size, dtype=np.int32), pages),
        lengths=dict(_lengths(reader, size, lanes)),
        _by_work=by_work,
        _work_base=np.searchsorted(work[by_work], np.arange(len(works) + 1)),
    )


def _lane_sets(lanes: Mapping[str, Mask], size: int) -> tuple[tuple[frozenset[str], ...], NDArray[np.int32]]:
    """The different sets of lanes, and which of them each edition has."""
    names = tuple(lanes)
    bits = np.zeros(size, np.int64)  # there are fewer than 63 lanes: the languages of the library and `und`
    for place, name in enumerate(names):
        bits |= lanes[name].astype(np.int64) << place
    different, which = np.unique(bits, return_inverse=True)
    sets = tuple(frozenset(name for place, name in enumerate(names) if int(one) >> place & 1) for one in different)
    return sets, which.astype(np.int32)


def _single(reader: IndexReader, field: str, size: int) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The values of a field that has one value for each edition, and the code of each edition's."""
    codes = np.full(size, -1, np.int32)
    values: list[str] = []
    for value, docs in _values(reader, field):
        codes[docs] = len(values)
        values.append(value)
    return tuple(values), codes


def _dates(reader: IndexReader, work: NDArray[np.int32], live: Mask, works: int) -> NDArray[np.int32]:
    """(works,) yyyymmdd, the newest that any edition's entry has."""
    found = np.zeros(works, np.int32)
    for value, docs in _values(reader, "date"):
        own = work[docs[live[docs]]]
        found[own] = np.maximum(found[own], int(value))
    return found


def _stored(reader: IndexReader, size: int) -> list[tuple[str, str, int]]:
    """Edition, work and number of pages of every document."""
    found: list[tuple[str, str, int]] = [("", "", 0)] * size
    for number in range(size):
        edition, work, pages, _ = reader.stored_fields(number)["stored"]
        found[number] = (edition, work, pages)
    return found


def _live(reader: IndexReader, size: int) -> Mask:
    live = np.ones(size, np.bool_)
    for leaf, offset in reader.leaf_readers():
        live[[offset + number for number in range(leaf.doc_count_all()) if leaf.is_deleted(number)]] = False
    return live


def _values(reader: IndexReader, field: str) -> Iterator[tuple[str, NDArray[np.int32]]]:
    """Each value of a field, ascending, with the documents that have it."""
    leaves = list(reader.leaf_readers())
    for term in reader.lexicon(field):
        yield (
            term.decode(),
            np.concatenate([decode(leaf, field, term).ids + np.int32(offset) for leaf, offset in leaves]),
        )


def _masks(reader: IndexReader, field: str, size: int) -> Iterator[tuple[str, Mask]]:
    for value, docs in _values(reader, field):
        mask = np.zeros(size, np.bool_)
        mask[docs] = True
        yield value, mask


def _facet(reader: IndexReader, field: str, work: NDArray[np.int32], live: Mask) -> FacetColumn:
    found = [(value, np.unique(work[docs[live[docs]]])) for value, docs in _values(reader, field)]
    found = [(value, works) for value, works in found if len(works)]
    none = np.empty(0, np.int32)
    return FacetColumn(
        tuple(value for value, _ in found),
        np.concatenate([none, *(works for _, works in found)]),
        np.concatenate([none, *(np.full(len(works), code, np.int32) for code, (_, works) in enumerate(found))]),
    )


def _ranks(reader: IndexReader, size: int) -> NDArray[np.int32]:
    ranks = np.full(size, np.iinfo(np.int32).max, np.int32)
    for rank, (_, docs) in enumerate(_values(reader, "title_key")):
        ranks[docs] = rank
    return ranks


def _lengths(reader: IndexReader, size: int, lanes: Mapping[str, Mask]) -> Iterator[tuple[str, LaneField]]:
    for lane in LANES:
        if lane not in lanes:
            continue
        docs = np.flatnonzero(lanes[lane])
        for field in TEXT_FIELDS:
            name = lane_field(field.name, lane)
            yield name, _lane_field(reader, name, docs, size)
    yield "words", _lane_field(reader, "words", np.arange(size), size)


def _lane_field(reader: IndexReader, name: str, docs: NDArray[np.intp], size: int) -> LaneField:
    lengths = np.array([reader.doc_field_length(int(doc), name) or 0 for doc in docs], np.float32)
    average = float(lengths.mean()) if len(docs) else 1.0
    norm = np.full(size, 1.2, np.float32)
    norm[docs] = 1.2 * (0.25 + 0.75 * lengths / max(average, 1.0))
    return LaneField(norm, len(docs))
