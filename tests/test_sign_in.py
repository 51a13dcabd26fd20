"""The table `[sign_in]`: what may stand there, and which role a provider's word gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.access import Role
from library.errors import RecordError
from library.settings import FILE, read_settings
from library.sign_in import Identity, RoleRule, SignIn, Way, identity, read_sign_in, role_of

WHOLE = """
name = "Ours"
[sign_in]
way = "oidc"
provider = "keycloak"
proxies = ["127.0.0.1", "10.0.0.0/8", "::1"]
[[sign_in.roles]]
role = "librarian"
email = "ada@example.org"
[[sign_in.roles]]
role = "contributor"
claim = "groups"
value = "Editors"
[[sign_in.roles]]
role = "member"
domain = "city.example"
"""
RULES = (
    RoleRule(Role.LIBRARIAN, email="Ada@Example.org"),
    RoleRule(Role.CONTRIBUTOR, claim="groups", value="Editors"),
    RoleRule(Role.MEMBER, domain="city.example"),
)


def known(**claims: object) -> Identity:
    """Who somebody is by these claims."""
    found = identity({"sub": "s-1", **claims})
    assert found is not None
    return found


def test_the_table_is_read(empty_root: Path) -> None:
    (empty_root / FILE).write_text(WHOLE, encoding="utf-8")
    found = read_settings(empty_root).sign_in
    assert (found.way, found.provider, found.proxies) == (Way.OIDC, "keycloak", ("127.0.0.1", "10.0.0.0/8", "::1"))
    assert found.roles == (
        RoleRule(Role.LIBRARIAN, email="ada@example.org"),
        RoleRule(Role.CONTRIBUTOR, claim="groups", value="Editors"),
        RoleRule(Role.MEMBER, domain="city.example"),
    )


def test_without_the_table_nobody_signs_in(empty_root: Path) -> None:
    assert read_settings(empty_root).sign_in == SignIn()
    assert SignIn().way is Way.NONE


def test_everything_wrong_is_named_at_once(empty_root: Path) -> None:
    (empty_root / FILE).write_text(
        'colour = "red"\n[sign_in]\nway = "saml"\nprovider = "a_b"\nproxies = ["here"]\nsecret = "x"\n'
        '[[sign_in.roles]]\nrole = "king"\nemail = "nobody"\n'
        '[[sign_in.roles]]\nrole = "member"\ndomain = "@a.b"\nemail = "a@b.c"\n'
        '[[sign_in.roles]]\nrole = "member"\nclaim = "groups"\n'
        '[[sign_in.roles]]\nrole = "member"\ndomain = 3\nshoe = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(RecordError) as caught:
        read_settings(empty_root)
    assert {problem.key for problem in caught.value.problems} == {
        "colour", "sign_in.way", "sign_in.provider", "sign_in.proxies", "sign_in.secret", "sign_in.roles.1.role",
        "sign_in.roles.1.email", "sign_in.roles.2", "sign_in.roles.2.domain", "sign_in.roles.3",
        "sign_in.roles.4.domain", "sign_in.roles.4.shoe",
    }  # fmt: skip
    assert all(problem.message and problem.remedy for problem in caught.value.problems)


@pytest.mark.parametrize(
    "table", ["x", 3, [], {"roles": "x"}, {"roles": [3]}, {"way": 1}, {"way": ["oidc"]}, {"proxies": 3}]
)
def test_what_is_no_such_table_is_a_problem(table: object) -> None:
    settings, wrong = read_sign_in(table)
    assert wrong
    assert settings == SignIn()


def test_the_first_rule_that_fits_gives_the_role() -> None:
    assert role_of(known(email="ADA@example.ORG", groups=["editors"]), RULES) is Role.LIBRARIAN
    assert role_of(known(email="x@city.example", groups=["staff", "EDITORS"]), RULES) is Role.CONTRIBUTOR
    assert role_of(known(email="x@City.Example"), RULES) is Role.MEMBER
    assert role_of(known(groups="editors"), RULES) is Role.CONTRIBUTOR
    assert role_of(known(), RULES) is Role.READER
    assert role_of(known(email="ada@example.org"), ()) is Role.READER


@pytest.mark.parametrize(
    "email",
    ["x@evilcity.example", "x@sub.city.example", "x@city.example.evil.org", "city.example", "x@city.example@evil.org",
     "x@evil.org\n@city.example", "x @city.example", "xada@example.org", "ada@example.org.evil.org", "@city.example",
     "x@city.example ok", "a" * 300 + "@city.example"],
)  # fmt: skip
def test_an_address_that_only_looks_like_it_gives_nothing(email: str) -> None:
    assert role_of(known(email=email), RULES) is Role.READER


@pytest.mark.parametrize("denied", [False, "false", "False", 0])
def test_an_address_that_was_not_verified_is_nobodys(denied: object) -> None:
    found = known(email="ada@example.org", email_verified=denied)
    assert (found.name, found.email) == ("s-1", "")
    assert role_of(found, RULES) is Role.READER


@pytest.mark.parametrize("granted", [True, "true", None])
def test_an_address_counts_unless_it_is_denied(granted: object) -> None:
    assert role_of(known(email="ada@example.org", email_verified=granted), RULES) is Role.LIBRARIAN


@pytest.mark.parametrize(
    "groups", ["librarians,editors", ["editors-in-chief"], [["editors"]], {"editors": 1}, 3, None, [3]]
)
def test_a_group_is_one_whole_value(groups: object) -> None:
    assert role_of(known(groups=groups), RULES) is Role.READER


@pytest.mark.parametrize("subject", [None, "", 3, "a\nb", "x" * 300, ["x"]])
def test_whoever_has_no_name_is_nobody(subject: object) -> None:
    assert identity({"sub": subject, "email": "ada@example.org"}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
PARTS = st.sampled_from(["ada", "x", "city.example", "example.org", "evil.org", "@", ".", " ", "\n", "İ", "ß"])


@given(st.dictionaries(st.sampled_from(["sub", "email", "email_verified", "groups", "name"]), JSON, max_size=5))
def test_whatever_a_provider_says_gives_a_role_or_nobody(claims: dict[str, object]) -> None:
    found = identity(claims)
    if found is None:
        return
    assert found.name
    assert found.name.isprintable()
    assert role_of(found, RULES) in set(Role)
    groups = claims.get("groups")
    if not isinstance(claims.get("email"), str) and not isinstance(groups, str | list):
        assert role_of(found, RULES) is Role.READER


@given(st.lists(PARTS, max_size=8).map("".join), st.booleans())
def test_a_domain_counts_only_as_the_whole_of_what_follows_the_one_at_sign(email: str, verified: bool) -> None:
    role = role_of(known(email=email, email_verified=verified), RULES)
    local, _, domain = email.strip().casefold().partition("@")
    fits = verified and local and domain == "city.example" and not any(sign.isspace() for sign in email.strip())
    assert (role is Role.MEMBER) == bool(fits)
    assert (role is Role.LIBRARIAN) == (verified and email.strip().casefold() == "ada@example.org")


@given(st.permutations(RULES), st.sampled_from([known(email="ada@example.org", groups=["editors"]), known()]))
def test_the_order_of_the_rules_decides(rules: tuple[RoleRule, ...], who: Identity) -> None:
    fits = [rule.role for rule in rules if rule.role is not Role.MEMBER] if who.email else []
    assert role_of(who, tuple(rules)) is (fits[0] if fits else Role.READER)
