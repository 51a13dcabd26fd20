"""Whether two documents are one work in two languages: by what a translation leaves as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from library.describe.file_names import named_language, without_language
from library.describe.versions import SAME_WORK, Signs, in_order, resemblance, signs
from library.formats.reading import OutlineEntry

ENGLISH = (
    "In 2016 the trial cost EUR 96,000, of which 48,000 came from the city. 24 clubs and 1,850 players took part.",
    "Of 640 players asked by Miriam Haddad in Rotterdam, 38% had heard an insult, and 27% two years later: 31, 47, 26.",
    "See https://example.eu/report and write to safety@example.eu before 2018-05-31.",
)
FRENCH = (
    "L'essai de 2016 a coûté 96 000 euros, dont 48 000 de la ville. 24 clubs et 1 850 joueurs y ont participé.",
    "Sur 640 joueurs interrogés par Miriam Haddad à Rotterdam, 38 % avaient été insultés, 27 % ensuite : 31, 47, 26.",
    "Voir https://example.eu/report et écrire à safety@example.eu avant le 2018-05-31.",
)
OTHER = (
    "Seit 2009 hat die Stadt 12 Plätze umgebaut und 310 Leuchten ersetzt. Das kostete 1.400.000 Euro.",
    "Von 95 Befragten sagten 61, sie gingen abends wieder aus. 2011 waren es 40 gewesen. Nach 3 Jahren wurde gezählt.",
    "Mehr unter https://beispiel.de/licht oder licht@beispiel.de.",
)
OUTLINE = tuple(OutlineEntry(f"Chapter {n}", n + 1, level) for n, level in enumerate((0, 1, 1, 0)))


def test_a_translation_is_like_its_original() -> None:
    found = resemblance(signs(ENGLISH, OUTLINE, "en"), signs(FRENCH, OUTLINE, "fr"))
    assert found.score > SAME_WORK
    assert found.reasons[0] == "100% of the numbers are the same in the same order"
    assert "2 of 2 addresses are the same" in found.reasons
    assert "3 and 3 pages, filled alike" in found.reasons


def test_another_work_is_not() -> None:
    other = signs(OTHER, OUTLINE, "de")
    assert resemblance(signs(ENGLISH, OUTLINE, "en"), other).score < 0.4
    assert resemblance(signs(FRENCH, OUTLINE, "fr"), other).score < 0.4


def test_the_same_shape_proves_nothing() -> None:
    shape = [f"Seite {word}. " * 80 for word in ("eins", "zwei", "drei")]
    assert resemblance(signs(shape, OUTLINE, "de"), signs(shape, OUTLINE, "en")).score == 0


def test_numbers_are_told_in_the_way_of_any_language() -> None:
    every = [signs([text], (), "en").numbers for text in ("1,850", "1 850", "1.850", "1\u202f850", "1'850")]
    assert set(every) == {("1850",) * 4}
    assert signs(["2.5 and 7"], (), "en").numbers == ("2", "5", "7")


def test_names_that_begin_a_sentence_are_left_out() -> None:
    assert signs(["Every square. The plan of Rotterdam and\nGhent: l'école, CCTV."], (), "en").names == {
        "rotterdam",
        "cctv",
    }


def test_file_names_that_differ_by_the_language_speak_for_one_work() -> None:
    one, other = signs(OTHER, (), "de", "Report-2016_DE.pdf"), signs(ENGLISH[:1], (), "en", "report-2016-en.pdf")
    assert one.name == other.name == "report-2016"
    assert "the file names differ by the language alone" in resemblance(one, other).reasons
    without = signs(OTHER, (), "de", "report.pdf")
    assert without.name == "" and "file names" not in " ".join(resemblance(without, without).reasons)


@pytest.mark.parametrize(
    ("name", "language", "rest"),
    [("square_fr.pdf", "fr", "square"), ("Square (EN).pdf", "en", "square "), ("fr.pdf", "fr", ""),
     ("report.pdf", "", ""), ("made-of.pdf", "", ""), ("", "", "")],
)  # fmt: skip
def test_the_language_in_a_file_name(name: str, language: str, rest: str) -> None:
    assert (named_language(name), without_language(name)) == (language, rest)


@given(st.text("abc", max_size=30), st.text("abcd", max_size=30))
def test_the_common_order_is_that_of_another_program(one: str, other: str) -> None:
    assert in_order(one, other) == pytest.approx(LCSseq.normalized_similarity(one, other))


@given(st.lists(st.text(max_size=200), max_size=4), st.lists(st.text(max_size=200), max_size=4))
def test_any_two_texts_can_be_compared(one: list[str], other: list[str]) -> None:
    a, b = signs(one, (), "en", "a.pdf"), signs(other, (), "fr", "b.pdf")
    assert isinstance(a, Signs)
    found = resemblance(a, b)
    assert 0 <= found.score <= 1
    assert found.score == resemblance(b, a).score


def test_a_hostile_text_costs_little() -> None:
    long = signs(["1 " * 1_000_000, "A" * 1_000_000, "a@" * 500_000, "1,000" * 100_000], (), "en")
    assert len(long.numbers) <= 4_000
    assert resemblance(long, long).score <= 1
