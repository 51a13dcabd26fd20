"""The edition that a row speaks of: its language, and its record with or without a new file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from library.exchange.beside import Beside
from library.exchange.columns import SECTIONS, file_of
from library.exchange.offer import Offer
from library.exchange.report import Fault
from library.formats.text_repair import clean_metadata
from library.ingest.examination import Examined
from library.ingest.files import file_name
from library.languages import UNKNOWN
from library.model import Edition, Section, Work
from library.naming import named_language

_COMPUTED = ("sha256", "pages", "bytes")
"""What the file itself says: a row may repeat it, and cannot change it."""


class Refusal(Exception):
    """A row cannot be taken, for these reasons."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.reason for fault in faults))
        self.faults: tuple[Fault, ...] = faults


def language_of(offer: Offer, beside: Beside | None, examined: Examined | None, work: Work | None) -> str:
    """The tag of the language that a row names, or in which its file is. Raises Refusal."""
    named = offer.language.strip()
    if named:
        tag = UNKNOWN if named == UNKNOWN else named_language(named)
        if not tag:
            raise Refusal(Fault("language", f"“{named[:60]}” is no language of the library", "use a tag such as fr"))
        return tag
    if examined is not None:
        return examined.description.language.value or UNKNOWN
    known = [edition for edition in work.editions if beside and edition.sha256 == beside.sha256] if work else []
    if known:
        return known[0].language
    raise Refusal(Fault("language", "is missing", "name the language of the edition, such as fr"))


def missing(offer: Offer, work: Work | None, language: str) -> bool:
    """Whether the file that a row names is needed: a table alone names the files of editions that are known."""
    edition = work.edition(language) if work is not None else None
    return bool(offer.file) and (work is None or edition is None or offer.file != file_of(work, edition))


def edition_of(
    existing: Edition | None,
    language: str,
    values: Mapping[str, object],
    beside: Beside | None,
    examined: Examined | None,
    now: str,
) -> Edition:
    """The edition with what a row says of it; what a file says of itself is read from the file. Raises Refusal."""
    if beside is not None and values.get("sha256", beside.sha256) != beside.sha256:
        raise Refusal(Fault("sha256", "is not that of the file", "give the file that the row describes"))
    if existing is not None and (beside is None or beside.sha256 == existing.sha256):
        base = existing
        _unchanged(base, values)
    elif beside is None:
        raise Refusal(Fault("file", "there is no such edition, and no file for it", "name its file"))
    elif examined is None:
        raise Refusal(Fault("file", "the library has this file already, as another edition", "take the row out"))
    else:
        base = _arrived(existing, language, values, beside, examined, now)
    own: dict[str, Any] = {
        name: values[name]
        for name in ("title", "subtitle", "abstract", "source", "received", "without_text")
        if name in values
    }
    if base is not existing and "sha256" not in values:  # only a row that names the very file speaks of its arrival
        own |= {name: own.get(name) or getattr(base, name) for name in ("source", "received")}
    if "ocr" in values:
        own["ocr"] = _readable(base, values, beside)
    return replace(base, sections=_sections(base, values), **own)


def _readable(base: Edition, values: Mapping[str, object], beside: Beside | None) -> tuple[int, ...]:
    """The pages that a row says OCR read, those of which the text is here or came with the file."""
    claimed: tuple[int, ...] = values["ocr"]  # type: ignore[assignment]
    came = beside.ocr.texts if beside is not None and beside.ocr is not None else {}
    return tuple(page for page in claimed if page in (base.ocr or came))


def _unchanged(edition: Edition, values: Mapping[str, object]) -> None:
    """See that a row without a new file does not speak of another one. Raises Refusal."""
    faults = [
        Fault(name, f"the file of this edition has {getattr(edition, name)}", "give the new file, or leave it as it is")
        for name in _COMPUTED
        if values.get(name) and values[name] != getattr(edition, name)
    ]
    if faults:
        raise Refusal(*faults)


def _arrived(
    existing: Edition | None, language: str, values: Mapping[str, object], beside: Beside, examined: Examined, now: str
) -> Edition:
    """The edition as its new file makes it."""
    pages = len(examined.reading.pages)
    if values.get("pages") not in {None, 0, pages}:
        raise Refusal(Fault("pages", f"the file has {pages}", "mend the number, or leave the cell empty"))
    title = existing.title if existing is not None else clean_metadata(examined.description.title.value)
    fresh = Edition(
        language,
        title or clean_metadata(beside.path.stem) or "?",
        beside.sha256,
        pages,
        bytes=beside.bytes,
        source=clean_metadata(beside.path.name.encode("utf-8", "replace").decode("utf-8")),
        received=now,
        file=_name(language, beside, examined.reading.format),
    )
    if existing is None:
        return fresh
    return replace(fresh, subtitle=existing.subtitle, abstract=existing.abstract, sections=existing.sections)


def _name(language: str, beside: Beside, form: str) -> str:
    """The name for a file: the one it comes with, when it is one that the library itself gives; else a plain one."""
    usual = file_name(language, form)
    stem, _, ending = beside.path.name.rpartition(".")
    number = stem.removeprefix(f"{language}-")
    numbered = stem != number and re.fullmatch(r"[1-9][0-9]{0,3}", number) is not None
    return beside.path.name if numbered and ending == (usual or ".pdf").rpartition(".")[2] else usual


def _sections(edition: Edition, values: Mapping[str, object]) -> tuple[tuple[Section, str], ...]:
    """The sections, those changed that the row has columns for."""
    texts = {section.value: text for section, text in edition.sections}
    texts |= {name: str(values[name]) for name in SECTIONS if name in values}
    return tuple((section, texts[name]) for name, section in SECTIONS.items() if texts.get(name))
