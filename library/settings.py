"""The few things an operator may choose: `library.toml` beside `documents/`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from library.errors import Problem, RecordError

FILE = "library.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one library."""

    name: str = "Practice Library"
    """What the pages call it."""


def read_settings(root: Path) -> Settings:
    """The settings in a root folder; the usual ones when it has no `library.toml`.

    Raises RecordError, which names every key that is unknown or not text.
    """
    path = root / FILE
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (ValueError, RecursionError) as error:
        raise RecordError((Problem(FILE, "", f"is not readable as TOML: {error}", "mend that line"),)) from None
    known = {field.name for field in fields(Settings)}
    problems = [
        Problem(FILE, key, "is not a setting", f"take it out (there are {', '.join(sorted(known))})")
        for key in given
        if key not in known
    ]
    problems += [
        Problem(FILE, key, "is not text", "put it in quotation marks")
        for key, value in given.items()
        if key in known and not isinstance(value, str)
    ]
    if problems:
        raise RecordError(tuple(problems))
    return Settings(**given)
