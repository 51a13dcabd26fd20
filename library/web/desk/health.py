"""The health page, looking again, and putting right."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.responses import Response

from library.desk.health import Infirmary
from library.ui.desk.health_page import fixed, health_page
from library.web.desk.entrance import Entered

FIXED = "fixed"
PATIENCE = 1.5
"""Seconds that a page waits for the look to end before it tells how far it is."""


@dataclass(frozen=True, slots=True)
class Health:
    """The routes over one infirmary."""

    infirmary: Infirmary

    def show(self, entered: Entered) -> Response:
        """What was seen last; the first time somebody asks, the library is looked at."""
        visit = entered.visit
        standing = self.infirmary.standing(visit.user)
        if standing.last is None and not standing.looking:
            standing = self.infirmary.look(visit.user, wait=PATIENCE)
        return entered.page(health_page(visit, standing, fixed(visit) if visit.first("done") == FIXED else ""))

    def look(self, entered: Entered, form: FormData) -> Response:
        """Look again, at every byte when that is asked for."""
        self.infirmary.look(entered.visit.user, every_byte=form.get("every") == "1", wait=PATIENCE)
        return entered.go("desk/health")

    def fix(self, entered: Entered, form: FormData) -> Response:
        """Put right what was found, then look again."""
        check, subject = (str(form.get(name, ""))[:400] for name in ("check", "subject"))
        self.infirmary.fix(entered.visit.user, check, subject)
        self.infirmary.look(entered.visit.user, wait=PATIENCE)
        return entered.go("desk/health", done=FIXED)
