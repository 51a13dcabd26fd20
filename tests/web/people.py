"""The small library with people who sign in, and browsers that come to it over TLS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.access import Role
from library.accounts import Accounts, Passwords
from library.library import Library
from library.sign_in import RoleRule, SignIn, Way
from library.ui.reader import reading
from library.ui.shell import front
from library.ui.signing_in import signing_in
from library.web import Provider, SigningIn, Visitors, Word, middleware, routes

HOST = "https://library.example"
PASSWORD = "seven lamps on a square"
WRONG = "eight lamps on a square"
PEOPLE = {"rea": Role.READER, "mem": Role.MEMBER, "con": Role.CONTRIBUTOR, "lib": Role.LIBRARIAN}
LOCAL = SignIn(Way.ACCOUNTS)
VOUCHED = SignIn(Way.OIDC, roles=(RoleRule(Role.MEMBER, domain="city.example"),))
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Served:
    """A library that is served to people who sign in."""

    app: Starlette
    accounts: Accounts

    def browser(self, **headers: str) -> TestClient:
        """A browser that has never been here."""
        return TestClient(self.app, HOST, follow_redirects=False, headers=headers)

    def signed_in(self, name: str) -> TestClient:
        """A browser in which somebody has signed in."""
        browser = self.browser()
        assert send(browser, name).status_code == 303
        return browser


@contextmanager
def serving(
    root: Path,
    private: Path,
    settings: SignIn = LOCAL,
    clock: Callable[[], float] | None = None,
    word: Callable[[Mapping[str, str]], Word | None] = lambda _: None,
) -> Iterator[Served]:
    """Everything that is served over the library in a folder; its accounts are kept in another."""
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with (
        Accounts(private, passwords, *([clock] if clock is not None else [])) as accounts,
        Library.open(root) as library,
    ):
        for name, role in PEOPLE.items():
            accounts.add(name, role, PASSWORD)
        visitors = Visitors(lambda: settings, lambda: accounts)
        provider = Provider(
            lambda name: f"./auth/login?provider={name}",
            word,
            lambda cookies: tuple(name for name in cookies if name.startswith("_streamlit_user")),
        )
        signing = SigningIn(visitors, provider, signing_in(lambda: library))
        served = routes(lambda: library, front(lambda: library), reading(), signing)
        yield Served(Starlette(routes=served, middleware=middleware(visitors)), accounts)


def form_token(browser: TestClient, address: str = "/sign-in") -> str:
    """The token in the form at an address."""
    found = TOKEN.search(browser.get(address).text)
    assert found is not None
    return found[1]


def send(browser: TestClient, name: str, password: str = PASSWORD, **more: str) -> Response:
    """Fill in the form and send it."""
    fields = {"token": form_token(browser), "name": name, "password": password, **more}
    answer: Response = browser.post("/sign-in", data=fields, headers={"Origin": HOST, "Sec-Fetch-Site": "same-origin"})
    return answer
