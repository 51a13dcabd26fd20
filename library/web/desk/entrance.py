"""The entrance to the desk: who comes, whether they may, and that a form was sent by our own page.

Every page and every action of the desk is made here, so that none can forget to ask.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from library.access import ANYONE, Right, User, demand
from library.desk import Desk
from library.errors import LibraryError, NotAllowed
from library.library import Library
from library.ui.desk.frame import refusal
from library.ui.desk.visit import DeskVisit
from library.web import csrf
from library.web.desk.bounded import LONGEST_FORM, bounded
from library.web.front import interface_language
from library.web.parameters import parameters
from library.web.visitor import user_of

LOG = logging.getLogger(__name__)

PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Cookie, Accept-Language"}
MOST_FIELDS = 3_000
LONGEST_FIELD = 200_000
REFUSALS = ("forged", "refused", "signed_out")
"""Why somebody does not get in: there is a text for each, and one that says more."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who may be here, with what they asked for."""

    desk: Desk
    visit: DeskVisit
    request: Request

    def page(self, markup: str, status: int = 200) -> Response:
        """An answer that is a page."""
        return HTMLResponse(markup, status, PRIVATE)

    def go(self, page: str, /, **values: str) -> Response:
        """To another page of the library, such as `desk/work`, after something was done."""
        return RedirectResponse(self.visit.link(page, **values), 303, PRIVATE)


Draw = Callable[[Entered], Response]
Act = Callable[[Entered, FormData], Response]
Take = Callable[[Entered, Request], Awaitable[Response]]


class Entrance:
    """Makes the routes of the desk."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    def page(self, path: str, right: Right, draw: Draw) -> Route:
        """The route of something that is looked at by those who have a right."""

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(self._guarded, request, right, draw)

        return Route(path, endpoint, methods=["GET"])

    def action(self, path: str, right: Right, act: Act, most: int = LONGEST_FORM, files: int = 0) -> Route:
        """The route of something that is done with a form of at most so many bytes and files."""

        async def endpoint(request: Request) -> Response:
            entered = await run_in_threadpool(self.staff, request, right)
            if isinstance(entered, Response):
                return entered
            limited = bounded(request, most)
            try:
                async with limited.form(max_files=files, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD) as form:
                    try:
                        await csrf.check(request, form)
                    except HTTPException:
                        return _refused(request, entered.visit, 403, "forged")
                    return await run_in_threadpool(self._answered, entered, lambda inside: act(inside, form))
            except OSError as error:  # a long form is put down on the disk while it comes
                return _broken(entered, error)

        return Route(path, endpoint, methods=["POST"])

    def stream(self, path: str, right: Right, act: Take) -> Route:
        """The route of something that takes its body piece by piece; the token stands in the head of the request."""

        async def endpoint(request: Request) -> Response:
            entered = await run_in_threadpool(self.staff, request, right)
            if isinstance(entered, Response):
                return entered
            try:
                await csrf.check(request, {})
            except HTTPException:
                return _refused(request, entered.visit, 403, "forged")
            try:
                return await act(entered, request)
            except LibraryError as error:
                return _failed(entered, error)
            except OSError as error:
                return _broken(entered, error)

        return Route(path, endpoint, methods=["POST"])

    def staff(self, request: Request, right: Right) -> Entered | Response:
        """Who comes, when they have the right; else where they are sent, or the refusal that tells nothing."""
        try:
            library = self._open()
        except LibraryError as error:
            return _unavailable(request, error)
        user = user_of(request)
        visit = _visit(library, user, request)
        try:
            demand(user, right)
        except NotAllowed:
            return _stranger(request, visit)
        return Entered(Desk(library, user), visit, request)

    def _guarded(self, request: Request, right: Right, draw: Draw) -> Response:
        entered = self.staff(request, right)
        return entered if isinstance(entered, Response) else self._answered(entered, draw)

    def _answered(self, entered: Entered, draw: Draw) -> Response:
        """What a page answers; what the library cannot do is said on a page."""
        try:
            return draw(entered)
        except LibraryError as error:
            return _failed(entered, error)
        except OSError as error:
            return _broken(entered, error)


def _failed(entered: Entered, error: LibraryError) -> Response:
    if isinstance(error, NotAllowed):
        return _refused(entered.request, entered.visit, 404, "refused")
    LOG.warning("%s: %s (%s)", entered.request.url.path, error.message, error.remedy)
    if wants_json(entered.request):
        return JSONResponse({"error": error.message, "remedy": error.remedy}, 409, PRIVATE)
    page = refusal(entered.visit, entered.visit.t("desk.failed"), error.message, error.remedy)
    return HTMLResponse(page, 409, PRIVATE)


def _broken(entered: Entered, error: OSError) -> Response:
    """The machine failed: a full disk, a folder that may not be written, a lock that another program holds too long.

    What the system says names folders: it is for the log. Raises ConnectionError again: whoever asked has gone.
    """
    if isinstance(error, ConnectionError):
        raise error
    LOG.error("%s: %s", entered.request.url.path, error, exc_info=error)
    heading, words = entered.visit.t("error.title"), entered.visit.t("error.unexpected")
    if wants_json(entered.request):
        return JSONResponse({"error": heading, "remedy": words}, 503, PRIVATE)
    return HTMLResponse(refusal(entered.visit, heading, words), 503, PRIVATE)


def _stranger(request: Request, visit: DeskVisit) -> Response:
    """Somebody not signed in is asked to sign in; a form keeps what was typed, in the browser's history."""
    if visit.user != ANYONE:
        return _refused(request, visit, 404, "refused")
    if request.method == "POST" or wants_json(request):
        return _refused(request, visit, 401, "signed_out")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(visit.link("sign-in", next=f"{visit.path}{query}"), 303, PRIVATE)


def _refused(request: Request, visit: DeskVisit, status: int, why: str) -> Response:
    """A refusal for one of `REFUSALS`."""
    heading, words = visit.t(f"desk.{why}"), visit.t(f"desk.{why}_why")
    if wants_json(request):
        return JSONResponse({"error": heading}, status, PRIVATE)
    return HTMLResponse(refusal(visit, heading, words), status, PRIVATE)


def wants_json(request: Request) -> bool:
    """Whether a script asks rather than a person."""
    return request.headers.get("accept", "").startswith("application/json")


def _visit(library: Library, user: User, request: Request) -> DeskVisit:
    path = request.scope["path"].removeprefix(request.scope.get("root_path", "")).strip("/")
    texts = library.texts(interface_language(request))
    return DeskVisit(library, user, texts, csrf.token(request), path, parameters(request))


def _unavailable(request: Request, error: LibraryError) -> Response:
    LOG.warning("%s: %s (%s)", request.url.path, error.message, error.remedy)
    return Response("The library cannot answer just now.", 503, PRIVATE, media_type="text/plain")
