"""Dublin Core as other repositories use it, mapped to the fields of a record; what has no field is told, not dropped.

The table of docs/exchange.md is held to this mapping by a test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from library.exchange.columns import Texts, place_text
from library.exchange.offer import Offer
from library.exchange.saf import Value
from library.languages import UNKNOWN, normalise
from library.model import Access, Place, is_date
from library.naming import named_country, named_kind, named_language
from library.topics import Thesaurus


@dataclass(frozen=True, slots=True)
class Bitstream:
    """One file of an item: its name seen from the folder that is imported, and how it is described."""

    name: str
    description: str


def _date(text: str, _: Thesaurus) -> str:
    day = text[: len("2016-05-31")]
    return day if is_date(day) and (day == text or text[len(day)] == "T") else ""


def _kind(text: str, _: Thesaurus) -> str:
    return named_kind(text)


def _topic(text: str, thesaurus: Thesaurus) -> str:
    found = thesaurus.find(text)
    return found.id if found is not None else ""


def _project(text: str, _: Thesaurus) -> str:
    return text


def _access(text: str, _: Thesaurus) -> str:
    return text.casefold() if text.casefold() in set(Access) else ""


def _place(text: str, _: Thesaurus) -> str:
    """`France`, `Amsterdam (Netherlands)`, `Lyon, France`, `NL/Amsterdam`; empty when no country is named."""
    if re.fullmatch(r"[A-Z]{2}(/[^/]+)?", text):
        return text
    whole = named_country(text)
    if whole:
        return whole
    found = re.fullmatch(r"(?P<city>[^(),]{1,100})(?:\((?P<in>[^()]{1,100})\)|,(?P<of>[^,]{1,100}))", text)
    country = named_country(found["in"] or found["of"]) if found else ""
    return place_text(Place(country, found["city"].strip())) if found and country else ""


Take = Callable[[str, Thesaurus], str]
MAPPING: Mapping[tuple[str, str], tuple[str, Take]] = MappingProxyType(
    {
        ("date", "issued"): ("date", _date),
        ("type", "none"): ("kind", _kind),
        ("subject", "none"): ("topics", _topic),
        ("subject", "other"): ("topics", _topic),
        ("coverage", "spatial"): ("places", _place),
        ("relation", "ispartof"): ("projects", _project),
        ("rights", "accessRights"): ("access", _access),
    }
)
"""Element and qualifier, the field they fill, and what makes a value of a text; empty when it is none."""
OF_EDITIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {("title", "none"): "title", ("title", "alternative"): "subtitle", ("description", "abstract"): "abstract"}
)
"""What is said in each language."""
LANGUAGES = (("language", "iso"), ("language", "none"))
SINGLE = ("date", "kind", "access")


def mapped(
    number: int, values: tuple[Value, ...], files: tuple[Bitstream, ...], thesaurus: Thesaurus, told: Texts = ()
) -> tuple[Offer, ...]:
    """The editions of an item, one for each file; a file whose language nothing names has it told from its text."""
    shared, left = _shared(values, thesaurus)
    spoken = tuple(tag for v in values if (v.element, v.qualifier) in LANGUAGES for tag in _tags(v.text))
    languages = [_language(file, spoken, len(files)) for file in files]
    texts, unused = _of_editions(values, languages)
    notices = (*told, *left, *unused)
    if not files:
        return (Offer(number, "", "", "", shared, "lists no document of the bundle ORIGINAL", notices),)
    return tuple(
        Offer(number, "", language, file.name, {**shared, **own}, notices=notices if n == 0 else ())
        for n, (file, language, own) in enumerate(zip(files, languages, texts, strict=True))
    )


def _shared(values: tuple[Value, ...], thesaurus: Thesaurus) -> tuple[dict[str, Texts], list[str]]:
    """What all editions share, and what has no field."""
    said: dict[str, list[str]] = {}
    left: list[str] = []
    for value in values:
        named = (value.element, value.qualifier)
        if named in OF_EDITIONS or (named in LANGUAGES and _tags(value.text)):
            continue
        field, take = MAPPING.get(named, ("", None))
        text = take(value.text, thesaurus) if take is not None else ""
        if not text or (field in SINGLE and said.get(field)):
            left.append(_told(value))
        else:
            said.setdefault(field, []).append(text)
    return {field: tuple(texts) for field, texts in said.items()}, left


def _of_editions(values: tuple[Value, ...], languages: list[str]) -> tuple[list[dict[str, Texts]], list[str]]:
    """What each edition says: the text in its language, else the one that names no language; and what is left over."""
    given = [value for value in values if (value.element, value.qualifier) in OF_EDITIONS and value.text]
    texts: list[dict[str, Texts]] = []
    used: set[int] = set()
    for language in languages:
        own: dict[str, Texts] = {}
        for named, field in OF_EDITIONS.items():
            fitting = [v for v in given if (v.element, v.qualifier) == named]
            best = [v for v in fitting if language and normalise(v.language) == language]
            best = best or [v for v in fitting if normalise(v.language) == UNKNOWN or len(languages) == 1]
            if best:
                own[field] = (best[0].text,)
                used.add(id(best[0]))
        texts.append(own)
    return texts, [_told(value) for value in given if id(value) not in used]


def _language(file: Bitstream, spoken: tuple[str, ...], files: int) -> str:
    """The language of a file: as it is described, as its name ends, or the only one that the item names."""
    words = (named_language(word) for word in re.findall(r"[^\W\d_]{4,}", file.description))
    told = named_language(file.description) or next(filter(None, words), "")
    if told:
        return told
    stem = file.name.rpartition("/")[2].rpartition(".")[0]
    tag = normalise(re.split(r"[._\- ]", stem)[-1])
    if tag != UNKNOWN and (not spoken or tag in spoken):
        return tag
    return spoken[0] if files == 1 and len(set(spoken)) == 1 else ""


def _tags(text: str) -> Texts:
    tag = named_language(text) or normalise(text)
    return (tag,) if tag != UNKNOWN else ()


def _told(value: Value) -> str:
    name = f"dc.{value.element}" + ("" if value.qualifier == "none" else f".{value.qualifier}")
    text = value.text if len(value.text) <= 60 else f"{value.text[:60]}…"
    return f"{name} “{text}” is not taken: no field of a record says this, or its value is not known here"
