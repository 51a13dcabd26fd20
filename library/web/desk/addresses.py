"""Every address of the desk, with the right that it takes."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import BaseRoute

from library.access import Right
from library.arrivals.receiving import MOST_BYTES
from library.desk.health import Infirmary
from library.exchange.handed import MOST_BYTES as MOST_BYTES_HANDED_IN
from library.library import Library
from library.web.desk import bulk, histories, insight, keeping, receiving, reviewing
from library.web.desk.entrance import Entrance
from library.web.desk.exchanging import Exchanging
from library.web.desk.health import Health
from library.web.desk.listing import Works
from library.web.desk.page_images import PageImages
from library.web.desk.receiving import Receiving

MOST_SENT = MOST_BYTES + 1_000_000
"""Bytes of a form with one document."""
MOST_HANDED_IN = MOST_BYTES_HANDED_IN + 1_000_000
"""Bytes of a form with one table or package."""


def desk_routes(open_library: Callable[[], Library]) -> tuple[BaseRoute, ...]:
    """The routes of the desk."""
    at = Entrance(open_library)
    return (
        *_adding(at, open_library),
        *_reviewing(at, open_library),
        *_keeping(at),
        *_exchanging(at, open_library),
        *_watching(at, open_library),
    )


def _adding(at: Entrance, open_library: Callable[[], Library]) -> tuple[BaseRoute, ...]:
    files = Receiving(open_library)
    return (
        at.page("/desk", Right.READ_DRAFTS, Works(files).page),
        at.page("/desk/add", Right.ADD, files.page),
        at.page("/desk/arrivals", Right.ADD, files.told),
        at.stream("/desk/do/receive", Right.ADD, files.receive),
        at.action("/desk/do/add", Right.ADD, files.add, receiving.MOST_SENT, receiving.MOST_FILES),
        at.action("/desk/do/dismiss", Right.ADD, files.dismiss),
    )


def _reviewing(at: Entrance, open_library: Callable[[], Library]) -> tuple[BaseRoute, ...]:
    return (
        at.page("/desk/work", Right.READ_DRAFTS, reviewing.work_page),
        at.page("/desk/page-image", Right.READ_DRAFTS, PageImages(open_library).picture),
        at.action("/desk/do/save", Right.EDIT, reviewing.save),
        at.action("/desk/check", Right.EDIT, reviewing.check),
        at.page("/desk/bulk", Right.PUBLISH, bulk.bulk_form),
        at.action("/desk/do/bulk", Right.PUBLISH, bulk.bulk),
    )


def _exchanging(at: Entrance, open_library: Callable[[], Library]) -> tuple[BaseRoute, ...]:
    exchange = Exchanging(open_library)
    return (
        at.page("/desk/exchange", Right.EXPORT, exchange.page),
        at.page("/desk/export", Right.EXPORT, exchange.download),
        at.action("/desk/do/rehearse", Right.IMPORT, exchange.rehearse, MOST_HANDED_IN, 1),
        at.action("/desk/do/handed-again", Right.IMPORT, exchange.again),
        at.action("/desk/do/handed-import", Right.IMPORT, exchange.do),
        at.action("/desk/do/undo-import", Right.IMPORT, exchange.undo),
    )


def _keeping(at: Entrance) -> tuple[BaseRoute, ...]:
    return (
        at.page("/desk/history", Right.READ_DRAFTS, histories.history),
        at.page("/desk/journal", Right.KEEP, histories.journal),
        at.action("/desk/do/undo", Right.KEEP, histories.undo),
        at.action("/desk/do/undo-batch", Right.KEEP, histories.undo_batch),
        at.page("/desk/keep", Right.KEEP, keeping.keeping),
        at.page("/desk/merge", Right.KEEP, keeping.merging),
        at.action("/desk/do/replace", Right.KEEP, keeping.replace_file, MOST_SENT, 1),
        at.action("/desk/do/add-language", Right.KEEP, keeping.add_language, MOST_SENT, 1),
        at.action("/desk/do/ocr", Right.EDIT, keeping.read_scans),
        at.action("/desk/do/withdraw", Right.KEEP, keeping.withdraw),
        at.action("/desk/do/restore", Right.KEEP, keeping.restore),
        at.action("/desk/do/merge", Right.KEEP, keeping.merge),
        at.action("/desk/do/join", Right.KEEP, keeping.join),
        at.action("/desk/do/discard", Right.KEEP, keeping.discard),
        at.action("/desk/do/take-place", Right.KEEP, keeping.take_place),
    )


def _watching(at: Entrance, open_library: Callable[[], Library]) -> tuple[BaseRoute, ...]:
    health = Health(Infirmary(open_library))
    return (
        at.page("/desk/insight", Right.INSIGHT, insight.show),
        at.page("/desk/insight/{table}.csv", Right.INSIGHT, insight.table),
        at.action("/desk/do/label", Right.TOPICS, insight.label),
        at.action("/desk/do/label-back", Right.TOPICS, insight.label_back),
        at.page("/desk/health", Right.HEALTH, health.show),
        at.action("/desk/do/look", Right.HEALTH, health.look),
        at.action("/desk/do/fix", Right.HEALTH, health.fix),
    )
