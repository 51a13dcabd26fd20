"""Reading text from pictures of pages with the tesseract of this machine, and what is kept of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.errors import OcrMissing, Reason, UnreadableFile
from library.formats import ocr
from library.formats.ocr import Ocr, available, needed, read_page
from library.formats.ocr_pages import OcrPages, keep, kept, ocr_path, with_ocr
from library.formats.ocr_process import MOST_PIXELS, drawn
from library.formats.reading import Limits
from library.model import Page, TextSource
from tests.formats.samples import typst_pdf
from tests.scanner import scan, tesseract

SHA = "ab" * 32


def test_a_picture_of_a_page_is_read(tmp_path: Path) -> None:
    packs = tesseract("fr").packs_for("fr")
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan("La première page.", "Les médiateurs parlent aux habitants du quartier.", ""))
    assert "médiateurs parlent aux habitants" in read_page(file, 2, packs).replace("\n", " ")
    assert read_page(file, 3, packs) == ""
    with pytest.raises(UnreadableFile) as caught:
        read_page(file, 4, packs)
    assert caught.value.reason is Reason.DAMAGED


def test_its_limits_hold(tmp_path: Path) -> None:
    packs = tesseract("en").packs_for("en")
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan("word " * 400))
    with pytest.raises(UnreadableFile) as caught:
        read_page(file, 1, packs, Limits(memory=60 * 1024 * 1024))
    assert caught.value.reason in {Reason.CRASHED, Reason.TOO_MUCH_MEMORY}


def test_languages_are_told_by_the_packs_that_are_there() -> None:
    has = Ocr("5.3.0", ("eng", "fra", "deu", "chi_sim", "nor"))
    assert has.languages == ("de", "en", "fr", "no")
    assert has.packs_for("fr", "en", "pl", "und") == ("fra", "eng")


def test_without_tesseract_the_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert available() is None
    with pytest.raises(OcrMissing) as caught:
        needed(("fr",))
    assert "tesseract-ocr-fra" in caught.value.remedy


def test_a_language_without_a_pack_says_which_there_are() -> None:
    tesseract()
    with pytest.raises(OcrMissing, match="cannot read mt"):
        needed(("mt",)) if "mt" not in (available() or Ocr("", ())).languages else needed(("xx",))


def test_a_poster_is_drawn_coarser() -> None:
    poster = typst_pdf("#set page(width: 4000pt, height: 4000pt)\nx")
    picture, dpi = drawn("“x”", poster, 1)
    assert dpi < ocr.LIMITS.wall_seconds and len(picture) <= MOST_PIXELS + 100


def test_what_was_read_is_kept_beside_the_file(tmp_path: Path) -> None:
    pages = OcrPages("tesseract 5", ("fra",), {2: "Les médiateurs parlent aux habitants", 3: "¬ §"})
    keep(tmp_path, SHA, pages)
    assert kept(tmp_path, SHA) == pages
    assert pages.found == (2,)
    for damage in ("{", "[]", '{"pages": {"x": 1}}', '{"engine": 1, "packs": 2, "pages": []}'):
        ocr_path(tmp_path, SHA).write_text(damage, encoding="utf-8")
        assert kept(tmp_path, SHA) is None


def test_only_the_pages_that_the_record_names_get_its_text() -> None:
    pages = [Page(n, str(n), "", TextSource.NONE) for n in (1, 2, 3)]
    read = OcrPages("tesseract 5", ("fra",), {1: "one", 2: "two"})
    merged = with_ocr(pages, read, (2, 3))
    assert [(page.text, page.source.value) for page in merged] == [("", "none"), ("two", "ocr"), ("", "none")]
    assert with_ocr(pages, None, (1,)) == tuple(pages)
