"""The examples of docs/exchange.md do what the page says."""

from __future__ import annotations

import re
from pathlib import Path

from library.access import Role, User
from library.exchange import State, Wanted, import_records
from library.exchange.columns import COLUMNS
from library.library import Library
from library.model import Place
from tests.exchange.made_up import document
from tests.papers import CONSEIL, paper

PAGE = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")
LIBRARIAN = User(Role.LIBRARIAN, "ada")


def example(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_table_and_the_line_of_the_page_are_imported(empty_root: Path, tmp_path: Path) -> None:
    given = tmp_path / "given"
    for name in ("watch", "veille"):
        document(given / "files" / f"{name}.pdf", name)
    paper(given / "files" / "sheet.pdf", CONSEIL, title="Le conseil de la place")
    (given / "records.csv").write_text(example("csv"), encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text(example("json"), encoding="utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "watch.pdf").write_bytes((given / "files" / "watch.pdf").read_bytes())
    with Library.open(empty_root) as library:
        report = import_records(library, LIBRARIAN, Wanted(given))
        assert [(row.row, row.state, row.language) for row in report.rows] == [
            (2, State.ADDED, "en"), (3, State.ADDED, "fr"), (4, State.ADDED, "fr"),
        ]  # fmt: skip
        assert library.get("night-watch", LIBRARIAN).topics == ("nightlife", "public-spaces")
        changed = import_records(library, LIBRARIAN, Wanted(tmp_path / "lines.jsonl"))
        assert [(row.row, row.state, row.fields) for row in changed.rows] == [
            (1, State.CHANGED, ("topics", "places")),
        ]  # fmt: skip
        assert library.get("night-watch", LIBRARIAN).places == (Place("NL", "Ede"),)


def test_every_column_is_on_the_page() -> None:
    table = PAGE.partition("## A table of records")[2].partition("## Lines of JSON")[0]
    named = set(re.findall(r"`([a-z0-9_]+)`", table))
    sections = {"objectives", "activities", "partners", "budget", "evaluation", "lessons"}
    assert set(COLUMNS) - sections <= named
