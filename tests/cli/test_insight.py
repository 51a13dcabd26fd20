"""`library insight`: the same tables as on the desk."""

from __future__ import annotations

from pathlib import Path

from library.desk.insight_tables import TABLES
from library.insight import Daybook, Search, Use
from library.insight.counting import FILE
from tests.cli.conftest import Run
from tests.papers import shelve


def test_every_table_is_told(run: Run, empty_root: Path) -> None:
    shelve(empty_root, "lamps", {"en": ("Lamps in the square.",), "fr": ("Des lampes.",)})
    shelve(empty_root, "watch", {"en": ("The night watch.",)})
    assert run("index", root=empty_root).code == 0
    daybook = Daybook(empty_root / "private" / FILE, 400)
    daybook.searched(Search("lamps", "en", "en", "", 1, 1))
    daybook.searched(Search("clubbing", "en", "fr", "", 0, 0))
    daybook.used("lamps", "fr", Use.DOWNLOAD)
    told = run("insight", "--missing", "fr", "--json", root=empty_root).json
    assert set(told) == {"counting", "kept", "period", *TABLES}
    assert [row["words"] for row in told["searches"]] == ["clubbing", "lamps"]
    assert [row["words"] for row in told["unanswered"]] == ["clubbing"]
    assert told["used"] == [{"work": "lamps", "title": "lamps en", "reads": 0, "downloads": 1}]
    assert told["missing"] == [{"work": "watch", "languages": "en", "missing": "fr"}]
    assert sum(row["searches"] for row in told["days"]) == 2
    spoken = run("insight", "--days", "7", root=empty_root)
    assert spoken.code == 0
    assert "clubbing" in spoken.out
    assert "rules: none" in spoken.out


def test_it_says_that_nothing_is_counted(run: Run, empty_root: Path) -> None:
    (empty_root / "library.toml").write_text('insight = "off"\n', encoding="utf-8")
    assert run("insight", root=empty_root).out.startswith("nothing is counted")
    assert run("insight", "--json", root=empty_root).json["counting"] is False
