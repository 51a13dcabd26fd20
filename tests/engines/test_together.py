"""Many readers beside a writer: every answer is one that was right at some moment, and none is an exception."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from library.engines import Batch
from library.engines.whoosh_engine import WhooshEngine
from library.query import Phrase, Word
from library.request import SearchRequest
from tests.contract.toy import ALL, entry
from tests.engines.conftest import LEFT_OPEN

pytestmark = [pytest.mark.usefixtures("left_open"), *LEFT_OPEN]

READERS = 8
ROUNDS = 12


def put_words(number: int) -> Callable[[Batch], None]:
    """As many works as the number says, and one that is there always."""

    def fill(batch: Batch) -> None:
        batch.put(entry("always", "en", "harm reduction in the city"))
        for other in range(number):
            batch.put(entry(f"w{other}", "en", "zebra crossing"))

    return fill


def one_more(engine: WhooshEngine, number: int) -> None:
    with engine.batch() as batch:
        batch.put(entry(f"w{number}", "en", "zebra crossing"))


def built_anew(engine: WhooshEngine, number: int) -> None:
    engine.rebuild(put_words(number + 1))


@pytest.mark.parametrize("write", [one_more, built_anew])
@pytest.mark.parametrize("shared", [True, False], ids=["one engine", "an engine for each"])
def test_readers_beside_a_writer(
    engine: WhooshEngine, write: Callable[[WhooshEngine, int], None], shared: bool
) -> None:
    engine.rebuild(put_words(0))
    done = threading.Event()
    failed: list[BaseException] = []
    totals: list[list[int]] = [[] for _ in range(READERS)]

    def read(seen: list[int]) -> None:
        mine = engine if shared else WhooshEngine(engine._folder)
        try:
            while not done.is_set():
                assert mine.search(Phrase("harm reduction"), SearchRequest(), ALL).total == 1
                seen.append(mine.search(Word("zebra"), SearchRequest(), ALL).total)
        except BaseException as error:
            failed.append(error)
        finally:
            if not shared:
                mine.close()

    readers = [threading.Thread(target=read, args=(seen,)) for seen in totals]
    for reader in readers:
        reader.start()
    for number in range(ROUNDS):
        write(engine, number)
    done.set()
    for reader in readers:
        reader.join()
    assert failed == []
    for seen in totals:
        assert seen == sorted(seen)
        assert all(0 <= total <= ROUNDS for total in seen)
    assert engine.search(Word("zebra"), SearchRequest(), ALL).total == ROUNDS
