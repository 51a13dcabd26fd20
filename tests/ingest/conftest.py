"""One large batch of good, bad and odd files, added once and looked at from every side."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from library.ingest import AddReport, Stated
from library.library import Library
from tests.formats.samples import encrypted, picture, report, typst_pdf, without_pages
from tests.papers import CONSEIL, COUNCIL, RAT, paper

ODD_NAMES = (
    'it\'s "quoted" & <b>bold.pdf',
    "nuit 🌙 été.pdf",
    "two\nlines.pdf",
    "a..%2F..%2Fetc.pdf",
    "a" * 240 + ".pdf",
    "-rf.pdf",
)


@dataclass(frozen=True)
class Batch:
    """A batch that was added."""

    root: Path
    files: Path
    first: AddReport
    again: AddReport


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Every file of the folder, and two that are named and not there, added twice."""
    root = tmp_path_factory.mktemp("ingest-library")
    files = tmp_path_factory.mktemp("received")
    good = files / "1-english.pdf"
    good.write_bytes(typst_pdf(f'#text(size: 26pt)[#"<i>Noise</i> & litter"]\n\n{COUNCIL}'))
    (files / "2-same.pdf").write_bytes(good.read_bytes())
    paper(files / "3-french.pdf", CONSEIL, title="Le bruit")
    paper(files / "4-german.pdf", RAT)
    (files / "5-scan.pdf").write_bytes(picture())
    (files / "bad-locked.pdf").write_bytes(encrypted(report(), "secret", "owner"))
    (files / "bad-cut.pdf").write_bytes(typst_pdf(COUNCIL)[:300])
    (files / "bad-empty.pdf").write_bytes(b"")
    (files / "bad-text.pdf").write_bytes(b"These are only words.")
    (files / "bad-pages.pdf").write_bytes(without_pages())
    (files / "bad-twin.pdf").write_bytes((files / "bad-cut.pdf").read_bytes())
    (files / "notes.txt").write_text("not a PDF by its name")
    (files / ".hidden.pdf").write_bytes(b"hidden")
    for number, name in enumerate(ODD_NAMES):
        paper(files / name, f"{COUNCIL} This is the odd one with number {number}.")
    odd = os.fsencode(files) + b"/caf\xe9.pdf"
    Path(os.fsdecode(odd)).write_bytes(typst_pdf(COUNCIL + " In a file whose name is no text."))
    asked = [files, files / "not-there.pdf", Path("x" * 300 + ".pdf")]
    with Library.open(root) as library:
        first = library.add(asked, Stated(), jobs=2)
        again = library.add(asked, Stated(), jobs=2)
    return Batch(root, files, first, again)
