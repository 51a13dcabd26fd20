"""What Streamlit keeps of a sign-in, made with Streamlit's own functions and read by ours: an upgrade that changes it
is noticed here and in tests/browser/test_signing_in.py."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping

import pytest
from itsdangerous import URLSafeTimedSerializer
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from library.ui.provider import AT_MOST, word

SECRET, ORIGIN = "a secret of the test", "https://library.example"
MANY = [secrets.token_hex(16) for _ in range(400)]
"""Groups that cannot be compressed into one cookie."""
CLAIMS = {"sub": "s", "email": "ada@example.org", "is_logged_in": True, "origin": ORIGIN, "provider": "default"}


def cookies(
    claims: object = None, secret: str = SECRET, name: str = "_streamlit_user", **more: object
) -> dict[str, str]:
    """The cookies that Streamlit sets for somebody with these claims."""
    kept: dict[str, str] = {}
    given = {**CLAIMS, "exp": time.time() + 3600, **more} if claims is None else claims

    def sign(cookie: str, value: str) -> bytes:
        return create_signed_value(secret, cookie, value)

    def keep(cookie: str, value: str) -> None:
        kept[cookie] = sign(cookie, value).decode()

    set_cookie_with_chunks(keep, sign, name, given, cookie_attr_size=60)  # type: ignore[arg-type]
    return kept


def read(given: Mapping[str, str]) -> Mapping[str, object] | None:
    """The claims in cookies, if any are believed."""
    found = word(given, SECRET, ORIGIN, time.time())
    return found.claims if found is not None else None


def test_what_streamlit_keeps_is_read_in_one_piece_and_in_several() -> None:
    assert read(cookies()) is not None
    long = cookies(groups=MANY)
    assert len(long) > 2
    claims = read({**long, "other": "x"})
    assert claims is not None
    assert claims["email"] == "ada@example.org"
    assert isinstance(claims["groups"], list)
    assert len(claims["groups"]) == 400


def test_it_counts_for_minutes_and_never_beyond_what_the_provider_said() -> None:
    now = time.time()
    for lasts in (5, 100_000):
        found = word(cookies(exp=now + lasts), SECRET, ORIGIN, now)
        assert found is not None
        assert found.until == pytest.approx(now + min(lasts, AT_MOST), abs=1)


@pytest.mark.parametrize(
    "changed",
    [{"exp": 1}, {"exp": None}, {"exp": "later"}, {"exp": True}, {"origin": "https://evil.example"}, {"origin": None},
     {"is_logged_in": False}, {"is_logged_in": "yes"}],
)  # fmt: skip
def test_what_has_run_out_or_was_made_for_another_place_is_nobody(changed: dict[str, object]) -> None:
    assert read(cookies({**CLAIMS, "exp": time.time() + 60})) is not None
    assert read(cookies({**CLAIMS, "exp": time.time() + 60, **changed})) is None


def test_a_cookie_that_is_older_than_minutes_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    good = cookies(exp=time.time() + 100_000)
    assert read(good) is not None
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: time.time_ns() / 1e9 + AT_MOST + 5)
    assert read(good) is None


def test_forged_foreign_and_broken_cookies_are_nobody() -> None:
    (name, good), *_ = cookies().items()
    payload, stamp, mark = good.rsplit(".", 2)
    other = URLSafeTimedSerializer("another secret", salt=name).dumps(json.dumps({**CLAIMS, "exp": 1e12}))
    for forged in ("", "x", good[:-1], good + "x", f"{payload}.{stamp}.", f"{payload}A.{stamp}.{mark}", f"..{mark}",
                   other, good.swapcase(), "é" * 50, "\ud800", payload):  # fmt: skip
        assert read({name: forged}) is None
    assert read({"_streamlit_user_1": good}) is None  # another cookie's signature
    assert read(cookies(name="_streamlit_user_tokens")) is None
    assert read(cookies(secret="")) is None
    assert word(cookies(secret=""), "", ORIGIN, time.time()) is None  # no secret: nothing is believed
    assert word(cookies(origin=""), SECRET, "", time.time()) is None


@pytest.mark.parametrize("claims", [[], "text", 3, {}, "[" * 100_000])
def test_what_is_signed_but_no_sign_in_is_nobody(claims: object) -> None:
    assert read(cookies(claims)) is None


def test_parts_that_are_missing_or_too_many_are_nobody() -> None:
    long = cookies(groups=MANY)
    for name in long:
        assert read({other: value for other, value in long.items() if other != name}) is None
    assert read({**cookies(), **{f"_streamlit_user_{number}": "x" for number in range(2, 40)}}) is None
    many = create_signed_value(SECRET, "_streamlit_user", "chunks-999999999").decode()
    assert read({"_streamlit_user": many}) is None
