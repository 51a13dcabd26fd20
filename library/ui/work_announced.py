"""What the first document says of a work: to search engines, reference managers, and where its link is passed on."""

from __future__ import annotations

import json
from collections.abc import Iterator

from library.formats.kinds import FileFormat, format_of
from library.languages import UNKNOWN
from library.model import Access, Edition, Kind
from library.ui.heads import Head
from library.ui.links import cover_link, file_link, page_link
from library.ui.shown_work import ShownWork
from library.ui.visit import Visit
from library.ui.work_page import named_work, withdrawn

MOST_DESCRIBED = 200
"""Characters of a description that search engines show at most."""

_REPORTS = frozenset(Kind) - {Kind.RESOLUTION, Kind.MANIFESTO, Kind.NEWSLETTER, Kind.BROCHURE, Kind.TRAINING}
"""Kinds that are a https://schema.org/Report."""


def head_of_work(visit: Visit) -> Head:
    """The head of the page of the work in the address; `found` is False when there is none for this person."""
    name = visit.library.settings.name
    shown = named_work(visit)
    if shown is None:
        tomb = withdrawn(visit)
        if tomb is not None:
            said = visit.t("tomb.title")
            return Head(f"{tomb.title} – {name}", f"{said} {tomb.reason}".strip(), gone=True, noscript=said)
        return Head(f"{visit.t('absent.title')} – {name}", visit.t("absent.hint"), found=False)
    edition, asked = shown.edition, visit.language()
    described = " ".join((edition.abstract or edition.subtitle).split())
    return Head(
        f"{edition.title} – {name}",
        cut(described, MOST_DESCRIBED) or visit.t("masthead.about"),
        metadata=tuple(_metadata(shown, described)),
        canonical=_page(shown, shown.language if asked == shown.language else ""),
        noscript=" ".join(filter(None, (edition.title, edition.subtitle, edition.abstract))),
        links=tuple(_editions(shown)),
        data=json.dumps(_described(shown), ensure_ascii=False),
    )


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, cut between two words."""
    if len(text) <= most:
        return text
    whole = text[:most].rpartition(" ")[0] or text[: most - 1]
    return f"{whole[: most - 1].rstrip(' ,;:–-')}…"


def _page(shown: ShownWork, language: str = "") -> str:
    """The address of the page for everybody, whatever interface language this reader chose."""
    return page_link("work", id=shown.work.id, language=language)


def _whole(shown: ShownWork, link: str) -> str:
    """The address from its beginning; empty when the settings do not say where the world finds this library.

    What a request says of that is not believed: whoever sends it writes it.
    """
    address = shown.visit.library.settings.address
    return f"{address}/{link.removeprefix('./')}" if address else ""


def _metadata(shown: ShownWork, described: str) -> Iterator[tuple[str, str]]:
    """Open Graph (https://ogp.me), and the names that reference managers read (Highwire Press tags).

    A date is written as https://scholar.google.com/intl/en/scholar/inclusion.html has it, with slashes.
    """
    edition, work, visit = shown.edition, shown.work, shown.visit
    yield "og:title", edition.title
    yield "og:description", cut(described, MOST_DESCRIBED)
    yield "og:type", "article"
    yield "og:site_name", visit.library.settings.name
    yield "og:url", _whole(shown, _page(shown, shown.language))
    if visit.covered(edition.sha256) and work.needs is Access.PUBLIC:
        yield "og:image", _whole(shown, cover_link(work.id, edition.language, edition.sha256))
    if work.needs is not Access.PUBLIC:
        yield "robots", "noindex"
    yield "citation_title", edition.title
    yield "citation_publication_date", work.date.replace("-", "/")
    yield "citation_language", "" if edition.language == UNKNOWN else edition.language
    yield "citation_abstract_html_url", _whole(shown, _page(shown, shown.language))
    if work.needs is Access.PUBLIC and format_of(edition) is FileFormat.PDF:
        yield "citation_pdf_url", _whole(shown, file_link(work.id, edition))
    yield from (("citation_keywords", visit.label("topic", topic)) for topic in work.topics)


def _editions(shown: ShownWork) -> Iterator[tuple[tuple[str, str], ...]]:
    """The page of each edition, and the one that suits whoever comes."""
    editions = [tag for tag in shown.work.languages if tag != UNKNOWN]
    for tag in editions:
        yield ("rel", "alternate"), ("hreflang", tag), ("href", _page(shown, tag))
    yield ("rel", "alternate"), ("hreflang", "x-default"), ("href", _page(shown))


def _described(shown: ShownWork) -> dict[str, object]:
    """The work in the words of https://schema.org.

    Which edition was written first no record says, so none is called the translation of another: all are examples.
    """
    work, edition, visit = shown.work, shown.edition, shown.visit
    public = work.needs is Access.PUBLIC
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Report" if work.kind in _REPORTS else "CreativeWork",
        "name": edition.title,
        "alternativeHeadline": edition.subtitle,
        "abstract": edition.abstract,
        "genre": visit.label("kind", work.kind.value),
        "inLanguage": [tag for tag in work.languages if tag != UNKNOWN],
        "datePublished": work.date,
        "about": [{"@type": "DefinedTerm", "name": visit.label("topic", topic)} for topic in work.topics],
        "contentLocation": [{"@type": "Place", "name": shown.place(place)} for place in work.places],
        "isAccessibleForFree": public,
        "url": _whole(shown, _page(shown)),
        "workExample": [_example(shown, one, public) for one in work.editions],
    }
    return {name: value for name, value in said.items() if value not in ("", [])}


def _example(shown: ShownWork, edition: Edition, public: bool) -> dict[str, object]:
    """One edition, with its file when that is open to everybody."""
    file = _whole(shown, file_link(shown.work.id, edition)) if public else ""
    media = (
        {"@type": "MediaObject", "encodingFormat": format_of(edition).media_type, "contentUrl": file} if file else ""
    )
    said: dict[str, object] = {
        "@type": "CreativeWork",
        "name": edition.title,
        "inLanguage": "" if edition.language == UNKNOWN else edition.language,
        "url": _whole(shown, _page(shown, edition.language)),
        "encoding": media,
    }
    return {name: value for name, value in said.items() if value != ""}
