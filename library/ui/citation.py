"""How to cite a work: its reference, and files for programs that keep references."""

from __future__ import annotations

from html import escape

from library.ui.links import anchor, page_link
from library.ui.shown_work import ShownWork

FORMATS = (("bibtex", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON"))
"""Names of formats in addresses, and as their users call them."""


def citation(shown: ShownWork, reference: str) -> str:
    """A panel with the reference, which is markup, to be copied, and the files; without a reference the files alone."""
    t = shown.t
    copied = (
        f'<p class="reference" id="reference" dir="auto">{reference}</p>'
        f'<p><button type="button" class="button" data-copy="reference" data-done="{escape(t("cite.copied"))}">'
        f"{escape(t('cite.copy'))}</button></p>"
    )
    files = "".join(f"<li>{anchor(_file(shown, form), name)}</li>" for form, name in FORMATS)
    return (
        f'<details class="cite" data-keep="cite"><summary class="button quiet">{escape(t("cite.label"))}</summary>'
        f'<div class="cite-panel">{copied if reference else ""}'
        f'<p class="cite-files">{escape(t("cite.files"))}</p><ul class="cite-formats">{files}</ul></div></details>'
    )


def _file(shown: ShownWork, form: str) -> str:
    """The reference to the shown edition as a file."""
    return page_link("export", shown.chosen, format=form, work=shown.work.id, edition=shown.language)
