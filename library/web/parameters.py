"""What stands behind the question mark of an address, read once and bounded."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from starlette.requests import Request

MOST = 1_000
"""Parameters that are looked at: no page needs as many, and anybody may write an address."""


def parameters(request: Request) -> Mapping[str, tuple[str, ...]]:
    """Each name with its values, in their order."""
    found: dict[str, list[str]] = {}
    for name, value in islice(request.query_params.multi_items(), MOST):
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}
