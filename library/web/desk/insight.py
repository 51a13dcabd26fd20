"""The insight page, its tables as files, and what is done there: giving a topic one more label, and taking it back."""

from __future__ import annotations

import csv
import io

from starlette.datastructures import FormData
from starlette.responses import PlainTextResponse, Response

from library.access import Right
from library.desk.insight import InsightReport, insight
from library.desk.insight_tables import TABLES
from library.desk.labels import Labels
from library.exchange.spreadsheet import harmless
from library.ui.desk.insight_page import BACK, insight_page, told
from library.ui.desk.insight_searches import Labelling
from library.web.desk.entrance import PRIVATE, Entered

DAYS = 30
"""That are looked at unless the address says otherwise."""
MOST_DIGITS = 4


def show(entered: Entered) -> Response:
    """The page."""
    visit = entered.visit
    last = Labels(visit.library, visit.user).last() if visit.may(Right.TOPICS) else None
    notices = told(visit, visit.first("done"), last)
    return entered.page(insight_page(visit, _report(entered), Labelling(last), notices))


def table(entered: Entered) -> Response:
    """One of its tables as CSV (RFC 4180), for spreadsheet programs."""
    name = entered.request.path_params["table"]
    if name not in TABLES:
        return PlainTextResponse("There is no such table.", 404, PRIVATE)
    made = TABLES[name](_report(entered))
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(made.columns)
    writer.writerows([harmless(str(cell)) for cell in row] for row in made.rows)
    headers = {
        **PRIVATE,
        "Content-Disposition": f'attachment; filename="insight-{name}.csv"',
        "Content-Type": "text/csv; charset=utf-8; header=present",
    }
    return Response(f"\ufeff{out.getvalue()}".encode(), headers=headers)


def label(entered: Entered, form: FormData) -> Response:
    """Make words that found nothing a label of a topic."""
    visit = entered.visit
    given = {name: _text(form, name) for name in ("topic", "language", "label")}
    added = Labels(visit.library, visit.user).add(given["topic"], given["language"], given["label"])
    return entered.go("desk/insight", days=_text(form, "days"), done=str(added.number))


def label_back(entered: Entered, form: FormData) -> Response:
    """Take the label that was added last back."""
    visit = entered.visit
    number = _text(form, "number")
    Labels(visit.library, visit.user).take_back(int(number) if _whole(number) else 0)
    return entered.go("desk/insight", days=_text(form, "days"), done=BACK)


def _report(entered: Entered) -> InsightReport:
    """What the address asks for."""
    visit = entered.visit
    asked = visit.first("days")
    days = min(max(int(asked), 1), 400) if _whole(asked) else DAYS
    return insight(visit.library, visit.user, days, visit.params.get("language", ()), visit.t.language)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value[:400] if isinstance(value, str) else ""


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
