"""Every address of the desk, with the right that it takes."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import BaseRoute

from library.access import Right
from library.desk.health import Infirmary
from library.library import Library
from library.web.desk import insight, page_images, reviewing
from library.web.desk.entrance import Entrance
from library.web.desk.health import Health
from library.web.desk.listing import drafts_page


def desk_routes(open_library: Callable[[], Library]) -> tuple[BaseRoute, ...]:
    """The routes of the desk."""
    at = Entrance(open_library)
    health = Health(Infirmary(open_library))
    return (
        at.page("/desk", Right.READ_DRAFTS, drafts_page),
        at.page("/desk/work", Right.READ_DRAFTS, reviewing.work_page),
        at.page("/desk/page-image", Right.READ_DRAFTS, page_images.PageImages(open_library).picture),
        at.action("/desk/do/save", Right.EDIT, reviewing.save),
        at.action("/desk/check", Right.EDIT, reviewing.check),
        at.page("/desk/insight", Right.INSIGHT, insight.show),
        at.page("/desk/insight/{table}.csv", Right.INSIGHT, insight.table),
        at.action("/desk/do/label", Right.TOPICS, insight.label),
        at.action("/desk/do/label-back", Right.TOPICS, insight.label_back),
        at.page("/desk/health", Right.HEALTH, health.show),
        at.action("/desk/do/look", Right.HEALTH, health.look),
        at.action("/desk/do/fix", Right.HEALTH, health.fix),
    )
