"""Words of the index that are spelt nearly like another one: the rules of `engines/spelling.py`, in four requests."""

from __future__ import annotations

from library.engines import Neighbour
from library.engines.opensearch.asking import Asking
from library.engines.opensearch.clauses import within
from library.engines.opensearch.usage import having, uses
from library.engines.spelling import ANY_FIRST, MOST_NEAR, nearest, other_beginnings, parts


def neighbours(asking: Asking, word: str, most: int) -> tuple[Neighbour, ...]:
    """What is spelt nearly like a folded word, in editions that may be found: the nearest, then the commonest."""
    letters = _candidates(asking, word)
    # Two words that were written as one stand in one edition.
    queries = [within([having(part) for part in words]) for words in letters]
    used = zip(letters.items(), uses(asking, queries, asking.seen), strict=True)
    found = (Neighbour(" ".join(words), many, use.works, use.languages) for (words, many), use in used if use.works)
    return nearest(found, most)


def _candidates(asking: Asking, word: str) -> dict[tuple[str, ...], int]:
    """Words of the index, and pairs of them that make the word together: after each the letters that differ."""
    vocabulary = asking.vocabulary
    found: dict[tuple[str, ...], int] = {(name,): many for many, name in vocabulary.distances(word)[:MOST_NEAR]}
    others = set(other_beginnings(word, vocabulary.first_letters() if len(word) >= ANY_FIRST else ()))
    pairs = list(parts(word))
    held = vocabulary.held({*others, *(part for pair in pairs for part in pair)})
    found |= {(name,): 1 for name in others & held}
    found.pop((word,), None)
    return found | {pair: 1 for pair in pairs if held.issuperset(pair)}
