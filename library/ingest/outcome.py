"""What became of one file: added, unchanged, rejected; and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from library.describe.proposal import Description
from library.formats import Reading
from library.ingest.families import Version
from library.ingest.near_duplicates import NearDuplicate
from library.model import Work


@dataclass(frozen=True, slots=True)
class Added:
    """A file that became an edition, with what was proposed for it and why."""

    path: Path
    work: Work
    edition: str
    language: str
    confidence: float
    title: str
    pages: int
    description: Description = field(repr=False)
    reading: Reading = field(repr=False)
    version: Version | None = None
    """The work that it may be another language of."""
    near_duplicates: tuple[NearDuplicate, ...] = ()
    """Known editions that say nearly the same."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file that the library already has, byte for byte."""

    path: Path
    edition: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not taken, and what to do about it."""

    path: Path
    reason: str
    """The typed reason, a colon, and a sentence."""
    remedy: str
    detail: str = field(default="", repr=False)
    """For whoever mends the program: where it failed; empty when it is the file that is at fault."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something about a file that a person should look at."""

    path: Path
    message: str


Outcome = Added | Unchanged | Rejected | Warned


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of every file of a batch."""

    added: tuple[Added, ...] = ()
    unchanged: tuple[Unchanged, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[Warned, ...] = ()

    @classmethod
    def of(cls, outcomes: list[Outcome]) -> AddReport:
        """The outcomes, sorted by what they are, in their order."""
        return cls(
            tuple(outcome for outcome in outcomes if isinstance(outcome, Added)),
            tuple(outcome for outcome in outcomes if isinstance(outcome, Unchanged)),
            tuple(outcome for outcome in outcomes if isinstance(outcome, Rejected)),
            tuple(outcome for outcome in outcomes if isinstance(outcome, Warned)),
        )

    def as_json(self) -> dict[str, object]:
        """The object that `library add --json` prints (a contract: DESIGN.md, section 7)."""
        return {
            "added": [
                {
                    "path": shown(added.path),
                    "work": added.work.id,
                    "edition": added.edition,
                    "language": added.language,
                    "confidence": round(added.confidence, 3),
                    "title": added.title,
                    "pages": added.pages,
                }
                for added in self.added
            ],
            "unchanged": [{"path": shown(same.path), "edition": same.edition} for same in self.unchanged],
            "rejected": [{"path": shown(r.path), "reason": r.reason, "remedy": r.remedy} for r in self.rejected],
            "warnings": [{"path": shown(warned.path), "message": warned.message} for warned in self.warnings],
        }


def shown(path: Path) -> str:
    """A path that can be printed and written as JSON, whatever bytes its name has."""
    return str(path).encode("utf-8", "replace").decode("utf-8")
