"""Which known editions say nearly the same as a new file: the same text set anew, an earlier version, an excerpt.

Signatures tell in a moment which editions are worth a look; the percentage that a person is shown is exact, counted
over all runs of four words of both texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from library.ingest.difference import Difference, differences
from library.ingest.shingles import Numbers, Signature, Signatures, shingles, signature

THRESHOLD = 0.80
"""Share of runs in common from which two texts are called nearly the same."""
CONTAINED = 0.80
"""Share of the shorter text's runs that the longer has, from which the one is called a part of the other."""
WORTH_A_LOOK = 0.55
"""Of the shorter text, as estimated: five standard deviations below what is told, even for an excerpt of a tenth."""
FEWEST_RUNS = 20
"""A text with fewer, such as the cover of a scan, is like any other of its kind."""
MOST_LOOKED_AT = 20
MOST_TOLD = 5
MOST_COMPARED = 2
"""Editions of which it is also said in what they differ."""


class Likeness(StrEnum):
    """How a new text is like a known one."""

    SAME = "same"
    """Nearly the same text."""
    PART = "part"
    """Nearly all of the new text stands in the known one: an excerpt."""
    WHOLE = "whole"
    """Nearly all of the known text stands in the new one."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A known edition that says nearly the same as a new file."""

    work: str
    language: str
    sha256: str
    likeness: Likeness
    shared: float
    """The part of all runs of both texts that both have, from 0 to 1."""
    contained: float
    """The part of the shorter text's runs that the longer has, from 0 to 1."""
    differences: tuple[Difference, ...] = ()
    """Some of the passages in which they differ."""

    def as_json(self) -> dict[str, Any]:
        """The finding as plain JSON values."""
        return {
            "work": self.work,
            "language": self.language,
            "sha256": self.sha256,
            "likeness": self.likeness.value,
            "shared": self.shared,
            "contained": self.contained,
            "differences": [difference.as_json() for difference in self.differences],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> NearDuplicate:
        """A finding read back from what `as_json` gave."""
        return cls(
            work=str(value["work"]),
            language=str(value["language"]),
            sha256=str(value["sha256"]),
            likeness=Likeness(value["likeness"]),
            shared=float(value["shared"]),
            contained=float(value["contained"]),
            differences=tuple(map(Difference.from_json, value["differences"])),
        )

    def said(self) -> str:
        """The finding as a sentence, for a warning."""
        name = f"“{self.work}” ({self.language})"
        match self.likeness:
            case Likeness.SAME:
                return f"near-duplicate: {self.shared:.0%} of its text is the same as in {name}"
            case Likeness.PART:
                return f"near-duplicate: {self.contained:.0%} of its text stands in {name}, which is longer"
            case Likeness.WHOLE:
                return f"near-duplicate: it holds {self.contained:.0%} of the text of {name}, and more"


@dataclass(frozen=True, slots=True)
class Known:
    """An edition that a new file is compared with."""

    work: str
    language: str
    sha256: str


class NearDuplicates:
    """Finds the known editions that a new text is nearly the same as."""

    def __init__(self, signatures: Signatures) -> None:
        self._signatures = signatures

    def find(self, pages: Sequence[str], known: Sequence[Known]) -> tuple[tuple[NearDuplicate, ...], Signature]:
        """The near-duplicates of a text, the most alike first, and its signature, to be kept with it."""
        new = shingles(pages)
        made = signature(new)
        if len(new) < FEWEST_RUNS:
            return (), made
        by_file = {one.sha256: one for one in known}
        found = [
            duplicate
            for sha256 in self._worth_a_look(made, list(by_file))
            if (duplicate := self._compared(new, by_file[sha256])) is not None
        ]
        found.sort(key=lambda one: (one.likeness is not Likeness.SAME, -one.shared, -one.contained))
        told = (
            self._explained(one, pages, new) if number < MOST_COMPARED else one
            for number, one in enumerate(found[:MOST_TOLD])
        )
        return tuple(told), made

    def prepare(self, sha256: str) -> None:
        """Read or make the signature of a known file."""
        self._signatures.of((sha256,))

    def keep(self, sha256: str, made: Signature) -> None:
        """Keep the signature of a file whose pages are kept."""
        self._signatures.put(sha256, made)

    def _worth_a_look(self, made: Signature, files: list[str]) -> list[str]:
        """The files whose signatures say that one text may hold most of the other, the likeliest first."""
        files, runs, places = self._signatures.of(files)
        if not files:
            return []
        shared = np.count_nonzero(places == made.places, axis=1) / len(made.places)
        common = shared * (runs + made.runs) / (1 + shared)
        contained = common / np.maximum(np.minimum(runs, made.runs), 1)
        likely = np.flatnonzero((contained >= WORTH_A_LOOK) & (runs >= FEWEST_RUNS))
        best = likely[np.argsort(-contained[likely], kind="stable")]
        return [files[row] for row in best[:MOST_LOOKED_AT]]

    def _compared(self, new: Numbers, other: Known) -> NearDuplicate | None:
        """What an edition exactly has in common with the new text, when that is enough to be told."""
        old = self._signatures.shingles(other.sha256)
        if old is None or not len(old):
            return None
        common = len(np.intersect1d(new, old, assume_unique=True))
        shared, contained = common / (len(new) + len(old) - common), common / min(len(new), len(old))
        if shared < THRESHOLD and contained < CONTAINED:
            return None
        shorter = Likeness.PART if len(new) <= len(old) else Likeness.WHOLE
        return NearDuplicate(
            work=other.work,
            language=other.language,
            sha256=other.sha256,
            likeness=Likeness.SAME if shared >= THRESHOLD else shorter,
            shared=round(shared, 4),
            contained=round(contained, 4),
        )

    def _explained(self, found: NearDuplicate, pages: Sequence[str], new: Numbers) -> NearDuplicate:
        texts = self._signatures.texts(found.sha256)
        if texts is None:
            return found
        return NearDuplicate(
            found.work, found.language, found.sha256, found.likeness, found.shared, found.contained,
            differences(pages, texts),
        )  # fmt: skip
