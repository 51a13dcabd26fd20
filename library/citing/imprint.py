"""What a citation says of a work beyond its record: who publishes it, where it is found, what its kind is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from library.facets import value_label
from library.locales import Texts
from library.model import Edition, Kind, Work, edition_id
from library.topics import Thesaurus

Cited = tuple[Work, Edition]
"""A work, and the edition of it that is cited."""

_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""Blanks, control characters, ends of lines and halves of characters; blanks at which no line breaks are none."""
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%"
"""What may stand in an address besides letters, digits and `-._~` (RFC 3986, section 2.2)."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is the same for every work that one reader cites."""

    publisher: str
    """The name of the library: who else wrote or published a work, its record does not say."""
    origin: str
    """Where the library is served, such as `https://library.example.org`; a path may follow."""
    texts: Texts
    """In the reader's language: what kinds and places are called."""
    thesaurus: Thesaurus

    def address(self, work: Work) -> str:
        """Where the work is found, whoever asks; empty when nobody knows where the library is served."""
        if not self.origin:
            return ""
        return f"{quote(self.origin.rstrip('/'), safe=_IN_ADDRESSES)}/work?id={quote(work.id, safe='')}"

    def kind(self, work: Work) -> str:
        """What sort of work it is, in the reader's language."""
        return value_label("kind", work.kind.value, self.thesaurus, self.texts)

    def genre(self, work: Work) -> str:
        """The same where it tells something: that a publication is a publication need not be said."""
        return "" if work.kind is Kind.PUBLICATION else plain(self.kind(work))

    def topics(self, work: Work) -> tuple[str, ...]:
        """The labels of its topics in the reader's language."""
        return tuple(plain(value_label("topic", topic, self.thesaurus, self.texts)) for topic in work.topics)

    def places(self, work: Work) -> tuple[str, ...]:
        """Its places: a city with its country behind it, or the country alone."""
        return tuple(self._place(place.city, place.country) for place in work.places)

    def _place(self, city: str, country: str) -> str:
        name = value_label("place", country, self.thesaurus, self.texts)
        return plain(f"{city} ({name})" if city else name)


def key(work: Work, edition: Edition) -> str:
    """By which name a bibliography knows the edition: the same in every export, whatever else is in it."""
    return edition_id(work.id, edition.language)


def full_title(edition: Edition) -> str:
    """The title with the subtitle behind it, on one line, without control characters."""
    title, subtitle = plain(edition.title), plain(edition.subtitle)
    if not title or not subtitle:
        return title or subtitle
    if title[-1] in ".!?…:;":
        return f"{title} {subtitle}"
    # French sets a blank before a colon, one at which no line breaks.
    return f"{title}\u00a0: {subtitle}" if edition.language == "fr" else f"{title}: {subtitle}"


def plain(text: str) -> str:
    """A text on one line, without control characters and needless blanks."""
    return _BREAKS.sub(" ", text).strip()
