"""A query of more words than a server takes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.engines import Batch
from library.engines.opensearch.failures import TooManyClauses
from library.engines.opensearch.place import Place
from library.engines.opensearch.searching import Searching
from library.engines.opensearch.server import Server
from library.engines.opensearch.shortening import shortened
from library.engines.opensearch_engine import OpenSearchEngine
from library.query import All, Not, Value, Word, parse
from library.request import SearchRequest
from tests.contract.toy import PUBLIC, entry

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "sv", "ro")
MANY = tuple(f"kw{number}" for number in range(60))


@pytest.fixture
def engine(opensearch: str, tmp_path: Path) -> Iterator[OpenSearchEngine]:
    """Sixty words in ten languages."""
    place = Place.read(f"opensearch+{opensearch}/many-{uuid.uuid4().hex[:12]}", tmp_path)
    engine = OpenSearchEngine(place)

    def fill(batch: Batch) -> None:
        for language in LANGUAGES:
            batch.put(entry("all", language, " ".join(MANY)))
            batch.put(entry("most", language, " ".join(MANY[:50]), date=20210000))

    engine.rebuild(fill)
    yield engine
    engine.close()
    server = Server(place)
    for index in server.named(f"{place.prefix}*"):
        server.delete(index)
    server.close()


def test_a_paragraph_is_answered_by_its_beginning(engine: OpenSearchEngine) -> None:
    node = parse(" ".join(MANY)).node
    request = SearchRequest.build(" ".join(MANY))
    with engine._asking(PUBLIC) as asking, pytest.raises(TooManyClauses):  # or this test would prove nothing
        Searching(asking, node, request).answer()
    answer = engine.search(node, request, PUBLIC)
    assert {hit.work for hit in answer.hits} == {"all", "most"}
    (works,) = engine.counts([node], PUBLIC)
    assert works >= 1


def test_half_of_the_words_go_and_the_rest_stays() -> None:
    words = tuple(map(Word, "abcde"))
    filters = (Value("topic", "drugs"), Not(Word("x")))
    every = [node.parts for node in shortened(All((*words, *filters))) if isinstance(node, All)]
    assert every == [(*words[:many], *filters) for many in (5, 3, 2, 1)]


def test_a_single_word_is_not_shortened() -> None:
    assert list(shortened(Word("a"))) == [Word("a")]
