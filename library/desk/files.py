"""Files for works that are there: another file in place of one, and one more language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from library.catalogue import Action
from library.desk.shelves import Shelves
from library.durable import write_bytes
from library.errors import UnreadableFile, UsageError
from library.formats.covers import put_cover
from library.formats.text_repair import clean_metadata
from library.ingest.drafted import report_of
from library.ingest.examination import Examined, examine
from library.ingest.files import file_name, sha256_of
from library.ingest.report import read_report, report_name
from library.languages import UNKNOWN, is_known
from library.model import Edition, Status, Work, edition_id


def replace_file(shelves: Shelves, work: str, language: str, path: Path, source: str, why: str) -> Work:
    """Put another file in the place of an edition's; the old one is kept and the history names it.

    Raises UsageError, UnreadableFile, Conflict.
    """
    expected, found = shelves.catalogue.version(work), shelves.get(work)
    old = found.edition(language)
    if old is None:
        raise UsageError(f"“{work}” has no edition in {language}", "add it as a language")
    examined = _read(shelves, path)
    new = replace(
        _edition(examined, path, source, language), title=old.title, subtitle=old.subtitle, abstract=old.abstract,
        sections=old.sections,
    )  # fmt: skip
    grown = replace(found, editions=tuple(new if edition is old else edition for edition in found.editions))
    _keep(shelves, work, new, examined)
    return shelves.add_file(grown, language, path, shelves.deed(Action.REPLACE, why), expected)


def add_language(shelves: Shelves, work: str, language: str, path: Path, source: str, title: str = "") -> Work:
    """Add an edition in one more language; the one found in the text when none is named.

    It is seen at once when the work is published. Raises UsageError, UnreadableFile, Conflict.
    """
    expected, found = shelves.catalogue.version(work), shelves.get(work)
    if found.status is Status.WITHDRAWN:
        raise UsageError(f"“{work}” is withdrawn", "restore it first")
    examined = _read(shelves, path)
    language = language or examined.description.language.value or UNKNOWN
    if not is_known(language):
        raise UsageError("the language of the file could not be told", "name it")
    if found.edition(language) is not None:
        raise UsageError(f"“{work}” has an edition in {language} already", "replace its file instead")
    new = _edition(examined, path, source, language)
    new = replace(new, title=title.strip() or new.title)
    _keep(shelves, work, new, examined)
    deed = shelves.deed(Action.ADD_LANGUAGE, f"{language}, from {new.source}")
    return shelves.add_file(replace(found, editions=(*found.editions, new)), language, path, deed, expected)


def _read(shelves: Shelves, path: Path) -> Examined:
    """What is in the file, when the library has it nowhere. Raises UsageError, UnreadableFile."""
    digest = sha256_of(path)
    for work in shelves.catalogue.census().works:
        for edition in work.editions:
            if edition.sha256 == digest:
                held = edition_id(work.id, edition.language)
                raise UsageError(f"the library has this very file already, as “{held}”", "choose another file")
    ((_, result),) = examine([path], shelves.library.topics_file)
    if isinstance(result, UnreadableFile):
        raise result
    return result


def _edition(examined: Examined, path: Path, source: str, language: str) -> Edition:
    reading, described = examined.reading, examined.description
    return Edition(
        language=language,
        title=clean_metadata(described.title.value) or clean_metadata(Path(source).stem) or "?",
        sha256=sha256_of(path),
        pages=len(reading.pages),
        bytes=path.stat().st_size,
        source=clean_metadata(source.encode("utf-8", "replace").decode("utf-8")),
        received=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        file=file_name(language, reading.format),
    )


def _keep(shelves: Shelves, work: str, edition: Edition, examined: Examined) -> None:
    """Keep what was found in the file, before the record names it: for the index, and for whoever reviews it."""
    shelves.library.pages.put(edition.sha256, examined.reading.pages, examined.reading.outline)
    put_cover(shelves.library.covers, edition.sha256, examined.reading.cover)
    folder = shelves.catalogue.folder / work
    if read_report(folder, edition.sha256).damaged:  # one that tells of this very file already is never changed
        report = report_of(edition, examined, shelves.deed(Action.REPLACE).who)
        write_bytes(folder / report_name(edition.sha256), report.as_bytes())
