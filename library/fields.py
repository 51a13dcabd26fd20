"""Every field of an edition, declared once.

Engine schemas, facets, command-line options and checks are derived from this table;
the order of the facets here is their order on the page.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextField:
    """A field whose words are searched, in the analysis of the edition's language."""

    name: str
    weight: float
    """How much a word counts here, against 1 in the body: our judgement, to be tuned on judged queries."""
    paged: bool = False
    """Whether its words have page numbers."""


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field whose values are counted and filtered: OR inside, AND between."""

    name: str
    label_key: str
    """Key of its heading in the interface texts."""
    many: bool = False
    """Whether a work can have several values."""
    tree: bool = False
    """Whether a value counts the values below it."""
    option: str = ""
    """The command-line option, without dashes."""
    by_value: bool = False
    """Listed by value, highest first (years), rather than by count."""


TEXT_FIELDS = (
    TextField("title", 5.0),
    TextField("abstract", 2.0),
    TextField("subject", 2.0),
    TextField("body", 1.0, paged=True),
)
"""Title holds the subtitle too; subject holds the labels of topics, places and projects."""

FACETS = (
    FacetField("topic", "facet.topic", many=True, tree=True, option="topic"),
    FacetField("language", "facet.language", many=True, option="language"),
    FacetField("kind", "facet.kind", option="kind"),
    FacetField("year", "facet.year", option="year", by_value=True),
    FacetField("place", "facet.place", many=True, tree=True, option="place"),
    FacetField("project", "facet.project", many=True, option="project"),
)
"""Language is the edition's: a work in three languages counts once under each."""

FACET_NAMES = tuple(facet.name for facet in FACETS)


def facet(name: str) -> FacetField:
    """The declaration of a facet; KeyError names the ones there are."""
    for declared in FACETS:
        if declared.name == name:
            return declared
    raise KeyError(f"no facet “{name}”: declare it in library/fields.py (there are {', '.join(FACET_NAMES)})")
