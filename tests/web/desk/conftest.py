"""A library with a desk, people of every role who are signed in, and the routes between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.access import Role
from library.accounts import Accounts
from library.accounts.accounts import SignedIn
from library.accounts.passwords import Passwords
from library.library import Library
from library.model import Access, Kind, Status
from library.sign_in import SignIn, Way
from library.web import Front, Visitors, middleware, routes
from library.web.front import Document
from library.web.visitor import SESSION
from tests.papers import paper, shelve

PASSWORD = "seven lamps on a square"
FRONT = Front((), lambda *_: Document(""), str, {})
ORIGIN = "https://library.example"
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script> & “quoted”'
TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:public-spaces a skos:Concept ; skos:prefLabel "Public spaces"@en, "Espaces publics"@fr .
topic:nightlife a skos:Concept ; skos:broader topic:public-spaces ; skos:prefLabel "Nightlife"@en, "Vie nocturne"@fr .
topic:sport a skos:Concept ; skos:prefLabel "Sport"@en, "Sport"@fr .
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a browser."""

    client: TestClient
    session: str

    @property
    def head(self) -> dict[str, str]:
        """What this browser sends along."""
        return {"Cookie": f"{SESSION}={self.session}"} if self.session else {}

    def get(self, path: str, **params: str) -> Response:
        """Look at a page; redirects are not followed."""
        answer: Response = self.client.get(path, params=params, headers=self.head, follow_redirects=False)
        return answer

    def token(self) -> str:
        """The token of the forms of the pages this person is shown."""
        found = re.search(r'name="token" value="([^"]+)"', self.get("/desk").text)
        return unescape(found[1]) if found else ""

    def post(self, path: str, fields: Mapping[str, object] | None = None, **more: Any) -> Response:
        """Send a form with the token."""
        data = {"token": self.token(), **(fields or {})}
        answer: Response = self.client.post(path, data=data, headers=self.head, follow_redirects=False, **more)
        return answer

    def form(self, work: str) -> dict[str, object]:
        """What the form of a record sends when nothing in it is touched."""
        return filled(self.get("/desk/work", id=work).text)


def filled(page: str) -> dict[str, object]:
    """The fields of the record's form with their values, as a browser would send them; no buttons."""
    form = page[page.index('<form id="record"') : page.index("</form>", page.index('<form id="record"'))]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, kind = _attribute(tag, "name"), _attribute(tag, "type")
        if name and (kind not in ("checkbox", "radio") or " checked" in tag):
            found.setdefault(name, []).append(_attribute(tag, "value"))
    for head, inside in re.findall(r"<select\b([^>]*)>(.*?)</select>", form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found.setdefault(_attribute(head, "name"), []).append(unescape(chosen[1]) if chosen else "")
    for head, text in re.findall(r"<textarea\b([^>]*)>\n(.*?)</textarea>", form, re.DOTALL):
        found.setdefault(_attribute(head, "name"), []).append(unescape(text))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


@pytest.fixture
def shelf(empty_root: Path) -> Iterator[Library]:
    """A library with published works, drafts, one for members and a hostile one."""
    (empty_root / "documents").mkdir()
    (empty_root / "documents" / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    shelve(
        empty_root, "lamps", {"en": ("Lamps in the square.",), "fr": ("Des lampes.",)}, date="2019", topics=("sport",)
    )
    shelve(empty_root, "inside", {"en": ("For those inside.",)}, access=Access.MEMBERS)
    shelve(empty_root, "patrol", {"en": ("A patrol.",)}, status=Status.DRAFT, date="2021")
    shelve(empty_root, "watch", {"de": ("Eine Wache.",)}, status=Status.DRAFT, kind=Kind.PRACTICE_SHEET)
    with Library.open(empty_root) as library:
        library.index()
        yield library


@pytest.fixture
def accounts(empty_root: Path) -> Iterator[Accounts]:
    """Accounts with hashes that cost little."""
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with Accounts(empty_root / "private", cheap) as accounts:
        yield accounts


@pytest.fixture
def client(shelf: Library, accounts: Accounts) -> TestClient:
    """The routes over the library, with their middleware."""
    visitors = Visitors(lambda: SignIn(Way.ACCOUNTS), lambda: accounts)
    app = Starlette(routes=routes(lambda: shelf, FRONT), middleware=list(middleware(visitors)))
    return TestClient(app, base_url=ORIGIN)


Come = Callable[..., Person]


@pytest.fixture
def come(client: TestClient, accounts: Accounts) -> Come:
    """Somebody signs in with a role; a reader is nobody in particular."""

    def come(role: Role, name: str = "") -> Person:
        if role is Role.READER:
            return Person(client, "")
        called = name or f"{role}@example.org"
        accounts.add(called, role, PASSWORD)
        signed_in = accounts.sign_in(called, PASSWORD, "127.0.0.1")
        assert isinstance(signed_in, SignedIn)
        return Person(client, signed_in.session)

    return come


@pytest.fixture
def librarian(come: Come) -> Person:
    """A librarian at the desk."""
    return come(Role.LIBRARIAN)


@pytest.fixture
def a_paper(tmp_path: Path) -> bytes:
    """A PDF that the library does not have."""
    words = "Le conseil municipal rencontre chaque mois les habitants de la place pour parler du bruit et des déchets."
    return paper(tmp_path / "paper.pdf", f"Rapport annuel. {words}", words).read_bytes()
