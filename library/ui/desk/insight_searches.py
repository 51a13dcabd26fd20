"""What was searched for most, and what was searched for in vain, with the way to give a topic one more name."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs

from library.catalogue.label_file import LONGEST_LABEL, AddedLabel
from library.desk.insight import Unanswered
from library.insight import Asked
from library.languages import TAGS
from library.ui.desk.bars import share
from library.ui.desk.insight_section import Insight, in_words, section, table
from library.ui.links import anchor


@dataclass(frozen=True, slots=True)
class Labelling:
    """What the forms for labels need to know."""

    last: AddedLabel | None = None
    """The label that can be taken back."""


def top_searches(shown: Insight) -> str:
    """The words searched for most, as bars and numbers."""
    t, top = shown.t, shown.report.top
    if not top:
        return section(shown, "searches", _none(shown, "searches"))
    heads = (
        (t("desk_insight.words"), ""),
        (t("desk_insight.times"), ""),
        (t("desk_insight.found"), "number"),
        (t("desk_insight.last"), ""),
    )
    most = max(asked.times for asked in top)
    rows = "".join(
        f'<tr><th scope="row">{_words(shown, asked)}</th><td>{share(asked.times / most, str(asked.times))}</td>'
        f'<td class="number">{asked.found}</td><td>{_day(shown, asked)}</td></tr>'
        for asked in top
    )
    return section(shown, "searches", table(shown, "searches", heads, rows), rows=len(top))


def unanswered_searches(shown: Insight, labelling: Labelling) -> str:
    """The searches in vain, each with a form that makes its words a label of a topic."""
    t, every = shown.t, shown.report.unanswered
    undo = _undo(shown, labelling)
    if not every:
        return section(shown, "unanswered", f"{undo}{_none(shown, 'unanswered')}")
    heads = (
        (t("desk_insight.words"), ""),
        (t("desk_insight.times"), "number"),
        (t("desk_insight.then"), ""),
        (t("desk_insight.now"), ""),
        *(((t("desk_insight.do"), ""),) if shown.may_label else ()),
    )
    rows = "".join(_row(shown, number, one) for number, one in enumerate(every))
    return section(
        shown, "unanswered", f"{undo}{_topics(shown)}{table(shown, 'unanswered', heads, rows)}", rows=len(every)
    )


def _row(shown: Insight, number: int, one: Unanswered) -> str:
    asked = one.asked
    filters = in_words(shown, asked.filters)
    beside = f'<br><span class="soft small">{filters}</span>' if filters else ""
    form = f"<td>{_form(shown, number, asked)}</td>" if shown.may_label else ""
    return (
        f'<tr><th scope="row">{_words(shown, asked)}{beside}</th><td class="number">{asked.times}</td>'
        f"<td>{_then(shown, asked)}</td><td>{_now(shown, one)}</td>{form}</tr>"
    )


def _then(shown: Insight, asked: Asked) -> str:
    t = shown.t
    said = t("desk_insight.some_words", count=asked.found) if asked.found else t("desk_insight.nothing")
    return f'<span class="badge {"warn" if asked.found else "bad"}">{escape(said)}</span>'


def _now(shown: Insight, one: Unanswered) -> str:
    t = shown.t
    if one.now:
        return f'<span class="badge good">{escape(t("count.works", count=one.now))}</span>'
    return f'<span class="soft">{escape(t("desk_insight.still"))}</span>'


def _form(shown: Insight, number: int, asked: Asked) -> str:
    """Closed until somebody wants it; the topic is found by any of its names."""
    t, visit = shown.t, shown.visit
    language = asked.languages[0] if asked.languages else t.language
    options = "".join(
        f'<option value="{tag}"{" selected" if tag == language else ""}>{escape(shown.language(tag))}</option>'
        for tag in TAGS
    )
    return (
        f'<details class="labelling"><summary class="button small">{escape(t("desk_insight.add_label"))}</summary>'
        f'<form method="post" action="{escape(visit.link("desk/do/label"))}">{visit.hidden_token()}'
        f'<input type="hidden" name="days" value="{shown.report.days}">'
        f'<label>{escape(t("desk_insight.label"))}<input name="label" value="{escape(asked.words[:LONGEST_LABEL])}" '
        f'maxlength="{LONGEST_LABEL}" dir="auto" required></label>'
        f'<label>{escape(t("desk_insight.topic"))}<input name="topic" list="topic-names" autocomplete="off" '
        f'placeholder="{escape(t("desk_insight.topic_search"))}" required></label>'
        f'<label>{escape(t("desk_insight.label_language"))}<select name="language" id="label-language-{number}">'
        f"{options}</select></label>"
        f'<button class="button main">{escape(t("desk_insight.add"))}</button></form></details>'
    )


def _topics(shown: Insight) -> str:
    """The topics to choose from as somebody types, by the names that they have in the language of the page."""
    if not shown.may_label:
        return ""
    language = shown.t.language
    options = "".join(f'<option value="{escape(topic.label(language))}">' for topic in shown.visit.library.thesaurus)
    return f'<datalist id="topic-names">{options}</datalist>'


def _undo(shown: Insight, labelling: Labelling) -> str:
    """The label that was added last, and the way back."""
    last, visit, t = labelling.last, shown.visit, shown.t
    if last is None or not shown.may_label:
        return ""
    said = t(
        "desk_insight.last_label",
        label=last.label,
        language=shown.language(last.language),
        topic=visit.label("topic", last.topic),
    )
    return (
        f'<form method="post" class="last-label" action="{escape(visit.link("desk/do/label-back"))}">'
        f'{visit.hidden_token()}<input type="hidden" name="number" value="{last.number}">'
        f'<input type="hidden" name="days" value="{shown.report.days}"><span dir="auto">{escape(said)}</span> '
        f'<button class="button small">{escape(t("desk_insight.take_back"))}</button></form>'
    )


def _words(shown: Insight, asked: Asked) -> str:
    """The words, leading to the search itself."""
    filters = {name: tuple(values) for name, values in parse_qs(asked.filters).items()}
    return anchor(shown.visit.link("", q=asked.words, **filters), asked.words, ' dir="auto"')


def _day(shown: Insight, asked: Asked) -> str:
    return f'<time datetime="{escape(asked.day)}">{escape(shown.t.date(asked.day))}</time>'


def _none(shown: Insight, name: str) -> str:
    return f'<p class="empty">{escape(shown.t(f"desk_insight.{name}_none"))}</p>'
