"""The topics of a work: chosen ones as chips, proposed ones beside them, and the whole tree to search in.

All are check boxes of one name, each topic once: without script they are ticked and saved like any others.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from library.topics import Topic
from library.ui.desk.evidence import because, sureness
from library.ui.desk.reviewed import Reviewed
from library.ui.desk.visit import DeskVisit

FIELD = "topics"


def topics_field(shown: Reviewed) -> str:
    """The field, with what was proposed and why."""
    t = shown.visit.t
    chosen = tuple(dict.fromkeys(value for value in shown.typed.get(FIELD, ()) if value))
    offered = {topic.value: (topic, language) for topic, language in shown.proposed_topics()}
    reasons = "".join(
        f"<li><bdi>{escape(shown.visit.label('topic', name))}</bdi> {sureness(shown, topic.confidence)} "
        f"{because(shown, topic.evidence, language)}</li>"
        for name, (topic, language) in offered.items()
    )
    why = (
        f'<details class="reasons"><summary>{escape(t("desk_work.topics_why"))}</summary><ul>{reasons}</ul></details>'
        if reasons
        else ""
    )
    return (
        f'<fieldset class="field topics-field" data-field="{FIELD}" id="field-{FIELD}" tabindex="-1">'
        f"<legend>{escape(t('desk_work.topics'))}</legend>"
        f"{topic_choice(shown.visit, chosen, tuple(offered), FIELD)}"
        f'<span class="problems" id="field-{FIELD}-problem">'
        + "".join(f'<span class="problem">{escape(problem.words)}</span>' for problem in shown.wrong(FIELD))
        + f"</span>{why}</fieldset>"
    )


def topic_choice(visit: DeskVisit, chosen: tuple[str, ...], offered: tuple[str, ...], name: str) -> str:
    """Chips for what is chosen and offered, and the tree with all the rest. `name` is that of the check boxes."""
    t = visit.t
    first = tuple(dict.fromkeys((*chosen, *offered)))
    chips = "".join(_chip(visit, topic, topic in chosen, name) for topic in first)
    rest = "".join(_line(visit, topic, depth, name) for topic, depth in _tree(visit) if topic.id not in first)
    none = f'<p class="hint none" hidden>{escape(t("facet.filter_none"))}</p>'
    words = escape(t("desk_work.topics_search"))
    return (
        f'<div class="topic-choice"><div class="chips" role="group" '
        f'aria-label="{escape(t("desk_work.topics_chosen"))}">'
        f'{chips}</div><input type="search" class="topic-search" aria-label="{words}" placeholder="{words}" '
        f'autocomplete="off" spellcheck="false" hidden><details class="tree"><summary>'
        f"{escape(t('desk_work.topics_all'))}</summary><ul>{rest}</ul>{none}</details></div>"
    )


def _chip(visit: DeskVisit, topic: str, chosen: bool, name: str) -> str:
    checked = " checked" if chosen else ""
    return (
        f'<label class="chip"><input type="checkbox" name="{escape(name)}" value="{escape(topic)}"{checked}>'
        f"<bdi>{escape(visit.label('topic', topic))}</bdi></label>"
    )


def _line(visit: DeskVisit, topic: Topic, depth: int, name: str) -> str:
    """One topic of the tree; it is found by its other names too, in the language of the page."""
    also = " ".join((*topic.all_labels(visit.t.language), *topic.all_labels("en"), topic.id))
    above = topic.broader and visit.label("topic", topic.broader)
    hint = f' title="{escape(above)}"' if above else ""
    return (
        f'<li data-depth="{min(depth, 3)}" data-words="{escape(also.casefold())}"><label class="choice"{hint}>'
        f'<input type="checkbox" name="{escape(name)}" value="{escape(topic.id)}">'
        f"<bdi>{escape(visit.label('topic', topic.id))}</bdi></label></li>"
    )


def _tree(visit: DeskVisit, above: str = "", depth: int = 0) -> Iterator[tuple[Topic, int]]:
    """Every topic below one, in the order of the thesaurus, with how deep it stands."""
    for topic in visit.library.thesaurus.narrower(above):
        yield topic, depth
        yield from _tree(visit, topic.id, depth + 1)
