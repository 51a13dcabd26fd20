"""The daybook counts by the day, forgets in time, stays small, and never stands in the way."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from library.errors import LibraryError
from library.insight import Day, Daybook, Search, Use
from library.insight import daybook as module

FIRST = date(2026, 3, 1)


class Calendar:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.day = FIRST

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def book(tmp_path: Path, calendar: Calendar) -> Daybook:
    return Daybook(tmp_path / "private" / "insight.sqlite", 30, calendar)


def search(words: str, found: int = 3, *, complete: int = -1, filters: str = "", interface: str = "en") -> Search:
    return Search(words, interface, interface, filters, found, found if complete < 0 else complete)


def test_nothing_counted_is_nothing_told_and_no_file(book: Daybook) -> None:
    assert (book.top(30), book.without_answer(30), book.uses(30)) == ((), (), ())
    assert book.ailment() is None
    assert not book.file.exists()


def test_searches_are_counted_by_their_words(book: Daybook, calendar: Calendar) -> None:
    for one in (search("night"), search("night", interface="fr"), search("lamps", filters="language=fr")):
        assert book.searched(one)
    calendar.day += timedelta(days=1)
    assert book.searched(search("night", 5))
    first, second = book.top(30)
    assert (first.words, first.times, first.found, first.day) == ("night", 3, 5, "2026-03-02")
    assert first.languages == ("en", "fr")
    assert (second.words, second.times, second.filters) == ("lamps", 1, "")


def test_without_an_answer_is_what_had_none_the_last_time(book: Daybook, calendar: Calendar) -> None:
    for one in (search("clubbing", 0), search("scooters", 0), search("odd words", 4, complete=0)):
        book.searched(one)
    calendar.day += timedelta(days=1)
    book.searched(search("scooters", 2))
    book.searched(search("scooters", 0, filters="language=pl"))
    found = {(one.words, one.filters): one.found for one in book.without_answer(30)}
    assert found == {("clubbing", ""): 0, ("odd words", ""): 4, ("scooters", "language=pl"): 0}


def test_uses_are_counted_by_edition(book: Daybook) -> None:
    for use in (Use.READ, Use.READ, Use.DOWNLOAD):
        assert book.used("lamps", "fr", use)
    book.used("watch", "en", Use.DOWNLOAD)
    first, second = book.uses(30)
    assert (first.work, first.language, first.reads, first.downloads) == ("lamps", "fr", 2, 1)
    assert (second.work, second.reads, second.downloads) == ("watch", 0, 1)


def test_every_day_is_told(book: Daybook, calendar: Calendar) -> None:
    book.searched(search("night"))
    book.searched(search("", 9, complete=9, filters="topic=sport"))
    calendar.day += timedelta(days=2)
    book.searched(search("clubbing", 0))
    book.used("lamps", "fr", Use.READ)
    assert book.by_day(4) == (
        Day("2026-02-28", 0, 0, 0, 0),
        Day("2026-03-01", 2, 0, 0, 0),
        Day("2026-03-02", 0, 0, 0, 0),
        Day("2026-03-03", 1, 1, 1, 0),
    )


def test_what_is_too_old_is_forgotten(book: Daybook, calendar: Calendar) -> None:
    book.searched(search("night"))
    book.used("lamps", "fr", Use.READ)
    calendar.day += timedelta(days=29)
    book.searched(search("late"))
    assert {one.words for one in book.top(400)} == {"night", "late"}
    calendar.day += timedelta(days=1)
    book.searched(search("later"))
    assert b"night" not in _rows(book)
    assert {one.words for one in book.top(400)} == {"late", "later"}
    assert book.uses(400) == ()


def test_a_day_has_room_for_so_many_searches(book: Daybook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_A_DAY", 20)
    for number in range(50):
        assert book.searched(search(f"words {number}"))
    book.searched(search("words 3"))
    kept = {one.words: one.times for one in book.top(30, 100)}
    assert len(kept) == 20
    assert kept["words 3"] == 2


def test_a_count_ends_somewhere(book: Daybook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TIMES", 5)
    for _ in range(9):
        book.searched(search("night"))
        book.used("lamps", "fr", Use.READ)
    assert (book.top(30)[0].times, book.uses(30)[0].reads) == (5, 5)


def test_the_file_stays_small(book: Daybook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 20)
    told = [book.searched(search(f"{number:04} {'words ' * 12}")) for number in range(900)]
    assert not all(told)
    assert "full" in book.trouble
    assert book.file.stat().st_size <= 20 * 4096
    assert book.top(30)


def test_a_row_says_a_day_and_never_who_nor_when(book: Daybook) -> None:
    for words in ("zebra", "night", "apple"):
        book.searched(search(words))
    with sqlite3.connect(book.file) as file:
        columns = {row[1] for table in ("searches", "uses") for row in file.execute(f"PRAGMA table_info({table})")}
        order = [row[0] for row in file.execute("SELECT words FROM searches")]
    file.close()
    assert columns == {"day", "words", "interface", "reader", "filters", "found", "complete", "times", "work",
                       "language", "use"}  # fmt: skip
    assert order == ["apple", "night", "zebra"]


def test_a_file_that_is_damaged_stops_nothing_is_told_and_is_put_aside(book: Daybook) -> None:
    book.searched(search("night"))
    book.file.write_bytes(b"no database at all, but long enough to be read as if it were one" * 80)
    assert not book.searched(search("lamps"))
    assert not book.used("lamps", "fr", Use.READ)
    ailment = book.ailment()
    assert ailment is not None
    assert ailment.damaged
    with pytest.raises(LibraryError, match="cannot be read"):
        book.top(30)
    book.begin_anew()
    assert book.ailment() is None
    assert book.searched(search("lamps"))
    assert [path.name for path in book.file.parent.glob("*.damaged-*")] == ["insight.sqlite.damaged-1"]


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "private").write_text("a file", encoding="utf-8")
    book = Daybook(tmp_path / "private" / "insight.sqlite", 30)
    assert not book.searched(search("night"))
    ailment = book.ailment()
    assert ailment is not None
    assert not ailment.damaged


def test_the_folder_is_for_the_program_alone(book: Daybook) -> None:
    book.searched(search("night"))
    assert book.file.parent.stat().st_mode & 0o077 == 0


def test_many_threads_lose_no_count(book: Daybook) -> None:
    with ThreadPoolExecutor(8) as crew:
        assert all(crew.map(lambda number: book.searched(search(f"words {number % 3}")), range(120)))
    assert {one.words: one.times for one in book.top(30)} == {"words 0": 40, "words 1": 40, "words 2": 40}


def test_two_programs_share_one_file(book: Daybook, calendar: Calendar) -> None:
    other = Daybook(book.file, 30, calendar)
    for one in (book, other, book):
        assert one.searched(search("night"))
    assert book.top(30)[0].times == other.top(30)[0].times == 3


def _rows(book: Daybook) -> bytes:
    with sqlite3.connect(book.file) as file:
        every = repr(file.execute("SELECT * FROM searches").fetchall()).encode()
    file.close()
    return every
