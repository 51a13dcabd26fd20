"""The first document, in the reader's language, and the style and script that it loads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from library.locales.negotiation import interface_language as negotiated
from library.web.files import ONE_YEAR, not_found


@dataclass(frozen=True, slots=True)
class Front:
    """What a browser loads before the pages speak."""

    document: Callable[[str], str]
    """The first document in an interface language."""
    assets: Mapping[str, Path]
    """The files it names, by name: public, whoever asks."""


class Frontage:
    """The routes of the first document and what it loads."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def document(self, request: Request) -> Response:
        """The first document: the pages themselves come through Streamlit's connection."""
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return HTMLResponse(self._front.document(interface_language(request)), headers=headers)

    def asset(self, request: Request) -> Response:
        """The style sheet, the script, the icon."""
        path = self._front.assets.get(request.path_params["name"])
        if path is None:
            return not_found()
        age = f"public, max-age={ONE_YEAR}, immutable" if request.query_params.get("v") else "no-cache"
        return FileResponse(path, headers={"Cache-Control": age})


def interface_language(request: Request) -> str:
    """The interface language a request asks for, by the rule that the pages go by too."""
    return negotiated(request.query_params.get("ui", ""), request.headers.get("accept-language", ""))
