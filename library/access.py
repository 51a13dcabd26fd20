"""Who is asking, what they may find and read, and what staff may do.

One rule for pages, routes and the command line: a work needs an access level (`Work.needs`),
a reader has some (`visible_to`). Every engine search takes the result of `visible_to`.
What changes something needs a right, which `demand` asks for.
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
    CONTRIBUTOR = "contributor"
    LIBRARIAN = "librarian"


class Right(StrEnum):
    """Something that only staff may do."""

    READ_DRAFTS = "read-drafts"
    ADD = "add"
    EDIT = "edit"
    """Drafts only, for who may not publish."""
    PUBLISH = "publish"
    KEEP = "keep"
    """Replace a file, add a language, withdraw, restore, merge, undo."""
    IMPORT = "import"
    EXPORT = "export"
    INSIGHT = "insight"
    HEALTH = "health"
    TOPICS = "topics"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class User:
    """Who is asking."""

    role: Role = Role.READER
    name: str = ""
    """An account's name or an e-mail address, as the journal names who did something; empty for anybody."""


ANYONE = User()


def visible_to(user: User) -> frozenset[Access]:
    """The access levels of the works this person may find and read."""
    match user.role:
        case Role.LIBRARIAN | Role.CONTRIBUTOR:
            return frozenset(Access)
        case Role.MEMBER:
            return frozenset({Access.PUBLIC, Access.MEMBERS})
        case Role.READER:
            return frozenset({Access.PUBLIC})


def rights_of(role: Role) -> frozenset[Right]:
    """What a person of this role may do beyond reading."""
    match role:
        case Role.LIBRARIAN:
            return frozenset(Right)
        case Role.CONTRIBUTOR:
            return frozenset({Right.READ_DRAFTS, Right.ADD, Right.EDIT})
        case Role.MEMBER | Role.READER:
            return frozenset()


def may(user: User, right: Right) -> bool:
    """Whether this person has a right."""
    return right in rights_of(user.role)


def demand(user: User, right: Right, asked_for: str = "") -> None:
    """Let those with a right pass. Raises NotAllowed, in words that tell nothing of what was asked for."""
    if not may(user, right):
        raise NotAllowed(asked_for or right.value)


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
