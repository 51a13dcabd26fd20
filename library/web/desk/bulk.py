"""Changing a selection of works: the preview and the deed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from starlette.datastructures import FormData
from starlette.responses import Response

from library.access import Right
from library.desk import BatchReport, Edits, Refused
from library.desk.editing import MOST_AT_ONCE
from library.errors import LibraryError
from library.model import Access, Kind, Status, Work
from library.ui.desk.bulk import Bulk, Effects, bulk_page
from library.ui.desk.history import differences
from library.ui.desk.typed import Typed, one, typed_from
from library.web.desk.entrance import Entered

NOTHING = Edits()


def bulk_form(entered: Entered) -> Response:
    """The page for the works that the address names."""
    works = _works(entered, entered.visit.params.get("work", ()))
    return entered.page(bulk_page(entered.visit, Bulk(works, NOTHING)))


def bulk(entered: Entered, form: FormData) -> Response:
    """What would change, or, when that is asked for, the change itself."""
    typed = typed_from(form.multi_items(), most=MOST_AT_ONCE)
    works = _works(entered, typed.get("work", ()))
    asked = Bulk(works, _edits(typed), one(typed, "publish") == "yes", one(typed, "publish_on")[:10])
    if one(typed, "then") == "apply":
        return entered.page(bulk_page(entered.visit, replace(asked, report=_done(entered, asked))))
    return entered.page(bulk_page(entered.visit, replace(asked, effects=_effects(asked))))


def _works(entered: Entered, names: Iterable[str]) -> tuple[Work, ...]:
    """The works of these names that there are, drafts and published ones."""
    found = (entered.visit.library.catalogue.sound(name) for name in list(dict.fromkeys(names))[:MOST_AT_ONCE])
    kept = entered.visit.may(Right.KEEP)
    return tuple(work for work in found if work is not None and (kept or work.status is Status.DRAFT))


def _edits(typed: Typed) -> Edits:
    kind, access = one(typed, "kind"), one(typed, "access")
    return Edits(
        add_topics=_several(typed, "add_topics"),
        remove_topics=_several(typed, "remove_topics"),
        add_projects=_several(typed, "add_projects"),
        remove_projects=_several(typed, "remove_projects"),
        kind=Kind(kind) if kind in set(Kind) else None,
        access=Access(access) if access in set(Access) else None,
    )


def _several(typed: Typed, name: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in typed.get(name, ()) if value.strip())


def _effects(asked: Bulk) -> Effects:
    return tuple((work, found) for work in asked.works if (found := differences(work, _after(asked, work))))


def _after(asked: Bulk, work: Work) -> Work:
    after = asked.edits.of(work)
    if not asked.publish or work.status is not Status.DRAFT:
        return after
    if asked.publish_on:
        return replace(after, publish_on=asked.publish_on)
    return replace(after, status=Status.PUBLISHED)


def _done(entered: Entered, asked: Bulk) -> BatchReport:
    """Change them, then publish what is to be published; one that cannot be does not stop the others."""
    names = [work.id for work in asked.works]
    report = entered.desk.change_all(names, asked.edits)
    if not asked.publish:
        return report
    published: list[str] = []
    refused = {one.work: one for one in report.refused}
    for work in asked.works:
        if work.status is Status.DRAFT and work.id not in refused:
            try:
                entered.desk.publish(work.id, asked.publish_on)
                published.append(work.id)
            except LibraryError as error:
                refused[work.id] = Refused(work.id, error.message, error.remedy)
    changed = tuple(dict.fromkeys((*report.changed, *published)))
    unchanged = tuple(name for name in report.unchanged if name not in changed and name not in refused)
    return BatchReport(report.batch, changed, unchanged, tuple(refused.values()))
