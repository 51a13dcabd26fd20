"""What a page says and asks for while it is open."""

from __future__ import annotations

from playwright.sync_api import Page


class Watch:
    """What a page said and asked for while it was open."""

    def __init__(self, page: Page, address: str) -> None:
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        own = (address, address.replace("http:", "ws:"), "data:", "blob:")
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(own) else self.foreign.append(asked.url))
