"""A simulated member's session: Streamlit's own protocol over its websocket, without a browser.

It says what a browser says (the address, the page, the widgets' values, which messages it has kept) and reads what a
browser reads, so that the server has the work of a real session. What a browser draws is not paid for.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.protocol import State

PATIENCE = 60.0
"""Seconds that a rerun may take before it counts as an error."""
KEPT_RUNS = 2
"""Reruns for which a browser keeps a message that is not used: Streamlit's `global.maxCachedMessageAge`."""
NO_PAGE = "the application has no such page"
FAILED = 'class="apology"'
"""How the pages say that they could not be drawn."""

Value = str | float | tuple[str, ...]
"""What a widget says: a text, a number, the options chosen."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a member does: where the address then leads, and what the widgets then say."""

    kind: str
    page: str = ""
    """The path of the page, without slashes."""
    query: str = ""
    """What stands behind the question mark."""
    widgets: Mapping[str, Value] = field(default_factory=dict)
    """Values of widgets by their key: for pages whose state is not the address."""
    pause: float = 0.0
    """Seconds before it is done."""
    suggest: str = ""
    """What the search box asks suggestions for meanwhile."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """What one step cost."""

    kind: str
    wall: float
    """Seconds from what is sent to the server's word that the page is finished."""
    received: int
    """Bytes."""
    elements: int
    """Elements and containers that the page consists of, those that were kept included."""
    error: str = ""
    """What went wrong; empty when nothing did."""


class Session:
    """One open page."""

    def __init__(self, socket: ClientConnection, url: str, locale: str) -> None:
        self._socket = socket
        self._url = url
        self._locale = locale
        self.pages: dict[str, str] = {}
        """The hash of each page that the application has, by its path."""
        self.html: list[str] = []
        """The markup of the page, as it was last drawn."""
        self._identifiers: dict[str, str] = {}
        self._values: dict[str, Value] = {}
        self._kept: dict[str, tuple[ForwardMsg, int]] = {}
        self._runs = 0

    @classmethod
    async def open(cls, url: str, locale: str = "en-GB") -> Self:
        """A connection to the server at an address such as `http://localhost:8501/`; nothing is drawn yet."""
        # A browser never asks whether the server is still there, and so never leaves because of a slow one.
        stream = url.replace("http", "ws", 1) + "_stcore/stream"
        headers = {"Accept-Language": locale}
        return cls(
            await connect(stream, max_size=None, ping_interval=None, open_timeout=PATIENCE, additional_headers=headers),
            url,
            locale,
        )

    @property
    def lost(self) -> bool:
        """Whether the connection is gone."""
        return self._socket.state is not State.OPEN

    async def close(self) -> None:
        """Leave, as by closing the tab."""
        await self._socket.close()

    async def run(self, step: Step) -> Rerun:
        """Do something and wait until the page is drawn."""
        self._values.update(step.widgets)
        begun = time.perf_counter()
        received = elements = 0
        error = ""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._socket.send(self._asked(step))
                received, elements, error = await self._drawn()
        except Exception as failure:  # whatever it was, it is counted and told
            error = f"{type(failure).__name__}: {failure}"
        return Rerun(step.kind, time.perf_counter() - begun, received, elements, error)

    def _asked(self, step: Step) -> bytes:
        """The message by which a browser asks for a page."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = step.query
        if step.page in self.pages:
            asked.page_script_hash = self.pages[step.page]
        else:
            asked.page_name = step.page
        asked.is_history_navigation = True
        asked.cached_message_hashes.extend(self._kept)
        asked.context_info.locale = self._locale
        asked.context_info.timezone = "Europe/Paris"
        asked.context_info.url = f"{self._url}{step.page}"
        for key, value in self._values.items():
            if key in self._identifiers:
                state = asked.widget_states.widgets.add(id=self._identifiers[key])
                if isinstance(value, str):
                    state.string_value = value
                elif isinstance(value, float):
                    state.double_value = value
                else:
                    state.string_array_value.data.extend(value)
        return bytes(message.SerializeToString())

    async def _drawn(self) -> tuple[int, int, str]:
        """Read until the page is finished: bytes, elements, and what went wrong."""
        received = elements = 0
        begun, error = False, ""
        self._runs += 1
        while True:
            data = await self._socket.recv(decode=False)
            received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                begun, elements, error, self.html = True, 0, "", []
            elif kind == "navigation":
                self.pages = {
                    "" if page.is_default else page.url_pathname: page.page_script_hash
                    for page in message.navigation.app_pages
                }
            elif kind == "page_not_found":
                error = NO_PAGE
            elif kind in ("delta", "ref_hash"):
                elements += 1
                error = self._take(message) or error
            elif kind == "script_finished" and begun:
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    error = error or f"finished with {message.script_finished}"
                self._forget()
                return received, elements, error or ("" if elements else "nothing was drawn")

    def _take(self, message: ForwardMsg) -> str:
        """Draw an element, from what was kept when the server only names it; what is wrong with it."""
        if message.WhichOneof("type") == "ref_hash":
            if message.ref_hash not in self._kept:
                return "the server names a message that was never sent"
            message, _ = self._kept[message.ref_hash]
        if message.metadata.cacheable:
            self._kept[message.hash] = message, self._runs
        if message.delta.WhichOneof("type") != "new_element":
            return ""
        element = message.delta.new_element
        kind = element.WhichOneof("type") or ""
        if kind == "exception":
            return f"{element.exception.type}: {element.exception.message}"
        if kind == "html":
            self.html.append(element.html.body)
            return "the page says that it cannot be drawn" if FAILED in element.html.body else ""
        if identifier := getattr(getattr(element, kind), "id", ""):
            self._identifiers[str(identifier).split("-", 2)[-1]] = str(identifier)
        return ""

    def _forget(self) -> None:
        """Let go of messages that were not used for some reruns, as a browser does."""
        self._kept = {name: kept for name, kept in self._kept.items() if self._runs - kept[1] < KEPT_RUNS}
