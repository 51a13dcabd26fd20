"""The library taken away: every work that a person may see, in one of the formats, as one stream of bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from library.access import Right, User, may
from library.citing import Format, Imprint
from library.citing import export as cite
from library.errors import NotAllowed, UsageError
from library.exchange.bag import pack_bag
from library.exchange.dublin_core import write_dublin_core
from library.exchange.lines import write_lines
from library.exchange.packed import Packed
from library.exchange.saf import write_saf
from library.exchange.spreadsheet import write_sheet
from library.formats.ocr_pages import ocr_path
from library.library import Library
from library.model import Access, Edition, Status, Work, edition_id

TABLE, LINES, THESAURUS = "records.csv", "records.jsonl", "topics.ttl"
"""What records and topics are called in a package with their files."""
NAME = "library"
"""What an export is called, its ending aside."""


class Form(StrEnum):
    """The formats of an export, by the names they have on the command line."""

    CSV = "csv"
    JSONL = "jsonl"
    DC = "dc"
    BIBTEX = "bibtex"
    RIS = "ris"
    SAF = "saf"
    BAGIT = "bagit"


CITING = frozenset({Form.DC, Form.BIBTEX, Form.RIS})
"""Formats in which a work cannot be said to be a draft or withdrawn: those are left out."""
WITH_FILES = frozenset({Form.CSV, Form.JSONL})
"""Formats that may be packed together with the files they name."""
PACKAGES = frozenset({Form.SAF, Form.BAGIT})
ZIP = ("application/zip", "zip")
TYPES: Mapping[Form, tuple[str, str]] = MappingProxyType(
    {
        Form.CSV: ("text/csv; charset=utf-8; header=present", "csv"),
        Form.JSONL: ("application/jsonl; charset=utf-8", "jsonl"),
        Form.DC: ("application/xml; charset=utf-8", "xml"),
        Form.BIBTEX: ("application/x-bibtex; charset=utf-8", "bib"),
        Form.RIS: ("application/x-research-info-systems; charset=utf-8", "ris"),
        Form.SAF: ZIP,
        Form.BAGIT: ZIP,
    }
)
"""Media type and ending of each format."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What went out."""

    works: int
    editions: int
    drafts: int
    withdrawn: int
    restricted: int
    """Published works that are not for everybody."""
    problems: tuple[str, ...] = ()
    """What could not go out: records that are not right, files that are missing."""


def export(library: Library, user: User, form: Form, out: BinaryIO, *, files: bool = False) -> Exported:
    """Write the library as this person may see it; with `files`, a table or lines are packed with what they name.

    Raises UsageError when the format has no such thing, NotAllowed when a bag is not for this person.
    """
    if files and form not in WITH_FILES:
        raise UsageError(
            f"“{form}” cannot be packed with files", f"leave --files out, or take {' or '.join(WITH_FILES)}"
        )
    if form is Form.BAGIT:
        return _bag(library, user, out)
    works = outgoing(library, user, form)
    missing: list[str] = []
    if form is Form.SAF or files:
        packed = Packed(out)
        _pack(library, user, form, works, packed, missing)
        packed.close()
    else:
        for piece in _pieces(library, form, works):
            out.write(piece.encode("utf-8"))
    return counted(works, (*_unsound(library, user), *missing))


def outgoing(library: Library, user: User, form: Form) -> tuple[Work, ...]:
    """The works that this person gets in this format."""
    works = library.works(user)
    return tuple(work for work in works if form not in CITING or work.status is Status.PUBLISHED)


def demand_whole(user: User) -> None:
    """Refuse the bag to whoever may not see the whole library: it holds history and log. Raises UsageError."""
    if not may(user, Right.EXPORT):
        raise UsageError(
            "a bag holds the whole library, with its history and its log: it is for librarians",
            "take saf, or csv with the files",
        )


def counted(works: tuple[Work, ...], problems: tuple[str, ...] = ()) -> Exported:
    """What these works are, for whoever gives them on."""
    return Exported(
        works=len(works),
        editions=sum(len(work.editions) for work in works),
        drafts=sum(work.status is Status.DRAFT for work in works),
        withdrawn=sum(work.status is Status.WITHDRAWN for work in works),
        restricted=sum(work.status is Status.PUBLISHED and work.access is not Access.PUBLIC for work in works),
        problems=problems,
    )


def imprint_of(library: Library) -> Imprint:
    """What citations say beyond the records, in English, as metadata is exchanged."""
    return Imprint(library.settings.name, library.settings.address, library.texts("en"), library.thesaurus)


def _pieces(library: Library, form: Form, works: tuple[Work, ...]) -> Iterator[str]:
    """A format that is text, piece by piece."""
    cited = ((work, edition) for work in works for edition in work.editions)
    match form:
        case Form.CSV:
            yield from write_sheet(works)
        case Form.JSONL:
            yield from write_lines(works)
        case Form.DC:
            yield from write_dublin_core(works, imprint_of(library))
        case Form.BIBTEX | Form.RIS:
            yield cite(Format(form.value), cited, imprint_of(library)).text
        case _:
            raise ValueError(f"{form} is no text")


def _pack(
    library: Library, user: User, form: Form, works: tuple[Work, ...], packed: Packed, missing: list[str]
) -> None:
    """A package: records and files, and the thesaurus beside them where there is one."""
    files = _finding(library, user, missing)
    if form is Form.SAF:
        write_saf(works, imprint_of(library), files, packed)
    else:
        packed.text(TABLE if form is Form.CSV else LINES, "".join(_pieces(library, form, works)))
        for work in works:
            for edition in work.editions:
                for name, source in files(work, edition).items():
                    packed.file(f"{work.id}/{name}", source)
    if library.topics_file.is_file():
        packed.file(THESAURUS, library.topics_file)


def _finding(library: Library, user: User, missing: list[str]) -> Callable[[Work, Edition], Mapping[str, Path]]:
    """Finds the file of an edition and the text that OCR read in it; what is missing is noted."""

    def files(work: Work, edition: Edition) -> Mapping[str, Path]:
        try:
            found = {edition.file_name: library.file(work.id, edition.language, user)}
        except NotAllowed:
            missing.append(f"{edition_id(work.id, edition.language)}: its file is missing")
            return {}
        folder = library.catalogue.folder / work.id
        read = ocr_path(folder, edition.sha256)
        if edition.ocr and read.is_file():
            found[read.relative_to(folder).as_posix()] = read
        elif edition.ocr:
            missing.append(f"{edition_id(work.id, edition.language)}: the text that OCR read is missing")
        return found

    return files


def _bag(library: Library, user: User, out: BinaryIO) -> Exported:
    demand_whole(user)
    packed = Packed(out)
    bagged = pack_bag(library.root, packed, NAME)
    packed.close()
    return counted(library.works(user), tuple(f"{name}: is a link, and left out" for name in bagged.left_out))


def _unsound(library: Library, user: User) -> tuple[str, ...]:
    """Records that are not right: nobody can say what is in them, and whoever sees everything is told."""
    return tuple(map(str, library.catalogue.census().problems)) if may(user, Right.EXPORT) else ()
