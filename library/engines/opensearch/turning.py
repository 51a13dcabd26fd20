"""Pages far back in a long answer, beyond what OpenSearch shows by number: it is walked through from its beginning.

A point in time keeps the index as it was meanwhile, so that no work is passed over or met twice.
"""

from __future__ import annotations

from typing import Any

from library.engines.opensearch.asking import Asking
from library.engines.opensearch.schema import MOST_SHOWN, Json

KEPT = "1m"
"""How long the index is kept as it was after each step."""


def turned(asking: Asking, body: Json, start: int, many: int) -> list[Any]:
    """The hits of so many works from one on. `body` is a search of editions in order, the first of each work."""
    works: dict[str, Any] = {}
    step: Json = {key: value for key, value in body.items() if key != "collapse"}
    with asking.server.point_in_time(asking.alias, KEPT) as point:
        after: list[Any] | None = None
        while len(works) < start + many:
            walk = {"search_after": after} if after is not None else {}
            found = asking.server.search(
                None, {**step, **walk, "size": MOST_SHOWN, "pit": {"id": point, "keep_alive": KEPT}}
            )
            hits = found["hits"]["hits"]
            for hit in hits:
                works.setdefault(hit["fields"]["work"][0], hit)
            if len(hits) < MOST_SHOWN:
                break
            after = hits[-1]["sort"]
    return list(works.values())[start : start + many]
