"""`library search`, `show` and `topics`: the contract of DESIGN.md section 7."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.model import Access, Section
from tests.cli.conftest import Run
from tests.papers import shelve

HIDDEN = "drones-ai-public-space"
HIT = {"work", "edition", "language", "languages", "title", "kind", "year", "topics", "score", "pages"}


def test_a_search_prints_one_object_of_the_contract(run: Run, demo_root: Path) -> None:
    ran = run("search", "vie nocturne", "--json", root=demo_root)
    assert (ran.code, ran.err) == (0, "")
    answer = ran.json
    assert set(answer) == {"query", "total", "editions", "took_ms", "relaxed", "correction", "expanded", "hits",
                           "facets"}  # fmt: skip
    assert answer["query"] == "vie nocturne"
    assert list(answer["facets"]) == ["topic", "language", "kind", "year", "place", "project"]
    assert answer["hits"]
    for hit in answer["hits"]:
        assert set(hit) == HIT
        for page in hit["pages"]:
            assert set(page) == {"number", "label", "text", "marks"}
            assert all(0 <= start < end <= len(page["text"]) for start, end in page["marks"])
    for values in answer["facets"].values():
        for value in values:
            assert set(value) == {"value", "label", "count", "selected"}


@pytest.mark.parametrize(
    ("options", "works"),
    [
        (["--language", "pl"], {"football-without-hate"}),
        (["--topic", "nightlife"], {"safer-nights", "rembrandt-square"}),
        (["--topic", "Vie nocturne"], {"safer-nights", "rembrandt-square"}),
        (["--topic", "nightlife", "--topic", "sport"], {"safer-nights", "rembrandt-square", "football-without-hate"}),
        (["--kind", "practice-sheet", "--year", "2020.."], {"football-without-hate"}),
        (["--year", "2016..2022"], {"safer-nights", "rembrandt-square"}),
        (["--place", "NL"], {"rembrandt-square"}),
        (["--place", "NL/Amsterdam"], {"rembrandt-square"}),
        (["--place", "Pays-Bas"], {"rembrandt-square"}),
        (["--language", "polonais"], {"football-without-hate"}),
        (["--kind", "Fiche pratique", "--year", "2020.."], {"football-without-hate"}),
        (["--topic", "nightlife", "--topic", "women", "--all", "topic"], {"safer-nights"}),
        (["--topic", "nightlife", "--topic", "sport", "--all", "topic"], set()),
        (["--project", "none"], set()),
        (["--as", "member", "--year", "2024"], {HIDDEN}),
        (["--as", "reader", "--year", "2024"], set()),
    ],
)
def test_options_choose(run: Run, demo_root: Path, options: list[str], works: set[str]) -> None:
    ran = run("search", "", "--json", *options, root=demo_root)
    assert ran.code == 0
    assert {hit["work"] for hit in ran.json["hits"]} == works
    assert ran.json["total"] == len(works)


@pytest.mark.parametrize(
    ("option", "value", "remedy"),
    [
        ("--language", "klingon", "give one of en, fr, de"),
        ("--language", "", "give one of en, fr, de"),
        ("--kind", "poem", "give one of publication, guide"),
        ("--year", "19", "write 2019, 2018..2021"),
        ("--year", "٢٠١٩", "write 2019, 2018..2021"),
        ("--year", "2021..2018", "write 2018..2021"),
        ("--all", "language", "give one of topic, place, project"),
        ("--topic", "zebras", "run: library topics"),
    ],
)
def test_a_value_nobody_knows_is_refused_with_those_there_are(
    run: Run, demo_root: Path, option: str, value: str, remedy: str
) -> None:
    ran = run("search", "", option, value, root=demo_root)
    assert (ran.code, ran.out) == (2, "")
    assert f"“{value}”" in ran.err.splitlines()[0]
    assert remedy in ran.err.splitlines()[1]


def test_a_place_or_project_that_no_work_has_is_said(run: Run, demo_root: Path) -> None:
    ran = run("search", "", "--place", "XX", "--project", "none", "--json", root=demo_root)
    assert ran.code == 0
    assert ran.err.splitlines() == ["No work has the place “XX”.", "No work has the project “none”."]
    nothing = run("search", "zebra", "--place", "NL", "--json", root=demo_root)
    assert (nothing.json["total"], nothing.err) == (0, ""), "the words find nothing, the place is right"


def test_only_the_words_typed(run: Run, demo_root: Path) -> None:
    wide, narrow = (run("search", "nightlife", "--json", *o, root=demo_root).json for o in ([], ["--as-typed"]))
    assert wide["expanded"] != []
    assert narrow["expanded"] == []


def test_orders_and_pages(run: Run, demo_root: Path) -> None:
    newest = run("search", "", "--sort", "newest", "--json", root=demo_root).json["hits"]
    assert [hit["year"] for hit in newest] == [2023, 2022, 2016]
    second = run("search", "", "--sort", "newest", "--per-page", "1", "--page", "2", "--json", root=demo_root).json
    assert ([hit["year"] for hit in second["hits"]], second["total"]) == ([2022], 3)


@pytest.mark.parametrize("query", ['"vie nocturne', "night AND", "((((", "page:night", "night^1.2.3 ~.."])
def test_a_query_that_is_not_understood_is_said_beside_the_answer(run: Run, demo_root: Path, query: str) -> None:
    ran = run("search", query, "--json", root=demo_root)
    assert ran.code == 0
    assert ran.json["query"] == query
    assert "searched as they stand" in ran.err


def test_ten_thousand_characters_are_cut_and_said(run: Run, demo_root: Path) -> None:
    ran = run("search", "night " * 1_667, "--json", root=demo_root)
    assert ran.code == 0
    assert len(ran.json["query"]) <= 1_000
    assert "only its first" in ran.err


def test_an_answer_for_people_has_titles_pages_and_how_many(run: Run, demo_root: Path) -> None:
    ran = run("search", "nights", root=demo_root)
    assert ran.code == 0
    assert "safer-nights.en" in ran.out
    assert " p. " in ran.out
    assert ran.out.splitlines()[-1].startswith("2 works, ")


def test_markup_in_a_title_is_printed_as_it_stands(run: Run, empty_root: Path) -> None:
    shelve(empty_root, "odd", {"en": ("[bold]No[/bold] <b>markup</b> [/] \\[red]",)}, projects=("[link=x]y",))
    assert run("index", root=empty_root).code == 0
    ran = run("search", "markup", root=empty_root)
    assert "[bold]No[/bold] <b>markup</b> [/] \\[red]" in ran.out
    assert "[link=x]y" in run("show", "odd", root=empty_root).out


def test_show_prints_the_record(run: Run, demo_root: Path) -> None:
    ran = run("show", "rembrandt-square", "--json", root=demo_root)
    assert (ran.code, ran.err) == (0, "")
    shown = ran.json
    assert set(shown) == {"work", "kind", "date", "year", "topics", "projects", "places", "access", "status",
                          "editions"}  # fmt: skip
    assert (shown["year"], shown["places"], len(shown["editions"])) == (2016, ["NL/Amsterdam"], 3)
    assert set(shown["editions"][0]) == {"edition", "language", "title", "subtitle", "abstract", "pages", "bytes",
                                         "sha256", "received", "sections"}  # fmt: skip
    assert list(shown["editions"][0]["sections"]) == [section.value for section in Section]
    assert "three years" in shown["editions"][0]["sections"]["evaluation"]
    assert "Square hosts" in run("show", "rembrandt-square", root=demo_root).out


def test_what_is_hidden_and_what_is_not_there_end_alike(run: Run, demo_root: Path) -> None:
    hidden, missing = (run("show", work, root=demo_root) for work in (HIDDEN, "no-such-work"))
    assert hidden.code == missing.code == 7
    assert hidden.err.replace(HIDDEN, "") == missing.err.replace("no-such-work", "")
    assert hidden.out == missing.out == ""
    assert run("show", HIDDEN, "--as", "member", root=demo_root).code == 0


def test_a_draft_is_shown_to_staff(run: Run, empty_root: Path) -> None:
    shelve(empty_root, "closed", {"en": ("A page.",)}, access=Access.STAFF)
    assert [run("show", "closed", "--as", role, root=empty_root).code for role in ("reader", "member", "staff")] == [
        7, 7, 0,
    ]  # fmt: skip


def test_topics_are_listed(run: Run, demo_root: Path) -> None:
    ran = run("topics", "--json", root=demo_root)
    topics = ran.json["topics"]
    assert len(topics) == 38
    assert set(topics[0]) == {"id", "notation", "broader", "labels"}
    assert topics[0]["broader"] is None
    assert "  nightlife  " in run("topics", root=demo_root).out
