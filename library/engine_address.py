"""Which search engine a library uses when it is not the built-in one: its address as an operator writes it.

    opensearch+https://[user@]host[:port][/prefix][?shards=3&replicas=2]

Errors never repeat what was given: a password may stand in it by mistake.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote

PORT = 9200
"""Where OpenSearch listens unless told otherwise, with TLS and without."""
PREFIX = "practice-library"
AUTO: Literal["auto"] = "auto"
MOST_SHARDS = 1024
"""What OpenSearch itself allows for one index (`opensearch.index.max_number_of_shards`)."""
MOST_REPLICAS = 100

EXAMPLE = f"opensearch+https://search.example.org:{PORT}/{PREFIX}"

_LONGEST = 500
_ADDRESS = re.compile(
    r"opensearch\+(?P<scheme>https?)://(?:(?P<user>[^\s/?#@:]+)@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?)"
    r"(?::(?P<port>[0-9]{1,5}))?(?:/(?P<prefix>[^?#]*))?(?:\?(?P<options>[^#]*))?"
)
_PASSWORD = re.compile(r"[^/]*//[^@]*:[^@]*@")
_PREFIX = re.compile(r"[a-z][a-z0-9-]{0,99}")

Wrong = tuple[str, str]
"""What is wrong, and what to do."""

_NO_ADDRESS = "is not the address of a search engine", f'write it like {EXAMPLE}, or "" for the engine that is built in'


@dataclass(frozen=True, slots=True)
class Address:
    """Where a search server is, who asks it, and how its indexes are laid out."""

    scheme: str
    """`http` or `https`."""
    host: str
    """A name, or a number; one of IPv6 without its brackets."""
    port: int = PORT
    prefix: str = PREFIX
    """What the names of all indexes of this library begin with."""
    user: str = ""
    shards: int = 1
    """Parts an index is divided into when it is built."""
    replicas: int | Literal["auto"] = AUTO
    """Copies of each part beside the first; `auto` is one as soon as there is a second machine."""

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a request wants them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def shown(self) -> str:
        """The address as messages name it: without user and password."""
        return f"{self.origin}/{self.prefix}"


def read_address(text: str) -> tuple[Address | None, tuple[Wrong, ...]]:
    """The address that an operator wrote, or everything that is wrong with it."""
    if _PASSWORD.match(text[:_LONGEST]):
        remedy = "leave user@ only, and put the password into the file private/opensearch-password"
        return None, (("has a password in it", f"{remedy} or into LIBRARY_OPENSEARCH_PASSWORD"),)
    found = _ADDRESS.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None, (_NO_ADDRESS,)
    options = parse_qsl(found["options"] or "", keep_blank_values=True)
    wrong = (*_problems(found), *_option_problems(options))
    if wrong:
        return None, wrong
    given = dict(options)
    replicas = given.get("replicas", AUTO)
    return Address(
        scheme=found["scheme"],
        host=_host(found),
        port=int(found["port"] or PORT),
        prefix=found["prefix"] or PREFIX,
        user=unquote(found["user"] or ""),
        shards=int(given.get("shards", 1)),
        replicas=AUTO if replicas == AUTO else int(replicas),
    ), ()


def _host(found: re.Match[str]) -> str:
    return found["host"].strip("[]").lower()


def _problems(found: re.Match[str]) -> Iterator[Wrong]:
    host, user, prefix = _host(found), unquote(found["user"] or ""), found["prefix"] or PREFIX
    if ":" in host and not _number(host):
        yield _NO_ADDRESS
    if found["port"] and not 0 < int(found["port"]) < 65_536:
        yield "names a port that cannot be", "write one from 1 to 65535 behind the host, such as :9200"
    if not user.isprintable() or ":" in user:
        yield "names a user that cannot be", "write the name without colons, other signs as in addresses (%40 for @)"
    if user and found["scheme"] == "http" and not _here(host):
        yield "would send the password so that anybody on the way can read it", "write opensearch+https://"
    if not _PREFIX.fullmatch(prefix):
        yield (
            "names indexes that cannot be",
            f"behind the host write lower-case letters, digits and hyphens, a letter first, such as /{PREFIX}",
        )


def _option_problems(options: list[tuple[str, str]]) -> Iterator[Wrong]:
    names = [name for name, _ in options]
    if len(set(names)) < len(names):
        yield "says something twice behind the question mark", "leave one of them"
    if set(names) - {"shards", "replicas"}:
        yield "asks for something unknown behind the question mark", "there are shards and replicas"
    for name, value in options:
        if name == "shards" and not _between(value, 1, MOST_SHARDS):
            yield "has no number of shards", f"write it like shards=3, at most {MOST_SHARDS}"
        if name == "replicas" and value != AUTO and not _between(value, 0, MOST_REPLICAS):
            yield (
                "has no number of replicas",
                f"write replicas=auto, or a number such as replicas=1, at most {MOST_REPLICAS}",
            )


def _between(value: str, least: int, most: int) -> bool:
    return re.fullmatch(r"[0-9]{1,4}", value) is not None and least <= int(value) <= most


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _here(host: str) -> bool:
    """Whether a host is this machine, so that nothing goes over a wire."""
    number = _number(host)
    return number.is_loopback if number is not None else host == "localhost"
