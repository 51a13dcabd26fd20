"""How much of a record is proposed rightly: `library add --dry-run` over the demonstration PDFs in an empty library.

    make ingest-quality

The files are copied under names that say nothing, so that what is proposed rests on what is in them; the library has
the thesaurus and no work. A title is right when its letters and digits are those of the record; a year when the record
gives the same; topics when one of them is in the record. Of the versions of a work, the first that comes cannot be
paired; each further one is right when it is taken for a version of a file of the same work.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from library.catalogue import Catalogue
from library.ingest import Added, AddReport, Stated
from library.library import Library
from library.model import Edition, Work

DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"
GOALS = {"language": 1.0, "title": 0.95, "year": 0.8, "topic": 0.8, "version": 0.8}


@dataclass(frozen=True, slots=True)
class Figure:
    """How often one thing was proposed rightly, and where it was not."""

    name: str
    right: int
    of: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part that is right; all of nothing is right."""
        return self.right / self.of if self.of else 1.0


def main() -> None:
    """Propose records for all editions of the demonstration works, and print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        report, truth = proposals(Path(scratch), Catalogue(DOCUMENTS).census().works)
    found = figures(report, truth)
    print(table(found), end="")
    for figure in found:
        for line in figure.wrong:
            print(f"{figure.name}: {line}")


def proposals(scratch: Path, works: Sequence[Work]) -> tuple[AddReport, Mapping[str, tuple[Work, Edition]]]:
    """What is proposed for the files of these works under names that say nothing, and what each is in truth."""
    truth = {}
    files, root = scratch / "files", scratch / "library"
    files.mkdir(parents=True)
    (root / "documents").mkdir(parents=True)
    shutil.copy(DOCUMENTS / "topics.ttl", root / "documents")
    for work in works:
        for edition in work.editions:
            name = hashlib.sha256(edition.sha256.encode()).hexdigest()[:16]
            shutil.copy(DOCUMENTS / work.id / f"{edition.language}.pdf", files / f"{name}.pdf")
            truth[f"{name}.pdf"] = work, edition
    with Library.open(root) as library:
        return library.add([files], Stated(), dry_run=True, jobs=2), truth


def figures(report: AddReport, truth: Mapping[str, tuple[Work, Edition]]) -> list[Figure]:
    """The figures, one after the other."""
    added = {each.path.name: each for each in report.added}
    checks: dict[str, list[tuple[bool, str]]] = {name: [] for name in GOALS}
    for name, (work, edition) in truth.items():
        where = f"{work.id}.{edition.language}"
        if name not in added:
            for every in checks.values():
                every.append((False, f"{where}: rejected"))
            continue
        for check, right, said in judged(added[name], work, edition):
            checks[check].append((right, f"{where}: {said}"))
    checks["version"] = list(paired(report.added, truth))
    return [
        Figure(name, sum(right for right, _ in check), len(check), tuple(said for right, said in check if not right))
        for name, check in checks.items()
    ]


def judged(added: Added, work: Work, edition: Edition) -> Iterator[tuple[str, bool, str]]:
    """What is checked of one file: whether it is right, and what was proposed."""
    proposed = added.description
    yield "language", proposed.language.value == edition.language, proposed.language.value
    yield "title", _letters(proposed.title.value) == _letters(edition.title), proposed.title.value
    yield "year", proposed.date.value[:4] == work.date[:4], proposed.date.value
    topics = [topic.value for topic in proposed.topics]
    yield "topic", bool(set(topics) & set(work.topics)), ", ".join(topics) or "none"


def paired(added: Sequence[Added], truth: Mapping[str, tuple[Work, Edition]]) -> Iterator[tuple[bool, str]]:
    """Whether each file that had a version before it was paired with one, and no other file with anything."""
    work_of: dict[str, str] = {}
    met: set[str] = set()
    for each in added:
        work, edition = truth[each.path.name]
        taken_for = work_of.get(each.version.work, "") if each.version is not None else ""
        work_of[each.work.id] = work.id
        if work.id in met or taken_for:
            yield taken_for == work.id, f"{work.id}.{edition.language}: {taken_for or 'taken for a work of its own'}"
        met.add(work.id)


def table(found: Sequence[Figure]) -> str:
    """The figures as Markdown."""
    lines = [
        f"| {figure.name} | {figure.right} of {figure.of} | {figure.share:.1%} | {GOALS[figure.name]:.0%} |"
        for figure in found
    ]
    return "\n".join(("| proposed | right | share | goal |", "| --- | ---: | ---: | ---: |", *lines)) + "\n"


def _letters(text: str) -> str:
    """A title without what is a matter of setting: capitals, blanks and marks."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


if __name__ == "__main__":
    main()
