"""The demonstration library: `documents/` is what its sources make of it, and its files are what they claim to be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import typst
from build import main, work_folders
from pypdf import PdfReader
from readme_table import with_table
from records import record_text
from sections import MissingSections, plain, sections
from setting import Edition, set_edition
from sources import PRACTICE_SHEET, SourceError, Wording, Work, read_wordings, read_work
from typst_markup import MarkupError, amount, to_typst

from library.catalogue import parse_record
from library.formats.pdf import read_pdf
from library.formats.reading import Limits
from library.model import Section, TextSource
from tests.thorough import THOROUGH

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "documents"
WORKS = [folder.name for folder in work_folders()]
SET_AGAIN = ("acoustic-deterrents", "football-without-hate", "glossary-local-security")
"""Works that are set again in every run: two columns, a scan, two languages."""


@pytest.fixture(scope="module")
def wordings() -> Mapping[str, Wording]:
    return read_wordings(ROOT / "demo" / "strings.toml")


@pytest.fixture(scope="module")
def works(wordings: Mapping[str, Wording]) -> Mapping[str, Work]:
    return {name: read_work(ROOT / "demo" / "works" / name, wordings) for name in WORKS}


@pytest.fixture(scope="module")
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def test_every_folder_has_its_sources() -> None:
    assert sorted(path.parent.name for path in DOCUMENTS.glob("*/record.toml")) == WORKS


@pytest.mark.parametrize("name", WORKS if THOROUGH else SET_AGAIN)
def test_a_work_set_again_is_the_same_byte_for_byte(
    name: str, works: Mapping[str, Work], wordings: Mapping[str, Wording], fonts: typst.Fonts
) -> None:
    work = works[name]
    editions = [set_edition(work, source, wordings, fonts) for source in work.files]
    written = {path.name: path.read_bytes() for path in (DOCUMENTS / name).glob("*.pdf")}
    assert {f"{edition.source.language}.pdf": edition.pdf for edition in editions} == written, "run: make demo"
    assert record_text(work, editions, wordings) == (DOCUMENTS / name / "record.toml").read_text("utf-8")


@pytest.mark.parametrize("name", WORKS)
def test_a_record_says_what_the_sources_say(
    name: str, works: Mapping[str, Work], wordings: Mapping[str, Wording]
) -> None:
    work, file = works[name], DOCUMENTS / name / "record.toml"
    editions = []
    for source in work.files:
        path = DOCUMENTS / name / f"{source.language}.pdf"
        pages = len(PdfReader(path).pages)
        scanned = source.language in work.quirks.scanned_page
        editions.append(Edition(source, path.read_bytes(), pages, (pages,) if scanned else ()))
    assert record_text(work, editions, wordings) == file.read_text("utf-8"), "run: make demo"
    read, problems = parse_record(file.read_text("utf-8"), name, "record.toml")
    assert read is not None and not problems
    for edition in read.editions:
        wanted = list(Section) if work.kind == PRACTICE_SHEET else []
        assert [section for section, _ in edition.sections] == wanted


@pytest.mark.parametrize("name", WORKS)
def test_a_file_says_its_title_language_and_date(name: str, works: Mapping[str, Work]) -> None:
    work = works[name]
    for source in work.files:
        reader = PdfReader(DOCUMENTS / name / f"{source.language}.pdf")
        stated = work.quirks.stated_language.get(source.language, source.language)
        assert str(reader.root_object["/Lang"]) == stated
        assert "/StructTreeRoot" in reader.root_object
        assert reader.metadata is not None
        title = None if source.language in work.quirks.untitled else " ".join(source.title.split())
        said = reader.metadata.title
        assert (said and " ".join(said.split())) == title or _curled(said) == _curled(title)
        assert str(reader.metadata.creation_date).startswith(work.date)
        labels = reader.page_labels
        front = labels.index("1")
        assert labels[:front] == ["i", "ii", "iii", "iv"][:front]
        assert (front > 0) == (work.style == "report")
        assert labels[front:] == [str(number + 1) for number in range(len(labels) - front)]


def _curled(text: str | None) -> str:
    """A text without the marks that are set as its language wants them."""
    return "".join(letter for letter in text or "" if letter.isalnum())


def test_the_readme_is_written_from_the_works(works: Mapping[str, Work], wordings: Mapping[str, Wording]) -> None:
    readme = (DOCUMENTS / "README.md").read_text("utf-8")
    assert with_table(readme, list(works.values()), wordings) == readme, "run: make demo"
    with pytest.raises(SourceError, match="has not the two lines"):
        with_table("# No such part", list(works.values()), wordings)


def test_the_difficult_ones_are_there(works: Mapping[str, Work]) -> None:
    every = list(works.values())
    assert any(work.quirks.untitled for work in every)
    assert any(work.quirks.stated_language for work in every)
    assert any(work.bilingual for work in every)
    assert any(work.access == "members" for work in every)
    assert any(work.status == "withdrawn" for work in every)
    scanned = [(work.identifier, language) for work in every for language in work.quirks.scanned_page]
    assert scanned
    for name, language in scanned:
        reading = read_pdf(DOCUMENTS / name / f"{language}.pdf", Limits())
        sources = [page.source for page in reading.pages]
        assert sources == [TextSource.TEXT_LAYER] * (len(sources) - 1) + [TextSource.NONE]


def test_all_documents_stay_small() -> None:
    assert sum(path.stat().st_size for path in DOCUMENTS.rglob("*.pdf")) < 35 * 1024 * 1024


def test_the_sections_of_a_sheet_lose_their_markdown(wordings: Mapping[str, Wording]) -> None:
    headings = wordings["en"].sections
    bodies = [
        "A *square*[^1] of **bars**.\n\nIt is\nloud.",
        "1. Less.\n2. More.",
        "- One\n- [Two](https://a.eu)",
        "| A | B |\n|---|---|\n| 1 | |",
        "### In all\n\nNone.",
        "```bars By year\n2015: 31\n```",
        "Lessons.",
        "A service.",
    ]
    text = "\n\n".join(f"## {heading}\n\n{body}" for heading, body in zip(headings, bodies, strict=True))
    found = dict(sections(f"{text}\n\n[^1]: A note.\n", headings))
    assert list(found) == list(Section)
    assert found[Section.CONTEXT] == "A square of bars.\n\nIt is loud."
    assert found[Section.OBJECTIVES] == "1. Less.\n2. More."
    assert found[Section.ACTIVITIES] == "– One\n– Two"
    assert found[Section.PARTNERS] == "A · B\n1"
    assert found[Section.BUDGET] == "In all\n\nNone."
    assert found[Section.EVALUATION] == "2015: 31"
    assert plain("## x\n") == "x"


@pytest.mark.parametrize("change", ["swap", "drop", "before", "empty", "other"])
def test_a_sheet_without_its_sections_is_refused(change: str, wordings: Mapping[str, Wording]) -> None:
    headings = list(wordings["de"].sections)
    body, before = "Text.", ""
    match change:
        case "swap":
            headings[0], headings[1] = headings[1], headings[0]
        case "drop":
            headings.pop()
        case "before":
            before = "First of all.\n\n"
        case "empty":
            body = ""
        case "other":
            headings[3] = "Freunde"
    text = before + "\n\n".join(f"## {heading}\n\n{body}" for heading in headings)
    with pytest.raises(MissingSections):
        sections(text, wordings["de"].sections)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('colour = "red"', "colour"),
        ('status = "withdrawn"', "has a reason"),
        ('bilingual = ["fr", "en"]', "sidebyside"),
        ('style = "comic"', "comic"),
        ("[quirks]\nsmudged = true", "smudged"),
        ('[quirks]\nuntitled = ["el"]', "el is named"),
    ],
)
def test_a_work_that_cannot_be_set_is_refused(
    line: str, said: str, tmp_path: Path, wordings: Mapping[str, Wording]
) -> None:
    folder = tmp_path / "some-work"
    folder.mkdir()
    style = "" if line.startswith("style") else 'style = "paper"\n'
    (folder / "work.toml").write_text(f'kind = "guide"\ndate = "2016"\n{style}{line}\n', "utf-8")
    (folder / "fr.md").write_text('+++\ntitle = "Un"\nabstract = "Deux"\n+++\n\n## Trois\n', "utf-8")
    (folder / "en.md").write_text('+++\ntitle = "One"\nabstract = "Two"\n+++\n\n## Three\n', "utf-8")
    with pytest.raises(SourceError, match=said):
        read_work(folder, wordings)


def test_nothing_in_a_chart_is_evaluated() -> None:
    markup = to_typst('```bars #read("x")\n#panic(): 1 850\nb: 34 %\n```', "en")
    assert '\\#read\\("x"\\)' in markup and "\\#panic\\(\\)" in markup
    assert "1850.0" in markup and "34.0" in markup
    for wrong in ("```bars\na: 1\n```", "```bars A\na: none\n```", "```bars A\n```"):
        with pytest.raises(MarkupError):
            to_typst(wrong, "en")


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1 850", 1850), ("1.850", 1850), ("1,850,000", 1_850_000), ("2,5 %", 2.5), ("EUR 3.75", 3.75),
     ("none", None)],
)  # fmt: skip
def test_a_number_is_read_in_the_way_of_any_language(text: str, number: float | None) -> None:
    assert amount(text) == number


def test_an_unknown_work_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "no-such-work"]) == 2
    assert "no such work" in capsys.readouterr().err


def test_the_builder_runs_as_it_is_documented(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "demo" / "build.py"), "--only", "rembrandt-square", "--out", str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "rembrandt-square").iterdir()} == {
        "en.pdf", "fr.pdf", "nl.pdf", "record.toml",
    }  # fmt: skip
