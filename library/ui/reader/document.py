"""The reader's document. Everything from a record, a file or an address is text in it, never markup."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from library.browser_parts import PDF_ENGINE, browser_part, part_version
from library.formats.kinds import format_of
from library.library import Library
from library.locales import Texts
from library.occurrences import sentence
from library.ui.asset_version import asset_version
from library.ui.links import anchor, file_link, part_link
from library.ui.reader.keys import key_list
from library.ui.reader.panel import panel
from library.ui.reader.text_stage import text_stage
from library.ui.reader.toolbar import toolbar
from library.web import Opened, Reading

_HERE = Path(__file__).parent
SCRIPTS = ("reader.js", "reader-hits.js", "reader-keys.js", "reader-marks.js", "reader-panel.js", "reader-thumbs.js")
TEXT_SCRIPT = "reader-text.js"
ASSETS = {name: _HERE / name for name in ("reader.css", *SCRIPTS, TEXT_SCRIPT)}
"""What the document loads besides the PDF engine."""

_DOCUMENT = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="./assets/icon.svg" type="image/svg+xml">
{head}
</head>
<body{attributes}>
{body}
</body>
</html>
"""


def reading() -> Reading:
    """How the documents are drawn, for the routes."""
    version = asset_version(ASSETS)
    return Reading(
        lambda opened: document(opened, version, browser_part(PDF_ENGINE)),
        lambda library, language: refusal(library, language, version),
    )


def document(opened: Opened, version: str, engine: Path | None) -> str:
    """The document for an edition; without the engine the browser's own viewer stands in for it.

    What has no pages to draw is shown as text.
    """
    library = opened.library
    drawn = format_of(opened.edition).has_pages
    engine = engine if drawn else None
    t = library.texts(opened.language)
    stored = library.pages.remembered(opened.edition.sha256)
    labels = stored.labels if stored is not None else ()
    label = labels[opened.page - 1] if opened.page <= len(labels) else str(opened.page)
    side = panel(
        opened,
        stored.outline if stored is not None else (),
        sentence(opened.found, opened.edition, t) if opened.asked.query else t("reader.no_words"),
        t,
    )
    parts = part_link(PDF_ENGINE, part_version(engine)) if engine is not None else ""
    stage = _stage(opened, engine, t) if drawn else text_stage(opened, stored, t)
    data = json.dumps(_data(opened, labels, parts, t), ensure_ascii=False).replace("<", "\\u003c")
    body = (
        f'<a class="skip" href="#stage">{escape(t("reader.skip"))}</a>'
        f'{toolbar(opened, label, t)}<div class="floor">{side}{stage}</div>'
        f'<p id="said" class="unseen" role="status" aria-live="polite"></p>{key_list(t)}'
        f'<script type="application/json" id="opened">{data}</script>'
    )
    return _DOCUMENT.format(
        language=escape(t.language),
        title=escape(f"{opened.edition.title} – {library.settings.name}"),
        head=_head(version, parts, "reader-panel.js" if drawn else TEXT_SCRIPT),
        attributes="" if engine is not None else ' class="bare"' if drawn else ' class="as-text"',
        body=body,
    )


def refusal(library: Library, language: str, version: str) -> str:
    """What is said when there is nothing to read: the same whether it is hidden or not there."""
    t = library.texts(language)
    body = (
        f'<main class="refusal"><h1>{escape(t("reader.refused"))}</h1><p>{escape(t("reader.refused_why"))}</p>'
        f"<p>{anchor('./', t('missing.home'))}</p></main>"
    )
    title = escape(f"{t('reader.refused')} – {library.settings.name}")
    return _DOCUMENT.format(language=escape(t.language), title=title, head=_style(version), attributes="", body=body)


def _head(version: str, parts: str, alone: str) -> str:
    """What the document loads; `alone` is the script that does without the engine."""
    if not parts:
        return f'{_style(version)}\n<script type="module" src="./assets/{alone}?v={version}"></script>'
    preloads = "".join(f'\n<link rel="modulepreload" href="./assets/{name}">' for name in SCRIPTS[1:])
    engine = f'<link rel="modulepreload" href="{escape(parts)}legacy/build/pdf.min.mjs">'
    styles = f'<link rel="stylesheet" href="{escape(parts)}legacy/web/pdf_viewer.css">\n{_style(version)}'
    return f'{engine}{preloads}\n{styles}\n<script type="module" src="./assets/reader.js?v={version}"></script>'


def _style(version: str) -> str:
    return f'<link rel="stylesheet" href="./assets/reader.css?v={version}">'


def _stage(opened: Opened, engine: Path | None, t: Texts) -> str:
    """Where the pages are drawn; or the browser's own viewer, with what is missing and how to open the file."""
    name = escape(opened.edition.title)
    if engine is not None:
        return (
            f'<main class="desk"><div id="stage" class="stage" role="region" tabindex="0" aria-label="{name}">'
            f'<p id="waiting" class="waiting">{escape(t("reader.waiting"))}</p>'
            '<div id="viewer" class="pdfViewer"></div></div></main>'
        )
    address = file_link(opened.work.id, opened.edition, opened.page)
    link = anchor(address, t("reader.open_file"))
    return (
        '<main class="desk"><div id="stage" class="stage stage-bare" tabindex="-1">'
        f'<p class="missing">{escape(t("reader.missing"))} {link}</p>'
        f'<iframe src="{escape(address)}" title="{name}"></iframe></div></main>'
    )


def _data(opened: Opened, labels: tuple[str, ...], parts: str, t: Texts) -> dict[str, object]:
    """What the script must know."""
    asked = opened.asked
    return {
        "id": opened.work.id,
        "language": opened.edition.language,
        "ui": asked.reader,
        "page": opened.page,
        "query": asked.query,
        "narrow": list(asked.narrow),
        "labels": list(labels),
        "file": file_link(opened.work.id, opened.edition),
        "parts": parts,
        "found": opened.found.as_json(),
        "texts": {
            "of": t("reader.of", place="{place}", count="{count}"),
            "page": t("card.page", label="{label}"),
            "ocr": t("ocr.mark"),
            "hit": t("reader.hit_said", place="{place}", count="{count}", page="{page}"),
            "broken": t("reader.broken"),
            "none": t("reader.no_words"),
            "unanswered": t("reader.unanswered"),
        },
    }
