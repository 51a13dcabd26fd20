"""What the first document of a page says before the pages speak: to search engines, in links that are passed on."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from library.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class Head:
    """The title of a document and what is said of it."""

    title: str
    description: str
    found: bool = True
    """False when there is no such thing: the answer is then a 404."""
    gone: bool = False
    """True when there was such a thing: the answer is then a 410."""
    metadata: tuple[tuple[str, str], ...] = ()
    """More about it: names such as `og:title` or `citation_title`, each with what it says."""
    canonical: str = ""
    """The one address of what it shows, relative; empty when there is none."""
    noscript: str = ""
    """What a reader without JavaScript is told besides, as text."""
    links: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Links to other documents, such as the same in another language: the attributes of each, with their values."""
    data: str = ""
    """What it shows as JSON-LD, for machines."""


def library_head(visit: Visit) -> Head:
    """The head of the library's own pages."""
    return Head(visit.library.settings.name, visit.t("masthead.about"))


def head_markup(head: Head) -> str:
    """The head as the elements of a document."""
    described = (("description", head.description), *head.metadata)
    lines = [f"<title>{escape(head.title)}</title>"]
    lines += [f'<meta {_naming(name)}="{escape(name)}" content="{escape(says)}" />' for name, says in described if says]
    if head.canonical:
        lines.append(f'<link rel="canonical" href="{escape(head.canonical)}" />')
    lines += [f"<link {_attributes(link)} />" for link in head.links]
    if head.data:
        lines.append(f'<script type="application/ld+json">{_within_script(head.data)}</script>')
    if not head.found or head.gone:
        lines.append('<meta name="robots" content="noindex" />')
    return "\n    ".join(lines)


def _naming(name: str) -> str:
    """Open Graph (https://ogp.me) puts its names into another attribute than HTML does."""
    return "property" if name.startswith("og:") else "name"


def _attributes(given: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f'{escape(name)}="{escape(value)}"' for name, value in given)


def _within_script(data: str) -> str:
    """JSON as a data block, which no browser runs: written so that nothing in it can end the element."""
    return data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
