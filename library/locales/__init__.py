"""What a person reads on screen, by key and interface language: one TOML file for each language."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources

from babel.numbers import format_decimal

LANGUAGES = ("en", "fr")
"""Interface languages, the fallback first."""

Translate = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface texts of one language. Calling it gives the text of a key with its values put in."""

    language: str
    entries: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key, its `{names}` filled in; for a count, `key.one` is taken when `count` is one.

        KeyError when nobody wrote that text: a test holds every key of the code against every language.
        """
        # French counts 0 as singular, English does not (CLDR plural rules).
        singular = values.get("count") == 1 or (self.language == "fr" and values.get("count") == 0)
        text = self.entries.get(f"{key}.one") if singular else None
        return (text or self.entries[key]).format_map({name: self._shown(value) for name, value in values.items()})

    def _shown(self, value: object) -> object:
        """A whole number with its digits grouped as the language does."""
        return format_decimal(value, locale=self.language) if type(value) is int else value

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self.entries


def load_texts(language: str) -> Texts:
    """The texts of an interface language; English when there is no such file."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    source = resources.files(__package__).joinpath(f"{chosen}.toml").read_text(encoding="utf-8")
    return Texts(chosen, dict(_flat(tomllib.loads(source), "")))


def _flat(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found.extend(_flat(value, f"{prefix}{key}."))
        else:
            found.append((f"{prefix}{key}".removesuffix("._"), str(value)))
    return found
