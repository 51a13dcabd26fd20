"""What the page says when it cannot answer: what is the matter, and what to do next."""

from __future__ import annotations

from html import escape

from library.errors import EngineUnavailable, LibraryError
from library.locales import Texts


def apology(error: LibraryError, t: Texts) -> str:
    """A calm message with the next step. The program's own words are English, and marked so.

    Where the search server is, and what is the matter with it, is for the log: no reader can do anything about it.
    """
    if isinstance(error, EngineUnavailable):
        return unexpected(t)
    remedy = f'<p>{escape(t("error.try"))} <code lang="en">{escape(error.remedy)}</code></p>' if error.remedy else ""
    return (
        f'<div class="apology" role="alert"><h1>{escape(t("error.title"))}</h1>'
        f'<p lang="en">{escape(error.message)}</p>{remedy}</div>'
    )


def unexpected(t: Texts) -> str:
    """What is said when the program or its search engine failed: no details, they are in the server's log."""
    return (
        f'<div class="apology" role="alert"><h1>{escape(t("error.title"))}</h1>'
        f"<p>{escape(t('error.unexpected'))}</p></div>"
    )
