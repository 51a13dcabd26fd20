"""The verbs of the search server, on a real OpenSearch."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from library.engines.opensearch.place import Place
from library.engines.opensearch.server import Server
from library.errors import EngineUnavailable, IndexOutOfDate

EVERYTHING: dict[str, Any] = {"query": {"match_all": {}}, "size": 0, "track_total_hits": True}
LAYOUT: dict[str, Any] = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1},
    "mappings": {"dynamic": "strict", "properties": {"text": {"type": "text"}, "number": {"type": "integer"}}},
}


@pytest.fixture
def server(opensearch: str, tmp_path: Path) -> Iterator[Server]:
    """A server with a prefix of its own; what begins so is taken away afterwards."""
    opened = Server(Place.read(f"opensearch+{opensearch}/verbs-{uuid.uuid4().hex[:12]}", tmp_path))
    yield opened
    for index in opened.named(f"{opened.place.prefix}*"):
        opened.delete(index)
    opened.close()


@pytest.fixture
def alias(server: Server) -> str:
    """An alias with an empty index behind it."""
    server.create(f"{server.place.prefix}-1", LAYOUT)
    server.swap([{"add": {"index": f"{server.place.prefix}-1", "alias": server.place.prefix}}])
    return server.place.prefix


def document(index: str, number: int, text: str = "one") -> dict[str, Any]:
    return {"_op_type": "index", "_index": index, "_id": f"d{number}", "_source": {"text": text, "number": number}}


def held(server: Server, index: str) -> int:
    return int(server.search(index, EVERYTHING)["hits"]["total"]["value"])


def test_what_is_written_is_found_after_a_refresh(server: Server, alias: str) -> None:
    assert server.bulk(document(alias, number) for number in range(1_203)) == 1_203
    assert held(server, alias) == 0
    server.refresh(alias)
    assert held(server, alias) == 1_203


def test_documents_larger_than_a_parcel_arrive(server: Server, alias: str) -> None:
    long = "word " * 1_300_000
    assert server.bulk(document(alias, number, long) for number in range(2)) == 2
    server.refresh(alias)
    assert held(server, alias) == 2


def test_every_kind_of_action(server: Server, alias: str) -> None:
    server.bulk(document(alias, number) for number in range(3))
    server.bulk([
        {"_op_type": "delete", "_index": alias, "_id": "d0"},
        {"_op_type": "delete", "_index": alias, "_id": "was-never-there"},
        {"_op_type": "update", "_index": alias, "_id": "d1", "doc": {"number": 10}},
        {
            "_op_type": "update", "_index": alias, "_id": "d2",
            "script": {"source": "ctx._source.number += params.more", "params": {"more": 18}},
        },
        {"_op_type": "update", "_index": alias, "_id": "d3", "script": {"source": ""}, "upsert": {"number": 30}},
    ])  # fmt: skip
    server.refresh(alias)
    hits = server.search(alias, {"sort": ["number"]})["hits"]["hits"]
    assert [(hit["_id"], hit["_source"]["number"]) for hit in hits] == [("d1", 10), ("d2", 20), ("d3", 30)]


def test_texts_with_all_signs_come_back_as_they_were(server: Server, alias: str) -> None:
    text = 'Łódź \u2028 “ß” \U0001f308 \\ " \n \x00 العربية'
    server.bulk([document(alias, 1, text)])
    server.refresh(alias)
    assert server.search(alias, {})["hits"]["hits"][0]["_source"]["text"] == text


def test_a_document_that_is_refused_is_named_with_the_reason(server: Server, alias: str) -> None:
    odd = {"_index": alias, "_id": "odd-one", "colour": "red"}
    with pytest.raises(EngineUnavailable, match=r"“odd-one” .*colour") as caught:
        server.bulk([document(alias, 1), odd, document(alias, 2)])
    assert server.shown in caught.value.message


def test_writing_never_makes_an_index(server: Server, alias: str) -> None:
    missing = f"{alias}-not-there"
    with pytest.raises(IndexOutOfDate, match="there is no index"):
        server.bulk([document(missing, 1)])
    assert server.named(f"{missing}*") == ()


def test_writing_to_an_alias_that_went_away_meanwhile_makes_no_index(server: Server, alias: str) -> None:
    def interrupted() -> Iterator[dict[str, Any]]:
        yield from (document(alias, number) for number in range(500))
        yield document(alias, 500)  # with this one the first parcel is full, and goes
        server.swap([{"remove": {"index": f"{alias}-1", "alias": alias}}])
        yield from (document(alias, number) for number in range(501, 600))

    with pytest.raises(IndexOutOfDate):
        server.bulk(interrupted())
    assert server.named(f"{alias}*") == (f"{alias}-1",)


def test_aliases_are_swapped_at_once(server: Server, alias: str) -> None:
    assert server.behind(alias) == (f"{alias}-1",)
    server.create(f"{alias}-2", LAYOUT)
    server.swap([
        {"add": {"index": f"{alias}-2", "alias": alias}},
        {"remove_index": {"index": f"{alias}-1"}},
    ])  # fmt: skip
    assert server.behind(alias) == (f"{alias}-2",)
    assert server.behind(f"{alias}*") == (f"{alias}-2",)
    assert server.named(f"{alias}-*") == (f"{alias}-2",)
    assert server.behind(f"{alias}-2") == ()  # an index, and no alias


def test_an_index_is_made_as_its_template_says(server: Server, alias: str) -> None:
    name = f"{alias}-of-template"
    server.put_template(name, {"index_patterns": [f"{name}-*"], "template": LAYOUT, "priority": 500})
    try:
        server.create(f"{name}-1")
        with pytest.raises(EngineUnavailable, match="colour"):
            server.bulk([{"_index": f"{name}-1", "_id": "odd", "colour": "red"}])
    finally:
        server.ask(lambda client: client.indices.delete_index_template(name=name))


def test_several_searches_are_answered_in_their_order(server: Server, alias: str) -> None:
    server.bulk(document(alias, number) for number in range(3))
    server.refresh(alias)
    bodies = [{"query": {"range": {"number": {"lt": number}}}} for number in range(4)]
    answers = server.searches([(alias, body) for body in bodies])
    assert [answer["hits"]["total"]["value"] for answer in answers] == [0, 1, 2, 3]


def test_a_point_in_time_does_not_see_what_comes_after(server: Server, alias: str) -> None:
    server.bulk([document(alias, 1)])
    server.refresh(alias)
    with server.point_in_time(alias) as point:
        server.bulk([document(alias, 2)])
        server.refresh(alias)
        pinned = {**EVERYTHING, "pit": {"id": point}}
        assert server.search(None, pinned)["hits"]["total"]["value"] == 1
    assert held(server, alias) == 2
    with pytest.raises(EngineUnavailable, match="let go of what was being read"):
        server.search(None, pinned)


def test_a_point_in_time_that_is_gone_can_be_left(server: Server, alias: str) -> None:
    with server.point_in_time(alias) as point:
        server.ask(lambda client: client.delete_pit(body={"pit_id": [point]}))


def test_what_is_not_there_is_out_of_date(server: Server) -> None:
    name = f"{server.place.prefix}-none"
    for ask in (
        lambda: server.search(name, {}),
        lambda: server.searches([(name, {})]),
        lambda: server.refresh(name),
        lambda: server.point_in_time(name).__enter__(),
    ):
        with pytest.raises(IndexOutOfDate, match=f"“{name}”") as caught:
            ask()
        assert caught.value.remedy == "run: library index"
    assert server.behind(name) == server.named(f"{name}*") == ()
    server.delete(name)


def test_a_query_that_nobody_understands_is_an_error(server: Server, alias: str) -> None:
    odd: dict[str, Any] = {"query": {"odd": {}}}
    with pytest.raises(EngineUnavailable, match=r"unknown query \[odd\]"):
        server.search(alias, odd)
    with pytest.raises(EngineUnavailable, match=r"unknown query \[odd\]"):
        server.searches([(alias, EVERYTHING), (alias, odd)])


def test_a_shard_that_is_missing_makes_no_half_answer(server: Server, alias: str) -> None:
    # Half of this index can be nowhere: no node has such a name.
    name = f"{alias}-lame"
    lame = {**LAYOUT["settings"], "index.routing.allocation.require._name": "nobody"}
    server.ask(lambda client: client.indices.create(index=name, body={"settings": lame}, wait_for_active_shards=0))
    both = f"{alias},{name}"
    quick = Server(server.place, pauses=(0.01,))
    with pytest.raises(EngineUnavailable, match="in trouble"):
        quick.search(both, EVERYTHING)
    with pytest.raises(EngineUnavailable, match="in trouble"):
        quick.searches([(both, EVERYTHING)])
    quick.close()


def test_many_threads_ask_at_once(server: Server, alias: str) -> None:
    server.bulk(document(alias, number) for number in range(20))
    server.refresh(alias)
    bodies = [{"query": {"range": {"number": {"lt": number % 20}}}} for number in range(200)]
    with ThreadPoolExecutor(24) as pool:
        counts = list(pool.map(lambda body: server.search(alias, body)["hits"]["total"]["value"], bodies))
    assert counts == [number % 20 for number in range(200)]
