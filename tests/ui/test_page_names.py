"""What pages and files are called on screen, by the format of the file."""

from __future__ import annotations

import pytest

from library.locales import load_texts
from library.model import Edition
from library.ui.page_names import download_words, file_word, is_heading, length, page_name
from library.ui.reader.text_stage import marked_text

EN = load_texts("en")


def edition(file: str, pages: int = 3) -> Edition:
    return Edition("fr", "Veille", "ab" * 32, pages, file=file)


@pytest.mark.parametrize(
    ("file", "named", "long", "word", "words"),
    [
        ("", "p.\u00a02", "3 pages", "PDF", "Download PDF"),
        ("fr-2.docx", "section 2", "3 sections", "DOCX", "Download DOCX"),
        ("fr.html", "section 2", "3 sections", "HTML", "Download HTML"),
    ],
)
def test_pages_are_named_by_the_format(file: str, named: str, long: str, word: str, words: str) -> None:
    this = edition(file)
    assert page_name(this.format, "2", EN) == named
    assert (length(this, EN), length(edition(file, 0), EN)) == (long, "")
    assert (file_word(this, EN), download_words(this, EN)) == (word, words)
    assert word in download_words(this, EN, "French") and "French" in download_words(this, EN, "French")


def test_a_section_is_called_by_its_heading() -> None:
    assert page_name("odt", "Le budget", EN) == "Le budget"
    assert [is_heading(form, label) for form, label in (("odt", "Le budget"), ("odt", "3"), ("pdf", "iv"))] == [
        True, False, False,
    ]  # fmt: skip


def test_words_are_marked_whole_and_everything_is_escaped() -> None:
    text = "Lamp & lamps <b>lamp</b>\nstreet  lamp, clamp"
    assert marked_text(text, ("lamp", "street lamp")) == (
        "Lamp &amp; lamps &lt;b&gt;<mark>lamp</mark>&lt;/b&gt;<br><mark>street  lamp</mark>, clamp"
    )
    assert marked_text("a+b (c)", ("(c", "a+b", "", "  ")) == "<mark>a+b</mark> <mark>(c</mark>)"
    assert marked_text("nothing", ()) == "nothing"
