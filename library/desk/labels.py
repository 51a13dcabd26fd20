"""Adding a label to a topic, so that what readers call it finds it; searches go by it at once."""

from __future__ import annotations

from library.access import Right, User, demand
from library.catalogue import Action, Deed
from library.catalogue.label_file import AddedLabel, LabelFile
from library.errors import UsageError
from library.library import Library
from library.topics import load_thesaurus


class Labels:
    """The labels of topics, as one person may change them."""

    def __init__(self, library: Library, user: User) -> None:
        self._library = library
        self._user = user
        self._file = LabelFile(library.topics_file)

    def add(self, topic: str, language: str, label: str) -> AddedLabel:
        """Give a topic, named by its id or by one of its labels, one more label.

        Raises NotAllowed, UsageError when it cannot have it, RecordError when the thesaurus is not right.
        """
        demand(self._user, Right.TOPICS)
        found = self._library.thesaurus.find(topic[:200])
        if found is None:
            raise UsageError(f"there is no topic “{topic[:80]}”", "choose one of the list, as it is written there")
        added = self._file.add(found.id, language, label, who=self._who())
        self._noted(added, "added", added.number)
        return added

    def last(self) -> AddedLabel | None:
        """The label that was added last, when it can be taken back. Raises NotAllowed, RecordError."""
        demand(self._user, Right.TOPICS)
        return self._file.last()

    def take_back(self, number: int) -> AddedLabel:
        """Take the last label back. Raises NotAllowed, UsageError when it no longer is the last thing that happened."""
        demand(self._user, Right.TOPICS)
        taken = self._file.take_back(number)
        self._noted(taken, "taken back", number)
        return taken

    def _noted(self, label: AddedLabel, done: str, number: int) -> None:
        """What was done comes into the journal, then into searches."""
        why = (
            f"label “{label.label}” ({label.language}) of {label.topic} {done}; topics-{number}.ttl is the file before"
        )
        self._library.catalogue.journal.note(Deed(self._who(), why, Action.TOPIC), "")
        # Entries of the index have preferred labels only: other names widen searches, which so go by them at once.
        self._library.use(load_thesaurus(self._library.topics_file))

    def _who(self) -> str:
        return self._user.name or self._user.role.value
