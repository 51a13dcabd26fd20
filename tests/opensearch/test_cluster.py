"""Three OpenSearch nodes that hold one library: what is asked and written goes on, and nothing is lost, without one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from urllib.request import urlopen

from library.access import Role, User, visible_to
from library.engines import Engine
from library.engines.opensearch.place import Place
from library.engines.opensearch_engine import OpenSearchEngine
from library.request import SearchRequest, Sort
from tests.contract.made_up import Change, made_up
from tests.contract.oracle import Oracle
from tests.contract.test_oracle import Held, compare, write
from tests.opensearch.node import LEAN, Node, launch
from tests.opensearch.shared_server import required
from tests.ports import free_port

NAMES = ("one", "two", "three")
GROUPS = 13
"""Of up to seven works: fewer than a page shows, which `compare` looks at whole."""
REQUESTS = tuple(
    SearchRequest.build(query, filters=filters, sort=sort, reader=reader, per_page=7)
    for query, filters, sort, reader in (
        ("", {}, Sort.RELEVANCE, ""),
        ("", {"topic": ["a", "none"], "year": ["2019..2020"]}, Sort.TITLE, "fr"),
        ("police", {}, Sort.RELEVANCE, ""),
        ("night policy harm", {"language": ["de", "en"]}, Sort.NEWEST, "de"),
        ('"ville école" OR städte', {}, Sort.RELEVANCE, "fr"),
        ("cit* AND NOT topic:a", {"place": ["NL"]}, Sort.TITLE, ""),
        ("polixe~ (harm OR title:night)", {}, Sort.NEWEST, "en"),
    )
)  # fmt: skip

Cluster = dict[str, Node]


def test_a_library_on_three_nodes_does_without_any_one_of_them(tmp_path: Path) -> None:
    """A node is killed while searches go on; then there are changes; it comes back with its data, and another goes."""
    required()
    with three(tmp_path) as nodes:
        gone, asked, other = away_and_asked(nodes)
        with closing(opened(nodes[asked], tmp_path)) as engine:
            held = write(engine, {}, works("first"), anew=True)
            assert len(held) > 100
            green(nodes[asked])
            check(engine, held)
            while_asked(engine, held, nodes[gone])
            held = write(engine, held, works("second", range(4, 8)), anew=False)
            check(engine, held)
            nodes[gone] = start_again(nodes[gone], gone, tmp_path, nodes)
            green(nodes[asked])
            check(engine, held)
        with closing(opened(nodes[gone], tmp_path)) as engine:
            while_asked(engine, held, nodes[other])
            held = write(engine, held, works("third", range(2, 5)), anew=False)
            check(engine, held)


@contextmanager
def three(folder: Path) -> Iterator[Cluster]:
    """A cluster of three, each with a folder, and all gone afterwards."""
    seeds = {name: f"127.0.0.1:{free_port()}" for name in NAMES}
    nodes = {name: begin(folder, name, seed, list(seeds.values())) for name, seed in seeds.items()}
    try:
        for node in nodes.values():
            node.wait()
        yield nodes
    finally:
        for node in nodes.values():
            node.kill()


def begin(folder: Path, name: str, transport: str, seeds: list[str], port: int = 0) -> Node:
    """A node that begins to start."""
    return launch(folder / name, name, port, transport, seeds, (*LEAN, "-Xmx400m"))


def start_again(node: Node, name: str, folder: Path, nodes: Cluster) -> Node:
    """The same node once more, with the data it left."""
    again = begin(folder, name, node.transport, [n.transport for n in nodes.values()], int(node.address.split(":")[-1]))
    again.wait()
    return again


def away_and_asked(nodes: Cluster) -> tuple[str, str, str]:
    """The node that leads the others, which is the worst one to lose, and the two that are to do without it."""
    with urlopen(f"{nodes['one'].address}/_cat/cluster_manager?format=json", timeout=60) as answer:
        leader = json.load(answer)[0]["node"]
    first, second = (name for name in NAMES if name != leader)
    return leader, first, second


def green(node: Node) -> None:
    """Wait until three nodes hold every copy."""
    with urlopen(
        f"{node.address}/_cluster/health?wait_for_status=green&wait_for_nodes=3&timeout=180s", timeout=200
    ) as a:
        assert json.load(a)["timed_out"] is False


def opened(node: Node, folder: Path) -> OpenSearchEngine:
    """The engine, asking this node; three shards, and every node has a copy of each."""
    return OpenSearchEngine(Place.read(f"opensearch+{node.address}/library?shards=3&replicas=2", folder))


def works(seed: str, groups: range = range(GROUPS)) -> list[Change]:
    """Changes to many works: those of small made-up libraries, told apart by a number."""
    return [renamed(change, group) for group in groups for change in made_up(f"{seed} {group}", 14)]


def renamed(change: Change, group: int) -> Change:
    """The same change to a work of another name."""
    work = f"{change.work}-{group}"
    if change.editions is None:
        return Change(work, None)
    return Change(work, tuple(replace(one, edition=f"{work}.{one.language}", work=work) for one in change.editions))


def check(engine: Engine, held: Held) -> None:
    """All that is held is there, and every request has its right answer."""
    assert dict(engine.held()) == {one.edition: one.fingerprint for one in held.values()}
    oracle = Oracle(held.values())
    for request in REQUESTS:
        compare(engine, oracle, request, visible_to(User(Role.MEMBER)))


def while_asked(engine: Engine, held: Held, node: Node) -> None:
    """Kill a node while requests are compared, one after the other; all are answered, and rightly."""
    oracle, enough = Oracle(held.values()), Event()

    def ask() -> int:
        number = 0
        while not enough.is_set():
            compare(engine, oracle, REQUESTS[number % len(REQUESTS)], visible_to(User(Role.LIBRARIAN)))
            number += 1
        return number

    with ThreadPoolExecutor(1) as asking:
        answers = asking.submit(ask)
        node.kill()
        enough.wait(5)
        enough.set()
        assert answers.result() > 0
    check(engine, held)
