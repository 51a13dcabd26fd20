"""Text → terms, per language: the one place where words are found, folded and stemmed.

`tokenising` finds the words, `folding` takes off case and accents, `stop_lists` says which are not searched,
`stemming` brings the forms of a word together, and an `Analyser` does all of it for one language.
"""

from __future__ import annotations

from library.analysis.analyser import MAX_KNOWN, Analyser, Analysers, Folder
from library.analysis.folding import MAX_TERM, fold
from library.analysis.stop_lists import stop_words
from library.analysis.tokenising import STRIDE, folded_words, landmarks, spans, spans_at, tokens

ANALYSIS_VERSION = "4"
"""Part of the index stamp: raise it when any text would give other terms or other positions."""

__all__ = [
    "ANALYSIS_VERSION",
    "MAX_KNOWN",
    "MAX_TERM",
    "STRIDE",
    "Analyser",
    "Analysers",
    "Folder",
    "fold",
    "folded_words",
    "landmarks",
    "spans",
    "spans_at",
    "stop_words",
    "tokens",
]
