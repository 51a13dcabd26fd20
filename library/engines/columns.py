"""What an index says of every edition, as arrays: filled once for each generation of the index.

D is the number of index documents (editions, deleted ones included), P the number of their pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from library.engines.distinct import distinct
from library.engines.segment_arrays import Segment
from library.engines.tally import FacetColumn, Mask, Tally
from library.engines.whoosh_schema import LANES, facet_field, lane_field
from library.fields import FACETS, TEXT_FIELDS
from library.model import Access

LANGUAGE = "language"
"""The one facet whose value belongs to the edition."""


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
    tally: Tally
    """Counts works for all of these."""
    languages: tuple[str, ...]
    """Every language of an edition, ascending; the place is the code."""
    language: NDArray[np.int32]
    """(D,) code of the edition's own language; -1 for none."""
    work_date: NDArray[np.int32]
    """(works,) yyyymmdd, of the newest of its editions' entries."""
    titles: tuple[str, ...]
    """Every title, its words folded, ascending."""
    title_rank: NDArray[np.int32]
    """(D,) place of the title in `titles`."""
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

    def editions_of(self, works: NDArray[np.intp]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """The editions of these works, and for each of them the place of its work among these."""
        starts = self._work_base[works]
        many = self._work_base[works + 1] - starts
        groups = np.repeat(np.arange(len(works)), many)
        rows = np.arange(len(groups)) + np.repeat(starts + many - np.cumsum(many), many)
        return self._by_work[rows], groups

    def works_of(self, editions: NDArray[np.int32] | Mask) -> Mask:
        """(works,) the works that have one of these editions, given by their numbers or as a mask."""
        works = np.zeros(len(self.works), np.bool_)
        works[self.work[editions]] = True
        return works

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


def read_columns(segments: Sequence[Segment]) -> Columns:
    """The arrays of the index as it is now."""
    size = sum(segment.size for segment in segments)
    live = np.concatenate([np.empty(0, np.bool_), *(segment.live for segment in segments)])
    editions, edition = _single(segments, "edition", size)
    works, work = _single(segments, "work", size)
    pages = _numbers(segments, "pages", size)
    lanes = dict(_masks(segments, "lane", size))
    lane_sets, lane_set = _lane_sets(lanes, size)
    languages, language = _single(segments, facet_field(LANGUAGE), size)
    facets = {f.name: _facet(segments, facet_field(f.name), work, live) for f in FACETS if f.name != LANGUAGE}
    titles, title_rank = _single(segments, "title_key", size)
    by_work = np.argsort(work, kind="stable").astype(np.int32)
    return Columns(
        editions=tuple(editions[code] for code in edition.tolist()),
        works=works,
        work=work,
        live=live,
        access={Access(value): mask for value, mask in _masks(segments, "access", size)},
        lanes=lanes,
        lane_sets=lane_sets,
        lane_set=lane_set,
        facets=facets,
        tally=Tally(facets, len(works)),
        languages=languages,
        language=language,
        work_date=_dates(_numbers(segments, "date", size), work, live, len(works)),
        titles=titles,
        title_rank=title_rank,
        page_base=np.concatenate((np.zeros(1, np.int64), np.cumsum(pages))),
        page_doc=np.repeat(np.arange(size, dtype=np.int32), pages),
        lengths=dict(_lengths(segments, size, lanes)),
        _by_work=by_work,
        _work_base=np.searchsorted(work[by_work], np.arange(len(works) + 1)),
    )


def numbers(segments: Sequence[Segment]) -> dict[str, int]:
    """The number of every edition held."""
    live = np.concatenate([np.empty(0, np.bool_), *(segment.live for segment in segments)])
    names, docs, codes = _coded(segments, "edition")
    return {names[code]: doc for doc, code in zip(docs.tolist(), codes.tolist(), strict=True) if live[doc]}


def fingerprints(segments: Sequence[Segment], columns: Columns) -> dict[str, str]:
    """Every edition held, with the fingerprint it was put in with."""
    values, codes = _single(segments, "fingerprint", len(columns))
    return {columns.editions[doc]: values[codes[doc]] for doc in np.flatnonzero(columns.live).tolist()}


def _lane_sets(lanes: Mapping[str, Mask], size: int) -> tuple[tuple[frozenset[str], ...], NDArray[np.int32]]:
    """The different sets of lanes, and which of them each edition has."""
    names = tuple(lanes)
    bits = np.zeros(size, np.int64)  # there are fewer than 63 lanes: the languages of the library and `und`
    for place, name in enumerate(names):
        bits |= lanes[name].astype(np.int64) << place
    different, which = np.unique(bits, return_inverse=True)
    sets = tuple(frozenset(name for place, name in enumerate(names) if int(one) >> place & 1) for one in different)
    return sets, which.astype(np.int32)


def _coded(segments: Sequence[Segment], field: str) -> tuple[tuple[str, ...], NDArray[np.int32], NDArray[np.int32]]:
    """The values of a field, ascending, and pairs: a document, and the place of a value that it has."""
    parts = [(arrays, segment.offset) for segment in segments if (arrays := segment.arrays.fields.get(field))]
    found = [(arrays.values(), arrays.gather(np.arange(len(arrays))), offset) for arrays, offset in parts]
    if len(found) == 1:  # the terms of a segment are in order
        names, rows, offset = found[0]
        return tuple(names), rows.ids + np.int32(offset), rows.terms.astype(np.int32)
    values = sorted(set().union(*(names for names, _, _ in found)))
    code = {value: place for place, value in enumerate(values)}
    none = np.empty(0, np.int32)
    docs = [none, *(rows.ids + np.int32(offset) for _, rows, offset in found)]
    codes = [none, *(np.array([code[name] for name in names], np.int32)[rows.terms] for names, rows, _ in found)]
    return tuple(values), np.concatenate(docs), np.concatenate(codes)


def _single(segments: Sequence[Segment], field: str, size: int) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The values of a field that has one value for each edition, and the code of each edition's; -1 for none."""
    values, docs, found = _coded(segments, field)
    codes = np.full(size, -1, np.int32)
    codes[docs] = found
    return values, codes


def _numbers(segments: Sequence[Segment], field: str, size: int) -> NDArray[np.int64]:
    """(D,) the numbers in a field that has one for each edition."""
    values, codes = _single(segments, field, size)
    return np.array([*map(int, values), 0], np.int64)[codes]


def _dates(dates: NDArray[np.int64], work: NDArray[np.int32], live: Mask, works: int) -> NDArray[np.int32]:
    """(works,) yyyymmdd, the newest that any edition's entry has."""
    found = np.zeros(works, np.int32)
    np.maximum.at(found, work[live], dates[live].astype(np.int32))
    return found


def _masks(segments: Sequence[Segment], field: str, size: int) -> Iterator[tuple[str, Mask]]:
    values, docs, codes = _coded(segments, field)
    for code, value in enumerate(values):
        mask = np.zeros(size, np.bool_)
        mask[docs[codes == code]] = True
        yield value, mask


def _facet(segments: Sequence[Segment], field: str, work: NDArray[np.int32], live: Mask) -> FacetColumn:
    values, docs, codes = _coded(segments, field)
    kept = live[docs]
    many = max(int(work.max(initial=0)) + 1, 1)
    pairs = distinct(codes[kept].astype(np.int64) * many + work[docs[kept]])
    held = pairs // many
    met = distinct(held)
    places = met.searchsorted(held).astype(np.int32)
    return FacetColumn(tuple(values[code] for code in met.tolist()), (pairs % many).astype(np.int32), places)


def _lengths(segments: Sequence[Segment], size: int, lanes: Mapping[str, Mask]) -> Iterator[tuple[str, LaneField]]:
    for lane in LANES:
        if lane in lanes:
            for field in TEXT_FIELDS:
                name = lane_field(field.name, lane)
                yield name, _lane_field(segments, name, lanes[lane], size)
    yield "words", _lane_field(segments, "words", np.ones(size, np.bool_), size)


def _lane_field(segments: Sequence[Segment], name: str, having: Mask, size: int) -> LaneField:
    lengths = np.zeros(size, np.float32)
    for segment in segments:
        if arrays := segment.arrays.fields.get(name):
            lengths[segment.offset : segment.offset + len(arrays.lengths)] = arrays.lengths
    documents = int(np.count_nonzero(having))
    average = float(lengths[having].mean()) if documents else 1.0
    norm = np.where(having, 1.2 * (0.25 + 0.75 * lengths / max(average, 1.0)), 1.2).astype(np.float32)
    return LaneField(norm, documents)
