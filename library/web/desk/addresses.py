"""Every address of the desk, with the right that it takes."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import BaseRoute

from library.access import Right
from library.library import Library
from library.web.desk import page_images, reviewing
from library.web.desk.entrance import Entrance
from library.web.desk.listing import drafts_page


def desk_routes(open_library: Callable[[], Library]) -> tuple[BaseRoute, ...]:
    """The routes of the desk."""
    at = Entrance(open_library)
    return (
        at.page("/desk", Right.READ_DRAFTS, drafts_page),
        at.page("/desk/work", Right.READ_DRAFTS, reviewing.work_page),
        at.page("/desk/page-image", Right.READ_DRAFTS, page_images.PageImages(open_library).picture),
        at.action("/desk/do/save", Right.EDIT, reviewing.save),
        at.action("/desk/check", Right.EDIT, reviewing.check),
    )
