"""What fields and their values are called on the pages of the desk."""

from __future__ import annotations

from library.languages import UNKNOWN, language_label
from library.model import Access, Section, Status, Work
from library.ui.desk.visit import DeskVisit


def language_words(visit: DeskVisit, tag: str) -> str:
    """The name of a language, or that it is not known."""
    return visit.t("language.unknown") if tag == UNKNOWN else language_label(tag, visit.t.language)


def field_words(visit: DeskVisit, work: Work, name: str) -> str:
    """What a field is called, with its language when the work has several."""
    t = visit.t
    if not name:
        return t("desk_work.record")
    parts = name.split(".")
    last = parts[-1]
    if "sections" in parts and last in set(Section):
        words = t(f"section.{last}")
    else:
        words = t(f"desk_work.{last}") if t.has(f"desk_work.{last}") else last
    return (
        f"{words} ({language_words(visit, parts[1])})" if parts[0] == "editions" and len(work.editions) > 1 else words
    )


def value_words(visit: DeskVisit, name: str, value: str) -> str:
    """A value of a field as a person reads it; one that nobody knows is shown as it is."""
    match name.rpartition(".")[2]:
        case "kind":
            return visit.label("kind", value)
        case "access":
            return visit.t(f"access.{value}") if value in set(Access) else value
        case "status":
            return visit.t(f"status.{value}") if value in set(Status) else value
        case "language":
            return language_words(visit, value)
        case "topics":
            return visit.label("topic", value)
        case "places":
            country, _, city = value.partition("/")
            named = visit.label("place", country)
            return f"{city}, {named}" if city else named
        case "date" | "publish_on":
            return visit.t.date(value)
    return value
