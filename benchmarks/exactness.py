"""Whether the counts are exact: totals of one-word questions against a count by hand over the same editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from corpus import Corpus
from ours import Ours
from queries import SAMPLE, Asked, Question, questions

from library.access import ANYONE, visible_to
from library.analysis import Analysers, tokens
from library.engines import Entry

EDITIONS = 1_000
CHECKED = 50
_ONE_WORD = (Asked.FREQUENT, Asked.RARE, Asked.EVERYWHERE)


def differences(scratch: Path, corpus: Corpus, editions: int) -> tuple[int, list[str]]:
    """How many questions were checked, and what is wrong, over the beginning of the library."""
    ours = Ours(scratch / "exactness", corpus)
    ours.build(corpus.entries(editions))
    ours.open()
    asked = _one_word(corpus)
    counted = by_hand(corpus.entries(editions), asked)
    found = [ours.total(question, visible_to(ANYONE)) for question in asked]
    ours.close()
    wrong = [
        f"{question.text}: {there} works and editions, by hand {right}"
        for question, there, right in zip(asked, found, counted, strict=True)
        if there != right
    ]
    return len(asked), wrong


def by_hand(entries: Iterable[Entry], asked: Sequence[Question]) -> list[tuple[int, int]]:
    """Works and editions that have a word, and that anyone may find, by reading all of them."""
    analysers = Analysers()
    wanted: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    met: list[set[tuple[str, str]]] = [set() for _ in asked]
    for entry in entries:
        if entry.access not in visible_to(ANYONE):
            continue
        analyser = analysers[entry.language]
        if entry.language not in wanted:
            for number, question in enumerate(asked):
                for term in analyser.terms(question.words[0]):
                    wanted[entry.language][term].add(number)
        words = {word for text in (entry.title, entry.abstract, *entry.subject, *entry.pages) for word in tokens(text)}
        terms = {term for word in words for term in analyser.terms(word)}
        for term in terms & wanted[entry.language].keys():
            for number in wanted[entry.language][term]:
                met[number].add((entry.work, entry.edition))
    return [(len({work for work, _ in found}), len(found)) for found in met]


def _one_word(corpus: Corpus) -> list[Question]:
    from_each = questions(corpus.entries(SAMPLE), 10 * CHECKED, seed=2)
    every = [question for question in from_each if question.kind in _ONE_WORD]
    return Random(2).sample(every, CHECKED)
