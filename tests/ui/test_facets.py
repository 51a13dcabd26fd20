"""The filters as markup: boxes with what they would choose, nothing of a record or an address in it as markup."""

from __future__ import annotations

from library.locales import load_texts
from library.request import SearchRequest
from library.result import FacetValue, SearchResult
from library.ui.facet_rows import AT_ONCE
from library.ui.facets import filters, filters_button
from tests.ui.test_cards import NASTY, Seen

EN, FR = load_texts("en"), load_texts("fr")


def answered(**facets: tuple[FacetValue, ...]) -> SearchResult:
    return SearchResult("", 12, 12, 14, 0.0, (), tuple(facets.items()))


def boxes(markup: str) -> dict[str, dict[str, str | None]]:
    """The boxes by what they choose."""
    found = [attributes for tag, attributes in Seen(markup).tags if tag == "input" and "data-facet" in attributes]
    return {f"{box['data-facet']}={box['data-value']}": box for box in found}


def test_a_box_says_what_it_chooses_and_whether_it_is_chosen() -> None:
    values = (
        FacetValue("youth", "Youth", 3, selected=True),
        FacetValue("sport", "Sport", 0),
        FacetValue("x", "X", 0, True),
    )
    found = boxes(filters(answered(topic=values), SearchRequest(), EN))
    assert set(found) == {"topic=youth", "topic=sport", "topic=x"}
    assert "checked" in found["topic=youth"]
    assert "disabled" in found["topic=sport"], "it would show nothing"
    assert "disabled" not in found["topic=x"], "what is chosen can be taken back"


def test_nothing_of_a_record_or_an_address_becomes_markup() -> None:
    values = tuple(FacetValue(NASTY + str(n), NASTY, n, n % 2 == 0) for n in range(30))
    asked = SearchRequest.build(NASTY, {"topic": [NASTY, "b"], "place": [NASTY]})
    seen = Seen(filters(answered(topic=values, place=values, language=values, year=values), asked, EN))
    assert {tag for tag, _ in seen.tags} <= {
        "aside", "h2", "fieldset", "legend", "label", "input", "bdi", "span", "details", "summary", "div", "button",
        "p",
    }  # fmt: skip
    for _, attributes in seen.tags:
        assert not [name for name in attributes if name.startswith("on")]


def test_every_box_has_an_id_of_its_own() -> None:
    values = tuple(FacetValue(f"{n}", f"{n}", n) for n in range(1, 30))
    parents = tuple(FacetValue(f"NL/{n}", f"{n}", n, parent="NL") for n in range(20))
    result = answered(language=values, kind=values, place=(FacetValue("NL", "NL", 9), *parents))
    ids = [attributes["id"] for _, attributes in Seen(filters(result, SearchRequest(), EN)).tags if "id" in attributes]
    assert len(ids) == len(set(ids)) > 60


def test_a_long_list_can_be_narrowed_and_a_short_one_cannot() -> None:
    long = tuple(FacetValue(f"{n}", f"{n}", 50 - n) for n in range(2 * AT_ONCE + 2))
    assert 'class="facet-filter"' in filters(answered(language=long), SearchRequest(), EN)
    assert 'class="facet-filter"' not in filters(answered(language=long[: AT_ONCE + 2]), SearchRequest(), EN)


def test_a_switch_puts_two_topics_together() -> None:
    values = FacetValue("a", "A", 1, True), FacetValue("b", "B", 1, True)
    one = SearchRequest.build(filters={"topic": ["a"]})
    two = SearchRequest.build(filters={"topic": ["a", "b"]})
    assert "all=topic" not in boxes(filters(answered(topic=values), one, EN)), "there is nothing to put together"
    assert "checked" not in boxes(filters(answered(topic=values), two, EN))["all=topic"]
    assert "checked" in boxes(filters(answered(topic=values), two.with_every("topic", True), EN))["all=topic"]
    alone = one.with_every("topic", True)
    assert "checked" in boxes(filters(answered(topic=values), alone, EN))["all=topic"], "what is on can be switched off"


def test_the_button_for_narrow_screens_says_how_many_are_in_force() -> None:
    asked = SearchRequest.build(filters={"topic": ["a", "b"], "kind": ["guide"]})
    assert Seen(filters_button(asked, EN)).text == "Filters 3"
    assert Seen(filters_button(SearchRequest(), FR)).text == "Filtres"
    assert "Show 12 works" in Seen(filters(answered(), SearchRequest(), EN)).text
