"""Who may find and read what: one table, and one refusal that tells nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from library.access import ANYONE, Right, Role, User, demand, may, may_read, require, rights_of, visible_to
from library.errors import NotAllowed
from library.model import Access, Edition, Kind, Status, Work

WORK = Work("night-watch", Kind.GUIDE, (Edition("en", "Night watch", "0" * 64, 1),))

STAFF = {Role.CONTRIBUTOR, Role.LIBRARIAN}
ALLOWED = {
    (Access.PUBLIC, Status.PUBLISHED): set(Role),
    (Access.MEMBERS, Status.PUBLISHED): {Role.MEMBER, *STAFF},
    (Access.STAFF, Status.PUBLISHED): STAFF,
}
"""What is not here is for staff alone."""


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("access", Access)
def test_the_table_of_who_may_read(access: Access, status: Status, role: Role) -> None:
    work, user = replace(WORK, access=access, status=status), User(role)
    allowed = role in ALLOWED.get((access, status), STAFF)
    assert may_read(user, work) == allowed == (work.needs in visible_to(user))
    if allowed:
        assert require(user, work, work.id) is work
    else:
        with pytest.raises(NotAllowed):
            require(user, work, work.id)


def test_who_says_nothing_is_a_reader() -> None:
    assert User() == ANYONE
    assert visible_to(ANYONE) == {Access.PUBLIC}


def test_a_hidden_work_is_refused_in_the_words_of_a_missing_one() -> None:
    with pytest.raises(NotAllowed) as hidden:
        require(ANYONE, replace(WORK, access=Access.MEMBERS), WORK.id)
    with pytest.raises(NotAllowed) as missing:
        require(ANYONE, None, WORK.id)
    assert (hidden.value.message, hidden.value.remedy) == (missing.value.message, missing.value.remedy)


def test_more_rights_never_show_less() -> None:
    assert visible_to(User(Role.READER)) < visible_to(User(Role.MEMBER)) < visible_to(User(Role.LIBRARIAN))


def test_rights_are_for_staff_and_a_librarian_has_all() -> None:
    assert rights_of(Role.READER) == rights_of(Role.MEMBER) == frozenset()
    assert rights_of(Role.CONTRIBUTOR) == {Right.READ_DRAFTS, Right.ADD, Right.EDIT}
    assert rights_of(Role.LIBRARIAN) == frozenset(Right)


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", Role)
def test_a_right_that_is_not_there_is_refused(role: Role, right: Right) -> None:
    if may(User(role), right):
        demand(User(role), right)
    else:
        with pytest.raises(NotAllowed):
            demand(User(role), right)
