"""Who is asking, and what they may find and read.

One rule for pages, routes and the command line: a work needs an access level (`Work.needs`),
a reader has some (`visible_to`). Every engine search takes the result of `visible_to`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from library.errors import NotAllowed
from library.model import Access, Work


class Role(StrEnum):
    """What a person is to the library."""

    READER = "reader"
    MEMBER = "member"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class User:
    """Who is asking."""

    role: Role = Role.READER
    name: str = ""
    """An e-mail address or the name of an account; empty for whoever is not signed in."""


ANYONE = User()


def visible_to(user: User) -> frozenset[Access]:
    """The access levels of the works this person may find and read."""
    match user.role:
        case Role.STAFF:
            return frozenset(Access)
        case Role.MEMBER:
            return frozenset({Access.PUBLIC, Access.MEMBERS})
        case Role.READER:
            return frozenset({Access.PUBLIC})


def may_read(user: User, work: Work) -> bool:
    """Whether this person may find and read this work."""
    return work.needs in visible_to(user)


def require(user: User, work: Work | None, asked_for: str) -> Work:
    """The work, or the one refusal that does not tell a hidden work from a missing one.

    Raises NotAllowed.
    """
    if work is None or not may_read(user, work):
        raise NotAllowed(asked_for)
    return work
