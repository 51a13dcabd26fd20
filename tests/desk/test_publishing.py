"""Drafts become works that people find: now, or on their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from library.catalogue import Deed
from library.desk import Desk
from library.desk.publishing import CLOCK, publish_due, today
from library.errors import RecordError, UsageError
from library.model import Status


def a_day(later: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=later)).isoformat()


def test_a_draft_waits_for_its_day(anna: Desk) -> None:
    anna.publish("patrol", on=a_day(9))
    assert (anna.work("patrol").status, anna.work("patrol").publish_on) == (Status.DRAFT, a_day(9))
    assert publish_due(anna.library) == ()
    anna.unpublish("patrol")
    assert anna.work("patrol").publish_on == ""


def test_when_its_day_has_come_it_is_published_once(anna: Desk) -> None:
    due = replace(anna.work("patrol"), publish_on=a_day(-1))
    anna.library.catalogue.save(due, Deed("a test", "as if it had been said last week"))
    assert publish_due(anna.library) == ("patrol",)
    assert (anna.work("patrol").status, anna.work("patrol").publish_on) == (Status.PUBLISHED, "")
    assert anna.journal(1)[0].who == CLOCK.name
    assert publish_due(anna.library) == ()


def test_a_day_that_is_past_or_today_is_now(anna: Desk) -> None:
    assert anna.publish("patrol", on=today()).status is Status.PUBLISHED


@pytest.mark.parametrize(
    "on", ["soon", "9999", "9999-13-01", "2999-02-30", "2020-02-30", "<script>", "01/12/2099", "1"]
)
def test_what_is_no_day_is_refused(anna: Desk, on: str) -> None:
    with pytest.raises(UsageError):
        anna.publish("patrol", on=on)
    assert anna.work("patrol").status is Status.DRAFT


def test_only_drafts_are_published(anna: Desk) -> None:
    with pytest.raises(UsageError):
        anna.publish("lamps")
    with pytest.raises(UsageError):
        anna.unpublish("patrol")


def test_a_draft_that_is_not_right_is_not_published(anna: Desk) -> None:
    wrong = replace(anna.work("patrol"), topics=("no-such-topic",), publish_on=a_day(-1))
    anna.library.catalogue.save(wrong, Deed("a test", "by hand"))
    with pytest.raises(RecordError):
        anna.publish("patrol")
    assert publish_due(anna.library) == ()
