"""How people sign in, and which role a provider's word gives them: the table `[sign_in]` of library.toml."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from library.access import Role

LONGEST_NAME = 254
"""Characters of an account name or of what a provider calls somebody; the longest e-mail address (RFC 5321)."""
LONGEST_CLAIM = 200
"""Characters of one value of a claim."""
MOST_VALUES = 500
"""Values of one claim that are looked at: groups of one person."""

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_DOMAIN = re.compile(r"[^\s@./]+(\.[^\s@./]+)+")


class Way(StrEnum):
    """How people sign in."""

    NONE = ""
    ACCOUNTS = "accounts"
    OIDC = "oidc"


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Who gets a role: whoever has this e-mail address, an address in this domain, or this value in a claim."""

    role: Role
    email: str = ""
    domain: str = ""
    claim: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The table `[sign_in]`."""

    way: Way = Way.NONE
    provider: str = "default"
    """Which provider of Streamlit's secrets: `default` is `[auth]` itself, another name is `[auth.<name>]`."""
    proxies: tuple[str, ...] = ()
    """Addresses of the proxies in front, whose word on the visitor's address is believed."""
    roles: tuple[RoleRule, ...] = ()
    """In the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom a provider vouches for."""

    name: str
    """The e-mail address when it is theirs for certain, else the provider's own name for them."""
    email: str = ""
    """Empty when the provider says that it was not verified."""
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def identity(claims: Mapping[str, object]) -> Identity | None:
    """Who somebody is by the claims of an ID token (OpenID Connect Core 1.0, 5.1); None when it names nobody.

    An e-mail address counts unless `email_verified` denies it: then anybody could have typed it.
    """
    subject = _name(claims.get("sub"))
    denied = claims.get("email_verified") in (False, 0) or str(claims.get("email_verified")).casefold() == "false"
    email = "" if denied else _name(claims.get("email")).casefold()
    if not _ADDRESS.fullmatch(email):
        email = ""
    if not subject:
        return None
    return Identity(email or subject, email, {name: _values(value) for name, value in claims.items()})


def role_of(who: Identity, rules: tuple[RoleRule, ...]) -> Role:
    """The role by the first rule that fits; a reader's when none does."""
    return next((rule.role for rule in rules if _fits(who, rule)), Role.READER)


def _fits(who: Identity, rule: RoleRule) -> bool:
    if rule.email:
        return who.email == rule.email.casefold()
    if rule.domain:
        return bool(who.email) and who.email.rpartition("@")[2] == rule.domain.casefold()
    wanted = rule.value.casefold()
    return bool(rule.claim and wanted) and wanted in (value.casefold() for value in who.claims.get(rule.claim, ()))


def _name(value: object) -> str:
    """A text that can name somebody, and can stand in a log; empty when it is none."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not value.isprintable():
        return ""
    return value.strip()


def _values(value: object) -> tuple[str, ...]:
    several = value if isinstance(value, list | tuple) else [value]
    return tuple(one for one in several[:MOST_VALUES] if isinstance(one, str) and 0 < len(one) <= LONGEST_CLAIM)


Wrong = tuple[str, str, str]
"""Where, what, and what to do."""

_KEYS = ("way", "provider", "proxies", "roles")
_FITTING = ("email", "domain", "claim")


def read_sign_in(table: object) -> tuple[SignIn, tuple[Wrong, ...]]:
    """The table as it was read from TOML, and everything that is wrong with it."""
    if not isinstance(table, Mapping):
        return SignIn(), (("", "is not a table", "write [sign_in] on a line of its own"),)
    wrong = [(key, "is not a setting", f"take it out (there are {', '.join(_KEYS)})") for key in table.keys() - _KEYS]
    way, provider = table.get("way", ""), table.get("provider", "default")
    if not isinstance(way, str) or way not in set(Way):
        wrong.append(("way", "is not a way to sign in", 'write "accounts", "oidc" or ""'))
    if not isinstance(provider, str) or not re.fullmatch(r"[A-Za-z0-9-]{1,50}", provider):
        wrong.append(
            ("provider", "is not the name of a provider", "use letters, digits and hyphens, as in [auth.NAME]")
        )
    proxies = table.get("proxies", [])
    if not isinstance(proxies, list) or not all(_network(proxy) for proxy in proxies):
        wrong.append(("proxies", "is not a list of addresses", 'write it like ["127.0.0.1", "10.0.0.0/8"]'))
    rules = table.get("roles", [])
    if not isinstance(rules, list):
        wrong.append(("roles", "is not a list of rules", "write [[sign_in.roles]] above each rule"))
        rules = []
    for number, rule in enumerate(rules, 1):
        wrong += [(f"roles.{number}{key}", what, remedy) for key, what, remedy in _rule_problems(rule)]
    if wrong:
        return SignIn(), tuple(sorted(wrong))
    made = tuple(RoleRule(**{**rule, "role": Role(rule["role"])}) for rule in rules)
    return SignIn(Way(str(way)), str(provider), tuple(proxies), made), ()


def _rule_problems(rule: object) -> Iterator[Wrong]:
    if not isinstance(rule, Mapping):
        yield "", "is not a rule", "write [[sign_in.roles]] above each rule"
        return
    known = ("role", *_FITTING, "value")
    for key in sorted(rule.keys() - known):
        yield f".{key}", "is not part of a rule", f"take it out (there are {', '.join(known)})"
    for key in (key for key in known[1:] if key in rule):
        if not isinstance(rule[key], str) or not rule[key].strip():
            yield f".{key}", "is not text", "put it in quotation marks"
    if not isinstance(rule.get("role"), str) or rule["role"] not in set(Role):
        yield ".role", "is not a role", f"write one of {', '.join(Role)}"
    if sum(key in rule for key in _FITTING) != 1 or ("claim" in rule) != ("value" in rule):
        yield "", "does not say whom it is for", "write one of email, domain, or claim with value"
    email, domain = rule.get("email"), rule.get("domain")
    if isinstance(email, str) and email and not _ADDRESS.fullmatch(email):
        yield ".email", "is not an e-mail address", "write it like ada@example.org"
    if isinstance(domain, str) and domain and not _DOMAIN.fullmatch(domain):
        yield ".domain", "is not a domain", "write it like example.org, without @ or *"


def _network(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        ipaddress.ip_network(value)
    except ValueError:
        return False
    return True
