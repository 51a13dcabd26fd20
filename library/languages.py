"""The languages of the library: a closed list, and how each is called in every other.

Tags are BCP 47 (https://www.rfc-editor.org/info/bcp47), two letters wherever ISO 639-1 has two; names and
months are those of Unicode CLDR, read through Babel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

UNKNOWN = "und"
"""The tag for a language that could not be determined (BCP 47, RFC 5646 section 4.1)."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that a work of the library can be written in."""

    tag: str
    """BCP 47, such as `fr`."""
    right_to_left: bool = False
    stemmer: str = ""
    """Name of the Snowball algorithm in PyStemmer 3.1; empty when there is none for this language, and
    then `analysis/inflection.py` has its commonest endings."""


LANGUAGES: tuple[Language, ...] = (
    Language("en", stemmer="english"),
    Language("fr", stemmer="french"),
    Language("de", stemmer="german"),
    Language("es", stemmer="spanish"),
    Language("it", stemmer="italian"),
    Language("pt", stemmer="portuguese"),
    Language("nl", stemmer="dutch"),
    Language("pl", stemmer="polish"),
    Language("cs", stemmer="czech"),
    Language("ro", stemmer="romanian"),
    Language("el", stemmer="greek"),
    Language("hu", stemmer="hungarian"),
    Language("sv", stemmer="swedish"),
    Language("da", stemmer="danish"),
    Language("fi", stemmer="finnish"),
    Language("ca", stemmer="catalan"),
    Language("no", stemmer="norwegian"),
    Language("bg"),
    Language("uk"),
    Language("ar", right_to_left=True, stemmer="arabic"),
    Language("tr", stemmer="turkish"),
    Language("sk"),
    Language("sl"),
    Language("hr", stemmer="serbian"),
    Language("sr", stemmer="serbian"),
    Language("et", stemmer="estonian"),
    Language("lv"),
    Language("lt", stemmer="lithuanian"),
    Language("ru", stemmer="russian"),
    Language("eu", stemmer="basque"),
    Language("gl"),
    Language("ga", stemmer="irish"),
    Language("mt"),
)
"""Every language of the library: the official languages of the European Union, those of its neighbours and
of its regions in which cities of such a network publish. Croatian takes the Serbian stemmer, which Snowball
wrote for both alphabets of the shared grammar."""

TAGS: tuple[str, ...] = tuple(language.tag for language in LANGUAGES)
"""The tags of `LANGUAGES`, in the same order."""

_BY_TAG: Mapping[str, Language] = MappingProxyType({language.tag: language for language in LANGUAGES})

_SAME: Mapping[str, str] = MappingProxyType(
    {
        # Both written norms of Norwegian are one language to a reader who chooses "norsk".
        **dict.fromkeys(("nb", "nn", "nor", "nob", "nno"), "no"),
        # ISO 639-2, terminological and bibliographic codes, as PDF files and library systems have them.
        **{"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it", "por": "pt"},
        **{"nld": "nl", "dut": "nl", "pol": "pl", "ces": "cs", "cze": "cs", "ron": "ro", "rum": "ro", "mo": "ro"},
        **{"ell": "el", "gre": "el", "hun": "hu", "swe": "sv", "dan": "da", "fin": "fi", "cat": "ca", "bul": "bg"},
        **{"ukr": "uk", "ara": "ar", "tur": "tr", "slk": "sk", "slo": "sk", "slv": "sl", "hrv": "hr", "srp": "sr"},
        **{"est": "et", "lav": "lv", "lit": "lt", "rus": "ru", "eus": "eu", "baq": "eu", "glg": "gl", "gle": "ga"},
        "mlt": "mt",
    }
)

_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two-letter codes of CLDR that stand for unions, for outlying places together, for nothing, or for tests."""

BRAZIL = "pt-BR"
"""The interface in which names are those of Brazil; it matters nowhere else."""
_NAMING: Mapping[str, str] = MappingProxyType({"pt": "pt_PT", BRAZIL: "pt"})
"""Where a language names in more than one way: CLDR's plain `pt` is Brazilian ("tcheco" is "checo" in Portugal)."""

_LONGEST_TAG = 35
"""Longest tag looked at; RFC 5646 section 4.4.1 lets a program stop there."""


def normalise(tag: str) -> str:
    """The library's own tag for a language however it was written: `FR_fr` and `fre` are `fr`; `und` if unknown."""
    head = tag[:_LONGEST_TAG].strip().casefold().replace("_", "-").partition("-")[0]
    known = _SAME.get(head, head)
    return known if known in _BY_TAG else UNKNOWN


def three_letters(tag: str) -> str:
    """The terminological code of ISO 639-2 for one of the library's tags; empty when none is known here."""
    return next((code for code, known in _SAME.items() if known == tag and len(code) == len("fra")), "")


def is_known(tag: str) -> bool:
    """Whether this is a tag of the library, exactly as the library writes it."""
    return tag in _BY_TAG


def language(tag: str) -> Language | None:
    """What the library knows of a language, however its tag was written; nothing when it is not on the list."""
    return _BY_TAG.get(normalise(tag))


def runs_right_to_left(tag: str, text: str) -> bool:
    """Whether a text in a language is to be set from right to left: Arabic is, its tables of numbers and English names
    are not."""
    known = language(tag)
    return known is not None and known.right_to_left and any(bidirectional(sign) in ("R", "AL") for sign in text)


@lru_cache(maxsize=4096)
def language_name(tag: str, interface: str = "en") -> str:
    """What a language is called in another: `de` is "allemand" in French and "Deutsch" in German.

    The first letter is as CLDR has it, small in many languages. An unknown language is called by its tag, and an
    unknown interface language answers in English.
    """
    known = normalise(tag)
    if known == UNKNOWN and tag != UNKNOWN:
        return tag
    return str(_locale(interface).languages.get(known, known))


def language_label(tag: str, interface: str = "en") -> str:
    """What a language is called where its name stands alone, as in a list: with a capital."""
    name = language_name(tag, interface)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=4096)
def country_name(code: str, interface: str = "en") -> str:
    """What a country is called in a language: `NL` is "Pays-Bas" in French; an unknown code is its own name."""
    return str(_locale(interface).territories.get(code, code))


def countries() -> tuple[str, ...]:
    """The ISO 3166-1 codes of all countries, ascending, as CLDR has them."""
    codes = map(str, _locale("en").territories)
    return tuple(sorted(code for code in codes if len(code) == 2 and code not in _NO_COUNTRIES))


def country_of_number(number: str) -> str:
    """The ISO 3166-1 code of the country with a number of the same standard: `528` is `NL`; empty when unknown."""
    named = tuple(map(str, get_global("territory_aliases").get(number, ()))) if number.isdigit() else ()
    return "".join(named) if len(named) == 1 else ""  # several: a country that fell apart


def country_of_name(name: str) -> str:
    """The code of the country with this English name; empty when there is none."""
    return next((code for code in countries() if country_name(code) == name), "")


@lru_cache(maxsize=4096)
def country_names(code: str, interface: str = "en") -> tuple[str, ...]:
    """What a country is called: in a language first, then in its own languages and in English; each name once.

    `BE` is "Belgien" in German, and also "België", "Belgique", "Belgium".
    """
    own = get_official_languages(code, regional=True, de_facto=True)
    known = (interface, *(tag for tag in map(normalise, own) if tag != UNKNOWN), "en")
    return tuple(dict.fromkeys(country_name(code, tag) for tag in known))


def month_names(tag: str) -> Mapping[str, int]:
    """The names of the twelve months in a language, in small letters, with their numbers.

    The name that stands alone, the one that stands in a date (`май`, `мая`), and the short one without its full
    stop; empty for an unknown language.
    """
    if normalise(tag) == UNKNOWN:
        return MappingProxyType({})
    months = _locale(tag).months
    forms = (months["format"]["abbreviated"], months["stand-alone"]["wide"], months["format"]["wide"])
    names = {str(name).casefold().rstrip("."): int(number) for form in forms for number, name in form.items()}
    return MappingProxyType({name: number for name, number in names.items() if name.isalpha()})


def _locale(tag: str) -> Locale:
    known = normalise(tag)
    name = _NAMING.get(tag, _NAMING.get(known, known))
    try:
        return Locale.parse(name if known != UNKNOWN else "en")
    except UnknownLocaleError:  # a Babel built without that language
        return Locale.parse("en")
