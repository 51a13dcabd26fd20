"""Repairs of the characters that come out of a PDF: small and certain ones, nothing that guesses at words.

The order matters: line-end hyphens are judged after line ends are plain, accents after the text is composed.
"""

from __future__ import annotations

import re
import unicodedata

MAX_METADATA = 500
"""Characters kept of a title, an author or a heading: longer ones are no longer a name of anything."""

LONG_TOKEN = 25
"""Letters: a longer run is probably several words that lost the space between them."""

ACCENTS_FROM = 6.0
"""Loose accents per 1,000 characters: below it they are typed on purpose, as in a text about code."""

COMBINING = {
    "\u00a8": "\u0308",  # diaeresis
    "\u00af": "\u0304",  # macron
    "\u00b4": "\u0301",  # acute
    "\u00b8": "\u0327",  # cedilla
    "\u02c6": "\u0302",  # circumflex
    "\u02c7": "\u030c",  # caron
    "\u02d8": "\u0306",  # breve
    "\u02d9": "\u0307",  # dot above
    "\u02da": "\u030a",  # ring
    "\u02db": "\u0328",  # ogonek
    "\u02dc": "\u0303",  # tilde
    "\u02dd": "\u030b",  # double acute
    "`": "\u0300",
}
DOTLESS = {"ı": "i", "ȷ": "j"}

PDFIUM_HYPHEN_MARK = "\ufffe"
PDFIUM_HYPHEN = re.compile(f"{PDFIUM_HYPHEN_MARK}\\s*")
LINE_BREAK = re.compile("[\r\v\f\x85\u2028\u2029]")
SOFT_HYPHEN = re.compile("\u00ad[ \\t]*\n[ \\t]*(?=\\w)")
# Controls, surrogates, private use, characters that are none, and signs without width that would split a word.
# The joiners U+200C and U+200D stay: Persian and Indian scripts write with them.
NOISE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U000f0000-\U0010ffff]"
)
# The letter before is looked at last: starting with the hyphen is ten times faster.
LINE_END_HYPHEN = re.compile(r"[-\u2010]\n(?<=[^\W\d_].\n)(?=([^\W\d_]))", re.DOTALL)
LOOSE_ACCENT = re.compile(f"([{''.join(COMBINING)}])([^\\W\\d_])")
LONG_WORD = re.compile(rf"[^\W\d_]{{{LONG_TOKEN + 1},}}")
# Thai to Khmer, and East Asia: scripts whose words stand side by side without a space.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff]")
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x80-\x9f\ue000-\uf8ff\ufffd]")
# Cyrillic or Greek bytes taken for Western ones come out as rows of accented capitals and small letters.
WESTERN_ACCENTED = re.compile("[\u00c0-\u00ff]")


def repair(text: str) -> str:
    """The text of a page with its characters put right: hyphens at line ends, accents, invisible signs."""
    text = PDFIUM_HYPHEN.sub("", text)
    text = LINE_BREAK.sub("\n", text.replace("\r\n", "\n"))
    text = SOFT_HYPHEN.sub("", text)
    text = NOISE.sub("", text)
    text = unicodedata.normalize("NFC", text)
    text = LINE_END_HYPHEN.sub(_join_before_small_letter, text)
    return _attach_accents(text)


def glued(text: str) -> float:
    """How many words run into each other: tokens longer than 25 letters, per 1,000 words."""
    tokens = text.split()
    candidates = (LONG_WORD.search(token) for token in tokens if len(token) > LONG_TOKEN)
    long_ones = sum(1 for found in candidates if found and not UNSPACED.search(found.group()))
    return 1000 * long_ones / len(tokens) if tokens else 0.0


def doubtful(text: str) -> float:
    """The share of characters, from 0 to 1, that are probably not what is printed; for text before `repair`."""
    unreadable = len(UNREADABLE.findall(text))
    accented = len(WESTERN_ACCENTED.findall(text))
    letters = sum(len(word) for word in text.split()) - unreadable
    # No language written with Western letters comes near half of them accented.
    mistaken = accented if accented > letters / 2 else 0
    return (unreadable + mistaken) / (letters + unreadable) if letters + unreadable else 0.0


def letters_in(text: str, enough: int) -> int:
    """How many letters the text has; counting stops at `enough`, since a full page is the common case."""
    count = 0
    for character in text:
        if character.isalpha():
            count += 1
            if count == enough:
                break
    return count


def clean_metadata(text: str) -> str:
    """A title, name or heading on one line: without invisible signs, at most 500 characters."""
    # The cut comes twice: first so that a megabyte-long title costs nothing, then on what is left.
    text = LINE_BREAK.sub(" ", text[: MAX_METADATA * 20])
    text = unicodedata.normalize("NFC", NOISE.sub("", text))
    return " ".join(text.split())[:MAX_METADATA].rstrip()


def _join_before_small_letter(match: re.Match[str]) -> str:
    return "" if match.group(1).islower() else match.group()


def _attach_accents(text: str) -> str:
    """Old TeX fonts print an accent and its letter as two characters: `P´eld´ak` for `Példák`."""
    loose = len(LOOSE_ACCENT.findall(text))
    if not loose or 1000 * loose <= ACCENTS_FROM * len(text):
        return text
    return LOOSE_ACCENT.sub(_accented_letter, text)


def _accented_letter(match: re.Match[str]) -> str:
    accent, letter = match.groups()
    composed = unicodedata.normalize("NFC", DOTLESS.get(letter, letter) + COMBINING[accent])
    return composed if len(composed) == 1 else match.group()
