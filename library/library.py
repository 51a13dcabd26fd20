"""The library as a whole: open it on a folder, then search, look up, add, index and check.

    with Library.open(Path(".")) as library:
        result = library.search(SearchRequest.build("nightlife"), ANYONE)

Every verb that shows something takes who is asking; what that person may not see is as if it were not there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from library.access import Role, User, require, visible_to
from library.catalogue import Catalogue
from library.correction import Corrector
from library.doctor import Checksums, Finding, Patient, check
from library.engines import Answer, Engine
from library.engines.choosing import chosen_engine
from library.errors import NotAllowed, RecordError, UsageError
from library.expansion import Expander
from library.facets import labelled
from library.formats.page_store import PageStore
from library.hits import Hits
from library.indexing import Indexing, IndexReport, Progress
from library.ingest import Added, AddReport, Ingest, KnownTexts, Outcome, Stated
from library.insight import Insight
from library.likeness import Likener
from library.locales import LANGUAGES, Texts, load_texts
from library.model import Edition, Work, edition_id
from library.occurrences import Occurrences, Occurring
from library.query import Node, parse
from library.request import MAX_QUERY, PER_PAGE, SearchRequest
from library.result import Chapter, Expansion, Notice, SearchResult, Similar, Suggestion, Tombstone
from library.settings import Settings, read_settings
from library.suggestions import Suggester
from library.topics import Thesaurus, load_thesaurus
from library.wording import Wording

COMMIT_PAGES = 1_000
"""Pages that are added before they are committed: the index is written while further files are being read."""

MOST_LISTED = 1_000
"""Works in the answer to a search that are given at once, to be taken away."""
MOST_GATHERED = 200
"""Works of a list that a reader made: an address has room for about as many."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request, and what the engine answers to it."""

    request: SearchRequest
    notices: tuple[Notice, ...]
    expanded: tuple[Expansion, ...]
    answer: Answer
    instead: bool = False
    """Whether it is shown instead of what was asked."""


class Library:
    """A library in a root folder: `documents/` holds the truth, `index/` everything derived from it."""

    def __init__(self, root: Path, settings: Settings, thesaurus: Thesaurus, engine: Engine) -> None:
        self.root = root
        self.settings = settings
        self.catalogue = Catalogue(root / "documents")
        self.pages = PageStore(root / "index" / "pages")
        self.covers = root / "index" / "covers"
        self.engine = engine
        self.insight = Insight.open(root / "private", settings.insight_days)
        self._texts: dict[str, Texts] = {}
        self._hits = Hits(self.catalogue, self.pages)
        self._expanding = Lock()
        self.use(thesaurus)
        self._occurring = Occurring(self.pages)

    @classmethod
    def open(cls, root: Path) -> Self:
        """The library in a folder, which may still be empty.

        Raises UsageError when there is no such folder, RecordError when its settings or its thesaurus are not right,
        LibraryError when the engine that they name needs a package that is missing.
        """
        if not root.is_dir():
            raise UsageError(f"there is no folder {root}", "make it, or name another with --root")
        thesaurus = load_thesaurus(root / "documents" / "topics.ttl")
        settings = read_settings(root)
        return cls(root, settings, thesaurus, chosen_engine(settings.engine, root))

    def use(self, thesaurus: Thesaurus) -> None:
        """Let everything that knows topics go by this thesaurus."""
        wording = Wording(self.engine, self.catalogue, self.pages, thesaurus)
        self._corrector = Corrector(self.engine, thesaurus, wording)
        self._suggester = Suggester(self.engine, self.catalogue, thesaurus, wording)
        self._likener = Likener(self.engine, self.catalogue, self.pages, thesaurus)
        self._expander = Expander(thesaurus)
        self.thesaurus = thesaurus
        self.__dict__.pop("indexing", None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self.engine.close()

    # -- for members

    def search(self, request: SearchRequest, user: User, interface: str = "") -> SearchResult:
        """The works that answer a request, as this person may see them. Raises IndexOutOfDate.

        Facets are labelled in the language of the interface; in the reader's where none is named.
        """
        started = time.perf_counter()
        shown, meant = self._shown(request, user)
        notices = shown.notices
        if request.cut:
            notices = (*notices, Notice("notice.cut", (("count", str(MAX_QUERY)),)))
        answer = shown.answer
        hits = self._hits.of(answer.hits, user, "" if request.selected("language") else request.reader)
        facets = labelled(answer.counts, request, self.thesaurus, self.texts(interface or request.reader))
        return SearchResult(
            query=request.query,
            total=answer.total,
            complete=answer.complete,
            editions=answer.editions,
            took_ms=(time.perf_counter() - started) * 1000,
            hits=hits,
            facets=facets,
            correction=meant.request.query if meant is not None else None,
            corrected=shown is meant,
            expanded=shown.expanded,
            notices=notices,
        )

    def listed(self, request: SearchRequest, user: User, most: int = MOST_LISTED) -> tuple[tuple[Work, Edition], ...]:
        """The first works that answer a request, in their order, whatever its page. Raises IndexOutOfDate.

        Each has the reader's language when it can and the search names no languages, else the one it was found in.
        """
        shown, _ = self._shown(replace(request, page=1, per_page=min(max(most, 1), MOST_LISTED)), user)
        reader = "" if request.selected("language") else request.reader
        found = ((self._hits.open_to(user, hit.work), hit.language) for hit in shown.answer.hits)
        works = ((work, work.edition(reader) or work.edition(language)) for work, language in found if work is not None)
        return tuple((work, edition) for work, edition in works if edition is not None)

    def gathered(self, works: Iterable[str], user: User, *languages: str) -> tuple[tuple[Work, Edition], ...]:
        """These works in their order, each once and in the first of these languages that it has.

        What is hidden or not there is left out without a word; no more than `MOST_GATHERED` are looked at.
        """
        asked = islice(dict.fromkeys(islice(works, 2 * MOST_GATHERED)), MOST_GATHERED)
        found = (work for name in asked if (work := self._hits.open_to(user, name)) is not None)
        return tuple((work, work.best_edition(*languages)) for work in found)

    def suggest(self, text: str, user: User, reader: str = "", most: int = 8) -> tuple[Suggestion, ...]:
        """What somebody who is typing may be looking for, with counts of what they may find. Raises IndexOutOfDate."""
        request = SearchRequest.build(reader=reader)
        return self._suggester.suggest(
            text, user, request.reader or LANGUAGES[0], most, lambda node: self._expand(node, request)[0]
        )

    def like(self, work: str, user: User, reader: str = "", most: int = 6) -> tuple[Similar, ...]:
        """The works that are most like this one, across languages, and why. Raises NotAllowed, IndexOutOfDate."""
        return self._likener.like(self.get(work, user), user, reader, most)

    def occurrences(
        self, work: str, language: str, query: str, user: User, narrow: tuple[str, ...] = ()
    ) -> Occurrences:
        """Where the words of a query stand in an edition, for somebody who may read it. Raises NotAllowed.

        What a search adds to the query is looked for too, topics in `narrow` left alone.
        """
        edition = self.get(work, user).edition(language)
        if edition is None:
            raise NotAllowed(edition_id(work, language))
        request = SearchRequest.build(query, narrow=narrow)
        node, _ = self._expand(parse(request.query).node, request)
        return self._occurring.find(node, edition)

    def get(self, work: str, user: User) -> Work:
        """One work, by its id. Raises NotAllowed, in the same words whether it is hidden or not there.

        A record that is not right says nothing of who may read it: staff get the RecordError, others NotAllowed.
        """
        try:
            return require(user, self.catalogue.get(work), work)
        except RecordError:
            if user.role is Role.LIBRARIAN:
                raise
            raise NotAllowed(work) from None

    def works(self, user: User) -> tuple[Work, ...]:
        """Every work open to this person, by id; a record that is not right is left out: the doctor tells of it."""
        found = (self._hits.open_to(user, work) for work in self.catalogue.identifiers())
        return tuple(work for work in found if work is not None)

    def tombstone(self, work: str, user: User, *languages: str) -> Tombstone | None:
        """What is left of a withdrawn work, for those who could read it; None when there is no such thing to tell."""
        return self._hits.tombstone(work, user, *languages)

    def file(self, work: str, language: str, user: User) -> Path:
        """Where the file of an edition lies, for somebody who may read it. Raises NotAllowed."""
        found = self.get(work, user)
        edition = found.edition(language)
        path = self.catalogue.file(found.id, edition) if edition is not None else None
        if path is None or not path.is_file():
            raise NotAllowed(edition_id(work, language))
        return path

    def contents(self, work: str, language: str, user: User) -> tuple[Chapter, ...]:
        """The table of contents that an edition's file carries, with page labels as printed. Raises NotAllowed.

        Empty when the file carries none, or while its pages are not kept: `library index` reads them again.
        """
        edition = self.get(work, user).edition(language)
        if edition is None:
            raise NotAllowed(edition_id(work, language))
        stored = self.pages.remembered(edition.sha256)
        if stored is None:
            return ()
        inside = [entry for entry in stored.outline if 1 <= entry.page <= len(stored)]
        return tuple(Chapter(e.title, e.page, stored.labels[e.page - 1], e.level) for e in inside)

    def texts(self, language: str) -> Texts:
        """The interface texts of a language, or of the one that stands in for it."""
        if language not in self._texts:
            self._texts[language] = load_texts(language)
        return self._texts[language]

    def _shown(self, request: SearchRequest, user: User) -> tuple[_Asked, _Asked | None]:
        """What is shown for a request, and what a corrected query finds."""
        asked = self._ask(request, user)
        meant = self._meant(asked, user)
        return (meant if meant is not None and meant.instead else asked), meant

    def _ask(self, request: SearchRequest, user: User) -> _Asked:
        """What the engine answers to a request."""
        parsed = parse(request.query)
        node, expanded = self._expand(parsed.node, request)
        answer = self.engine.search(node, request, visible_to(user))
        return _Asked(request, parsed.notices, expanded, answer)

    def _meant(self, asked: _Asked, user: User) -> _Asked | None:
        """What a corrected query finds, when that is no less; to be shown instead when nothing was found as typed."""
        request, answer = asked.request, asked.answer
        if not request.query or answer.complete >= PER_PAGE:
            return None
        language = request.reader or LANGUAGES[0]
        found = self._corrector.propose(
            request.query, language, visible_to(user), lambda node: self._expand(node, request)[0]
        )
        if found is None:
            return None
        better = self._ask(replace(request, query=found.query), user)
        if not better.answer.total or better.answer.complete < max(answer.complete, bool(answer.total)):
            return None
        if answer.total or not found.sure:
            return better
        values = ("query", request.query), ("correction", found.query)
        return replace(better, notices=(Notice("notice.corrected", values), *better.notices), instead=True)

    def _expand(self, node: Node, request: SearchRequest) -> tuple[Node, tuple[Expansion, ...]]:
        with self._expanding:
            return self._expander.expand(node, request.narrow)

    # -- for staff

    def add(
        self,
        paths: Iterable[Path],
        stated: Stated,
        *,
        dry_run: bool = False,
        jobs: int = 1,
        progress: Progress = lambda *_: None,
    ) -> AddReport:
        """Take files into the library and its index; every file has an outcome in the report."""
        ingest = self.ingest(stated, dry_run)
        if not dry_run:
            self.index(jobs=jobs, progress=progress)  # what is missing from before, so that the rest is only new
        outcomes: list[Outcome] = []
        waiting: list[Added] = []
        for outcome in ingest.run(paths, jobs):
            outcomes.append(outcome)
            progress("reading", len(outcomes), 0)
            if isinstance(outcome, Added) and not dry_run:
                waiting.append(outcome)
                if sum(added.pages for added in waiting) >= COMMIT_PAGES:
                    self._put(waiting)
        self._put(waiting)
        return AddReport.of(outcomes)

    def prepare_ingest(self, stopped: Callable[[], bool]) -> None:
        """Read what the next file that is added will be compared with, until there is something better to do."""
        self._known_texts.prepare(self.catalogue.census().works, stopped)

    def ingest(self, stated: Stated, dry_run: bool = False) -> Ingest:
        """What takes files into the catalogue as it stands now; the index is not told."""
        return Ingest(self.catalogue, self.pages, self.covers, self.topics_file, self._known_texts, stated, dry_run)

    @cached_property
    def _known_texts(self) -> KnownTexts:
        return KnownTexts(self.pages, self.root / "index" / "shingles")

    def _put(self, waiting: list[Added]) -> None:
        """Index the editions that wait, and let them go. A work that grew since is taken as it is now."""
        if waiting:
            self.indexing.put(added.edition for added in waiting)
            waiting.clear()

    def index(self, *, rebuild: bool = False, jobs: int = 1, progress: Progress = lambda *_: None) -> IndexReport:
        """Bring the index in step with the catalogue."""
        return self.indexing.sync(rebuild=rebuild, jobs=jobs, progress=progress)

    def check(self, known: Checksums | None = None, progress: Progress = lambda *_: None) -> tuple[Finding, ...]:
        """What is not in order, with what to do about it; files known from a look before are looked at less."""
        daybook, sums = self.insight.daybook, known or Checksums()
        parts = self.catalogue, self.thesaurus, self.pages, self.indexing, self.root, daybook
        return check(Patient(*parts, sums, progress))

    @cached_property
    def indexing(self) -> Indexing:
        """What keeps the index in step."""
        return Indexing(self.catalogue, self.engine, self.pages, self.covers, self.topics_file, self.thesaurus)

    @property
    def topics_file(self) -> Path:
        """Where the thesaurus lies."""
        return self.root / "documents" / "topics.ttl"
