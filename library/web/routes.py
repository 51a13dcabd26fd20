"""Every address that is answered here rather than by the pages."""

from __future__ import annotations

from collections.abc import Callable

from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import BaseRoute, Route

from library.library import Library
from library.model import SLUG
from library.web.counting import Counting
from library.web.desk import desk_routes
from library.web.exporting import Exporting
from library.web.files import Files
from library.web.front import Front, Frontage
from library.web.machines import Machines
from library.web.parts import Parts
from library.web.reading import Reader, Reading
from library.web.signing_in import SigningIn
from library.web.suggesting import Suggesting


class _Slug(Convertor[str]):
    """A part of an address that can be the id of a work."""

    regex = SLUG.pattern

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Elsewhere(_Slug):
    """Whatever is not Streamlit's own."""

    regex = r"(?!_stcore/|static/|media/|component/|_components/|auth/|oauth2callback|manifest\.json|favicon\.png).*"


OpenLibrary = Callable[[], Library]
"""Gives the library of this process, opened when first asked for. Raises LibraryError."""


def routes(
    open_library: OpenLibrary, front: Front, reading: Reading | None = None, signing_in: SigningIn | None = None
) -> tuple[BaseRoute, ...]:
    """The routes, in the order in which they are tried; those of the reader when it is said how it is drawn.

    Those for signing in when there is one.
    """
    register_url_convertor("slug", _Slug())
    register_url_convertor("elsewhere", _Elsewhere())
    files = Files(open_library)
    machines = Machines(open_library)
    suggesting = Suggesting(open_library)
    exporting = Exporting(open_library)
    frontage = Frontage(front, signing_in.arrived if signing_in is not None else None)
    return (
        *(Route(f"/{page}", frontage.document) for page in front.pages),
        Route("/work/{work:slug}", frontage.work),
        Route("/assets/{name}", frontage.asset),
        # `path` takes slashes too: an address that is nearly one of ours is refused here, not answered by a page.
        Route("/files/{path:path}", files.file),
        Route("/covers/{path:path}", files.cover),
        Route("/suggest", suggesting.suggest),
        Route("/searched", Counting(open_library).searched, methods=["POST"]),
        Route("/export", exporting.export),
        Route("/healthz", machines.health),
        Route("/robots.txt", machines.robots),
        Route("/parts/{path:path}", Parts().part),
        *(_reader(Reader(open_library, reading)) if reading is not None else ()),
        *(_signing_in(signing_in) if signing_in is not None else ()),
        *desk_routes(open_library),
        Route("/{path:elsewhere}", frontage.missing),
    )


def _reader(reader: Reader) -> tuple[BaseRoute, ...]:
    return Route("/read", reader.document), Route("/occurrences", reader.occurrences)


def _signing_in(signing_in: SigningIn) -> tuple[BaseRoute, ...]:
    return (
        Route("/sign-in", signing_in.show, methods=["GET"]),
        Route("/sign-in", signing_in.send, methods=["POST"]),
        Route("/sign-out", signing_in.show, methods=["GET"]),  # whoever comes by a link finds the button there
        Route("/sign-out", signing_in.sign_out, methods=["POST"]),
    )
