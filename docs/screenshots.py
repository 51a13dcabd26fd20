"""`make screenshots`: every page as a picture, to be looked at: wide and narrow, light and dark, in several languages.

    python docs/screenshots.py FOLDER [--readme]

With `--readme`, the four pictures of the README are made anew in `docs/pictures/` instead. It serves the library of
this checkout, which must be indexed, and drives Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from tests.browser.arabic_library import build_arabic  # noqa: E402

READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PAGES = {
    "start": "",
    "search": "?q=night+women",
    "nothing": "?q=xyzzy&topic=drugs",
    "themes": "browse",
    "places": "browse?by=place",
    "years": "browse?by=year",
    "theme": "theme?id=nightlife",
    "work": "work?id=rembrandt-square",
    "reader": "read?id=safer-nights&page=8&q=harassment",
    "compare": "compare?work=night-mediators&work=women-night-walks",
    "list": "list?work=rembrandt-square&work=safer-nights&work=night-mediators",
    "missing": "nowhere",
}
PATIENCE = 60.0
"""Seconds that the server may take to start."""


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at."""

    name: str
    width: int = 1280
    language: str = "en-GB"
    dark: bool = False


VIEWS = (
    View("wide"),
    View("dark", dark=True),
    View("narrow", width=390),
    View("narrow-dark", width=390, dark=True),
    View("fr", language="fr-FR"),
    View("de", language="de-DE"),
    View("narrow-de", width=390, language="de-DE"),
)
ARABIC = {
    "search": "?q=%D8%A7%D9%84%D9%84%D9%8A%D9%84",
    "work": "work?id=night-cctv&language=ar",
    "reader": "read?id=night-cctv&language=ar&page=2&q=CCTV",
}
"""No work of the demonstration library is written from right to left: the tests have one."""
README = {"search": View("wide"), "work": View("wide"), "reader": View("wide"), "places": View("wide")}


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """The pages over a library, at an address of their own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from library.cli import main; main()", "--root", str(root), "serve"]
    server = subprocess.Popen([*command, "--port", str(port)], cwd=CHECKOUT, stdout=subprocess.DEVNULL)
    address = f"http://localhost:{port}/"
    try:
        last = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{address}healthz", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if server.poll() is not None or time.monotonic() > last:
                    sys.exit("the pages could not be served: run “library index” and see what “library serve” says")
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def picture(browser: Browser, address: str, view: View, path: Path) -> None:
    """One page, from its top to where a screen of that width ends."""
    height = 900 if view.width > 500 else 844
    context = browser.new_context(
        viewport={"width": view.width, "height": height},
        locale=view.language,
        color_scheme="dark" if view.dark else "light",
    )
    page = context.new_page()
    page.goto(address)
    if page.locator('[data-testid="stApp"], #root').count():
        page.wait_for_selector(READY, timeout=30_000)
        page.wait_for_selector(".masthead, .apology", timeout=30_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)
    page.screenshot(path=path)
    print(path)
    context.close()


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readme", action="store_true")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("there is no Chromium here: install it with `apt-get install chromium`")
    given.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        if given.readme:
            with serving(CHECKOUT) as address:
                for name, view in README.items():
                    picture(browser, address + PAGES[name], view, given.folder / f"{name}.png")
        else:
            _all(browser, given.folder)
        browser.close()


def _all(browser: Browser, folder: Path) -> None:
    """Every page in every view, and those with Arabic on them."""
    with serving(CHECKOUT) as address:
        for name, path in PAGES.items():
            for view in VIEWS:
                picture(browser, address + path, view, folder / f"{name}-{view.name}.png")
    with tempfile.TemporaryDirectory() as root, serving(build_arabic(Path(root))) as address:
        for name, path in ARABIC.items():
            for view in (View("ar", language="ar"), View("narrow-ar", width=390, language="ar")):
                picture(browser, address + path, view, folder / f"{name}-{view.name}.png")


if __name__ == "__main__":
    main()
