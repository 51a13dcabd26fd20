"""The answer as JSON: the contract of DESIGN.md section 7, key for key."""

from __future__ import annotations

import json

from library.result import Expansion, FacetValue, Hit, Notice, Passage, SearchResult

HIT = Hit(
    "night-watch", "night-watch.fr", "fr", ("en", "fr"), "Veille <b>de</b> nuit", "guide", 2022, ("nightlife",),
    1.23456, pages=(Passage(3, "iii", "la nuit tombe", ((3, 7),)),), more_pages=4, sha256="a" * 64, abstract="Long.",
    places=("NL",), access="members",
)  # fmt: skip
RESULT = SearchResult(
    query="nuit", total=1, complete=0, editions=2, took_ms=1.23456, hits=(HIT,), correction="nuits",
    facets=(("topic", ()), ("language", (FacetValue("fr", "Français", 1, True, "parent"),))),
    expanded=(Expansion("nuit", "nightlife", ("nightlife", "Nachtleben")),), notices=(Notice("notice.literal"),),
)  # fmt: skip


def test_the_object_is_the_contract_key_for_key() -> None:
    assert RESULT.as_json() == {
        "query": "nuit",
        "total": 1,
        "editions": 2,
        "took_ms": 1.23,
        "relaxed": True,
        "correction": "nuits",
        "expanded": [{"term": "nuit", "topic": "nightlife", "labels": ["nightlife", "Nachtleben"]}],
        "hits": [
            {
                "work": "night-watch",
                "edition": "night-watch.fr",
                "language": "fr",
                "languages": ["en", "fr"],
                "title": "Veille <b>de</b> nuit",
                "kind": "guide",
                "year": 2022,
                "topics": ["nightlife"],
                "score": 1.2346,
                "pages": [{"number": 3, "label": "iii", "text": "la nuit tombe", "marks": [[3, 7]]}],
            }
        ],
        "facets": {"topic": [], "language": [{"value": "fr", "label": "Français", "count": 1, "selected": True}]},
    }


def test_the_object_is_json_and_nothing_is_lost() -> None:
    assert json.loads(json.dumps(RESULT.as_json())) == RESULT.as_json()


def test_no_answer_has_every_key_all_the_same() -> None:
    empty = SearchResult("", 0, 0, 0, 0.0, (), ()).as_json()
    assert empty.keys() == RESULT.as_json().keys()
    assert (empty["correction"], empty["hits"], empty["facets"]) == (None, [], {})


def test_a_facet_is_found_by_its_name() -> None:
    assert RESULT.facet("language")[0].label == "Français"
    assert RESULT.facet("flavour") == ()
