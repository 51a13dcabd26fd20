"""In what two texts that are nearly the same differ: some passages of each, with their pages, side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

import numpy as np

from library.analysis import folded_words
from library.ingest.shingles import Numbers, shingles

MOST_SENTENCES = 3_000
"""Of each text: about 150 pages; what comes after is not compared."""
MOST_DIFFERENCES = 5
LONGEST = 240
"""Letters of a passage that are shown."""
OWN = 0.5
"""Share of a sentence's runs that the other text lacks, from which it counts as different: a sentence that is only
divided in another way, or goes on over a page, has nearly all of them."""

_END = re.compile(r"(?<=[.!?…。])[\s\u00a0]+|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and the number of its page."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage of the new text and the one that stands in its place in the known text; one of them may be missing."""

    new: Passage | None
    known: Passage | None

    def as_json(self) -> dict[str, Any]:
        """The difference as plain JSON values."""
        return {"new": _as_json(self.new), "known": _as_json(self.known)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Difference:
        """A difference read back from what `as_json` gave."""
        return cls(_from_json(value["new"]), _from_json(value["known"]))


def differences(new: Sequence[str], known: Sequence[str]) -> tuple[Difference, ...]:
    """Some passages in which two texts, given by their pages, differ; in the order of the texts."""
    ours, theirs = _sentences(new), _sentences(known)
    in_ours, in_theirs = shingles(new), shingles(known)
    matcher = SequenceMatcher(None, [key for key, _ in ours], [key for key, _ in theirs])
    found: list[Difference] = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        own = [passage for _, passage in ours[start:end] if _is_own(passage, in_theirs)]
        lost = [passage for _, passage in theirs[other_start:other_end] if _is_own(passage, in_ours)]
        for one, other in zip_longest(own, lost):
            found.append(Difference(_short(one), _short(other)))
            if len(found) == MOST_DIFFERENCES:
                return tuple(found)
    return tuple(found)


def _sentences(pages: Sequence[str]) -> list[tuple[tuple[str, ...], Passage]]:
    """The sentences of a text, each with its folded words, by which it is compared."""
    found: list[tuple[tuple[str, ...], Passage]] = []
    for number, text in enumerate(pages, 1):
        for sentence in _END.split(text):
            words = folded_words(sentence)
            if words:
                found.append((words, Passage(number, " ".join(sentence.split()))))
            if len(found) == MOST_SENTENCES:
                return found
    return found


def _is_own(passage: Passage, other: Numbers) -> bool:
    """Whether the other text does not have this sentence, however it divides its sentences."""
    runs = shingles([passage.text])
    return len(runs) > 0 and float(np.mean(np.isin(runs, other, assume_unique=True))) < OWN


def _short(passage: Passage | None) -> Passage | None:
    if passage is None or len(passage.text) <= LONGEST:
        return passage
    return Passage(passage.page, passage.text[:LONGEST].rpartition(" ")[0] + " …")


def _as_json(passage: Passage | None) -> dict[str, Any] | None:
    return None if passage is None else {"page": passage.page, "text": passage.text}


def _from_json(value: Mapping[str, Any] | None) -> Passage | None:
    return None if value is None else Passage(int(value["page"]), str(value["text"]))
