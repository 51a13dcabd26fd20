"""A work as a list of references has it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from citeproc import PRIMARY_DIALECTS, CitationStylesStyle
from hypothesis import given

from library.citing.imprint import full_title
from library.citing.reference import STYLE, References
from library.locales import LANGUAGES
from library.model import Edition, Kind, Work
from tests.citing.hostile import imprint, works

REFERENCES = References()
"""Opened once, as the pages do."""


@pytest.mark.parametrize(
    ("kind", "date", "language", "expected"),
    [
        (Kind.PUBLICATION, "2022-05", "en", "<i>Nights: A guide</i>. (2022). City &amp; Co. https://x.org/work?id=w"),
        (Kind.PRACTICE_SHEET, "2022", "fr", "<i>Nights: A guide</i> [Fiche pratique]. (2022). City &amp; Co. https://x.org/work?id=w"),
        (Kind.MANIFESTO, "2022-05-03", "en", "<i>Nights: A guide</i> [Manifesto]. (2022, May 3). City &amp; Co. https://x.org/work?id=w"),
        (Kind.MANIFESTO, "2022-05-03", "fr", "<i>Nights: A guide</i> [Manifeste]. (2022, 3 mai). City &amp; Co. https://x.org/work?id=w"),
        (Kind.BROCHURE, "", "fr", "<i>Nights: A guide</i> [Brochure]. (s.\u00a0d.). City &amp; Co. https://x.org/work?id=w"),
        (Kind.RESEARCH, "", "en", "<i>Nights: A guide</i> [Research]. (n.d.). City &amp; Co. https://x.org/work?id=w"),
    ],
)  # fmt: skip
def test_a_reference_as_it_is_printed(kind: Kind, date: str, language: str, expected: str) -> None:
    edition = Edition("en", "Nights", "0" * 64, 3, subtitle="A guide")
    work = Work("w", kind, (edition,), date=date)
    source = imprint(language, "City & Co", "https://x.org/")
    assert REFERENCES.html(work, edition, source) == expected
    assert REFERENCES.text(work, edition, source) == unescape(re.sub("</?i>", "", expected))


@given(works())
def test_only_our_own_markup_is_in_a_reference(work: Work) -> None:
    found = REFERENCES.html(work, work.editions[0], imprint())
    inner = re.fullmatch(r"<i>([^<>]*)</i>([^<>]*)", found)
    assert inner is not None
    assert not re.search(r"&(?!(amp|lt|gt);)", found)


@given(works())
def test_the_title_is_in_it_as_it_is(work: Work) -> None:
    title = full_title(work.editions[0])
    shown = REFERENCES.text(work, work.editions[0], imprint())
    assert shown.startswith(re.sub("[\ue000-\ue002]", "", title))
    assert shown.endswith(imprint().address(work))
    assert shown.count("\n") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_citation_styles_speak_every_interface_language(language: str) -> None:
    assert language in PRIMARY_DIALECTS


def test_the_style_is_valid_csl() -> None:
    """It would be a warning, and so an error here, if it were not."""
    style = CitationStylesStyle(f"library/citing/{STYLE}", validate=True)
    assert style.has_bibliography()
