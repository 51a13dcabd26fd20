"""Which values of a facet are shown at once."""

from __future__ import annotations

from library.result import FacetValue
from library.ui.facet_rows import AT_ONCE, Rows, arranged


def flat(count: int, *selected: int) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(str(n), str(n), count - n, n in selected) for n in range(count))


def tree(roots: int, children: int, *selected: str) -> tuple[FacetValue, ...]:
    values: list[FacetValue] = []
    for root in range(roots):
        values.append(FacetValue(f"{root}", f"{root}", 9, f"{root}" in selected))
        names = [f"{root}.{child}" for child in range(children)]
        values += [FacetValue(name, name, 1, name in selected, parent=f"{root}") for name in names]
    return tuple(values)


def shown(rows: Rows) -> list[str]:
    return [row.value.value for row in rows.shown]


def test_a_short_list_is_shown_whole() -> None:
    rows = arranged(flat(AT_ONCE + 1))
    assert len(rows.shown) == AT_ONCE + 1
    assert rows.more == ()


def test_a_long_list_waits_behind_more_but_never_what_is_selected() -> None:
    rows = arranged(flat(20, 15, 3))
    assert shown(rows) == ["3", "15", "0", "1", "2", "4", "5", "6"]
    assert len(rows.shown) + len(rows.more) == 20


def test_many_selected_values_are_all_shown() -> None:
    rows = arranged(flat(20, *range(12)))
    assert len(rows.shown) == 12


def test_a_small_tree_is_shown_whole_and_moved_in() -> None:
    rows = arranged(tree(2, 2), tree=True)
    assert [(row.value.value, row.depth) for row in rows.shown] == [
        ("0", 0), ("0.0", 1), ("0.1", 1), ("1", 0), ("1.0", 1), ("1.1", 1),
    ]  # fmt: skip


def test_a_large_tree_shows_its_top_and_the_branches_chosen_in() -> None:
    rows = arranged(tree(4, 3, "2.1"), tree=True)
    assert shown(rows) == ["0", "1", "2", "2.0", "2.1", "2.2", "3"]
    captions = [row.value.value for row in rows.more if row.caption]
    assert captions == ["0", "1", "3"]
    boxes = [row.value.value for row in (*rows.shown, *rows.more) if not row.caption]
    assert len(boxes) == len(set(boxes)) == 16


def test_the_commonest_branches_of_a_long_tree_are_shown_in_their_order() -> None:
    roots = [FacetValue(f"{n}", f"{n}", n, parent="") for n in range(12)]
    rows = arranged((*roots, FacetValue("3.0", "3.0", 1, parent="3")), tree=True)
    assert shown(rows) == [str(n) for n in range(4, 12)]
    assert [(row.value.value, row.depth, row.caption) for row in rows.more] == [
        ("0", 0, False), ("1", 0, False), ("2", 0, False), ("3", 0, False), ("3.0", 1, False),
    ]  # fmt: skip


def test_countries_hold_their_cities() -> None:
    values = [FacetValue("NL", "Netherlands", 3), FacetValue("FR", "France", 2)]
    cities = [FacetValue("FR/Paris", "Paris", 2, parent="FR"), FacetValue("NL/Den Haag", "Den Haag", 1, parent="NL")]
    rows = arranged((*values, *cities), tree=True)
    assert [(row.value.value, row.depth) for row in rows.shown] == [
        ("NL", 0), ("NL/Den Haag", 1), ("FR", 0), ("FR/Paris", 1),
    ]  # fmt: skip


def test_a_value_whose_parent_is_not_there_stands_at_the_top() -> None:
    rows = arranged((FacetValue("a", "a", 1, parent="gone"),), tree=True)
    assert [(row.value.value, row.depth) for row in rows.shown] == [("a", 0)]
