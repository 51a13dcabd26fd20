"""Kept pages come back as they were, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as some

from library.formats import OutlineEntry, page_store
from library.formats.covers import cover_path, put_cover
from library.formats.page_store import PageStore
from library.model import Page, TextSource

SHA = "a" * 64
OTHER = "0123456789abcdef" * 4
PAGES = (
    Page(1, "i", "Ville sûre\n", TextSource.TEXT_LAYER, ("fr", "en")),
    Page(2, "ii", "", TextSource.NONE),
    Page(3, "1", "Ασφάλεια 🏙 end", TextSource.OCR, ("el",)),
)
OUTLINE = (OutlineEntry("Début", 1, 0), OutlineEntry("Fin", 3, 1))


def test_pages_come_back(tmp_path: Path) -> None:
    store = PageStore(tmp_path / "pages")
    assert store.get(SHA) is None
    store.put(SHA, PAGES, OUTLINE)
    stored = store.get(SHA)
    assert stored is not None
    assert (len(stored), stored.numbers, stored.labels) == (3, (1, 2, 3), ("i", "ii", "1"))
    assert stored.languages == (("fr", "en"), (), ("el",))
    assert stored.sources == (TextSource.TEXT_LAYER, TextSource.NONE, TextSource.OCR)
    assert stored.outline == OUTLINE
    assert [stored.text(number) for number in stored.numbers] == [page.text for page in PAGES]
    assert stored.all_texts() == tuple(page.text for page in PAGES)
    assert stored.pages() == PAGES
    assert store.get(OTHER) is None


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_page_that_is_not_there(tmp_path: Path, number: int) -> None:
    store = PageStore(tmp_path)
    store.put(SHA, PAGES)
    stored = store.get(SHA)
    assert stored is not None
    with pytest.raises(KeyError):
        stored.text(number)


@given(some.lists(some.text(max_size=40), max_size=6))
def test_any_text_comes_back(texts: list[str]) -> None:
    pages = tuple(Page(number, str(number), text) for number, text in enumerate(texts, 1))
    with TemporaryDirectory() as folder:
        store = PageStore(Path(folder))
        store.put(SHA, pages)
        stored = store.get(SHA)
        assert stored is not None
        assert stored.pages() == pages


def test_a_later_reading_replaces_the_earlier(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    store.put(SHA, PAGES, OUTLINE)
    store.put(SHA, PAGES[:1])
    stored = store.get(SHA)
    assert stored is not None
    assert stored.pages() == PAGES[:1]
    assert stored.outline == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{SHA}.json", f"{SHA}.txt"], "nothing half-written"


def test_pages_of_another_extractor_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = PageStore(tmp_path)
    store.put(SHA, PAGES)
    monkeypatch.setattr(page_store, "EXTRACTOR_VERSION", "another")
    assert store.get(SHA) is None


@pytest.mark.parametrize(
    "damage",
    [
        {"offsets": [0, 5]},
        {"offsets": [0, 30, 20, 34]},
        {"offsets": [1, 12, 12, 34]},
        {"offsets": []},
        {"labels": ["1"]},
        {"sources": ["nowhere"] * 3},
        {"languages": 3},
        {"outline": [["title"]]},
        {"numbers": None},
    ],
)
def test_damaged_facts_count_as_nothing(tmp_path: Path, damage: dict[str, object]) -> None:
    store = PageStore(tmp_path)
    store.put(SHA, PAGES, OUTLINE)
    facts = tmp_path / f"{SHA}.json"
    facts.write_text(json.dumps(json.loads(facts.read_text()) | damage))
    assert store.get(SHA) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"\xff", b"[" * 100_000])
def test_facts_that_are_none_count_as_nothing(tmp_path: Path, content: bytes) -> None:
    store = PageStore(tmp_path)
    store.put(SHA, PAGES)
    (tmp_path / f"{SHA}.json").write_bytes(content)
    assert store.get(SHA) is None


def test_text_that_was_cut_or_lost_counts_as_nothing(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    store.put(SHA, PAGES)
    text = tmp_path / f"{SHA}.txt"
    text.write_bytes(text.read_bytes()[:-1])
    assert store.get(SHA) is None
    text.unlink()
    assert store.get(SHA) is None


def test_forgetting(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    store.put(SHA, PAGES)
    store.drop(SHA)
    store.drop(SHA)
    assert store.get(SHA) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["", "..", "../" * 20 + "etc", "A" * 64, "g" * 64, "a" * 63, "a" * 64 + "\n", "/" * 64]
)
def test_no_text_chooses_a_path(tmp_path: Path, name: str) -> None:
    store = PageStore(tmp_path)
    with pytest.raises(ValueError, match="sha256"):
        store.put(name, PAGES)
    with pytest.raises(ValueError, match="sha256"):
        store.get(name)
    with pytest.raises(ValueError, match="sha256"):
        store.drop(name)
    with pytest.raises(ValueError, match="sha256"):
        put_cover(tmp_path, name, b"cover")
    with pytest.raises(ValueError, match="sha256"):
        cover_path(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_covers_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "covers"
    assert cover_path(folder, SHA) is None
    kept = put_cover(folder, SHA, b"RIFF")
    assert kept == cover_path(folder, SHA) == folder / f"{SHA}.webp"
    assert kept is not None
    assert kept.read_bytes() == b"RIFF"


def test_no_cover_is_kept_of_a_page_that_was_not_drawn(tmp_path: Path) -> None:
    assert put_cover(tmp_path, SHA, b"") is None
    assert list(tmp_path.iterdir()) == []
