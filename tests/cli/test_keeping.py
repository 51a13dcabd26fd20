"""`library add`, `index` and `check`: what they print, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.papers import CONSEIL, COUNCIL, everything_under, leave, paper, shelve


def test_adding_prints_one_object_of_the_contract(run: Run, empty_root: Path, tmp_path: Path) -> None:
    good, bad = paper(tmp_path / "[b]good[/b].pdf", COUNCIL), tmp_path / "bad.pdf"
    bad.write_bytes(b"no PDF")
    ran = run("add", good, bad, tmp_path / "none.pdf", "--kind", "guide", "--json", root=empty_root)
    assert (ran.code, ran.err) == (2, "")
    assert list(ran.json) == ["added", "unchanged", "rejected", "warnings"]
    (added,) = ran.json["added"]
    assert (added["path"], added["language"], added["pages"]) == (str(good), "en", 1)
    assert {refused["reason"].partition(":")[0] for refused in ran.json["rejected"]} == {"not-found", "unknown-format"}
    again = run("add", good, "--json", root=empty_root)
    assert (again.code, again.json["unchanged"]) == (0, [{"path": str(good), "edition": added["edition"]}])
    assert "[b]good[/b].pdf" in run("add", good, root=empty_root).out


def test_adding_for_people_tells_what_was_proposed_and_why(run: Run, empty_root: Path, tmp_path: Path) -> None:
    ran = run("add", paper(tmp_path / "fr.pdf", CONSEIL), "--dry-run", root=empty_root)
    assert ran.code == 0
    assert "language fr  (" in ran.out
    assert ran.out.splitlines()[-1] == "1 would be added, 0 unchanged, 0 rejected"
    assert everything_under(empty_root) == {}


def test_indexing_prints_one_object(run: Run, empty_root: Path) -> None:
    shelve(empty_root, "night", {"en": ("A page.",), "fr": ("Une page.",)})
    first = run("index", "--json", root=empty_root)
    assert (first.code, first.json) == (
        0, {"put": 2, "dropped": 0, "unchanged": 0, "read": 0, "failed": [], "problems": []},
    )  # fmt: skip
    assert run("index", "--json", root=empty_root).json["unchanged"] == 2
    assert run("index", "--rebuild", "--json", root=empty_root).json["put"] == 2
    assert run("index", root=empty_root).out.startswith("0 editions indexed, 0 dropped, 2 unchanged")


def test_checking_prints_every_finding(run: Run, empty_root: Path) -> None:
    shelve(empty_root, "night", {"en": ("A page.",)})
    (empty_root / "documents" / ".arriving-x").mkdir()
    leave(empty_root / "documents" / ".arriving-x")
    ran = run("check", "--json", root=empty_root)
    assert ran.code == 3
    findings = ran.json["findings"]
    assert [finding["check"] for finding in findings] == ["leftovers", "index"]
    assert all(set(finding) == {"check", "severity", "subject", "message", "remedy", "mended"} for finding in findings)
    assert not any(finding["mended"] for finding in findings)


def test_checking_mends_what_it_can_and_a_second_look_finds_nothing(run: Run, empty_root: Path) -> None:
    shelve(empty_root, "night", {"en": ("A page.",)})
    (empty_root / "documents" / ".arriving-x").mkdir()
    leave(empty_root / "documents" / ".arriving-x")
    mended = run("check", "--fix", "--json", root=empty_root)
    assert mended.code == 0
    assert all(finding["mended"] for finding in mended.json["findings"])
    well = run("check", root=empty_root)
    assert (well.code, well.out) == (0, "nothing found: all is well\n")


def test_what_could_not_be_mended_is_not_called_mended(run: Run, empty_root: Path) -> None:
    shelve(empty_root, "night", {"en": ("A page.",)})
    for path in (empty_root / "index" / "pages").iterdir():
        path.unlink()  # so that the file has to be read, which is no PDF
    ran = run("check", "--fix", "--json", root=empty_root)
    assert ran.code == 3
    assert [(finding["check"], finding["mended"]) for finding in ran.json["findings"]] == [("index", False)]


def test_a_warning_alone_is_no_failure(run: Run, empty_root: Path) -> None:
    assert run("index", root=empty_root).code == 0
    (empty_root / "documents" / ".arriving-x").mkdir(parents=True)
    leave(empty_root / "documents" / ".arriving-x")
    ran = run("check", root=empty_root)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "1 findings, 0 mended")


def test_the_root_may_come_from_the_environment(run: Run, demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBRARY_ROOT", str(demo_root))
    assert run("search", "night", "--json").json["total"]


def test_help_and_version(run: Run) -> None:
    assert run("--version").out.startswith("practice-library ")
    for command in ("add", "index", "search", "show", "topics", "check", "serve"):
        ran = run(command, "--help")
        assert ran.code == 0
        assert "Example: library " in ran.out
