"""What a page of review shows: a record with what is being typed into it, and what the program proposed and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from library.describe.proposal import Description, Proposal
from library.model import Edition, Status, Work
from library.ui.desk.typed import Typed, edition_field, one
from library.ui.desk.visit import DeskVisit

SURE, LIKELY = 0.85, 0.6
"""From here a proposal is called sure, or likely; below that a person is asked to look."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of a file that is shown beside the form."""

    language: str
    page: int = 1
    quote: str = ""
    """Words on it that something rests on."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else saved in the meantime."""

    who: str
    when: str
    fields: tuple[str, ...] = ()
    """Fields that both changed, to be chosen between."""
    taken: tuple[str, ...] = ()
    """Fields that only the other changed: their values are in the form already."""
    theirs: Typed = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """Something that is not right, with the field it belongs to."""

    field: str
    """Empty when it belongs to none."""
    words: str
    language: str = ""
    """Of the words, when it is not that of the page."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record under review."""

    visit: DeskVisit
    work: Work
    typed: Typed
    version: str
    seen: int
    """How many changes its history had when the form was made."""
    shown: Shown
    described: Mapping[str, Description] = field(default_factory=dict)
    """What the program proposed, by the language of the edition."""
    problems: tuple[FieldProblem, ...] = ()
    clash: Clash | None = None
    report: str = ""
    """More about how it came in, as markup."""
    reason: str = ""
    """Why it is changed, as typed."""
    publish_on: str = ""

    @property
    def draft(self) -> bool:
        """Whether it is not published yet."""
        return self.work.status is Status.DRAFT

    def value(self, name: str) -> str:
        """The text of a field as it is typed now."""
        return one(self.typed, name)

    def edition(self) -> Edition:
        """The edition whose page is shown."""
        return self.work.edition(self.shown.language) or self.work.editions[0]

    def proposal(self, name: str) -> tuple[Proposal, str] | None:
        """What was proposed for a field, and the language of the edition that it comes from; None when nothing was."""
        for language, description in self.described.items():
            found = _proposals(language, description).get(name)
            if found is not None and (found.value or found.alternatives):
                return found, language
        return None

    def proposed_topics(self) -> tuple[tuple[Proposal, str], ...]:
        """The topics that were proposed, each with the language of the edition it comes from, the surest first."""
        every = [(topic, language) for language, one in self.described.items() for topic in one.topics]
        best: dict[str, tuple[Proposal, str]] = {}
        for topic, language in sorted(every, key=lambda pair: -pair[0].confidence):
            best.setdefault(topic.value, (topic, language))
        return tuple(best.values())

    def wrong(self, name: str) -> tuple[FieldProblem, ...]:
        """The problems of a field."""
        return tuple(problem for problem in self.problems if problem.field == name)


def doubtful(work: Work, described: Mapping[str, Description]) -> tuple[str, ...]:
    """The fields whose proposals are below `LIKELY`: what a person should look at first."""
    found: list[str] = []
    for language, description in described.items():
        if work.edition(language) is None:
            continue
        for name, proposal in _proposals(language, description).items():
            if proposal.confidence < LIKELY and not name.endswith("subtitle"):
                found.append(name.rpartition(".")[2])
    if not work.topics:
        found.append("topics")
    return tuple(dict.fromkeys(found))


def _proposals(language: str, description: Description) -> dict[str, Proposal]:
    return {
        "kind": description.kind,
        "date": description.date,
        edition_field(language, "language"): description.language,
        edition_field(language, "title"): description.title,
        edition_field(language, "subtitle"): description.subtitle,
    }
