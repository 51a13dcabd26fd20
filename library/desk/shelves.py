"""Works as staff change them: the record is written, then the index follows at once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from library.access import User
from library.catalogue import Action, Deed
from library.errors import EngineUnavailable, IndexOutOfDate, NotAllowed, UsageError
from library.library import Library
from library.model import Work


class Shelves:
    """The catalogue and the index of a library, written together by one person."""

    def __init__(self, library: Library, user: User) -> None:
        self.library = library
        self.catalogue = library.catalogue
        self.user = user

    def get(self, work: str) -> Work:
        """A work, whatever its status. Raises NotAllowed when there is none, RecordError when it is not right."""
        found = self.catalogue.get(work)
        if found is None:
            raise NotAllowed(work)
        return found

    def seen(self, work: str, expected: str = "") -> tuple[str, Work]:
        """A work with the version over which it may be saved: the one that a person saw, else the one that stands now.

        The version is read first: what changes in between is told when it is saved. Raises NotAllowed, RecordError.
        """
        self.get(work)
        return expected or self.catalogue.version(work), self.get(work)

    def deed(self, action: Action, why: str = "", batch: str = "") -> Deed:
        """What this person does, as the journal says it."""
        return Deed(self.user.name or self.user.role.value, why.strip(), action, batch)

    def save(self, work: Work, deed: Deed, expected: str = "") -> Work:
        """Write a record; pages show it when this returns. Raises Conflict, RecordError."""
        before = self.get(work.id)
        self.catalogue.save(work, deed, expected)
        return self._followed(before, work)

    def add_file(self, work: Work, language: str, path: Path, deed: Deed, expected: str = "") -> Work:
        """Put a file beside those of a work, and the record that names it. Raises Conflict, RecordError."""
        before = self.get(work.id)
        return self._followed(before, self.catalogue.add_edition(work, language, path, deed, expected))

    def _followed(self, before: Work, after: Work) -> Work:
        # The record is written: that is what counts. What is left behind is noted, and the next to index catches up.
        with suppress(EngineUnavailable, IndexOutOfDate):
            self.library.indexing.follow(before, after)
        return after


def reason_given(why: str, verb: str) -> str:
    """The reason, which some verbs must not go without. Raises UsageError."""
    if not why.strip():
        raise UsageError(f"{verb} needs a reason", "say why in a few words: readers and colleagues will see them")
    return why.strip()
