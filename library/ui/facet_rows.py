"""Which values of a facet are shown at once, and which wait behind “more”."""

from __future__ import annotations

from dataclasses import dataclass

from library.result import FacetValue

AT_ONCE = 8
"""Values of a facet shown without asking."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a facet."""

    value: FacetValue
    depth: int = 0
    """How far it stands below the top of its tree."""
    caption: bool = False
    """Only names what the lines below it belong to; its own box stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of a facet."""

    shown: tuple[Row, ...]
    more: tuple[Row, ...] = ()


def arranged(values: tuple[FacetValue, ...], tree: bool = False) -> Rows:
    """The lines of a facet: what is selected is always among those shown."""
    if tree and any(value.parent for value in values):
        return _tree(values)
    if len(values) <= AT_ONCE + 1:  # "more" with one value behind it takes as much room as the value
        return Rows(tuple(Row(value) for value in values))
    first = [value for value in values if value.selected]
    rest = [value for value in values if not value.selected]
    at_once = max(AT_ONCE - len(first), 0)
    return Rows(tuple(Row(v) for v in (*first, *rest[:at_once])), tuple(Row(v) for v in rest[at_once:]))


def _tree(values: tuple[FacetValue, ...]) -> Rows:
    """A tree: the commonest of its top, and the branches somebody has chosen in; the rest behind “more”."""
    known = {value.value for value in values}
    below: dict[str, list[FacetValue]] = {}
    for value in values:
        below.setdefault(value.parent if value.parent in known else "", []).append(value)
    branches = [_branch(root, below, 0) for root in below.get("", ())]
    if len(values) <= AT_ONCE + 1:
        return Rows(tuple(row for branch in branches for row in branch))
    by_count = sorted(branches, key=lambda branch: -branch[0].value.count)
    commonest = {branch[0].value.value for branch in by_count[:AT_ONCE]}
    shown: list[Row] = []
    more: list[Row] = []
    for branch in branches:
        if any(row.value.selected for row in branch):
            shown += branch
        elif branch[0].value.value not in commonest:
            more += branch
        else:
            shown.append(branch[0])
            more += [Row(branch[0].value, caption=True), *branch[1:]] if len(branch) > 1 else []
    return Rows(tuple(shown), tuple(more))


def _branch(root: FacetValue, below: dict[str, list[FacetValue]], depth: int) -> list[Row]:
    rows = [Row(root, depth)]
    for child in below.get(root.value, ()):
        rows += _branch(child, below, depth + 1)
    return rows
