"""What somebody may be typing: words that begin so, words that stand after others, titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from library.analysis import Analyser, Analysers
from library.beginnings import Beginnings
from library.engines import Completion
from library.engines.columns import Columns
from library.engines.generation import Generation
from library.engines.matches import Mask
from library.engines.matching import Matcher
from library.engines.usage import Used, used_words
from library.query import Phrase

MOST_BEGINNINGS = 40
"""Words with the beginning that are looked up, the commonest first: a handful of them are wanted."""
MOST_AFTER = 300
"""The same after other words, which leave few of them."""
MOST_TRIED = 24
"""Of these, how many are tried side by side with the words before them."""
LEAST_WORD = 3
"""Letters of a word worth proposing."""


def completions(
    generation: Generation, matcher: Matcher, analysers: Analysers, typed: tuple[str, str], seen: Mask, most: int
) -> tuple[Completion, ...]:
    """The commonest words with this beginning, after the words before it when there are any: `typed` is the two."""
    before, beginning = typed
    within = seen
    if before:
        within = np.zeros(len(generation.columns), np.bool_)
        within[matcher.find(Phrase(before)).within(seen).ids] = True
    found: list[tuple[int, Completion]] = []
    names = generation.vocabulary.beginning(beginning, MOST_AFTER if before else MOST_BEGINNINGS)
    for last in _commonest(generation, analysers, names, within):
        words = f"{before} {last.word}".strip()
        # Words that stand in one edition need not stand side by side.
        together = matcher.find(Phrase(words)).within(seen).ids if before else None
        works = last.works if together is None else int(np.count_nonzero(generation.columns.works_of(together)))
        if works:
            found.append((last.works, Completion(words, works, last.languages)))
    return commonest(found, most)


def commonest(found: Iterable[tuple[int, Completion]], most: int) -> tuple[Completion, ...]:
    """The commonest completions, each of which comes after the works that have its last word.

    Forms of one word stand side by side with another equally often: the commoner form comes first.
    """
    in_order = sorted(found, key=lambda one: (-one[1].works, -one[0], one[1].words))
    return tuple(_apart([one for _, one in in_order]))[:most]


def _commonest(generation: Generation, analysers: Analysers, names: tuple[str, ...], within: Mask) -> list[Used]:
    """Those of the words that most works of the mask's editions have; no stop words."""
    used = used_words(generation, worth_proposing(names), within)
    return tried(used, [analysers[name] for name in generation.columns.lanes])


def worth_proposing(names: Iterable[str]) -> tuple[str, ...]:
    """Words of some letters, no numbers."""
    return tuple(name for name in names if len(name) >= LEAST_WORD and not name.isdigit())


def tried(used: Iterable[Used], lanes: Sequence[Analyser]) -> list[Used]:
    """The commonest of the words that are used; none that is a stop word in one of these languages."""
    in_order = sorted(used, key=lambda one: (-one.works, one.word))
    telling = (one for one in in_order if not any(lane.is_stop(one.word) for lane in lanes))
    return list(islice(telling, MOST_TRIED))


def _apart(found: Sequence[Completion]) -> Iterator[Completion]:
    """Without words that only lengthen or shorten one named before: bollard after bollards."""
    kept: list[str] = []
    for one in found:
        if not any(one.words.startswith(other) or other.startswith(one.words) for other in kept):
            kept.append(one.words)
            yield one


class Titles:
    """The titles of one generation of an index, found by the beginnings of their words."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._beginnings = Beginnings(title.split(" ") for title in columns.titles)

    def find(self, beginnings: Sequence[str], seen: Mask, reader: str, most: int) -> tuple[str, ...]:
        """Editions of the mask, one of each work: titles that begin so first, then the newest, then by id."""
        columns, whole = self._columns, " ".join(beginnings)
        ranks = np.full(len(columns.titles) + 1, -1, np.int8)
        for number in self._beginnings.find(beginnings):
            ranks[number] = 0 if columns.titles[number].startswith(whole) else 1
        rank = ranks[columns.title_rank]
        ids = np.flatnonzero((rank >= 0) & seen)
        mine = columns.languages.index(reader) if reader in columns.languages else -1
        foreign = columns.language[ids] != mine
        # Of each work, the edition in the reader's language comes first; then works by how well their title fits.
        own = ids[np.lexsort((ids, foreign, columns.work[ids]))]
        first = own[np.unique(columns.work[own], return_index=True)[1]]
        best = np.full(len(columns.works), 2, np.int8)
        np.minimum.at(best, columns.work[ids], rank[ids])
        work = columns.work[first]
        order = np.lexsort((work, -columns.work_date[work], best[work]))[:most]
        return tuple(columns.editions[edition] for edition in first[order].tolist())
