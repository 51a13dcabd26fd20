"""Real sentences in eight languages, taken at run time from the PDFs of a folder; nothing of them is kept here.

benchmarks/collect.sh gathers open documentation that serves. The language is told page by page from the text itself,
so the names of files and folders do not matter.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from library.describe.language import LanguageIdentifier
from library.errors import UnreadableFile
from library.formats import Limits, Nursery, Reading, from_json

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl")
MOST = 4_000
"""Sentences kept of one language."""
FEWEST = 100
"""With fewer than this a language repeats itself too much to stand for anything."""
SHARE = 0.9
"""Part of a page's letters that one language must hold."""

Bank = Mapping[str, tuple[str, ...]]
"""Language to its sentences."""

_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[\"“«¿¡]?[^\W\d_a-zàáâäçèéêëìíîïñòóôöùúûüąćęłńóśźż])")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")


def gather(folder: Path) -> Bank:
    """The sentences of every PDF in a folder and those below it. SystemExit when a language is missing."""
    found: dict[str, dict[str, None]] = {language: {} for language in LANGUAGES}
    identifier = LanguageIdentifier.open()
    for reading in _readings(sorted(folder.rglob("*.pdf"))):
        texts = [page.text for page in reading.pages]
        for text, shares in zip(texts, identifier.identify(texts).pages, strict=True):
            language, share = shares[0] if shares else ("", 0.0)
            if share >= SHARE and language in found and len(found[language]) < MOST:
                found[language].update(dict.fromkeys(sentences(text)))
    short = [language for language, kept in found.items() if len(kept) < FEWEST]
    if short:
        sys.exit(f"fewer than {FEWEST} sentences in {', '.join(short)}: add PDFs in these languages to {folder}")
    return {language: tuple(kept)[:MOST] for language, kept in found.items()}


def sentences(text: str) -> Iterator[str]:
    """The sentences of a page that are whole, of a usual length, and words rather than figures or code."""
    plain = " ".join(_HYPHEN.sub("", unicodedata.normalize("NFC", text)).split())
    for sentence in _END.split(plain):
        words = _WORD.findall(sentence)
        letters = sum(map(len, words))
        if 6 <= len(words) <= 45 and sentence[-1] in ".!?" and letters >= 0.75 * len(sentence):
            yield sentence


def _readings(files: list[Path]) -> Iterator[Reading]:
    with Nursery() as nursery:
        for path in files:
            try:
                yield from_json(nursery.run(path, Limits()))
            except UnreadableFile as refusal:
                print(f"left out: {path.name}: {refusal.message}", file=sys.stderr)
