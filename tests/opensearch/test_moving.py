"""A running library moves to OpenSearch as docs/scaling.md says; and a rebuild never shows a half of a library."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from library.access import Role, User
from library.engine_address import EXAMPLE
from library.ingest import Stated
from library.library import Library
from library.request import SearchRequest, Sort
from library.result import SearchResult
from tests.opensearch.libraries import moved, room_for_one
from tests.papers import COUNCIL, paper
from tests.test_docs import ROOT, run_all

SECTION = "How to move a running library over without downtime"
MEMBER = User(Role.MEMBER)
NEW_WORK = "council-in-the-square"
QUESTIONS = tuple(
    SearchRequest.build(query, filters=filters, sort=sort, reader=reader)
    for query, filters, sort, reader in (
        ("", {}, Sort.RELEVANCE, ""),
        ("", {"language": ["fr"], "topic": ["nightlife"]}, Sort.TITLE, "fr"),
        ("city council", {}, Sort.RELEVANCE, "en"),
        ("noise and lighting of the square", {}, Sort.RELEVANCE, "en"),
        ("nightlife", {}, Sort.RELEVANCE, "en"),
        ("vie nocturne", {"language": ["fr", "en"]}, Sort.RELEVANCE, "fr"),
        ('"public space"', {}, Sort.RELEVANCE, "en"),
        ("stad* NOT topic:sport", {"language": ["nl"]}, Sort.NEWEST, "nl"),
        ("drone police football women", {}, Sort.RELEVANCE, "en"),
        ("securite des femmes la nuit", {}, Sort.RELEVANCE, "fr"),
    )
)  # fmt: skip
REBUILDS = 5
BREATH = 0.02
"""Seconds between two questions: others use the machine too."""

Told = tuple[object, ...]


def test_a_running_library_is_moved_as_the_page_says(demo_root: Path, tmp_path: Path, opensearch: str) -> None:
    """It answers all the time; what is published after the first look is there after the second."""
    old = running(demo_root, tmp_path / "library")
    with room_for_one(opensearch) as engine, Library.open(old) as before:
        making, trying, again, back = commands(tmp_path, engine)
        with asked_all_the_time(before) as seen:
            assert "0 unchanged, 0 files read" in typed(making, tmp_path)
            assert "drones-ai-public-space" not in typed(trying, tmp_path)
            with Library.open(tmp_path / "library-next") as after:
                assert answers(after) == answers(before)
                first = answers(before)
                publish(before, tmp_path)
                assert answers(after) == first != answers(before)
                assert "1 editions indexed" in typed(again, tmp_path)
                assert answers(after) == answers(before)
                last = answers(after)
        seen.may_be(first, last)
        assert "0 editions indexed, 0 dropped" in typed(back, tmp_path)


def test_a_rebuild_never_shows_a_half(demo_root: Path, tmp_path: Path, opensearch: str) -> None:
    with room_for_one(opensearch) as engine, Library.open(moved(demo_root, tmp_path / "next", engine)) as library:
        library.index()
        whole = answers(library)
        with asked_all_the_time(library, breath=0.0) as seen:
            many = 0
            while many < REBUILDS or seen.asked < 2 * len(QUESTIONS):
                library.index(rebuild=True)
                many += 1
        seen.may_be(whole)


def running(demo_root: Path, folder: Path) -> Path:
    """A library as one is that has been served for long: with the folders of its desk, and with settings."""
    shutil.copytree(demo_root, folder)
    for name in ("private", "arrivals"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "library.toml").write_text('name = "Our library"\n\n[sign_in]\nway = "accounts"\n', encoding="utf-8")
    return folder


def commands(folder: Path, engine: str) -> tuple[list[str], list[str], list[str], list[str]]:
    """What the page says to type, with its folders and its address filled in: the four times of it."""
    page = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", page.partition(f"## {SECTION}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    block = re.search(r"```text\n(.*?)```", section, re.DOTALL)
    assert block is not None and section.count(f"opensearch+https://ada@{EXAMPLE.partition('//')[2]}") == 1
    single = re.findall(r"`(library --root [^`]+)`", section)
    assert [command.split()[3] for command in single] == ["search", "check", "index", "index"]
    told = (block[1].splitlines(), single[:2], single[2:3], single[3:])
    filled = [[_filled(line.strip(), folder, engine) for line in lines] for lines in told]
    return filled[0], filled[1], filled[2], filled[3]


def _filled(line: str, folder: Path, engine: str) -> str:
    return re.sub(r'opensearch\+https://[^"]+', engine, line).replace("/srv/", f"{folder}/")


def typed(lines: list[str], folder: Path) -> str:
    """What commands print that are typed one after the other; each does what it should."""
    results = run_all(lines, folder)
    assert [code for code, _ in results] == [0] * len(lines), results
    return "".join(output for _, output in results)


def publish(library: Library, folder: Path) -> None:
    """Staff add a work to a library that runs."""
    stated = Stated(work=NEW_WORK, language="en")
    report = library.add([paper(folder / "council.pdf", COUNCIL, title="The council in the square")], stated)
    assert [added.work.id for added in report.added] == [NEW_WORK]


def answers(library: Library) -> dict[SearchRequest, Told]:
    """What a library answers to every question."""
    return {question: told(library.search(question, MEMBER)) for question in QUESTIONS}


def told(result: SearchResult) -> Told:
    """All of an answer but how long it took and how much its works scored."""
    hits = [(hit.work, hit.edition, hit.title, hit.pages, hit.more_pages) for hit in result.hits]
    counts = (result.total, result.complete, result.editions, result.facets)
    return (*counts, tuple(hits), result.correction, result.expanded, result.notices)


class Seen:
    """What a reader was told who asked all the time."""

    def __init__(self) -> None:
        self.answers: set[tuple[SearchRequest, Told]] = set()
        self.asked = 0

    def note(self, question: SearchRequest, answer: Told) -> None:
        """An answer that came."""
        self.answers.add((question, answer))
        self.asked += 1

    def may_be(self, *allowed: dict[SearchRequest, Told]) -> None:
        """Every answer was one of these, and every question was asked."""
        assert {question for question, _ in self.answers} == set(QUESTIONS)
        for question, answer in self.answers:
            assert answer in [one[question] for one in allowed]


@contextmanager
def asked_all_the_time(library: Library, breath: float = BREATH) -> Iterator[Seen]:
    """Another thread asks one question after the other; an error there is one here."""
    seen, enough = Seen(), Event()

    def ask() -> None:
        while not enough.wait(breath):
            question = QUESTIONS[seen.asked % len(QUESTIONS)]
            seen.note(question, told(library.search(question, MEMBER)))

    with ThreadPoolExecutor(1) as reader:
        asking = reader.submit(ask)
        try:
            yield seen
        finally:
            enough.set()
            asking.result()
