"""A batch of good, bad and odd files: every one has its outcome, and none spoils another's."""

from __future__ import annotations

import json
from collections import Counter

from library.access import ANYONE, Role, User
from library.ingest.outcome import shown
from library.library import Library
from library.model import Status
from library.request import SearchRequest
from tests.ingest.conftest import ODD_NAMES, Batch

GOOD = {"1-english.pdf", "3-french.pdf", "4-german.pdf", "5-scan.pdf", "caf\udce9.pdf", *ODD_NAMES}


def test_good_files_are_added_whatever_lies_between_them(batch: Batch) -> None:
    assert {added.path.name for added in batch.first.added} == GOOD
    languages = {added.path.name: added.language for added in batch.first.added}
    assert (languages["1-english.pdf"], languages["3-french.pdf"], languages["4-german.pdf"]) == ("en", "fr", "de")


def test_the_same_bytes_come_in_once(batch: Batch) -> None:
    (english,) = [added for added in batch.first.added if added.path.name == "1-english.pdf"]
    assert [(same.path.name, same.edition) for same in batch.first.unchanged] == [("2-same.pdf", english.edition)]


def test_bad_files_are_rejected_for_what_is_wrong_with_them(batch: Batch) -> None:
    reasons = {rejected.path.name[:20]: rejected.reason.partition(":")[0] for rejected in batch.first.rejected}
    assert reasons == {
        "bad-locked.pdf": "encrypted", "bad-cut.pdf": "damaged", "bad-empty.pdf": "empty",
        "bad-text.pdf": "unknown-format", "bad-pages.pdf": "empty", "bad-twin.pdf": "same-as-rejected",
        "not-there.pdf": "not-found", "x" * 20: "not-found",
    }  # fmt: skip
    assert all(rejected.remedy for rejected in batch.first.rejected)


def test_a_second_run_changes_nothing(batch: Batch) -> None:
    assert batch.again.added == ()
    assert {same.path.name for same in batch.again.unchanged} == GOOD | {"2-same.pdf"}
    assert len(batch.again.rejected) == len(batch.first.rejected)


def test_every_file_has_one_outcome(batch: Batch) -> None:
    outcomes = Counter(
        outcome.path
        for report in (batch.first.added, batch.first.unchanged, batch.first.rejected)
        for outcome in report
    )
    pdfs = [path for path in batch.files.iterdir() if path.suffix == ".pdf" and not path.name.startswith(".")]
    assert set(outcomes.values()) == {1}
    assert len(outcomes) == len(pdfs) + 2


def test_what_is_left_alone_is_said(batch: Batch) -> None:
    messages = [warned.message for warned in batch.first.warnings if warned.path == batch.files]
    assert len(messages) == 1
    assert "notes.txt" in messages[0]
    assert ".hidden" not in messages[0]


def test_a_page_without_text_is_said(batch: Batch) -> None:
    about_scan = [warned.message for warned in batch.first.warnings if warned.path.name == "5-scan.pdf"]
    assert any("page" in message for message in about_scan)


def test_every_record_can_be_read_and_every_file_is_the_one_received(batch: Batch) -> None:
    with Library.open(batch.root) as library:
        census = library.catalogue.census()
        assert census.problems == ()
        assert [finding.check for finding in library.check() if finding.check != "text"] == []
        works = {work.id: work for work in census.works}
        for added in batch.first.added:
            edition = works[added.work.id].edition(added.language)
            assert edition is not None
            stored = library.file(added.work.id, added.language, ANYONE)
            assert stored.read_bytes() == added.path.read_bytes()
            assert (edition.bytes, edition.pages) == (stored.stat().st_size, added.pages)
            assert "\n" not in edition.source


def test_nothing_was_written_outside_the_library(batch: Batch) -> None:
    assert {path.name for path in batch.root.iterdir()} == {"documents", "index"}
    works = {added.work.id for added in batch.first.added}
    assert {path.name for path in (batch.root / "documents").iterdir()} == works | {"journal.jsonl"}


def test_html_in_a_title_stays_text(batch: Batch) -> None:
    (english,) = [added for added in batch.first.added if added.path.name == "1-english.pdf"]
    assert english.title == "<i>Noise</i> & litter"
    with Library.open(batch.root) as library:
        found = library.search(SearchRequest.build("noise litter", per_page=100), ANYONE)
    assert "<i>Noise</i> & litter" in [hit.title for hit in found.hits]


def test_what_was_added_is_found_at_once(batch: Batch) -> None:
    with Library.open(batch.root) as library:
        found = library.search(SearchRequest.build("Lärm Abfall"), ANYONE)
        assert [hit.language for hit in found.hits] == ["de"]
        everything = library.search(SearchRequest(), User(Role.LIBRARIAN))
    assert everything.total == len({added.work.id for added in batch.first.added})


def test_the_report_is_json_whatever_the_names(batch: Batch) -> None:
    text = json.dumps(batch.first.as_json(), ensure_ascii=False)
    assert text.encode("utf-8")
    back = json.loads(text)
    assert back.keys() == {"added", "unchanged", "rejected", "warnings"}
    assert set(back["added"][0]) == {"path", "work", "edition", "language", "confidence", "title", "pages"}
    assert set(back["unchanged"][0]) == {"path", "edition"}
    assert set(back["rejected"][0]) == {"path", "reason", "remedy"}
    assert set(back["warnings"][0]) == {"path", "message"}
    assert {shown(batch.files / name) for name in ODD_NAMES} <= {added["path"] for added in back["added"]}


def test_what_nobody_stated_is_published(batch: Batch) -> None:
    assert {added.work.status for added in batch.first.added} == {Status.PUBLISHED}
