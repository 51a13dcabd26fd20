"""The themes as a tree: blocks of the top themes, each with what is below it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from library.topics import Topic
from library.ui.links import anchor, theme_link
from library.ui.visit import Visit


def theme_tree(visit: Visit) -> str:
    """Every theme with its works counted; a parent counts those of its children once. Raises IndexOutOfDate."""
    counts = {value.value: value.count for value in visit.whole().facet("topic")}
    blocks = "".join(_block(topic, counts, visit) for topic in visit.thesaurus.narrower())
    return f'<div class="theme-blocks">{blocks}</div>' if blocks else f"<p>{escape(visit.t('browse.none'))}</p>"


def theme_name(topic: Topic, visit: Visit, attributes: str = "") -> str:
    """A link to the page of a theme, in the reader's language or marked as another."""
    reader = visit.t.language
    spoken = label_language(topic, reader)
    marked = f' lang="{escape(spoken)}"' if spoken and spoken != reader else ""
    return anchor(theme_link(topic.id, visit.chosen), topic.label(reader), f"{marked}{attributes}")


def label_language(topic: Topic, reader: str) -> str:
    """The language in which a theme is called by its label for this reader; empty when the id stands for it."""
    return next((language for language in (reader, "en", *topic.labels) if language in topic.labels), "")


def scope_note(topic: Topic, reader: str) -> tuple[str, str]:
    """What belongs under a theme, and in which language that is said: the reader's, else English, else any."""
    for language in (reader, "en", *topic.scope):
        if language in topic.scope:
            return topic.scope[language], language
    return "", reader


def first_sentence(text: str) -> str:
    """The beginning of a note, up to the first full stop or colon that ends a clause."""
    ends = [place for sign in (". ", ": ", " :", "; ") if (place := text.find(sign)) > 0]
    return text[: min(ends)].rstrip(" .:;\u202f\u00a0") + "." if ends else text


def narrower_list(topic: Topic, counts: Mapping[str, int], visit: Visit) -> str:
    """The themes below one with their counts, and what is below these."""
    items = "".join(
        f"<li>{theme_name(below, visit)}{_number(counts.get(below.id, 0))}{narrower_list(below, counts, visit)}</li>"
        for below in visit.thesaurus.narrower(topic.id)
    )
    return f"<ul>{items}</ul>" if items else ""


def _block(topic: Topic, counts: Mapping[str, int], visit: Visit) -> str:
    note, language = scope_note(topic, visit.t.language)
    spoken = f' lang="{escape(language)}"' if language != visit.t.language else ""
    said = f'<p class="theme-note"{spoken}>{escape(first_sentence(note))}</p>' if note else ""
    name = f"<h2>{theme_name(topic, visit)}{_number(counts.get(topic.id, 0))}</h2>"
    return f'<section class="theme-block">{name}{said}{narrower_list(topic, counts, visit)}</section>'


def _number(count: int) -> str:
    return f' <span class="number">{count}</span>'
