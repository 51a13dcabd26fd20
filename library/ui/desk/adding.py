"""Where files are added: chosen, dropped, a whole folder or a ZIP; below them how far each is."""

from __future__ import annotations

from html import escape

from library.arrivals import Arrival
from library.locales.figures import file_size
from library.ui.desk.arrival_rows import arrival_list, dismissing
from library.ui.desk.frame import banner, desk_document
from library.ui.desk.visit import TOKEN_FIELD, DeskVisit

SAID = ("sending", "broken", "too_large", "all_sent")
"""What the script says."""
ROUND = 10**8
"""Bytes: how large a file may be is told in round figures."""


def adding_page(
    visit: DeskVisit,
    batch: str,
    rows: tuple[Arrival, ...],
    accepted: tuple[str, ...],
    most_bytes: int,
    most_packed: int,
) -> str:
    """The page. `accepted` are the endings of files that are taken, `most_bytes` is how long one may be, and a ZIP."""
    t = visit.t
    done = banner(t("desk_add.sent")) if visit.first("done") == "sent" else ""
    body = (
        f'<div class="page-head"><h1>{escape(t("desk_add"))}</h1></div>{done}'
        f'<p class="lead">{escape(t("desk_add.lead", size=file_size(most_bytes // ROUND * ROUND, t.language)))}</p>'
        f"{_form(visit, batch, accepted, most_packed)}{_sent(visit, batch, rows)}"
    )
    return desk_document(visit, t("desk_add"), body, here="add", scripts=("desk-add.js",))


def _form(visit: DeskVisit, batch: str, accepted: tuple[str, ...], most_bytes: int) -> str:
    t = visit.t
    kinds = escape(",".join((*accepted, ".zip")))
    named = (kind.lstrip(".").upper() for kind in (*accepted, ".zip"))
    texts = "".join(f' data-{name}="{escape(t(f"desk_add.{name}"))}"' for name in SAID)
    return (
        f'<form id="drop" class="drop" method="post" enctype="multipart/form-data" '
        f'action="{escape(visit.link("desk/do/add"))}" data-receive="{escape(visit.beside("desk/do/receive"))}" '
        f'data-most="{most_bytes}" data-token="{TOKEN_FIELD}"{texts}>{visit.hidden_token()}'
        f'<input type="hidden" name="batch" value="{escape(batch)}">'
        f'<p class="drop-words" aria-hidden="true">{escape(t("desk_add.drop"))}</p>'
        f'<div class="buttons"><label class="picker"><span class="button main">{escape(t("desk_add.files"))}</span>'
        f'<input type="file" name="files" multiple accept="{kinds}"></label>'
        f'<label class="picker folder"><span class="button">{escape(t("desk_add.folder"))}</span>'
        f'<input type="file" name="folder" webkitdirectory></label></div>'
        f'<p class="hint">{escape(t("desk_add.kinds", kinds=t.listed(named)))}</p>'
        f'<p class="plain"><button class="button main">{escape(t("desk_add.send"))}</button></p></form>'
    )


def _sent(visit: DeskVisit, batch: str, rows: tuple[Arrival, ...]) -> str:
    t = visit.t
    hidden = "" if rows else " hidden"
    again = visit.link("desk/add", batch=batch)
    return (
        f'<section class="section" id="sent" data-poll="{escape(visit.link("desk/arrivals", batch=batch))}"{hidden}>'
        f"<h2>{escape(t('desk_add.list'))}</h2>{arrival_list(visit, rows, t('desk_add.list'))}"
        f'<p class="again small"><a href="{escape(again)}">{escape(t("desk_add.again"))}</a></p>'
        f'<p class="hint">{escape(t("desk_add.kept"))}</p></section>{dismissing(visit, "desk/add")}'
    )
