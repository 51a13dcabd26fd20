"""The settings name a search server, and it does not answer: what needs it says so, and the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.settings import FILE
from tests.cli.conftest import Run
from tests.engines.opensearch.odd_servers import closed, listening
from tests.papers import shelve


@pytest.fixture
def away(empty_root: Path) -> Path:
    """The folder of a library whose search server is away."""
    shelve(empty_root, "lamps", {"en": ("Lamps in the square.",)})
    (empty_root / FILE).write_text(f'engine = "opensearch+http://127.0.0.1:{closed().port}/ours"\n', encoding="utf-8")
    return empty_root


@pytest.mark.parametrize(
    "arguments", [["index"], ["index", "--rebuild"], ["search", "lamps"], ["search", "x", "--json"]]
)
def test_what_needs_the_server_names_its_address_and_what_to_do(run: Run, away: Path, arguments: list[str]) -> None:
    ran = run(*arguments, root=away)
    assert (ran.code, ran.out) == (6, "")
    assert ran.complaint == ["error:", "try:"]
    assert "http://127.0.0.1:" in ran.err
    assert "the connection is refused" in ran.err


def test_the_doctor_tells_of_it_beside_everything_else(run: Run, away: Path) -> None:
    next(away.glob("documents/lamps/*.pdf")).write_bytes(b"another file")
    ran = run("check", "--json", root=away)
    assert ran.code == 6
    found = {finding["check"]: finding for finding in ran.json["findings"]}
    assert "the connection is refused" in found["index"]["message"]
    assert found["index"]["remedy"]
    assert "files" in found


def test_what_the_records_say_is_told_all_the_same(run: Run, away: Path) -> None:
    assert run("show", "lamps", root=away).code == 0
    assert run("export", "--format", "csv", root=away).code == 0


def test_something_else_at_the_address_is_no_trace(run: Run, away: Path) -> None:
    with listening(b"SSH-2.0-OpenSSH_9.2\r\n") as place:
        (away / FILE).write_text(f'engine = "opensearch+{place.shown}"\n', encoding="utf-8")
        ran = run("search", "lamps", root=away)
    assert ran.code == 6
    assert ran.complaint == ["error:", "try:"]


def test_a_setting_that_is_not_right_is_named_before_anything_is_asked(run: Run, away: Path) -> None:
    (away / FILE).write_text('engine = "opensearch+http://ada:secret@search/Ours"\n', encoding="utf-8")
    ran = run("search", "lamps", root=away)
    assert ran.code == 3
    assert "has a password in it" in ran.err
    assert "secret" not in ran.err
