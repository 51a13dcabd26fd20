"""What an index says of every edition, as arrays: filled once for each generation of the index.

D is the number of index documents (editions, deleted ones included), P the number of their pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from library.engines.postings import decode
from library.engines.whoosh_schema import LANES, facet_field, lane_field
from library.fields import FACETS, TEXT_FIELDS
from library.model import Access

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Which editions have which values of one facet: pairs, one for each value of each edition."""

    values: tuple[str, ...]
    """Every value, ascending; its place here is its code."""
    docs: NDArray[np.int32]
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
    facets: Mapping[str, FacetColumn]
    language: NDArray[np.int32]
    """(D,) code of the edition's own language in the language facet."""
    date: NDArray[np.int32]
    """(D,) yyyymmdd."""
    title_rank: NDArray[np.int32]
    """(D,) place of the title in alphabetical order."""
    page_base: NDArray[np.int64]
    """(D + 1,) pages of all editions before this one."""
    page_doc: NDArray[np.int32]
    """(P,) edition of each page."""
    lengths: Mapping[str, LaneField]
    """Index field name → its lengths."""

    def __len__(self) -> int:
        return len(self.editions)


def read_columns(reader: IndexReader) -> Columns:
    """The arrays of the index as it is now."""
    size = reader.doc_count_all()
    stored = _stored(reader, size)
    works = tuple(sorted({work for _, work, _ in stored}))
    code = {work: number for number, work in enumerate(works)}
    pages = np.array([count for *_, count in stored], np.int64)
    lanes = {lane: mask for lane, mask in _masks(reader, "lane", size)}
    facets = {facet.name: _facet(reader, facet_field(facet.name)) for facet in FACETS}
    language = np.full(size, -1, np.int32)
    language[facets["language"].docs] = facets["language"].codes
    date = np.zeros(size, np.int32)
    for value, docs in _values(reader, "date"):
        date[docs] = int(value)
    return Columns(
        editions=tuple(edition for edition, *_ in stored),
        works=works,
        work=np.array([code[work] for _, work, _ in stored], np.int32),
        live=_live(reader, size),
        access={Access(value): mask for value, mask in _masks(reader, "access", size)},
        lanes=lanes,
        facets=facets,
        language=language,
        date=date,
        title_rank=_ranks(reader, size),
        page_base=np.concatenate((np.zeros(1, np.int64), np.cumsum(pages))),
        page_doc=np.repeat(np.arange(size, dtype=np.int32), pages),
        lengths=dict(_lengths(reader, size, lanes)),
    )


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


def _facet(reader: IndexReader, field: str) -> FacetColumn:
    found = list(_values(reader, field))
    docs: Iterable[NDArray[np.int32]] = [ids for _, ids in found]
    codes = [np.full(len(ids), code, np.int32) for code, (_, ids) in enumerate(found)]
    none = np.empty(0, np.int32)
    return FacetColumn(
        tuple(value for value, _ in found), np.concatenate([none, *docs]), np.concatenate([none, *codes])
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
