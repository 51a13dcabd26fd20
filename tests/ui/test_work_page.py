"""The page of a work: what the record says, in the reader's language, to those who may see it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.access import ANYONE, Role, User
from library.errors import NotAllowed
from library.library import Library
from library.locales import load_texts
from library.model import Edition, Kind, Work
from library.result import Chapter, Reason
from library.ui.related_works import reasons, related
from library.ui.shown_work import ShownWork
from library.ui.visit import Visit
from library.ui.work_contents import nested
from library.ui.work_missing import work_missing
from library.ui.work_page import named_work, work_markup
from tests.practices import ABSTRACT, CHAPTERS, practices_library

MEMBER, STAFF = User(Role.MEMBER), User(Role.LIBRARIAN)


@pytest.fixture(scope="module")
def practices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of practices, open."""
    with Library.open(practices_library(tmp_path_factory)) as library:
        yield library


def visit(library: Library, work: str, user: User = ANYONE, ui: str = "en", **params: str) -> Visit:
    address = {"id": (work,), **{name: (value,) for name, value in params.items()}}
    return Visit(library, user, library.texts(ui), address)


def page(library: Library, work: str, user: User = ANYONE, ui: str = "en", **params: str) -> str:
    shown = named_work(visit(library, work, user, ui, **params))
    assert shown is not None
    return work_markup(shown) + related(shown)


def text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


class Tags(HTMLParser):
    """The elements of some markup with their attributes, in order, and whether each was closed in its turn."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("ui", "asked", "title"),
    [
        ("en", "", "Square hosts"),
        ("fr", "", "Des hôtes de place"),
        ("en", "fr", "Des hôtes de place"),
        ("fr", "xx", "Des hôtes de place"),
        ("fr", '"><script>', "Des hôtes de place"),
    ],
)
def test_the_edition_shown_is_the_one_asked_for_else_the_readers(
    practices: Library, ui: str, asked: str, title: str
) -> None:
    language = "fr" if title.startswith("Des") else "en"
    heading = f'<h1 data-arrive="work" class="work-title" lang="{language}" dir="auto">{title}</h1>'
    assert heading in page(practices, "square-hosts", ui=ui, language=asked)


def test_a_work_in_another_language_only_says_so(practices: Library) -> None:
    assert "This work exists only in Dutch." in page(practices, "canal-lights")
    assert "Cet ouvrage n’existe qu’en néerlandais." in page(practices, "canal-lights", ui="fr")
    assert "only in" not in page(practices, "square-hosts")


def test_facts_are_in_words_and_lead_to_their_works(practices: Library) -> None:
    markup = page(practices, "square-hosts", ui="fr")
    assert "mai 2016" in markup
    assert '<a href="./?place=NL%2FAmsterdam">Amsterdam, Pays-Bas</a>' in markup
    assert '<a href="./?project=Safer+Nights" dir="auto">Safer Nights</a>' in markup
    assert '<a href="./theme?id=nightlife">Vie nocturne</a>' in markup
    assert f'<p class="work-abstract" lang="fr" dir="auto">{ABSTRACT.strip()}</p>' in markup


def test_every_link_keeps_the_interface_language_that_was_chosen(practices: Library) -> None:
    markup = page(practices, "square-hosts", ui="fr")
    chosen = work_markup(_shown(visit(practices, "square-hosts", ui="fr"), ui="fr"))
    links = [attributes["href"] or "" for tag, attributes in Tags(chosen).found if tag == "a"]
    kept = [link for link in links if not link.startswith(("files/", "#")) and link != "./work?id=square-hosts"]
    assert len(kept) > 15
    assert [link for link in kept if "ui=fr" not in link] == []
    assert not re.search(r"(?<!edition=fr&amp;)ui=fr", markup), "a file is in the reader's language anyway"


def _shown(seen: Visit, **params: str) -> ShownWork:
    given = {**seen.params, **{name: (value,) for name, value in params.items()}}
    shown = named_work(replace(seen, params=given))
    assert shown is not None
    return shown


def test_what_can_be_done_with_it(practices: Library) -> None:
    markup = page(practices, "square-hosts")
    assert '<a href="read?id=square-hosts&amp;language=en" class="button main">Read</a>' in markup
    assert 'href="files/square-hosts/en.pdf?download=1" download="square-hosts.en.pdf"' in markup
    assert re.search(r'<span class="work-size">2 pages, \d+ kB</span>', markup)
    assert 'data-list="square-hosts"' in markup
    assert 'href="./compare?work=square-hosts"' in markup
    for form in ("bibtex", "ris", "csl"):
        assert f"export?format={form}&amp;work=square-hosts&amp;edition=en&amp;ui=en" in markup


def test_every_language_version_stands_in_a_row_with_its_links(practices: Library) -> None:
    markup = page(practices, "square-hosts", ui="fr")
    table = markup[markup.index('<section class="work-versions"') :].partition("</section>")[0]
    assert table.count("<tr") == 3
    assert table.count('aria-current="true"') == 1
    assert 'lang="en" dir="auto">English</span> <span class="version-named">Anglais</span>' in table
    assert '<span class="badge">affichée ici</span>' in table
    assert 'aria-label="Lire en anglais"' in table
    assert "work-versions" not in page(practices, "canal-lights"), "one version is no choice"


def test_the_sections_have_headings_in_the_readers_language_and_text_in_its_own(practices: Library) -> None:
    markup = page(practices, "square-hosts", ui="fr", language="en")
    assert "Le texte qui suit est en anglais." in markup
    assert '<h3 id="section-budget">Budget</h3><div lang="en" dir="auto"><table' in markup
    assert '<a href="#section-objectives">Objectifs</a>' in markup
    assert "section-partners" not in markup, "nobody wrote that part"
    assert "work-sections" not in page(practices, "night-buses")


def test_the_contents_lead_to_the_pages_with_their_printed_numbers(practices: Library) -> None:
    markup = page(practices, "night-buses")
    contents = markup[markup.index('<nav class="work-contents"') :].partition("</nav>")[0]
    assert "<details" not in contents
    assert re.findall(r'page=(\d)"[^>]*>(\w+)</a><span class="contents-page">p\.\s(\w+)<', contents) == [
        ("1", "Preface", "i"),
        ("2", "Hosts", "1"),
    ]
    assert 'href="read?id=night-buses&amp;language=en&amp;page=2"' in contents


def test_a_long_table_of_contents_is_folded(practices: Library) -> None:
    markup = page(practices, "long-guide")
    assert f"<summary>All {2 + 2 * CHAPTERS} entries</summary>" in markup
    assert markup.count(">Section 14</a>") == 1


def test_contents_are_only_for_those_who_may_read(practices: Library) -> None:
    assert practices.contents("members-plan", "en", MEMBER)
    for work, language in (("members-plan", "en"), ("no-such-work", "en"), ("night-buses", "fr")):
        with pytest.raises(NotAllowed):
            practices.contents(work, language, ANYONE)


@given(levels=st.lists(st.integers(0, 7), min_size=1, max_size=40))
def test_whatever_levels_a_file_has_the_lists_are_whole_and_in_order(levels: list[int]) -> None:
    chapters = [Chapter(f"t{n}", n, str(n), level) for n, level in enumerate(levels, 1)]
    markup = nested(LOOSE, chapters)
    tags = Tags(markup)
    assert tags.open == []
    assert re.findall(r">(t\d+)</a>", markup) == [chapter.title for chapter in chapters]
    assert re.search(r"<ol>(?!<li>)|</li>(?!<li>|</ol>|$)", markup) is None, "a list holds entries and nothing else"


def _loose() -> ShownWork:
    edition = Edition("en", "Loose", "", 40)
    work = Work("loose", Kind.GUIDE, (edition,))
    library = Library.__new__(Library)  # never asked: an entry takes the texts and the addresses alone
    return ShownWork(Visit(library, ANYONE, load_texts("en"), {}), work, edition, "")


LOOSE = _loose()


def test_an_entry_stands_below_the_one_before_it_of_a_smaller_level() -> None:
    given = [Chapter(name, 1, "1", level) for name, level in (("a", 1), ("b", 3), ("c", 2), ("d", 0), ("e", 1))]
    bare = re.sub(r"<span[^>]*>p\.\s1</span>|</?span[^>]*>|<a [^>]*>|</a>", "", nested(LOOSE, given))
    assert bare == "<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d<ol><li>e</li></ol></li></ol>"


def test_other_works_of_the_city_else_of_the_country_and_of_the_project(practices: Library) -> None:
    markup = text(page(practices, "square-hosts"))
    assert "Other works: Amsterdam Publication · 2022 · in Dutch Licht langs de gracht" in markup
    assert "Other works of the project Safer Nights Publication · 2022 Tram lines" in markup
    assert "Night buses" not in markup.partition("Other works: Amsterdam")[2]
    country = text(page(practices, "night-buses"))
    assert "Other works: Netherlands" in country
    assert "Evening walks" in country.partition("Other works: Netherlands")[2]


def test_works_like_it_say_why_and_never_name_what_is_hidden(practices: Library) -> None:
    seen, member = page(practices, "square-hosts"), page(practices, "square-hosts", MEMBER)
    assert "Shared theme: Nightlife" in seen
    assert "members-plan" not in seen and "old-draft" not in seen
    assert "members-plan" in member and "old-draft" not in member
    assert not re.search(r'<h3 [^>]*><a href="./work\?id=square-hosts', seen), "a work is not like itself"


def test_reasons_are_said_in_the_readers_language_one_sort_after_the_other() -> None:
    given = [Reason("topic", "Night"), Reason("place", "Lyon"), Reason("topic", "Sport"), Reason("", "noise")]
    assert reasons(given, LOOSE) == "Shared themes: Night, Sport · Same place: Lyon · Word in common: noise"
    assert reasons([], LOOSE) == ""


def test_the_record_says_everything_and_to_staff_the_status(practices: Library) -> None:
    markup = text(page(practices, "odd-sheet"))
    assert "1 of 2 pages has no text and cannot be searched" in markup
    assert "Received 22 November 2026" in markup
    assert "Identifier odd-sheet" in markup
    assert "Status" not in markup
    assert "Status Published" in text(page(practices, "odd-sheet", STAFF))
    assert "All pages can be searched" in text(page(practices, "night-buses"))


def test_what_is_not_for_everybody_says_so_to_those_who_see_it(practices: Library) -> None:
    assert '<span class="badge">For members</span>' in page(practices, "members-plan", MEMBER)
    assert '<span class="badge">Draft</span>' in page(practices, "old-draft", STAFF)
    assert 'class="badge"' not in page(practices, "night-buses")


def test_nothing_in_a_record_becomes_markup(practices: Library) -> None:
    for shown in ("odd-sheet", "square-hosts"):
        tags = Tags(page(practices, shown))
        assert tags.open == []
        assert {tag for tag, _ in tags.found} <= {
            "a", "article", "aside", "button", "br", "code", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3",
            "header", "img", "li", "nav", "ol", "p", "section", "span", "summary", "table", "tbody", "td", "th",
            "thead", "tr", "ul",
        }  # fmt: skip
        assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on")]
        addresses = [attributes.get("href") or "" for tag, attributes in tags.found if tag == "a"]
        assert all(link.startswith(("./", "read?", "files/", "export?", "#")) for link in addresses)


def test_headings_follow_each_other_without_a_gap(practices: Library) -> None:
    for work in ("square-hosts", "night-buses", "long-guide"):
        levels = [int(tag[1]) for tag, _ in Tags(page(practices, work)).found if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("work", ["members-plan", "old-draft", "no-such-work", "", "../etc", "a" * 5000, "<b>"])
def test_what_is_hidden_answers_like_what_is_not_there(practices: Library, work: str) -> None:
    seen = visit(practices, work)
    assert named_work(seen) is None
    assert work_missing(seen) == work_missing(visit(practices, "no-such-work"))
    assert "Browse by theme" in work_missing(seen)


def test_the_library_says_how_members_get_access(practices: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = visit(practices, "members-plan", ui="fr")
    assert "Certains ouvrages sont réservés aux membres" in work_missing(seen)
    told = replace(practices.settings, access_help="Ask <us>.", contact="desk@example.org")
    monkeypatch.setattr(practices, "settings", told)
    assert "Ask &lt;us&gt;." in work_missing(seen)
    assert '<a href="mailto:desk@example.org">desk@example.org</a>' in work_missing(seen)
    monkeypatch.setattr(practices, "settings", replace(told, contact="https://example.org/ask"))
    assert '<a href="https://example.org/ask">' in work_missing(seen)
    monkeypatch.setattr(practices, "settings", replace(told, contact="javascript:alert(1)"))
    assert '<a href="javascript' not in work_missing(seen)
    assert "javascript:alert(1)" in work_missing(seen)


def test_without_an_index_the_work_is_still_there(tmp_path: Path, practices: Library) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "documents").symlink_to(practices.root / "documents")
    with Library.open(bare) as library:
        markup = page(library, "square-hosts")
        assert "Square hosts" in markup and "Works like this" not in markup
        assert "work-contents" not in markup
        assert "There is no such work here" in work_missing(visit(library, "no-such-work"))
