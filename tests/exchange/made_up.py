"""Works as odd as records may be, and libraries of them with real files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from library.catalogue import Catalogue, parse_record
from library.catalogue.record import write_record
from library.formats.ocr_pages import OcrPages, keep
from library.model import Edition, Kind, Section, Status, Work
from tests.catalogue.test_record import works as plain_works
from tests.papers import COUNCIL, paper

ODD = (
    "=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "＝1", "'=1", "''@x", "a|b", "a\\|b", "\\", "a;=2", "a\n=3",
    "; '-4",
    "“quoted”, \"twice\"", "a,b;c\td", "<b>&amp;</b>", "]]>", "L’été", "مدن", "x@1,2", "{}", "%0A",
)  # fmt: skip
"""Texts that some format could take for something else."""
READ_BY_OCR = "Zeppelins over the square, as a scanner saw them."
NO_XML = {"\ufffe", "\uffff"}
"""Two code points that are no characters: no XML document can hold them, and they are left out of one."""
names = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=20
).map(str.strip).filter(bool)


@st.composite
def works(draw: st.DrawFn, name: str = "some-work") -> Work:
    """A work as its record is read: every field there may be, in every form."""
    work = draw(plain_works(name).filter(lambda work: not set(write_record(work)) & NO_XML))
    odd = st.lists(names, max_size=3, unique=True).map(tuple)
    number = draw(st.integers(0, len(work.editions) - 1))
    edition = replace(
        work.editions[number],
        title=draw(names), subtitle=draw(names), abstract=draw(names), source=draw(names),
        sections=((Section.BUDGET, draw(names)),), ocr=draw(st.sampled_from(((), (1, 3)))),
        file=draw(st.sampled_from(("", f"{work.editions[number].language}-2.pdf"))),
    )  # fmt: skip
    editions = tuple(edition if n == number else e for n, e in enumerate(work.editions))
    work = replace(
        work, editions=editions, projects=draw(odd), topics=draw(odd),
        places=(*work.places, *(replace(place, city="x@1,2 (y)") for place in work.places[:1])),
        publish_on=draw(st.sampled_from(("", "2027-01-31"))), reason=draw(st.just("") | names),
        merged_into=draw(st.sampled_from(("", "another-work"))),
    )  # fmt: skip
    return as_read(work)


def as_read(work: Work) -> Work:
    """The work as its record will be read, whatever was written."""
    found, problems = parse_record(write_record(work), work.id, work.id)
    assert found is not None, problems
    return found


@cache
def pdf() -> bytes:
    """A real document of one page."""
    with TemporaryDirectory() as folder:
        return paper(Path(folder) / "a.pdf", COUNCIL).read_bytes()


def document(path: Path, seed: str) -> Path:
    """A real document of one page, other bytes for each seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf() + f"\n% {seed.encode('utf-8').hex()}\n".encode())
    return path


def with_files(work: Work, folder: Path) -> tuple[Work, dict[str, Path]]:
    """The work with a real file for each edition, of which its record tells the truth."""
    files: dict[str, Path] = {}
    editions: list[Edition] = []
    for edition in work.editions:
        path = files[edition.language] = document(
            folder / f"{work.id}.{edition.language}.pdf", f"{work.id}{edition.language}"
        )
        content = path.read_bytes()
        silent = tuple(page for page in edition.without_text if page == 1)
        ocr = tuple(page for page in edition.ocr if page == 1)
        digest = hashlib.sha256(content).hexdigest()
        editions.append(replace(edition, sha256=digest, pages=1, bytes=len(content), without_text=silent, ocr=ocr))
    return replace(work, editions=tuple(editions)), files


def stock(root: Path, works: Iterable[Work]) -> tuple[Work, ...]:
    """Put works with real files into the library of a folder."""
    catalogue = Catalogue(root / "documents")
    made = []
    for work in works:
        whole, files = with_files(work, root / "received")
        made.append(catalogue.create(whole, files))
        for edition in whole.editions:
            if edition.ocr:
                (catalogue.folder / work.id / "ocr").mkdir(exist_ok=True)
                keep(catalogue.folder / work.id, edition.sha256, OcrPages("tesseract 5", ("eng",), {1: READ_BY_OCR}))
    return tuple(made)


def guide(name: str, titles: Mapping[str, str], status: Status = Status.PUBLISHED) -> Work:
    """A plain work with an edition in each language."""
    editions = tuple(Edition(language, title, "0" * 64, 1) for language, title in titles.items())
    return Work(name, Kind.GUIDE, editions, date="2020", topics=("nightlife",), status=status)
