"""In how many works folded words are used, and in which languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from library.engines.generation import Generation
from library.engines.matches import Mask


@dataclass(frozen=True, slots=True)
class Used:
    """A word that is used."""

    word: str
    works: int
    languages: tuple[str, ...]
    """Of the editions that use it, that of most of them first."""


def used_words(generation: Generation, words: Sequence[str], seen: Mask) -> list[Used]:
    """Those of the words that editions of the mask use, in the order given."""
    columns = generation.columns
    uses = generation.vocabulary.uses(words).within(seen)
    having = np.zeros((len(words), len(columns.works)), np.bool_)  # far faster than sorting pairs (measured)
    having[uses.words, columns.work[uses.ids]] = True
    often = np.count_nonzero(having, axis=1).tolist()
    tags = len(columns.languages) + 1  # one more, for editions of no language of the list: their code is -1
    spoken = np.bincount(uses.words * tags + columns.language[uses.ids] % tags, minlength=len(words) * tags)
    spoken = spoken.reshape(len(words), tags)
    found: list[Used] = []
    for place in np.flatnonzero(often).tolist():
        counts = spoken[place, :-1]
        order = sorted(np.flatnonzero(counts).tolist(), key=lambda code: (-int(counts[code]), code))
        found.append(Used(uses.names[place], often[place], tuple(columns.languages[code] for code in order)))
    return found
