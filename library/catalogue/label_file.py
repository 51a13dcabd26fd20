"""Adding a label to a topic in the thesaurus file, so that everything in it stays as its editors wrote it.

A label is one triple, appended with a line that says who added it and when. The file as it was before is kept in
`.history/topics-<n>.ttl` beside it; the last label can be taken back as long as nobody has edited the file since.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from library.durable import write_text
from library.errors import Problem, RecordError, UsageError
from library.languages import TAGS
from library.topics import Thesaurus, Topic, local_name, parse_thesaurus

HISTORY = ".history"
"""Beside the thesaurus; every folder with a plain name is a work."""
LONGEST_LABEL = 80
"""Characters of a label: it is shown on chips and in lists."""

LOCK = ".writing.lock"
PATIENCE = 30.0
"""Seconds that a change waits for the one before it."""

_KEPT = re.compile(r"topics-(?P<number>[0-9]{1,9})\.ttl")
_ADDED = re.compile(
    r'\n*# (?P<said>[^\n]*)\n<(?P<uri>[^<>"{}|^`\\\s]+)> '
    r'<http://www\.w3\.org/2004/02/skos/core#altLabel> "(?P<label>(?:[^"\\\n]|\\.)*)"@(?P<language>[a-zA-Z-]+) \.\n'
)


@dataclass(frozen=True, slots=True)
class AddedLabel:
    """A label that was added here, and can be taken back."""

    number: int
    """Of the file as it was before: `.history/topics-<number>.ttl`."""
    topic: str
    language: str
    label: str


class LabelFile:
    """The thesaurus file of a library, and its earlier states."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._history = path.parent / HISTORY

    def add(self, topic: str, language: str, label: str, *, who: str) -> AddedLabel:
        """Give a topic one more label in a language.

        Raises UsageError when there is no such topic or language, or when the label is none or taken; RecordError when
        the file is not right.
        """
        words = " ".join(label.split())
        with self._alone():
            before = self._text()
            found = _fitting(parse_thesaurus(before, self.path.name), topic, language, words)
            after = before + _triple(found, language, words, who)
            written = parse_thesaurus(after, self.path.name).get(topic)  # it must say what it was made to say
            if written is None or words not in written.all_labels(language):
                problem = Problem(
                    self.path.name, topic, "does not take a label at the end of the file", "add it by hand"
                )
                raise RecordError((problem,))
            number = 1 + max((number for number, _ in self._kept()), default=0)
            write_text(self._history / f"topics-{number}.ttl", before)
            write_text(self.path, after)
            return AddedLabel(number, topic, language, words)

    def last(self) -> AddedLabel | None:
        """The label that was added last; None when there is none, or when the file has been edited since."""
        kept = self._kept()
        if not kept or not self.path.is_file():
            return None
        number, path = kept[-1]
        before, now = path.read_text(encoding="utf-8"), self._text()
        added = _ADDED.fullmatch(now.removeprefix(before)) if now.startswith(before) else None
        if added is None:
            return None
        return AddedLabel(number, local_name(added["uri"]), added["language"], re.sub(r"\\(.)", r"\1", added["label"]))

    def take_back(self, number: int) -> AddedLabel:
        """Take the last label back, which is the one with this number. Raises UsageError when it no longer is.

        The copy of the file stays: what was done and undone can both be seen.
        """
        with self._alone():
            last = self.last()
            if last is None or last.number != number:
                raise UsageError(
                    "this label is not the last thing that happened to the thesaurus",
                    "take the line out of documents/topics.ttl by hand",
                )
            before = (self._history / f"topics-{number}.ttl").read_text(encoding="utf-8")
            write_text(self._history / f"topics-{number + 1}.ttl", self._text())
            write_text(self.path, before)
            return last

    def _text(self) -> str:
        """Raises RecordError."""
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RecordError((Problem(self.path.name, "", f"cannot be read: {error}", "put it right"),)) from None

    def _kept(self) -> list[tuple[int, Path]]:
        found = ((_KEPT.fullmatch(path.name), path) for path in self._history.glob("topics-*.ttl"))
        return sorted((int(name["number"]), path) for name, path in found if name)

    def _alone(self) -> FileLock:
        """Held while the file changes: the same lock as for works, for the journal tells of both."""
        return FileLock(self.path.parent / LOCK, timeout=PATIENCE)


def _fitting(thesaurus: Thesaurus, topic: str, language: str, words: str) -> Topic:
    """The topic, when the words can be a label of it. Raises UsageError."""
    found = thesaurus.get(topic)
    if found is None:
        raise UsageError(f"there is no topic “{topic}”", "choose one of the thesaurus")
    if language not in TAGS:
        raise UsageError(f"“{language}” is no language of the library", f"choose one of {', '.join(TAGS)}")
    if not words or len(words) > LONGEST_LABEL or any(not character.isprintable() for character in words):
        raise UsageError("a label is a few words", f"write at most {LONGEST_LABEL} characters, on one line")
    taken = thesaurus.find(words)
    if taken is not None:
        whose = thesaurus.label(taken.id)
        raise UsageError(f"“{words}” is a label already, of “{whose}”", "a label stands for one topic only")
    return found


def _triple(topic: Topic, language: str, words: str, who: str) -> str:
    """The triple with a comment; whole addresses, so that it does not matter which prefixes the file has."""
    said = " ".join("".join(character for character in who if character.isprintable()).split())[:100] or "somebody"
    day = datetime.now(UTC).date().isoformat()
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    label = "http://www.w3.org/2004/02/skos/core#altLabel"
    return f'\n# Added by {said} on {day}\n<{topic.uri}> <{label}> "{escaped}"@{language} .\n'
