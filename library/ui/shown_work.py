"""A work as one visit shows it: the edition chosen, and where its links lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from library.languages import UNKNOWN, language_label, language_name
from library.locales import Texts
from library.model import Access, Edition, Place, Status, Work
from library.ui.cards import spoken
from library.ui.links import page_link, read_link
from library.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class ShownWork:
    """A work that this person may read, and the edition of it that the page shows."""

    visit: Visit
    work: Work
    edition: Edition
    chosen: str
    """The interface language that the address asks for, as in `Visit`: read once for the many links."""

    @classmethod
    def of(cls, visit: Visit) -> Self | None:
        """The work that the address names; None when it names none. Raises NotAllowed when it is hidden or missing."""
        named = visit.works("id")
        if not named:
            return None
        work = visit.library.get(named[0], visit.user)
        return cls(visit, work, work.best_edition(visit.read_first(work)), visit.chosen)

    @property
    def t(self) -> Texts:
        """The texts of the interface."""
        return self.visit.t

    @property
    def language(self) -> str:
        """The language of the edition that is shown."""
        return self.edition.language

    def spoken(self, text: str) -> str:
        """The attributes of a text in that language."""
        return spoken(self.language, text)

    def here(self, language: str = "") -> str:
        """This page for one of the languages; without one, for whatever suits the reader best."""
        return page_link("work", self.chosen, id=self.work.id, language=language)

    def read(self, language: str, page: int = 0) -> str:
        """An edition in the reader, opened at a page."""
        return read_link(self.work.id, language, page, reader=self.chosen)

    def standing(self) -> str:
        """What not everybody may read says so: for members, for staff, a draft, withdrawn; empty when it is public."""
        if self.work.status is not Status.PUBLISHED:
            return self.t(f"status.{self.work.status.value}")
        return "" if self.work.access is Access.PUBLIC else self.t(f"access.{self.work.access.value}")

    def place(self, place: Place) -> str:
        """A place in words: its city with the country behind it, or the country alone."""
        country = self.visit.label("place", place.country)
        return self.t("work.city", city=place.city, country=country) if place.city else country


def own_name(language: str, t: Texts) -> str:
    """A language as those call it who speak it, with a capital: a reader looks for “Deutsch” in every interface."""
    return language_label(language, language) if language != UNKNOWN else t("language.unknown")


def read_name(language: str, t: Texts) -> str:
    """A language as the reader calls it where the name stands alone, with a capital."""
    return language_label(language, t.language) if language != UNKNOWN else t("language.unknown")


def in_words(language: str, t: Texts) -> str:
    """A language as the reader calls it within a sentence: small in many languages, “in German” and “en allemand”."""
    return language_name(language, t.language) if language != UNKNOWN else t("language.unknown")
