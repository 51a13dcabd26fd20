"""The few things an operator may choose: `library.toml` beside `documents/`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from library.engine_address import read_address
from library.errors import Problem, RecordError
from library.sign_in import SignIn, read_sign_in

FILE = "library.toml"
TABLE = "sign_in"

OFF = "off"

_INSIGHT = re.compile(rf"{OFF}|[1-9][0-9]{{0,3}} days")
_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\@]+(/[^\s?#\"'<>\\]*)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one library."""

    name: str = "Practice Library"
    """What the pages call it."""
    address: str = ""
    """Where the world finds it, such as `https://library.example.org`: for what must name a whole address."""
    access_help: str = ""
    """How members get access to works that are for members; the pages say something general when it is empty."""
    contact: str = ""
    """Whom to ask: an e-mail address or the address of a page."""
    insight: str = "400 days"
    """For how long searches and downloads stay counted, by the day and without anybody's name; `off` counts nothing."""
    engine: str = ""
    """The address of the search engine (`library.engine_address`); empty for the one that is built in."""
    sign_in: SignIn = field(default_factory=SignIn)
    """How members and staff sign in: the table `[sign_in]`."""

    @property
    def insight_days(self) -> int:
        """Days for which counts are kept; 0 when nothing is counted."""
        return 0 if self.insight == OFF else int(self.insight.removesuffix(" days"))


def read_settings(root: Path) -> Settings:
    """The settings in a root folder; the usual ones when it has no `library.toml`.

    Raises RecordError, which names every key that is unknown, not text, or not what it should be.
    """
    path = root / FILE
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (ValueError, RecursionError) as error:
        raise RecordError((Problem(FILE, "", f"is not readable as TOML: {error}", "mend that line"),)) from None
    sign_in, wrong = read_sign_in(given.pop(TABLE, {}))
    problems = (
        *_problems(given),
        *(Problem(FILE, f"{TABLE}.{key}" if key else TABLE, what, remedy) for key, what, remedy in wrong),
    )
    if problems:
        raise RecordError(problems)
    texts = {key: value.rstrip("/") if key == "address" else value for key, value in given.items()}
    return Settings(**texts, sign_in=sign_in)


def _problems(given: Mapping[str, object]) -> Iterator[Problem]:
    known = sorted(one.name for one in fields(Settings))
    for key, value in given.items():
        if key not in known:
            yield Problem(FILE, key, "is not a setting", f"take it out (there are {', '.join(known)})")
        elif not isinstance(value, str):
            yield Problem(FILE, key, "is not text", "put it in quotation marks")
        elif key == "address" and value and not _ADDRESS.fullmatch(value):
            yield Problem(FILE, key, "is not a whole address", "write it like https://library.example.org")
        elif key == "insight" and not _INSIGHT.fullmatch(value):
            yield Problem(FILE, key, "is no number of days", 'write it like "400 days", or "off"')
        elif key == "engine" and value:
            yield from (Problem(FILE, key, what, remedy) for what, remedy in read_address(value)[1])
