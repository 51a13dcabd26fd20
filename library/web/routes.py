"""Every address that is answered here rather than by the pages."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import BaseRoute, Route

from library.library import Library
from library.web.files import Files
from library.web.front import Front, Frontage
from library.web.machines import Machines
from library.web.parts import Parts
from library.web.reading import Reader, Reading
from library.web.suggesting import Suggesting

OpenLibrary = Callable[[], Library]
"""Gives the library of this process, opened when first asked for. Raises LibraryError."""


def routes(open_library: OpenLibrary, front: Front, reading: Reading | None = None) -> tuple[BaseRoute, ...]:
    """The routes, in the order in which they are tried; those of the reader when it is said how it is drawn."""
    files = Files(open_library)
    machines = Machines(open_library)
    suggesting = Suggesting(open_library)
    frontage = Frontage(front)
    return (
        Route("/", frontage.document),
        Route("/assets/{name}", frontage.asset),
        # `path` takes slashes too: an address that is nearly one of ours is refused here, not answered by a page.
        Route("/files/{path:path}", files.file),
        Route("/covers/{path:path}", files.cover),
        Route("/suggest", suggesting.suggest),
        Route("/healthz", machines.health),
        Route("/robots.txt", machines.robots),
        Route("/parts/{path:path}", Parts().part),
        *(_reader(Reader(open_library, reading)) if reading is not None else ()),
    )


def _reader(reader: Reader) -> tuple[BaseRoute, ...]:
    return Route("/read", reader.document), Route("/occurrences", reader.occurrences)
