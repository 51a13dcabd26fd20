"""Works as they are shown: what an engine found, with what the records and the kept texts say now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from library.access import User, may_read, visible_to
from library.analysis import landmarks
from library.catalogue import Catalogue
from library.engines import EngineHit, PageMatch
from library.errors import RecordError
from library.formats.page_store import PageStore, StoredPages
from library.model import Status, TextSource, Work
from library.result import Hit, Passage, Tombstone
from library.snippets import passage

MOST_LANDMARKS = 50_000
"""Pages shown before whose landmarks stay in memory: some hundred bytes each."""


class Hits:
    """Makes what is shown out of what was found; remembers where the words of a page stand."""

    def __init__(self, catalogue: Catalogue, pages: PageStore) -> None:
        self.catalogue = catalogue
        self.pages = pages
        self._landmarks: dict[tuple[str, int, int], tuple[int, ...]] = {}

    def of(self, found: Iterable[EngineHit], user: User, reader: str) -> tuple[Hit, ...]:
        """The works found, in their order, called as they are in the reader's language where they have it.

        Those that this person may no longer read are left out.
        """
        return tuple(hit for one in found if (hit := self._hit(one, user, reader)) is not None)

    def open_to(self, user: User, work: str) -> Work | None:
        """A work as its record says now; None when that is gone, not right, or not open to this person."""
        found = self.catalogue.sound(work)
        return found if found is not None and may_read(user, found) else None

    def tombstone(self, work: str, user: User, *languages: str) -> Tombstone | None:
        """What is left of a withdrawn work, for those who could read it."""
        found = self.catalogue.sound(work)
        if found is None or found.status is not Status.WITHDRAWN or found.access not in visible_to(user):
            return None
        edition = found.best_edition(*languages)
        try:
            changes = self.catalogue.history(work)
        except RecordError:  # the doctor tells of it; the stone stands all the same
            changes = ()
        heir = self.open_to(user, found.merged_into) if found.merged_into else None
        return Tombstone(
            work, edition.title, edition.language, changes[-1].when if changes else "", found.reason,
            heir.id if heir is not None else "",
        )  # fmt: skip

    def _hit(self, found: EngineHit, user: User, reader: str) -> Hit | None:
        """A hit with what its record says now; None when that is gone, not right, or no longer open to this person."""
        work = self.open_to(user, found.work)
        edition = work.edition(found.language) if work is not None else None
        if work is None or edition is None:
            return None
        known = work.edition(reader) or edition  # what the work is called for this reader
        return Hit(
            work=work.id,
            edition=found.edition,
            language=found.language,
            languages=work.languages,
            title=edition.title,
            kind=work.kind.value,
            year=work.year,
            topics=work.topics,
            score=found.score,
            pages=self._passages(found, edition.sha256),
            more_pages=found.more_pages,
            sha256=edition.sha256,
            abstract=known.abstract,
            places=tuple(place.id for place in work.places),
            access=work.needs.value,
            called=known.title,
            called_in=known.language,
            format=edition.format,
        )

    def _passages(self, found: EngineHit, sha256: str) -> tuple[Passage, ...]:
        """The best pages with the words marked; the pages alone while their text is not kept."""
        stored = self.pages.remembered(sha256)
        if stored is None:
            return _bare(found)
        try:
            inside = [page for page in found.pages if page.number <= len(stored)]
            return tuple(self._passage(stored, sha256, page) for page in inside) or _bare(found)
        except OSError:  # the texts have gone from the disk since
            self.pages.drop(sha256)
            return _bare(found)

    def _passage(self, stored: StoredPages, sha256: str, page: PageMatch) -> Passage:
        text = stored.text(page.number)
        key = sha256, page.number, len(text)  # OCR may have given the page another text since
        known = self._landmarks.get(key)
        if known is None:
            if len(self._landmarks) >= MOST_LANDMARKS:
                self._landmarks.clear()
            known = self._landmarks[key] = landmarks(text)
        shown = passage(page.number, stored.labels[page.number - 1], text, page.tokens, known)
        by_ocr = stored.sources[page.number - 1] is TextSource.OCR
        return replace(shown, by_ocr=True) if by_ocr else shown


def _bare(found: EngineHit) -> tuple[Passage, ...]:
    """The pages of a hit whose text is not kept: `library index` reads it again."""
    return tuple(Passage(page.number, str(page.number)) for page in found.pages)
