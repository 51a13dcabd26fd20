"""What a person reads on screen, by key and interface language: one TOML file for each language.

Plurals, numbers, dates, lists and the direction of writing are those of Unicode CLDR, read through Babel.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from library.locales.alphabet import sorting

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl")
"""Interface languages, the fallback first."""

Translate = Callable[..., str]

_REGIONS: Mapping[str, str] = MappingProxyType({"en": "en_GB", "pt": "pt_PT"})
"""The country whose dates and numbers a language takes, where CLDR would take those of America."""
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T.+)?)?)?", re.ASCII)
_BEFORE_I = re.compile(r"(?i)h?[ií](?![aeo])")
"""What Spanish says “e” and not “y” before; “hierro” and “hiato” begin with another sound."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface texts of one language. Calling it gives the text of a key with its values put in."""

    language: str
    entries: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key, its `{names}` filled in; a whole number called `count` chooses the plural form.

        The forms are `key.one`, `key.few` and `key.many`, as CLDR names them; where a form is not written, the
        text of the key itself stands for it. KeyError when nobody wrote that text: a test holds every key of the
        code against every language.
        """
        count = values.get("count")
        form = _locale(self.language).plural_form(count) if type(count) is int else ""
        text = self.entries.get(f"{key}.{form}", self.entries[key])
        return text.format_map({name: self._shown(value) for name, value in values.items()})

    @property
    def direction(self) -> str:
        """Which way the language is written: `ltr` or `rtl`."""
        return str(_locale(self.language).text_direction)

    def date(self, iso: str) -> str:
        """An ISO 8601 date as people write it: “2019”, “May 2019”, “31 May 2019”; of a moment, its day.

        What is no such date comes back as it is.
        """
        if not _DATE.fullmatch(iso):
            return iso
        try:
            day = datetime.fromisoformat(iso).date() if len(iso) > 10 else date.fromisoformat(f"{iso}-01-01"[:10])
        except ValueError:
            return iso
        if len(iso) == len("2019"):
            return iso
        locale = _locale(self.language)
        return format_skeleton("yMMMM", day, locale=locale) if len(iso) == 7 else format_date(day, "long", locale)

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one phrase: “a, b and c”; empty for none."""
        named = tuple(items)
        if self.language == "es" and len(named) > 1 and _BEFORE_I.match(named[-1]):
            return f"{', '.join(named[:-1])} e {named[-1]}"  # a rule of sound, which CLDR has no room for
        return str(format_list(named, locale=_locale(self.language)))

    def percent(self, share: float) -> str:
        """A share of one in whole per cent: 0.123 is “12%”, and “12 %” in French."""
        return str(format_percent(share, locale=_locale(self.language)))

    def sorting(self, label: str) -> tuple[str, str]:
        """What labels are sorted by in this language: “Österreich” among the O, a Polish “Ł” after every L."""
        return sorting(label, self.language)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self.entries

    def _shown(self, value: object) -> object:
        """A whole number with its digits grouped as the language does."""
        return _grouped(value, self.language) if type(value) is int else value


@lru_cache(maxsize=4096)
def _grouped(number: int, language: str) -> str:
    """The digits in groups; kept, for a page says the same few numbers again and again, at 60 µs each."""
    return format_decimal(number, locale=_locale(language))


def load_texts(language: str) -> Texts:
    """The texts of an interface language; English when there is no such file."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    source = resources.files(__package__).joinpath(f"{chosen}.toml").read_text(encoding="utf-8")
    return Texts(chosen, dict(_flat(tomllib.loads(source), "")))


@cache
def plural_forms(language: str) -> frozenset[str]:
    """The forms that a counted text has in a language beside the text of the key itself, which CLDR calls “other”.

    Those that whole numbers take, but for forms of whole millions (French “de” in “un million d’ouvrages”), for
    which the text of the key must do.
    """
    rule = _locale(language).plural_form
    return frozenset(rule(count) for count in range(1000)) - {"other"}


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_REGIONS.get(language, language))


def _flat(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found.extend(_flat(value, f"{prefix}{key}."))
        else:
            found.append((f"{prefix}{key}".removesuffix("._"), str(value)))
    return found
