"""What somebody may be typing: words that begin so, words that stand after others. Rules of `engines/completing.py`."""

from __future__ import annotations

from library.engines import Completion
from library.engines.completing import MOST_AFTER, MOST_BEGINNINGS, commonest, tried, worth_proposing
from library.engines.opensearch.asking import Asking
from library.engines.opensearch.clauses import within
from library.engines.opensearch.usage import used_words
from library.query import Phrase


def completions(asking: Asking, before: str, beginning: str, most: int) -> tuple[Completion, ...]:
    """The commonest words with this beginning, after the words before it when there are any: in three requests."""
    names = worth_proposing(asking.vocabulary.beginning(beginning, MOST_AFTER if before else MOST_BEGINNINGS))
    lanes = [asking.analysers[name] for name in asking.glance.lanes]
    if not before:
        last = tried(used_words(asking, names, asking.seen), lanes)
        return commonest(((one.works, Completion(one.word, one.works, one.languages)) for one in last), most)
    stands = within([asking.seen, asking.unscored.find(Phrase(before)).query])
    last = tried(used_words(asking, names, stands), lanes)
    words = [f"{before} {one.word}" for one in last]
    # Words that stand in one edition need not stand side by side.
    together = asking.works([asking.unscored.find(Phrase(text)).query for text in words])
    found = zip(last, words, together, strict=True)
    return commonest(((one.works, Completion(text, works, one.languages)) for one, text, works in found if works), most)
