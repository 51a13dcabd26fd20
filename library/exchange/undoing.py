"""Taking an import back: every work it changed gets its earlier record, every work it made leaves the library.

Nothing is lost. A work that nobody but staff has seen is put aside, whole, in `documents/.trash/<batch>/`, and its
identifier is free again. One that was published is withdrawn: its address answers, and says so. What somebody changed
after the import is left as it is, and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from library.access import Right, User, demand
from library.catalogue import Action, Change, Deed
from library.errors import Conflict, RecordError, UsageError
from library.exchange.importing import ORIGIN, WHO, indexed
from library.library import Library
from library.model import SLUG, Status, Work

REASON = "The import that brought this work was taken back."


class Undoing(StrEnum):
    """What becomes of a work when an import is taken back."""

    RESTORED = "restored"
    """It has its earlier record again."""
    PUT_ASIDE = "put-aside"
    WITHDRAWN = "withdrawn"
    NOTHING = "nothing"
    """It is as it was before already."""
    LEFT = "left"
    """Somebody changed it since, or its record is not right: a person has to look."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one work."""

    work: str
    how: Undoing
    told: str = ""


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What became of every work of a batch."""

    batch: str
    dry_run: bool
    works: tuple[Undone, ...]

    def as_json(self) -> dict[str, object]:
        """The object that `library import --undo BATCH --json` prints."""
        works = [
            {"work": one.work, "how": one.how.value, **({"told": one.told} if one.told else {})} for one in self.works
        ]
        return {"batch": self.batch, "dry_run": self.dry_run, "works": works}


@dataclass(frozen=True, slots=True)
class Batch:
    """An import, as the journal tells of it."""

    name: str
    when: str
    """When it was begun first: ISO 8601, UTC."""
    who: str
    why: str
    works: int
    undone: bool


def batches(library: Library) -> tuple[Batch, ...]:
    """Every import, the newest first."""
    found: dict[str, Batch] = {}
    works: dict[str, set[str]] = {}
    for line in library.catalogue.journal.lines():
        if line.batch and line.action == Action.IMPORT:
            works.setdefault(line.batch, set()).add(line.work)
            known = found.pop(line.batch, None) or Batch(line.batch, line.when, line.who, line.why, 0, False)
            found[line.batch] = replace(known, works=len(works[line.batch]), undone=False)
        elif line.batch in found and line.action == Action.UNDO:
            found[line.batch] = replace(found[line.batch], undone=True)
    return tuple(reversed(found.values()))


def undo_batch(library: Library, user: User, batch: str, *, dry_run: bool = False) -> UndoReport:
    """Take an import back. Raises NotAllowed, and UsageError when there is none of that name."""
    demand(user, Right.IMPORT)
    works = tuple(dict.fromkeys(_touched(library, batch))) if SLUG.fullmatch(batch) else ()
    if not works:
        raise UsageError(f"there is no import “{batch[:80]}”", "see documents/journal.jsonl for the names of batches")
    deed = Deed(user.name or WHO, f"took back the import {batch}", Action.UNDO, batch)
    report = UndoReport(batch, dry_run, tuple(_undone(library, work, deed, dry_run) for work in works))
    if not dry_run:
        indexed(library)
    return report


def _touched(library: Library, batch: str) -> Iterator[str]:
    """The works that the import made or changed: as the journal has them, and those it had no time to note."""
    folder = library.catalogue.folder
    noted = (line.work for line in library.catalogue.journal.lines() if line.batch == batch)
    yield from (work for work in noted if library.catalogue.sound(work) is not None or (folder / work).is_dir())
    for work in library.catalogue.identifiers():
        if (folder / work / ORIGIN / f"{batch}.json").is_file() or any(
            f'"{batch}"' in path.read_text(encoding="utf-8") for path in (folder / work / "history").glob("*.toml")
        ):
            yield work


def _undone(library: Library, work: str, deed: Deed, dry_run: bool) -> Undone:
    """Take back what the import did to one work."""
    try:
        version = library.catalogue.version(work)
        present = library.catalogue.get(work)
        changes = library.catalogue.history(work)
        if present is None:
            return Undone(work, Undoing.NOTHING)
        made = (library.catalogue.folder / work / ORIGIN / f"{deed.batch}.json").is_file()
        ours = [change for change in changes if change.batch == deed.batch and change.action != Action.UNDO]
        if made and not any(change.action == Action.UNDO for change in changes):
            return _unmade(library, present, changes, deed, version, dry_run)
        return _restored(library, present, changes, ours, deed, version, dry_run)
    except (Conflict, RecordError) as error:
        return Undone(work, Undoing.LEFT, error.message)


def _unmade(
    library: Library, present: Work, changes: tuple[Change, ...], deed: Deed, version: str, dry_run: bool
) -> Undone:
    """A work that the import made leaves the library."""
    others = [change for change in changes if change.batch != deed.batch]
    if others:
        return Undone(
            present.id, Undoing.LEFT, f"{others[-1].who} changed it on {others[-1].when}: withdraw it by hand"
        )
    every = (present, *(library.catalogue.before(present.id, change.number) for change in changes))
    if all(work.status is Status.DRAFT for work in every):
        if not dry_run:
            library.catalogue.put_aside(present.id, deed, version)
        return Undone(present.id, Undoing.PUT_ASIDE, f"documents/.trash/{deed.batch}/")
    if present.status is Status.WITHDRAWN:
        return Undone(present.id, Undoing.NOTHING)
    if not dry_run:
        withdrawn = replace(present, status=Status.WITHDRAWN, reason=REASON, publish_on="")
        library.catalogue.save(withdrawn, deed, version)
    return Undone(present.id, Undoing.WITHDRAWN)


def _restored(
    library: Library,
    present: Work,
    changes: tuple[Change, ...],
    ours: list[Change],
    deed: Deed,
    version: str,
    dry_run: bool,
) -> Undone:
    """A work that the import changed gets the record that it had before."""
    if not ours:
        return Undone(present.id, Undoing.NOTHING)
    run = [ours[-1]]  # an import that was taken back may have been done once more
    for change in reversed(ours[:-1]):
        if change.number != run[0].number - 1:
            break
        run.insert(0, change)
    earlier = library.catalogue.before(present.id, run[0].number)
    if earlier == present:
        return Undone(present.id, Undoing.NOTHING)
    later = [change for change in changes if change.number > run[-1].number]
    if later:
        return Undone(present.id, Undoing.LEFT, f"{later[-1].who} changed it on {later[-1].when}: see its history")
    if not dry_run:
        library.catalogue.save(earlier, deed, version)
    return Undone(present.id, Undoing.RESTORED)
