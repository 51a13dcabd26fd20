"""The table of contents of an edition, as its file carries it: each entry opens the reader at its page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from library.formats.kinds import format_of
from library.result import Chapter
from library.ui.links import anchor
from library.ui.shown_work import ShownWork

SHOWN = 12
"""Entries of a table of contents that is shown whole at once; of a longer one the chapters stand before the rest."""
MOST = 600
"""Entries at most: a file may carry any number."""
MOST_LETTERS = 300
MOST_LEVELS = 5


def contents(shown: ShownWork, chapters: Sequence[Chapter]) -> str:
    """The entries as nested lists; nothing when the file carries none."""
    if not chapters:
        return ""
    t, listed = shown.t, chapters[:MOST]
    tree = nested(shown, listed)
    if len(listed) > SHOWN:
        top = [chapter for chapter in listed if chapter.level == min(chapter.level for chapter in listed)]
        short = 1 < len(top) <= SHOWN and len(top) < len(listed)
        words = t("contents.all", count=len(listed))
        folded = f'<details data-keep="contents"><summary>{escape(words)}</summary>{tree}</details>'
        tree = f'<div class="contents-short">{nested(shown, top) if short else ""}{folded}</div>'
    return (
        f'<nav class="work-contents" aria-labelledby="contents"><h2 id="contents">{escape(t("contents.heading"))}</h2>'
        f"{tree}</nav>"
    )


def nested(shown: ShownWork, chapters: Sequence[Chapter]) -> str:
    """Lists in lists. A file may leave levels out: an entry stands below the last one before it of a smaller level."""
    out: list[str] = []
    above: list[int] = []  # the level of the last entry of every list that is open, from the outermost
    for chapter in chapters:
        while len(above) > 1 and chapter.level <= above[-2]:
            out.append("</li></ol>")
            above.pop()
        if above and (chapter.level <= above[-1] or len(above) >= MOST_LEVELS):
            out.append("</li>")
            above[-1] = chapter.level
        else:
            out.append("<ol>")
            above.append(chapter.level)
        out.append(f"<li>{_entry(shown, chapter)}")
    return "".join(out) + "</li></ol>" * len(above)


def _entry(shown: ShownWork, chapter: Chapter) -> str:
    title = " ".join(chapter.title.split())[:MOST_LETTERS] or "…"
    label = chapter.label or str(chapter.page)
    paged = format_of(shown.edition).has_pages  # a section is called by its heading, which stands there already
    page = f'<span class="contents-page">{escape(shown.t("card.page", label=label))}</span>' if paged else ""
    link = anchor(shown.read(shown.language, chapter.page), title, f" {shown.spoken(title)}")
    return f'<span class="contents-line">{link}{page}</span>'
