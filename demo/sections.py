"""The eight sections of a practice sheet: taken out of its Markdown as the plain text that the record holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode
from typst_markup import footnote_parser, split_footnotes

from library.model import Section

_HEADING = re.compile(r"^## +(?P<heading>.+?)[ \t]*$", re.MULTILINE)


class MissingSections(ValueError):
    """A practice sheet has not the sections that every practice sheet has, in their order."""


def parts(markdown: str) -> tuple[tuple[str, str], ...]:
    """The headings of a text, of the first level that it has, each with what stands below it."""
    body, _ = split_footnotes(markdown)
    pieces = _HEADING.split(body)
    return tuple(zip(pieces[1::2], pieces[2::2], strict=True))


def sections(markdown: str, headings: Sequence[str]) -> tuple[tuple[Section, str], ...]:
    """The sections of a practice sheet as plain text. Raises MissingSections unless it has just these headings."""
    body, _ = split_footnotes(markdown)
    found = parts(markdown)
    if [heading for heading, _ in found] != list(headings) or _HEADING.split(body)[0].strip():
        said = ", ".join(heading for heading, _ in found)
        raise MissingSections(f"its sections are {said}; a practice sheet has {', '.join(headings)} and nothing before")
    texts = tuple((section, plain(text)) for section, (_, text) in zip(Section, found, strict=True))
    empty = [section.value for section, text in texts if not text]
    if empty:
        raise MissingSections(f"nothing stands under {', '.join(empty)}")
    return texts


def plain(markdown: str) -> str:
    """A text without its Markdown: a blank line between blocks, a line for each item and each row of a table."""
    tree = SyntaxTreeNode(footnote_parser().parse(markdown))
    return "\n\n".join(block for node in tree.children if (block := "\n".join(_lines(node))))


def _lines(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "inline":
            yield _text(node.children)
        case "fence" | "code_block":
            yield from node.content.strip().splitlines()
        case "bullet_list" | "ordered_list":
            start = int(node.attrs.get("start", 1))
            for number, item in enumerate(node.children, start):
                mark = "–" if node.type == "bullet_list" else f"{number}."
                yield f"{mark} " + " ".join(line for child in item.children for line in _lines(child))
        case "tr":
            cells = (" ".join(line for child in cell.children for line in _lines(child)) for cell in node.children)
            yield " · ".join(cell for cell in cells if cell)
        case _:
            for child in node.children:
                yield from _lines(child)


def _text(nodes: Iterable[SyntaxTreeNode]) -> str:
    """The words of inline nodes; the marks of footnotes, whose texts are elsewhere, are left out."""
    words = []
    for node in nodes:
        match node.type:
            case "softbreak" | "hardbreak":
                words.append(" ")
            case "footnote_mark":
                continue
            case "text" | "text_special" | "code_inline":
                words.append(node.content)
            case _:
                words.append(_text(node.children))
    return "".join(words)
