"""Beside a field: how sure the program is, where it has the value from, and which others it might be."""

from __future__ import annotations

from html import escape

from library.describe.proposal import Candidate, Evidence, Proposal, Source
from library.ui.desk.naming import value_words
from library.ui.desk.reviewed import LIKELY, SURE, Reviewed
from library.ui.desk.visit import spoken

DEGREES = ("sure", "likely", "unsure")
RECORD_FORM = "record"
"""The id of the form that everything on the page belongs to."""


def evidence_of(shown: Reviewed, name: str) -> str:
    """All of it for a field; nothing when nothing was proposed."""
    found = shown.proposal(name)
    if found is None:
        return ""
    proposal, language = found
    said = sureness(shown, proposal.confidence) if proposal.value else ""
    return (
        f'<div class="evidence">{said}{because(shown, proposal.evidence, language)}'
        f"{_alternatives(shown, name, proposal)}</div>"
    )


def sureness(shown: Reviewed, confidence: float) -> str:
    """How sure, in words and as a bar."""
    degree = "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "unsure"
    words = shown.visit.t(f"desk_work.{degree}", share=shown.visit.t.percent(min(max(confidence, 0), 1)))
    return (
        f'<span class="sureness {degree}"><span class="bar" aria-hidden="true">'
        f'<i style="width:{min(max(confidence, 0), 1):.0%}"></i></span>{escape(words)}</span>'
    )


def because(shown: Reviewed, evidence: Evidence, language: str) -> str:
    """Where it was found, with the words that were found; of a page, a button that shows it."""
    t = shown.visit.t
    quoted = f"<q {spoken(language, evidence.snippet)}>{escape(evidence.snippet)}</q>" if evidence.snippet else ""
    if evidence.source is Source.PAGE and evidence.page is not None:
        words = t("desk_work.from_page", page=evidence.page)
        return f'<span class="because">{page_button(words, language, evidence.page, evidence.snippet)} {quoted}</span>'
    if evidence.source is Source.NONE:
        return ""
    return f'<span class="because">{escape(t(f"desk_work.from_{evidence.source.value}"))} {quoted}</span>'


def page_button(words: str, language: str, page: int, quote: str = "", attributes: str = "") -> str:
    """A button that shows a page of a file beside the form; what is typed stays. The words are text."""
    value = f"{language} {page} {quote}".strip()
    return (
        f'<button class="show-page" form="{RECORD_FORM}" name="show" value="{escape(value)}"{attributes}>'
        f"{escape(words)}</button>"
    )


def _alternatives(shown: Reviewed, name: str, proposal: Proposal) -> str:
    """The other values as buttons that fill the field; what was proposed first too, once it was changed."""
    now = shown.value(name)
    others = (Candidate(proposal.value, proposal.confidence, proposal.evidence), *proposal.alternatives)
    items = "".join(f"<li>{_use(shown, name, other)}</li>" for other in others if other.value and other.value != now)
    if not items:
        return ""
    return f'<div class="alternatives"><span>{escape(shown.visit.t("desk_work.or"))}</span><ul>{items}</ul></div>'


def _use(shown: Reviewed, name: str, other: Candidate) -> str:
    label = value_words(shown.visit, name, other.value)
    share = shown.visit.t.percent(other.confidence)
    hint = escape(shown.visit.t("desk_work.use", value=label))
    return (
        f'<button class="use" form="{RECORD_FORM}" name="use" value="{escape(f"{name}={other.value}")}" '
        f'data-field="{escape(name)}" data-value="{escape(other.value)}" title="{hint}">'
        f'<bdi>{escape(label)}</bdi> <span class="soft">{escape(share)}</span></button>'
    )
