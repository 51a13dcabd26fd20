"""What the program proposes about a document, how sure it is, and what it saw that made it think so.

A proposal is never a fact: what a person states wins. It crosses from the process that read the file to the one
that asks the person, so it can be written as plain JSON values and read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

SNIPPET_LENGTH = 160
"""Letters of text shown as evidence: a line or two on a form."""

MAX_ALTERNATIVES = 4
"""Other values shown beside the proposed one; more than a person reads on a form helps nobody."""


class Source(StrEnum):
    """Where the evidence for a proposal was found."""

    PAGE = "page"
    METADATA = "metadata"
    FILE_NAME = "file-name"
    THESAURUS = "thesaurus"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a proposal rests on: where it was found, and the words that were found there."""

    source: Source = Source.NONE
    page: int | None = None
    """Number of the page, from 1; nothing when it does not come from a page."""
    snippet: str = ""


NO_EVIDENCE = Evidence()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that could be right, with how likely it is and what speaks for it."""

    value: str
    confidence: float
    """From 0 to 1."""
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class Proposal:
    """The value proposed for one field, and the others that could also be meant."""

    value: str = ""
    """Empty when nothing was found."""
    confidence: float = 0.0
    """From 0 to 1; 0 when nothing was found."""
    evidence: Evidence = NO_EVIDENCE
    alternatives: tuple[Candidate, ...] = ()


NOTHING = Proposal()


@dataclass(frozen=True, slots=True)
class Description:
    """What the program proposes for the record of one document."""

    language: Proposal = NOTHING
    title: Proposal = NOTHING
    subtitle: Proposal = NOTHING
    date: Proposal = NOTHING
    topics: tuple[Proposal, ...] = ()
    """The topics by their identifiers, the surest first; at most four."""
    kind: Proposal = NOTHING
    warnings: tuple[str, ...] = ()
    """What a person should look at before accepting."""

    def as_json(self) -> dict[str, Any]:
        """The description as plain JSON values."""
        return {
            **{name: _proposal_as_json(getattr(self, name)) for name in _SINGLE},
            "topics": [_proposal_as_json(topic) for topic in self.topics],
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Description:
        """A description read back from what `as_json` gave."""
        return cls(
            **{name: _proposal_from_json(value[name]) for name in _SINGLE},
            topics=tuple(_proposal_from_json(topic) for topic in value["topics"]),
            warnings=tuple(str(warning) for warning in value["warnings"]),
        )


_SINGLE = ("language", "title", "subtitle", "date", "kind")


def choose(candidates: Iterable[Candidate]) -> Proposal:
    """The most likely of several candidates, with the others as alternatives, each value once."""
    ranked = sorted((c for c in candidates if c.value), key=lambda candidate: -candidate.confidence)
    best_of: dict[str, Candidate] = {}
    for candidate in ranked:
        best_of.setdefault(candidate.value, candidate)
    if not best_of:
        return NOTHING
    best, *others = best_of.values()
    return Proposal(best.value, best.confidence, best.evidence, tuple(others[:MAX_ALTERNATIVES]))


def snippet(text: str, start: int = 0, end: int = 0) -> str:
    """The words around a place in a text, on one line, short enough to be shown as evidence."""
    room = max(SNIPPET_LENGTH - (end - start), 0) // 2
    left, right = max(start - room, 0), min(end + room, len(text), max(start - room, 0) + 2 * SNIPPET_LENGTH)
    if left:  # do not begin in the middle of a word
        blank = text.find(" ", left, start)
        left = blank + 1 if blank >= 0 else left
    return " ".join(text[left:right].split())[:SNIPPET_LENGTH]


def _evidence_as_json(evidence: Evidence) -> dict[str, Any]:
    return {"source": evidence.source.value, "page": evidence.page, "snippet": evidence.snippet}


def _evidence_from_json(value: Mapping[str, Any]) -> Evidence:
    page = value["page"]
    return Evidence(Source(value["source"]), None if page is None else int(page), str(value["snippet"]))


def _candidate_as_json(candidate: Candidate | Proposal) -> dict[str, Any]:
    return {
        "value": candidate.value,
        "confidence": candidate.confidence,
        "evidence": _evidence_as_json(candidate.evidence),
    }


def _proposal_as_json(proposal: Proposal) -> dict[str, Any]:
    alternatives = [_candidate_as_json(candidate) for candidate in proposal.alternatives]
    return {**_candidate_as_json(proposal), "alternatives": alternatives}


def _candidate_from_json(value: Mapping[str, Any]) -> Candidate:
    return Candidate(str(value["value"]), float(value["confidence"]), _evidence_from_json(value["evidence"]))


def _proposal_from_json(value: Mapping[str, Any]) -> Proposal:
    best = _candidate_from_json(value)
    alternatives = tuple(_candidate_from_json(candidate) for candidate in value["alternatives"])
    return Proposal(best.value, best.confidence, best.evidence, alternatives)
