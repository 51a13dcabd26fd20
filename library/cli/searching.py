"""`library search`, `show` and `topics`: what members ask, in a terminal."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from library.access import Role, User
from library.cli.filters import (
    Kinds,
    Languages,
    Places,
    Projects,
    Together,
    Topics,
    Years,
    chosen,
    known_combined,
    unheard_of,
)
from library.cli.terminal import Session, out, print_json, say
from library.facets import value_label
from library.languages import language_name
from library.library import Library
from library.model import Edition, Work, edition_id
from library.request import MAX_PER_PAGE, NARROW_ALL, PER_PAGE, SearchRequest, Sort
from library.result import Hit, Passage, SearchResult

SEARCH_HELP = """Search the library.

Example: library search "vie nocturne" --language fr --topic nightlife
"""
SHOW_HELP = """Show one work with its editions.

Example: library show rembrandt-square
"""
TOPICS_HELP = """List the topics of the thesaurus.

Example: library topics
"""

QUERY_HELP = (
    'Words, "phrases", AND OR NOT, prefix*, fuzzy~, =exact, title:… topic:… city:… year:2018..2021; '
    "empty for the newest works."
)


class Audience(StrEnum):
    """As whom somebody searches on the command line."""

    READER = "reader"
    MEMBER = "member"
    STAFF = "staff"

    @property
    def user(self) -> User:
        """One of them."""
        return User(Role.LIBRARIAN if self is Audience.STAFF else Role(self.value))


As = Annotated[Audience, typer.Option("--as", help="Search as this person would.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help=QUERY_HELP)],
    language: Languages = None,
    topic: Topics = None,
    kind: Kinds = None,
    year: Years = None,
    project: Projects = None,
    place: Places = None,
    together: Together = None,
    as_typed: Annotated[
        bool, typer.Option("--as-typed", help="Search only the words typed, in no other language.")
    ] = False,
    sort: Annotated[Sort, typer.Option(help="The order of the works.")] = Sort.RELEVANCE,
    page: Annotated[int, typer.Option(min=1, help="Which page of the answer.")] = 1,
    per_page: Annotated[int, typer.Option(min=1, max=MAX_PER_PAGE, help="Works on a page.")] = PER_PAGE,
    audience: As = Audience.READER,
    as_json: Json = False,
) -> None:
    """Search the library."""
    session: Session = context.obj
    with session.library() as library:
        given = {
            "language": language, "topic": topic, "kind": kind, "year": year, "project": project, "place": place,
        }  # fmt: skip
        filters = chosen(library.thesaurus, given)
        every = [known_combined(name) for name in together or []]
        narrow = [NARROW_ALL] if as_typed else []
        request = SearchRequest.build(query, filters, sort, page, per_page, narrow=narrow, every=every)
        user = audience.user
        result = library.search(request, user)
        texts = library.texts(request.reader)
        for notice in result.notices:
            say(texts(notice.key, **dict(notice.values)))
        for facet, value in unheard_of(library, result, user):
            say(f"No work has the {facet} “{value}”.")
        if result.correction and not result.corrected:
            say(f"{texts('answer.meant')} {result.correction}")
        if as_json:
            print_json(result.as_json())
        else:
            _print(out(), library, result, request)


def show(
    context: typer.Context,
    work: Annotated[str, typer.Argument(help="The id of a work.")],
    audience: As = Audience.READER,
    as_json: Json = False,
) -> None:
    """Show one work."""
    session: Session = context.obj
    with session.library() as library:
        found = library.get(work, audience.user)
        if as_json:
            print_json(work_json(found))
        else:
            _print_work(out(), library, found)


def topics(context: typer.Context, as_json: Json = False) -> None:
    """List the thesaurus."""
    session: Session = context.obj
    with session.library() as library:
        if as_json:
            every = [
                {"id": t.id, "notation": t.notation, "broader": t.broader or None, "labels": dict(t.labels)}
                for t in library.thesaurus
            ]
            print_json({"topics": every})
            return
        console = out()
        for topic in library.thesaurus:
            depth = len(library.thesaurus.with_ancestors(topic.id)) - 1
            console.print(f"{'  ' * depth}{topic.id}  {topic.label('en')}")


def work_json(work: Work) -> dict[str, object]:
    """The object that `library show --json` prints."""
    return {
        "work": work.id,
        "kind": work.kind.value,
        "date": work.date or None,
        "year": work.year,
        "topics": list(work.topics),
        "projects": list(work.projects),
        "places": [place.id for place in work.places],
        "access": work.access.value,
        "status": work.status.value,
        "editions": [_edition_json(work, edition) for edition in work.editions],
    }


def _edition_json(work: Work, edition: Edition) -> dict[str, object]:
    return {
        "edition": edition_id(work.id, edition.language),
        "language": edition.language,
        "title": edition.title,
        "subtitle": edition.subtitle,
        "abstract": edition.abstract,
        "pages": edition.pages,
        "bytes": edition.bytes,
        "sha256": edition.sha256,
        "received": edition.received or None,
        "sections": {section.value: text for section, text in edition.sections},
    }


def _print(console: Console, library: Library, result: SearchResult, request: SearchRequest) -> None:
    for number, hit in enumerate(result.hits, (request.page - 1) * request.per_page + 1):
        if number == result.complete + 1:
            all_words = "Nothing has all the words; these" if number == 1 else "These do not have all the words, but"
            console.print(f"{all_words} have most of them.\n", style="italic")
        _print_hit(console, library, number, hit)
    texts = library.texts("en")
    found = texts("count.works", count=result.total), texts("count.editions", count=result.editions)
    console.print(f"{found[0]}, {found[1]}, {result.took_ms:.0f} ms", style="bold")


def _print_hit(console: Console, library: Library, number: int, hit: Hit) -> None:
    texts = library.texts("en")
    about = [value_label("kind", hit.kind, library.thesaurus, texts), str(hit.year or ""), ", ".join(hit.languages)]
    console.print(Text.assemble((f"{number:3}. ", "dim"), (hit.title, "bold")))
    console.print(f"     {hit.edition}  " + " · ".join(part for part in about if part), style="dim")
    for passage in hit.pages:
        console.print(Text.assemble((f"     p. {passage.label}  ", "dim"), _marked(passage)))
    console.print()


def _marked(passage: Passage) -> Text:
    text = Text(passage.text)
    for start, end in passage.marks:
        text.stylize("bold yellow", start, end)
    return text


def _print_work(console: Console, library: Library, work: Work) -> None:
    texts = library.texts("en")
    labels = [library.thesaurus.label(topic, "en") for topic in work.topics]
    console.print(work.best_edition("en").title, style="bold")
    console.print(f"{work.id}  {value_label('kind', work.kind.value, library.thesaurus, texts)}  {work.date}")
    for name, values in (("topics", labels), ("projects", work.projects), ("places", [p.id for p in work.places])):
        if values:
            console.print(f"{name}: {', '.join(values)}")
    console.print(f"access: {work.access.value}, {work.status.value}")
    for edition in work.editions:
        console.print(
            f"  {edition.language}  {language_name(edition.language)}: {edition.title} ({edition.pages} pages)"
        )
