"""The first document, in the reader's language, and the style and script that it loads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from library.access import User
from library.locales.negotiation import interface_language as negotiated
from library.locales.negotiation import reader_language
from library.web.files import ONE_YEAR, not_found
from library.web.parameters import parameters
from library.web.visitor import private, user_of

_FRESH = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}


@dataclass(frozen=True, slots=True)
class Document:
    """The first document of a page."""

    markup: str
    found: bool = True
    """Whether there is what the address names."""
    gone: bool = False
    """Whether there was, and is not any more."""


Params = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Front:
    """What a browser loads before the pages speak."""

    pages: tuple[str, ...]
    """The last parts of the addresses of all pages; the first page's is empty."""
    document: Callable[[str, Params, User, str, str], Document]
    """The first document of a page: its name, the parameters of its address, who asks, the interface language, and the
    language whose editions are wanted first."""
    missing: Callable[[str], str]
    """The page for an address at which there is nothing, in an interface language."""
    assets: Mapping[str, Path]
    """The files they name, by name: public, whoever asks."""
    versions: frozenset[str] = frozenset()
    """What stands behind the names in addresses that hold these very files."""


class Frontage:
    """The routes of the first documents and what they load."""

    def __init__(self, front: Front, arrived: Callable[[Request], Response | None] | None = None) -> None:
        """`arrived` answers for somebody who comes back from the place where they signed in."""
        self._front = front
        self._arrived = arrived

    def document(self, request: Request) -> Response:
        """The first document of a page: what is on it comes through Streamlit's connection."""
        arrived = self._arrived(request) if self._arrived is not None else None
        if arrived is not None:
            return arrived
        last = request.url.path.strip("/").rpartition("/")[2]
        page = last if last in self._front.pages else ""  # below a path of a proxy the start page has a name too
        language = interface_language(request)
        user = user_of(request)
        document = self._front.document(page, parameters(request), user, language, reads(request))
        status = 410 if document.gone else 200 if document.found else 404
        return HTMLResponse(document.markup, status, private(user, _FRESH))

    def work(self, request: Request) -> Response:
        """The short address of a work leads to its page."""
        query = urlencode([("id", request.path_params["work"]), *request.query_params.multi_items()])
        return RedirectResponse(f"../work?{query}", 308)

    def missing(self, request: Request) -> Response:
        """Where there is nothing."""
        return HTMLResponse(self._front.missing(interface_language(request)), 404, _FRESH)

    def asset(self, request: Request) -> Response:
        """The style sheet, the script, the icon."""
        path = self._front.assets.get(request.path_params["name"])
        if path is None:
            return not_found()
        # Another version is one of a replica that is newer, or older: a browser must not keep ours under that address.
        fixed = request.query_params.get("v", "") in self._front.versions
        age = f"public, max-age={ONE_YEAR}, immutable" if fixed else "no-cache"
        return FileResponse(path, headers={"Cache-Control": age})


def interface_language(request: Request) -> str:
    """The interface language a request asks for, by the rule that the pages go by too."""
    return negotiated(request.query_params.get("ui", ""), request.headers.get("accept-language", ""))


def reads(request: Request) -> str:
    """The language whose editions somebody wants first, which need not be one of the interface."""
    return reader_language(request.query_params.get("ui", ""), request.headers.get("accept-language", ""))
