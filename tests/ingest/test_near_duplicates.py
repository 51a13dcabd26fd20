"""Near-duplicates: the exact share, excerpts, what differs; and that signatures are made anew when they are gone."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.analysis import folded_words
from library.formats.page_store import PageStore
from library.ingest import Stated
from library.ingest.near_duplicates import THRESHOLD, Known, Likeness, NearDuplicate, NearDuplicates
from library.ingest.report import read_report
from library.ingest.shingles import WORDS, Signatures, shingles
from library.library import Library
from library.model import Page
from tests.papers import COUNCIL, paper

WORD = [f"word{number}" for number in range(4_000)]


def text(seed: int, sentences: int = 200) -> list[str]:
    """Sentences of a made-up text."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORD, k=12)).capitalize() + "." for _ in range(sentences)]


def pages(sentences: list[str], each: int = 20) -> tuple[str, ...]:
    return tuple(" ".join(sentences[start : start + each]) for start in range(0, len(sentences), each))


class Shelf:
    """Texts that are kept, each as an edition of a work of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = PageStore(folder / "pages")
        self.known: list[Known] = []

    def put(self, name: str, texts: tuple[str, ...]) -> None:
        digest = hashlib.sha256(name.encode()).hexdigest()
        self.store.put(digest, [Page(number, str(number), text) for number, text in enumerate(texts, 1)])
        self.known.append(Known(name, "en", digest))

    def find(self, texts: tuple[str, ...]) -> tuple[NearDuplicate, ...]:
        return NearDuplicates(Signatures(self.store, self.folder / "shingles")).find(texts, self.known)[0]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    for number in range(30):
        made.put(f"work-{number}", pages(text(number)))
    return made


def runs(texts: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The runs of four words, counted without any cleverness."""
    words = folded_words(" ".join(texts))
    return {words[place : place + WORDS] for place in range(len(words) - WORDS + 1)}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from("a b c d é Œuvre x9".split()), max_size=12).map(" ".join), max_size=5))
def test_every_run_is_counted_once(texts: list[str]) -> None:
    found = shingles(texts)
    assert len(found) == len(runs(tuple(texts)))
    assert list(found) == sorted(set(found.tolist()))


@pytest.mark.parametrize("changed", [0, 2, 10])
def test_the_share_is_exact_and_the_changes_are_shown(shelf: Shelf, changed: int) -> None:
    old = text(7)
    new = [f"Another sentence, number {place} of them." if place < changed else s for place, s in enumerate(old)]
    (found,) = shelf.find(pages(new, each=33))  # set on other pages
    ours, theirs = runs(pages(new)), runs(pages(old))
    assert found.likeness is Likeness.SAME and found.work == "work-7"
    assert found.shared == pytest.approx(len(ours & theirs) / len(ours | theirs), abs=1e-4)
    assert found.shared >= THRESHOLD
    if changed:
        assert len(found.differences) == min(changed, 5)
        first = found.differences[0]
        assert first.new is not None and first.known is not None
        assert (first.new.page, first.new.text) == (1, "Another sentence, number 0 of them.")
        assert (first.known.page, first.known.text) == (1, old[0])
    else:
        assert found.differences == ()


def test_an_excerpt_and_what_it_was_taken_from_are_told(shelf: Shelf) -> None:
    (part,) = shelf.find(pages(text(7)[50:90]))
    assert (part.work, part.likeness) == ("work-7", Likeness.PART)
    assert part.shared < THRESHOLD <= part.contained
    (whole,) = shelf.find(pages(text(7) + text(99, 150)))
    assert (whole.work, whole.likeness) == ("work-7", Likeness.WHOLE)


def test_other_texts_are_not_told(shelf: Shelf) -> None:
    assert shelf.find(pages(text(77))) == ()
    half = text(7)[:100] + text(55, 100)
    assert shelf.find(pages(half)) == ()
    assert shelf.find(()) == ()
    assert shelf.find(("A cover.",)) == ()


def test_lost_or_damaged_signatures_are_made_again(shelf: Shelf) -> None:
    expected = shelf.find(pages(text(7)))
    kept = sorted((shelf.folder / "shingles").iterdir())
    assert len(kept) == len(shelf.known)
    before = [path.read_bytes() for path in kept]
    for number, path in enumerate(kept):
        path.write_bytes((b"", before[number][:-1], b"x" * len(before[number]), before[number - 1])[number % 4])
    kept[0].unlink()
    found = shelf.find(pages(text(7)))
    assert found == expected
    assert [path.read_bytes() for path in kept[:3]] == before[:3]


def test_more_text_found_since_counts(shelf: Shelf) -> None:
    shelf.put("scan", ("",) * 10)
    assert shelf.find(pages(text(200))) == ()
    shelf.put("scan", pages(text(200)))  # as OCR does
    assert [one.work for one in shelf.find(pages(text(200)))] == ["scan"]


def test_adding_tells_of_it_and_keeps_a_report(empty_root: Path, tmp_path: Path) -> None:
    body = " ".join(f"{COUNCIL} Measure number {number} was discussed at length." for number in range(8))
    first = paper(tmp_path / "first.pdf", body)
    second = paper(tmp_path / "second.pdf", body.replace("number 3", "number three"))
    with Library.open(empty_root) as library:
        report = library.add([first, second], Stated())
        one, other = report.added
        (near,) = other.near_duplicates
        assert (near.work, near.likeness) == (one.work.id, Likeness.SAME)
        (said,) = [warned.message for warned in report.warnings if warned.message.startswith("near-duplicate: ")]
        assert said == f"near-duplicate: {near.shared:.0%} of its text is the same as in “{one.work.id}” (en)"
        assert said in [warned["message"] for warned in report.as_json()["warnings"]]  # type: ignore[attr-defined]
        for added in report.added:
            kept = read_report(library.catalogue.folder / added.work.id, added.work.editions[0].sha256)
            assert (kept.damaged, kept.near_duplicates) == ("", added.near_duplicates)
            assert (kept.description, kept.source) == (added.description, added.path.name)
        assert library.check() == ()
