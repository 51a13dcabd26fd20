"""Passwords: which are taken, and that Argon2id keeps them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.accounts import Passwords
from library.accounts.passwords import LONGEST, SHORTEST, refuse_weak
from library.errors import UsageError
from tests.accounts.conftest import PASSWORD, WRONG, cheap

NAME = "ada.lovelace@example.org"


def test_the_usual_parameters_are_the_second_of_rfc_9106() -> None:
    kept = Passwords().hash(PASSWORD, NAME)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Passwords().right(kept, PASSWORD)
    assert not Passwords().right(kept, WRONG)


@pytest.mark.parametrize(
    "password",
    ["short", "x" * 12, "ababababababab", NAME, NAME.upper(), "ada.lovelace", "Ada.Lovelace123!", f"{NAME}12",
     "ada.lovelaceada.lovelace", "Password1234", "MotDePasse123", "correcthorsebatterystaple", "123456789012",
     "é" * 501 + "abcdefghijkl"],
)  # fmt: skip
def test_what_is_guessed_first_is_not_taken(password: str) -> None:
    with pytest.raises(UsageError) as refused:
        cheap().hash(password, NAME)
    assert refused.value.remedy
    assert password not in str(refused.value) or len(password) < 6


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "aaaabbbbccccdddd", "пароль из трёх слов", "日本語のとても長い秘密です", " spaces at the ends ",
     "the ada.lovelace of today's town"],
)  # fmt: skip
def test_no_signs_or_digits_are_asked_for(password: str) -> None:
    passwords = cheap()
    kept = passwords.hash(password, NAME)
    assert passwords.right(kept, password)
    assert passwords.right(kept, unicodedata.normalize("NFD", password))


def test_the_limits_are_what_they_say() -> None:
    varied = "".join(chr(97 + number * 7 % 26) for number in range(LONGEST))
    for taken in (varied[:SHORTEST], varied):
        refuse_weak(taken, "bob")
    for refused in (varied[: SHORTEST - 1], varied + "z"):
        with pytest.raises(UsageError):
            refuse_weak(refused, "bob")


def test_a_name_that_nobody_has_costs_as_much_and_never_matches() -> None:
    passwords = cheap()
    assert not passwords.right(None, PASSWORD)
    assert not passwords.right(None, "")
    assert not passwords.right("no hash at all", PASSWORD)
    assert not passwords.right(passwords.hash(PASSWORD, NAME), PASSWORD + "x" * LONGEST)
    # What it is compared with has the parameters of all others: verifying it takes as long.
    assert not passwords.old(passwords._nobody)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_an_answer(password: str) -> None:
    passwords = cheap()
    assert not passwords.right(None, password)
    try:
        kept = passwords.hash(password, NAME)
    except UsageError:
        return
    assert passwords.right(kept, password)
