"""Reading the keys of a record, noting every one that is missing or not right instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from library.errors import Problem

MAX_TEXT = 10_000
"""Characters of one value; an abstract has some hundreds."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Choice = TypeVar("Choice", bound=StrEnum)


class Keys:
    """One table of a record, and the problems found in it so far."""

    def __init__(self, table: Mapping[str, object], file: str, prefix: str, problems: list[Problem]) -> None:
        self._table = table
        self._file = file
        self._prefix = prefix
        self._problems = problems
        self._known: set[str] = set()

    def note(self, key: str, message: str, remedy: str) -> None:
        """Note a problem of a key."""
        where = f"{self._prefix}{key}".rstrip(".")
        self._problems.append(Problem(self._file, where, message, remedy))

    def value(self, key: str) -> object | None:
        """Whatever stands there; the key counts as known."""
        self._known.add(key)
        return self._table.get(key)

    def text(self, key: str, *, required: bool = False, pattern: re.Pattern[str] | None = None, like: str = "") -> str:
        """A text; empty when it is missing or wrong."""
        value = self.value(key)
        if value is None:
            if required:
                self.note(key, "is missing", "add it" + (f", like {like}" if like else ""))
            return ""
        if not isinstance(value, str):
            self.note(key, f"is {_kind(value)}, not text", "put it in quotation marks")
            return ""
        text = value.strip()
        if required and not text:
            self.note(key, "is empty", "fill it in")
        elif len(text) > MAX_TEXT or _CONTROLS.search(text):
            self.note(key, "is too long, or has control characters", f"keep it under {MAX_TEXT} ordinary characters")
            return ""
        elif text and pattern is not None and not pattern.fullmatch(text):
            self.note(key, f"“{text[:60]}” is not of its form", f"write it like {like}")
            return ""
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, without empty ones and repetitions."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.note(key, "is not a list of texts", f'write it like {key} = ["first", "second"]')
            return ()
        if any(len(item) > MAX_TEXT or _CONTROLS.search(item) for item in value):
            self.note(key, "has an item with control characters", "keep to ordinary characters")
            return ()
        return tuple(dict.fromkeys(item.strip() for item in value if item.strip()))

    def choice(self, key: str, choices: type[Choice], default: Choice | None) -> Choice | None:
        """One of a closed list; the default when it is missing, None when it is missing and has none."""
        text = self.text(key, required=default is None, like=f'"{next(iter(choices)).value}"')
        if text in {choice.value for choice in choices}:
            return choices(text)
        if text:
            self.note(key, f"“{text[:60]}” is not on the list", "use one of " + ", ".join(c.value for c in choices))
        return default

    def whole(self, key: str, *, least: int, required: bool = False) -> int:
        """A whole number of at least so much; that much when it is missing or wrong."""
        value = self.value(key)
        if value is None and not required:
            return least
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.note(key, "is missing or not a whole number" if value is None else f"is not a whole number ≥ {least}",
                      f"write a number of at least {least}")  # fmt: skip
            return least
        return value

    def wholes(self, key: str, *, least: int) -> tuple[int, ...]:
        """A list of whole numbers of at least so much, in rising order, each once."""
        value = self.value(key)
        if value is None:
            return ()
        numbers = value if isinstance(value, list) else [None]
        if not all(isinstance(item, int) and not isinstance(item, bool) and item >= least for item in numbers):
            self.note(key, f"is not a list of whole numbers ≥ {least}", f"write it like {key} = [{least}, {least + 1}]")
            return ()
        return tuple(sorted(set(numbers)))

    def number(self, key: str, lowest: float, highest: float) -> float | None:
        """A number between two bounds, or None when there is none."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not lowest <= value <= highest:
            self.note(key, f"is not a number from {lowest:g} to {highest:g}", "mend the coordinate, or leave it out")
            return None
        return float(value)

    def tables(self, key: str) -> tuple[Mapping[str, object], ...]:
        """A list of tables."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.note(
                key, "is not a list of tables", f'write it like {key} = [{{ country = "NL", city = "Amsterdam" }}]'
            )
            return ()
        return tuple(value)

    def table(self, key: str) -> Mapping[str, object]:
        """A table; an empty one when it is missing or wrong."""
        value = self.value(key)
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self.note(key, f"is {_kind(value)}, not a table", f"write it like [{self._prefix}{key}]")
        return {}

    def unknown(self) -> None:
        """Note every key that nobody asked for: most often a typing error."""
        for key in self._table:
            if key not in self._known:
                known = ", ".join(sorted(self._known))
                self.note(str(key), "is not a key of a record", f"take it out, or mend its name (there are {known})")


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), "a date or time")
