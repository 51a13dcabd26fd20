"""What stands for pages in a document that has none: its sections, each with a label that a person understands.

A chapter begins a page. So does any other heading, once the page has some paragraphs; a page that grows too long is
cut between two paragraphs. Nothing is left out, and nothing stands on two pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from library.errors import Reason, UnreadableFile
from library.formats.flow import Block, heading_size
from library.formats.reading import Limits, Line, OutlineEntry
from library.formats.text_repair import letters_in
from library.model import Page

SHORT = 600
"""Characters: a page with fewer goes on through headings below the first rank. About 100 words."""
LONG = 6_000
"""Characters: a page with more is cut, at about 1,000 words, which fill two printed pages."""
LONGEST_LABEL = 60
MAX_LINES = 200
MAX_HEADINGS = 5_000
HEADING_LIKE = 100
"""Characters: a longer line in bold type is emphasis, not a heading."""
FEWEST_LIKE = 2
_SEVERAL = re.compile(r"\n| \| ")
"""Between the lines of a paragraph, or the cells of a row."""
_SENTENCE_END = re.compile(r"(?<=[.!?…;:])\s|\s")


@dataclass(frozen=True, slots=True)
class Sections:
    """A document cut into pages."""

    pages: tuple[Page, ...]
    outline: tuple[OutlineEntry, ...]
    first_page: tuple[Line, ...]


def paged(name: str, blocks: Sequence[Block], limits: Limits) -> Sections:
    """The blocks of a document as pages with their outline; `UnreadableFile` when there is no text, or too much."""
    blocks = [piece for block in _with_headings(blocks) for piece in _cut(block)]
    if not any(letters_in(block.text, 1) for block in blocks):
        raise UnreadableFile(
            Reason.EMPTY,
            f"{name} holds no text, only pictures perhaps",
            "export it as PDF and add that: its pages can be shown, and read by OCR",
        )
    pages = _pages(blocks)
    if len(pages) > limits.pages:
        raise UnreadableFile(
            Reason.TOO_MANY_PAGES,
            f"{name} has {len(pages):,} sections; the library reads up to {limits.pages:,}",
            "add it in parts, or without the annexes",
        )
    labels = _labels(pages)
    texts = ("\n\n".join(block.text for block in page) for page in pages)
    numbered = enumerate(zip(labels, texts, strict=True), 1)
    return Sections(
        tuple(Page(number, label, text) for number, (label, text) in numbered),
        _outline(pages),
        tuple(Line(line, block.size) for block in pages[0] for line in block.text.split("\n"))[:MAX_LINES],
    )


def _with_headings(blocks: Sequence[Block]) -> Sequence[Block]:
    """The same blocks; where nobody marked headings, short lines in bold type that stand before text are taken."""
    if any(block.level for block in blocks):
        return blocks
    like = [
        block.bold
        and len(block.text) <= HEADING_LIKE
        and letters_in(block.text, 3) == 3
        and not _SEVERAL.search(block.text)
        for block in blocks
    ]
    # Of several in a row the last one heads the text: those before it are the title and what belongs to it.
    heads = [each and not after for each, after in zip(like, [*like[1:], True], strict=False)]
    if sum(heads) < FEWEST_LIKE:
        return blocks
    return [
        replace(block, level=1, size=max(block.size, heading_size(7))) if head else block
        for block, head in zip(blocks, heads, strict=True)
    ]


def _cut(block: Block) -> list[Block]:
    """A paragraph in pieces that fit a page, cut after sentences or at least between words."""
    pieces: list[Block] = []
    text = block.text
    while len(text) > LONG:
        ends = [found.start() for found in _SENTENCE_END.finditer(text, LONG // 2, LONG) if found.start()]
        after_sentence = [end for end in ends if text[end - 1] in ".!?…;:"]
        end = (after_sentence or ends or [LONG])[-1]
        pieces.append(replace(block, text=text[:end].rstrip(), opens=block.opens and not pieces))
        text = text[end:].lstrip()
    return [*pieces, replace(block, text=text, opens=block.opens and not pieces)] if text else pieces


def _pages(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks, page by page."""
    first_rank = min((block.level for block in blocks if block.level), default=0)
    pages: list[list[Block]] = []
    length = 0
    for block in blocks:
        if not pages or _begins_page(block, pages[-1], length, first_rank):
            pages.append([])
            length = 0
        pages[-1].append(block)
        length += len(block.text) + 2
    return pages


def _begins_page(block: Block, page: Sequence[Block], length: int, first_rank: int) -> bool:
    """Whether a new page begins with this block, after what is on the page already."""
    if block.opens:
        return True
    if all(before.level for before in page):
        return False  # headings stay together, and with the text that they head
    if length + len(block.text) > LONG:
        return True
    return block.level > 0 and (block.level == first_rank or length >= SHORT)


def _labels(pages: Sequence[Sequence[Block]]) -> list[str]:
    """What each page is called: its first heading, or the one it goes on from, numbered from the second on.

    Pages before the first heading are called by their number.
    """
    used: Counter[str] = Counter()
    labels: list[str] = []
    current = ""
    for number, page in enumerate(pages, 1):
        current = _shortened(page[0].text) if page[0].level else current
        name = current or str(number)
        used[name] += 1
        labels.append(f"{name} ({used[name]})" if used[name] > 1 else name)
    return labels


def _shortened(heading: str) -> str:
    if len(heading) <= LONGEST_LABEL:
        return heading
    cut = heading[:LONGEST_LABEL].rpartition(" ")[0] or heading[:LONGEST_LABEL]
    return f"{cut.rstrip(' ,;:-–')} …"


def _outline(pages: Sequence[Sequence[Block]]) -> tuple[OutlineEntry, ...]:
    """Every heading with the page it stands on; the first rank that is used counts as 0."""
    first_rank = min((block.level for page in pages for block in page if block.level), default=0)
    entries = (
        OutlineEntry(block.text, number, block.level - first_rank)
        for number, page in enumerate(pages, 1)
        for block in page
        if block.level
    )
    return tuple(entries)[:MAX_HEADINGS]
