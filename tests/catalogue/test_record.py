"""A work and its record: written and read back the same, comments kept, every problem told at once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.catalogue.record import parse_record, write_record
from library.errors import Problem
from library.languages import TAGS
from library.model import Access, Edition, Kind, Place, Section, Status, Work

FILE = "some-work/record.toml"
SHA = "0123456789abcdef" * 4

letters = st.characters(exclude_categories=("Cs", "Cc"))
texts = st.text(letters, max_size=40).map(str.strip)
names = st.text(letters, min_size=1, max_size=40).map(str.strip).filter(bool)
slugs = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True)
several = st.lists(names, max_size=3, unique=True).map(tuple)
coordinates = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
dates = st.sampled_from(("", "2016", "2016-05", "2016-05-31"))
paragraphs = st.text(letters | st.just("\n"), min_size=1, max_size=60).map(str.strip).filter(bool)


@st.composite
def sections(draw: st.DrawFn) -> tuple[tuple[Section, str], ...]:
    there = draw(st.sets(st.sampled_from(Section)))
    return tuple((section, draw(paragraphs)) for section in Section if section in there)


@st.composite
def places(draw: st.DrawFn) -> Place:
    at = draw(coordinates)
    country = draw(st.from_regex(r"[A-Z]{2}", fullmatch=True))
    city = draw(texts).replace("/", "-")
    return Place(country, city, *at) if at else Place(country, city)


@st.composite
def works(draw: st.DrawFn, name: str = "some-work") -> Work:
    silent = st.sets(st.integers(1, 30), max_size=3).map(sorted).map(tuple)
    editions = [
        Edition(
            language, draw(names), draw(st.from_regex(r"[0-9a-f]{64}", fullmatch=True)), draw(st.integers(30, 9_999)),
            draw(texts), draw(texts), draw(st.integers(0, 10**9)), draw(texts),
            draw(st.sampled_from(("", "2026-11-22T10:30:00Z"))), draw(silent), draw(sections()),
        )
        for language in draw(st.lists(st.sampled_from((*TAGS, "und")), min_size=1, max_size=4, unique=True))
    ]  # fmt: skip
    return Work(
        name, draw(st.sampled_from(Kind)), tuple(editions), draw(dates), draw(several), draw(several),
        tuple(draw(st.lists(places(), max_size=3))), draw(st.sampled_from(Access)), draw(st.sampled_from(Status)),
    )  # fmt: skip


def parsed(text: str) -> Work:
    work, problems = parse_record(text, "some-work", FILE)
    assert problems == ()
    assert work is not None
    return work


def problems_of(text: str) -> dict[str, Problem]:
    work, problems = parse_record(text, "some-work", FILE)
    assert work is None
    assert all(problem.file == FILE and problem.message and problem.remedy for problem in problems)
    return {problem.key: problem for problem in problems}


@settings(max_examples=25)
@given(works())
def test_what_is_written_is_read_back_the_same(work: Work) -> None:
    assert parsed(write_record(work)) == work


@settings(max_examples=25)
@given(works(), works())
def test_any_record_may_become_any_other(before: Work, after: Work) -> None:
    found = parsed(write_record(after, write_record(before)))
    assert set(found.editions) == set(after.editions)
    assert replace(found, editions=()) == replace(after, editions=())


@settings(max_examples=25)
@given(works())
def test_writing_what_is_there_changes_no_byte(work: Work) -> None:
    text = "# mine\n" + write_record(work)
    assert write_record(work, text) == text


BY_HAND = f"""# The square, see also the Vienna one
status = "published"   # since 2017
kind = "practice-sheet"
topics = [
    "nightlife",  # the main one
    "public-spaces",
]

[editions.fr]  # received first
sha256 = "{SHA}"
title = 'Les hôtes de la place'
pages = 0x10

[[places]]
country = "NL"
city = "Amsterdam"

[editions.en]  # in English
title = "Square hosts"
pages = 2
sha256 = "{SHA}"
"""


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2017"},
        {"topics": ("nightlife",)},
        {"projects": ("SOLIDIFY",)},
        {"places": ()},
        {"places": (Place("FR", "Lyon", 45.0, 4.0),)},
        {"kind": Kind.AUDIT},
        {"access": Access.MEMBERS, "status": Status.DRAFT},
    ],
    ids=str,
)
def test_an_edit_of_a_record_made_by_hand_keeps_comments_and_order(change: dict[str, object]) -> None:
    work = replace(parsed(BY_HAND), **change)  # type: ignore[arg-type]
    text = write_record(work, BY_HAND)
    assert parsed(text) == work
    kept = ("# The square, see also the Vienna one", "# received first", "# in English", "0x10", "'Les hôtes")
    assert [comment for comment in kept if comment not in text] == []
    assert text.index("status") < text.index("kind") < text.index("[editions.fr]") < text.index("[editions.en]")


def test_editions_come_and_go_without_touching_the_others() -> None:
    work = parsed(BY_HAND)
    german = Edition("de", "Gastgeber am Platz", SHA, 3)
    changed = replace(work, editions=(work.editions[0], german))
    text = write_record(changed, BY_HAND)
    assert parsed(text) == changed
    assert "Square hosts" not in text
    assert "'Les hôtes de la place'" in text


def test_a_section_of_several_lines_is_written_as_it_reads() -> None:
    said = ((Section.CONTEXT, "A square.\n\nIt is loud."), (Section.BUDGET, "None."))
    text = write_record(Work("some-work", Kind.PRACTICE_SHEET, (Edition("en", "A", SHA, 2, sections=said),)))
    assert 'context = """A square.\n\nIt is loud."""' in text
    assert parsed(text).editions[0].sections == said
    shuffled = text.replace('budget = "None."\n', "").replace("sections]\n", 'sections]\nbudget = "None."\n')
    assert parsed(shuffled).editions[0].sections == said


def test_what_is_wrong_with_sections_and_silent_pages_is_told_at_once() -> None:
    found = problems_of(
        f"""
kind = "practice-sheet"
[editions.en]
title = "A"
sha256 = "{SHA}"
pages = 2
without_text = [3]
sections = {{ context = 3, aims = "fewer", lessons = "x\\u0000" }}
[editions.fr]
title = "A"
sha256 = "{SHA}"
pages = 2
without_text = 1
sections = "all"
"""
    )
    assert set(found) == {
        "editions.en.without_text", "editions.en.sections.context", "editions.en.sections.aims",
        "editions.en.sections.lessons", "editions.fr.without_text", "editions.fr.sections",
    }  # fmt: skip
    assert "objectives" in found["editions.en.sections.aims"].remedy


def test_every_problem_is_told_at_once_with_its_key_and_remedy() -> None:
    found = problems_of(
        """
kind = "leaflet"
date = "May 2016"
topics = "nightlife"
projects = [1, 2]
access = "everybody"
colour = "red"
places = [{ country = "Netherlands", latitude = 95.0 }, { city = "Lyon", planet = 3 }]
[editions.en]
title = ""
sha256 = "xyz"
pages = true
bytes = -1
[editions.klingon]
pages = 0
"""
    )
    assert set(found) == {
        "kind", "date", "topics", "projects", "access", "colour", "places.0.country", "places.0.latitude",
        "places.1.country", "places.1.planet", "editions.en.title", "editions.en.sha256", "editions.en.pages",
        "editions.en.bytes", "editions.klingon", "editions.klingon.title", "editions.klingon.sha256",
        "editions.klingon.pages",
    }  # fmt: skip
    assert "practice-sheet" in found["kind"].remedy
    assert "topics" in found["colour"].remedy


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("date = 2016-05-31", "date"),
        ("date = 2016", "date"),
        ("date = '2016-02-31'", "date"),
        ("kind = ['guide']", "kind"),
        ("topics = [['a']]", "topics"),
        ("places = 'NL'", "places"),
        ("places = ['NL']", "places"),
        ("places = [{country = 'NL', latitude = 52.0}]", "places.0.latitude"),
        ("places = [{country = 'NL', latitude = nan, longitude = 4}]", "places.0.latitude"),
        ("places = [{country = 'NL', latitude = true, longitude = 4}]", "places.0.latitude"),
        ("status = ''", "status"),
        ('projects = ["a\\u0000b"]', "projects"),
        ("date = 'x" + "y" * 20_000 + "'", "date"),
    ],
)
def test_a_value_of_the_wrong_kind_is_a_problem_of_its_key(line: str, key: str) -> None:
    name = line.split(" ")[0]
    rest = "" if name == "kind" else 'kind = "guide"\n'
    text = f'{line}\n{rest}[editions.en]\ntitle = "A"\nsha256 = "{SHA}"\npages = 1\n'
    if line == "status = ''":
        assert parsed(text).status is Status.PUBLISHED
    else:
        assert set(problems_of(text)) == {key}


@pytest.mark.parametrize(
    "text",
    ["kind = ", "= 1", "\x00", "kind = 'a'\nkind = 'b'", "a = " + "[" * 5_000, "a = " + "1" * 5_000, "[a]\n[a]",
     "date = 2016-02-31"],
)  # fmt: skip
def test_what_is_no_toml_is_one_problem_of_the_file(text: str) -> None:
    (problem,) = problems_of(text).values()
    assert problem.key == ""
    assert problem.message.startswith("is not readable as TOML")


@pytest.mark.parametrize("text", ["", "kind = 'guide'", "kind = 'guide'\neditions = 3", "kind = 'guide'\n[editions]"])
def test_a_work_has_an_edition(text: str) -> None:
    assert "editions" in problems_of(text)


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    work, problems = parse_record(text, "some-work", FILE)
    assert (work is None) == bool(problems)


@pytest.mark.parametrize("folder", ["../etc", "Some Work", "", ".hidden", "a/b"])
def test_a_folder_that_is_no_identifier_is_a_problem(folder: str) -> None:
    work, problems = parse_record(BY_HAND, folder, f"{folder}/record.toml")
    assert work is None
    assert "is no identifier" in problems[0].message


@given(st.text(max_size=60).filter(lambda text: not re.search("[\ud800-\udfff]", text)))
def test_hostile_text_stays_text(text: str) -> None:
    work = Work("some-work", Kind.GUIDE, (Edition("en", "A", SHA, 1, abstract=text),))
    written = write_record(work)
    assert tomllib.loads(written)["editions"]["en"].get("abstract", "") == text
