"""Markdown to typst markup, with nothing of the source left for typst to evaluate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

_CHARACTERS_ACROSS = 76  # roughly, in a table as wide as the text of a page
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_ACTIVE = re.compile(r"""[\\#$%&*+\-./:<=>@\[\]^_`{|}~()]""")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_FOOTNOTE_TEXT = re.compile(r"^\[\^(?P<name>[^\]\s]+)\]:[ \t]+(?P<text>.+(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d+)(?:[.,](?P<part>\d{1,2}))?(?!\d)")
_WITHIN_NUMBER = re.compile(r"(?<=\d) (?=%|\d{3}(?!\d))")
_FRENCH = re.compile(r" (?=[:;!?»])|(?<=«) ")
_ONE_LETTER_WORD = re.compile(r"(?<=\b[aikosuvwzAIKOSUVWZ]) ")


class MarkupError(ValueError):
    """The Markdown holds something that the demonstration documents do not use."""


def string_literal(text: str) -> str:
    """Return a typst string literal for a text on one line."""
    cleaned = _CONTROL.sub(" ", text)
    return '"' + cleaned.replace("\\", "\\\\").replace('"', '\\"') + '"'


def keep_together(text: str, language: str) -> str:
    """Put no-break spaces where the typography of the language wants them."""
    text = _WITHIN_NUMBER.sub(NO_BREAK_SPACE, text)
    if language == "fr":
        return _FRENCH.sub(NO_BREAK_SPACE, text)
    if language in {"pl", "cs"}:
        return _ONE_LETTER_WORD.sub(NO_BREAK_SPACE, text)
    return text


def escape(text: str, language: str) -> str:
    """Escape a text for typst markup; straight quotes stay, for typst curls them by language."""
    cleaned = _CONTROL.sub(" ", keep_together(text, language))
    return _ACTIVE.sub(lambda match: "\\" + match[0], cleaned)


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """Inline rule of the Markdown parser: a mark like `[^1]`."""
    match = _FOOTNOTE_MARK.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("footnote_mark", "", 0)
        token.content = match["name"]
    state.pos = match.end()
    return True


def footnote_parser() -> MarkdownIt:
    """CommonMark with tables and footnote marks."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    return parser


def split_footnotes(markdown: str) -> tuple[str, dict[str, str]]:
    """Separate the running text from the texts of its footnotes."""
    notes: dict[str, str] = {}
    for match in _FOOTNOTE_TEXT.finditer(markdown):
        if match["name"] in notes:
            raise MarkupError(f"footnote [^{match['name']}] is written twice")
        notes[match["name"]] = " ".join(match["text"].split())
    return _FOOTNOTE_TEXT.sub("", markdown), notes


def to_typst(markdown: str, language: str) -> str:
    """Translate a Markdown text, its footnotes included, into typst markup."""
    body, notes = split_footnotes(markdown)
    parser = footnote_parser()
    trees = {name: SyntaxTreeNode(parser.parseInline(text)) for name, text in notes.items()}
    renderer = Renderer(language, trees)
    markup = renderer.blocks(SyntaxTreeNode(parser.parse(body)).children)
    unused = sorted(set(notes) - renderer.cited)
    if unused:
        raise MarkupError(f"footnotes without a mark in the text: {', '.join(unused)}")
    return markup + "\n"


def amount(text: str) -> float | None:
    """The number in a text such as `1 850`, `1.850`, `2,5` or `34 %`; None when there is none."""
    match = _AMOUNT.search(text)
    if match is None:
        return None
    whole = re.sub(r"[ \u00a0\u202f.,]", "", match["whole"])
    return float(f"{whole}.{match['part'] or 0}")


class Renderer:
    """Writes the syntax tree of one Markdown text as typst markup."""

    def __init__(self, language: str, notes: Mapping[str, SyntaxTreeNode]) -> None:
        self.language = language
        self.cited: set[str] = set()
        self._notes = notes

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> str:
        """Render nodes that stand below one another."""
        return "\n\n".join(self._block(node) for node in nodes)

    def inlines(self, nodes: Iterable[SyntaxTreeNode]) -> str:
        """Render nodes that follow one another in a line."""
        return "".join(self._inline(node) for node in nodes)

    def _block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "paragraph" | "inline":
                return self.inlines(node.children) if node.type == "inline" else self.blocks(node.children)
            case "heading":
                level = max(1, int(node.tag[1:]) - 1)
                return f"#heading(level: {level})[{self.blocks(node.children)}]"
            case "bullet_list":
                return f"#list({self._items(node)})"
            case "ordered_list":
                return f"#enum(start: {int(node.attrs.get('start', 1))}, {self._items(node)})"
            case "blockquote":
                return f"#quote(block: true)[{self.blocks(node.children)}]"
            case "table":
                return self._table(node)
            case "hr":
                return "#line(length: 100%)"
            case "fence" if node.info.split()[:1] == ["bars"]:
                return self._bars(node.info.partition("bars")[2].strip(), node.content)
            case "fence" | "code_block":
                return self._code_block(node.content)
            case other:
                raise MarkupError(f"not supported in a demonstration document: {other}")

    def _inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text" | "text_special":
                return escape(node.content, self.language)
            case "inline":
                return self.inlines(node.children)
            case "softbreak":
                return " "
            case "hardbreak":
                return "#linebreak();"
            case "strong" | "em":
                name = "strong" if node.type == "strong" else "emph"
                return f"#{name}[{self.inlines(node.children)}];"
            case "code_inline":
                return f"#raw({string_literal(node.content)});"
            case "link":
                return self._link(node)
            case "footnote_mark":
                return self._footnote(node.content)
            case other:
                raise MarkupError(f"not supported in a demonstration document: {other}")

    def _items(self, node: SyntaxTreeNode) -> str:
        tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        items = ", ".join(f"[{self.blocks(item.children)}]" for item in node.children)
        return f"tight: {str(tight).lower()}, {items}"

    def _code_block(self, content: str) -> str:
        lines = " + linebreak() + ".join(f"raw({string_literal(line)})" for line in content.rstrip("\n").split("\n"))
        return f"#block({lines})"

    def _bars(self, caption: str, content: str) -> str:
        """A chart with a bar for each line `label: value`; its words are also what a screen reader says of it."""
        rows = [tuple(map(str.strip, line.rpartition(":")[::2])) for line in content.splitlines() if line.strip()]
        wrong = [f"{label}: {value}" for label, value in rows if not label or amount(value) is None]
        if not caption or not rows or wrong:
            raise MarkupError(f"bars want a caption and lines like “label: 12”; not so: {'; '.join(wrong) or caption}")
        data = ", ".join(
            f"([{escape(label, self.language)}], {amount(value)}, [{escape(value, self.language)}])"
            for label, value in rows
        )
        said = f"{caption}: " + "; ".join(f"{label} {value}" for label, value in rows)
        return f"#bars([{escape(caption, self.language)}], {string_literal(said)}, ({data},))"

    def _link(self, node: SyntaxTreeNode) -> str:
        target = str(node.attrs.get("href", ""))
        if not _SAFE_LINK.match(target):
            raise MarkupError(f"a link leads to {target!r}: only http, https and mailto are used")
        return f"#link({string_literal(target)})[{self.inlines(node.children)}];"

    def _footnote(self, name: str) -> str:
        if name not in self._notes:
            raise MarkupError(f"footnote [^{name}] has no text")
        label = "label(" + string_literal(f"note-{name}") + ")"
        if name in self.cited:
            return f"#footnote({label});"
        self.cited.add(name)
        return f"#[#footnote[{self.inlines(self._notes[name].children)}]#{label}];"

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row.children for part in node.children for row in part.children]
        cells = [[f"[{self.inlines(cell.children)}]" for cell in row] for row in rows]
        header, *body = cells
        lines = ["table.header(" + ", ".join(header) + "),", *(", ".join(row) + "," for row in body)]
        widths = ", ".join(f"{weight}fr" for weight in _column_weights(rows))
        aligns = ", ".join(_alignment(cell) for cell in rows[0])
        return f"#table(columns: ({widths},), align: ({aligns},),\n" + "\n".join(lines) + "\n)"


def _alignment(cell: SyntaxTreeNode) -> str:
    style = str(cell.attrs.get("style", ""))
    return next((side for side in ("center", "right") if style.endswith(side)), "left")


def _column_weights(rows: Sequence[Sequence[SyntaxTreeNode]]) -> list[int]:
    """Share the width of a table by how much its columns say, in thousandths; a longest word still has to fit."""
    wanted, needed = [], []
    for column in zip(*rows, strict=True):
        texts = [" ".join(child.content for child in cell.children) for cell in column]
        wanted.append((1 + sum(map(len, texts)) / len(texts)) ** 0.7)
        longest_word = max((len(word) for text in texts for word in text.split()), default=1)
        needed.append((longest_word + 4) / _CHARACTERS_ACROSS)
    return [round(1000 * max(share / sum(wanted), least)) for share, least in zip(wanted, needed, strict=True)]
