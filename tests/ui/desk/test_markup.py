"""What the desk's pages say as markup: whatever a record, a file or a person wrote is text in it, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.access import Role, User
from library.arrivals import Arrival, Stage
from library.catalogue import Change
from library.describe.proposal import Candidate, Description, Evidence, Proposal, Source
from library.library import Library
from library.locales import load_texts
from library.model import Access, Edition, Kind, Place, Section, Status, Work
from library.ui.desk.arrival_rows import arrival_row
from library.ui.desk.frame import ASSETS
from library.ui.desk.history import differences, history_page
from library.ui.desk.review import review_page
from library.ui.desk.reviewed import Clash, FieldProblem, Reviewed, Shown, doubtful
from library.ui.desk.typed import fields_of, typed_from, typed_of, values_of, with_field, work_of
from library.ui.desk.visit import DeskVisit
from library.ui.desk.work_rows import WorkRow, work_rows

VOID = {"meta", "link", "input", "img", "br"}
TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        '"><script>alert(1)</script>',
        "</textarea><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)",
        "&lt;b&gt;",
        "a=b",
    ]
)
PLAIN = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


class Read(HTMLParser):
    """Reads a page strictly: every element is closed in its order, and only ours are there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handlers += [name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]
        if tag == "script":
            self.scripts.append(dict(attrs).get("src") or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> after {self.open[-3:]}"


def sound(markup: str, scripts: int = 0) -> None:
    """The markup is whole, and nothing in it runs but our own scripts."""
    read = Read()
    read.feed(markup)
    read.close()
    assert read.open == []
    assert read.handlers == []
    assert len(read.scripts) == scripts
    assert all("assets/" in source for source in read.scripts)


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskVisit]:
    """A librarian at the desk of an empty library."""
    with Library.open(tmp_path_factory.mktemp("desk")) as library:
        who = User(Role.LIBRARIAN, '<b>"anna"</b>')
        yield DeskVisit(library, who, load_texts("fr"), '"token"', "desk/work", {"q": ('"><b>',), "ui": ("fr",)})


def made(title: str, city: str, project: str, section: str = "") -> Work:
    """A work with these words in it."""
    sections = ((Section.CONTEXT, section),) if section else ()
    edition = Edition("de", title, "0" * 64, 3, subtitle=title, abstract=title, source=title, sections=sections)
    places = (Place("DE", city, 1.5, 2.5), Place("NL"))
    return Work("watch", Kind.PRACTICE_SHEET, (edition,), "2020", ("night",), (project,), places, status=Status.DRAFT)


@settings(max_examples=30)
@given(TEXTS, TEXTS, TEXTS, st.floats(0, 1))
def test_the_page_of_review_is_whole_whatever_is_in_it(
    visit: DeskVisit, words: str, other: str, quote: str, confidence: float
) -> None:
    work = made(words, other, words, other)
    proposal = Proposal(words, confidence, Evidence(Source.PAGE, 2, quote), (Candidate(other, 0.3),))
    described = {"de": Description(proposal, proposal, proposal, proposal, (proposal,), proposal)}
    typed = {**typed_of(work), "date": (other,), "editions.de.title": (quote,)}
    clash = Clash(words, other, ("date", "places", "editions.de.title"), ("topics",), typed_of(work))
    problems = (FieldProblem("date", words), FieldProblem("", other, "en"), FieldProblem(f"editions.{quote}", words))
    shown = Reviewed(
        visit, work, typed, '"version"', 3, Shown("de", 2, quote), described, problems, clash, "", words, other
    )
    sound(review_page(shown), scripts=3)


@settings(max_examples=30)
@given(TEXTS, TEXTS, st.sampled_from(list(Stage)))
def test_rows_are_whole_whatever_is_in_them(visit: DeskVisit, words: str, other: str, stage: Stage) -> None:
    arrival = Arrival(
        "id", "batch", words, other, size=9, inside=other, stage=stage, work="x", reason=f"{words}: {other}",
        remedy=words, note=other,
    )  # fmt: skip
    sound(arrival_row(visit, arrival))
    sound(work_rows(visit, [WorkRow(made(words, other, words), words, other, ("date",), ("near",))], "form"))


@settings(max_examples=30)
@given(TEXTS, TEXTS)
def test_a_history_is_whole_whatever_is_in_it(visit: DeskVisit, words: str, other: str) -> None:
    before, after = made(words, other, words), made(other, words, other, words)
    change = Change(1, words, other, words, other, words)
    sound(history_page(visit, after, ((change, differences(before, after)), (change, None)), words), scripts=1)


@given(PLAIN, PLAIN, PLAIN, PLAIN)
def test_a_record_comes_back_from_its_form_as_it_was(title: str, city: str, project: str, section: str) -> None:
    work = made(title, city, project, section)
    assert work_of(typed_of(work), work) == work
    assert work_of({}, work) == work
    sent = [(name, value) for name, values in typed_of(work).items() for value in values]
    assert work_of(typed_from(sent), work) == work


@given(PLAIN, PLAIN)
def test_one_field_is_taken_from_another_form_and_no_other(one: str, two: str) -> None:
    mine, theirs = made(one, one, one), made(two, two, two)
    for name in fields_of(mine):
        taken = with_field(typed_of(mine), name, typed_of(theirs))
        assert values_of(taken, name) == values_of(typed_of(theirs), name)
        others = set(fields_of(mine)) - {name}
        assert all(values_of(taken, other) == values_of(typed_of(mine), other) for other in others)


def test_a_form_is_bounded_and_takes_texts_only() -> None:
    sent = [("topics", "x" * 99_999), ("file", object()), *[("projects", str(n)) for n in range(5_000)]]
    typed = typed_from(sent)
    assert len(typed["topics"][0]) == 20_000
    assert "file" not in typed
    assert len(typed["projects"]) == 200


def test_closed_lists_stay_closed_and_no_two_editions_share_a_language() -> None:
    work = made("a", "b", "c")
    odd = {"kind": ("<b>",), "access": ("everybody",), "editions.de.language": ("xx-yy",)}
    assert work_of(odd, work) == work
    assert work_of({"access": ("members",)}, work).access is Access.MEMBERS
    (moved,) = work_of({"editions.de.language": ("nl",)}, work).editions
    assert (moved.language, moved.file_name) == ("nl", "de.pdf")


def test_what_is_doubtful_is_named_once() -> None:
    unsure, sure = Proposal("2020", 0.3), Proposal("x", 0.95)
    work = made("a", "b", "c")
    described = {"de": Description(sure, unsure, unsure, unsure, (), sure)}
    assert doubtful(work, described) == ("date", "title")
    assert doubtful(work, {"fr": Description(unsure, unsure, unsure, unsure)}) == ()


def test_links_are_relative_to_the_page_and_keep_the_language(visit: DeskVisit) -> None:
    assert visit.link("desk") == "../desk?ui=fr"
    assert visit.link("desk/work", id="a b", page="") == "../desk/work?id=a+b&ui=fr"
    assert visit.link() == "../?ui=fr"
    deep = DeskVisit(visit.library, visit.user, visit.t, path="desk/do/save")
    assert deep.link("work", id="x") == "../../work?id=x"
    top = DeskVisit(visit.library, visit.user, visit.t, path="desk")
    assert (top.link("desk/add"), top.beside("assets/")) == ("./desk/add", "./assets/")


def test_every_asset_is_ours_and_small() -> None:
    assert {path.suffix for path in ASSETS.values()} == {".css", ".js"}
    assert all(isinstance(path, Path) and path.stat().st_size < 40_000 for path in ASSETS.values())
