"""A query of more words than a server takes: its first half, and half of that, until it is short enough.

Such a query is a whole paragraph that somebody pasted. What is asked besides words, values and what is refused, stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from library.query import All, Node, word_parts


def shortened(node: Node) -> Iterator[Node]:
    """The query as it is, then with half of its words each time, down to one."""
    yield node
    parts = node.parts if isinstance(node, All) else ()
    words = word_parts(parts)
    while len(words) > 1:
        words = words[: (len(words) + 1) // 2]
        kept = set(words)
        yield All(tuple(part for part in parts if part in kept or part not in word_parts(parts)))
