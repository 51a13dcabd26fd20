"""Words of the index that are spelt nearly like another one, in the editions that somebody may find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from library.analysis import MAX_TERM
from library.engines import Neighbour
from library.engines.generation import Generation
from library.engines.matches import Mask
from library.engines.usage import used_words

MOST_NEAR = 200
"""Words spelt nearly so whose editions are looked up, the nearest first; this bounds the cost."""
ANY_FIRST = 5
"""Letters of a word from which its first letter may be the wrong one: shorter ones have too many neighbours."""
LEAST_PART = 3
"""Letters of each of two words that were written as one."""


def neighbours(generation: Generation, word: str, seen: Mask, most: int) -> tuple[Neighbour, ...]:
    """What is spelt nearly like a folded word, in editions of the mask: the nearest, then the commonest."""
    vocabulary = generation.vocabulary
    letters = {name: distance for distance, name in vocabulary.distances(word)[:MOST_NEAR]}
    letters |= {name: 1 for name in other_beginnings(word, vocabulary.first_letters()) if vocabulary.holds(name)}
    letters.pop(word, None)
    return nearest([*_single(generation, letters, seen), *_parted(generation, word, seen)], most)


def nearest(found: Iterable[Neighbour], most: int) -> tuple[Neighbour, ...]:
    """The nearest of them, then the commonest, then alphabetically."""
    return tuple(sorted(found, key=lambda one: (one.letters, -one.works, one.words))[:most])


def other_beginnings(word: str, letters: Iterable[str]) -> Iterator[str]:
    """The word with its first letter another one, missing, one too many, or swapped with the second."""
    if len(word) < ANY_FIRST:
        return
    yield word[1:]
    yield word[1] + word[0] + word[2:]
    for letter in letters:
        if letter != word[0]:
            yield letter + word[1:]
            yield letter + word


def parts(word: str) -> Iterator[tuple[str, str]]:
    """Every two words that would be the word when written as one; an index has none longer than `MAX_TERM`."""
    for end in range(max(LEAST_PART, len(word) - MAX_TERM), min(len(word) - LEAST_PART, MAX_TERM) + 1):
        yield word[:end], word[end:]


def _single(generation: Generation, letters: dict[str, int], seen: Mask) -> Iterator[Neighbour]:
    for used in used_words(generation, tuple(letters), seen):
        yield Neighbour(used.word, letters[used.word], used.works, used.languages)


def _parted(generation: Generation, word: str, seen: Mask) -> Iterator[Neighbour]:
    """Two words of one edition that were written as one."""
    vocabulary = generation.vocabulary
    for first, second in parts(word):
        if not (vocabulary.holds(first) and vocabulary.holds(second)):
            continue
        uses = vocabulary.uses((first, second)).within(seen)
        both = np.zeros(len(generation.columns), np.bool_)
        both[np.intersect1d(uses.ids[uses.words == 0], uses.ids[uses.words == 1])] = True
        for used in used_words(generation, (first,), both):
            yield Neighbour(f"{first} {second}", 1, used.works, used.languages)
