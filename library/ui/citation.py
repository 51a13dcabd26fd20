"""How to cite a work: its reference, and files for programs that keep references."""

from __future__ import annotations

from html import escape

from library.citing import Format
from library.ui.links import anchor, works_export_link
from library.ui.shown_work import ShownWork

FORMATS = (Format.BIBTEX, Format.RIS, Format.CSL)
"""What programs that keep references read."""


def citation(shown: ShownWork, reference: str) -> str:
    """A panel with the reference, which is markup, to be copied, and the files; without a reference the files alone."""
    t = shown.t
    copied = (
        f'<p class="reference" id="reference" dir="auto">{reference}</p>'
        f'<p><button type="button" class="button" data-copy="reference" data-done="{escape(t("cite.copied"))}">'
        f"{escape(t('cite.copy'))}</button></p>"
    )
    files = "".join(f"<li>{anchor(_file(shown, form), t(f'export.{form}'), ' download')}</li>" for form in FORMATS)
    return (
        f'<details class="cite" data-keep="cite"><summary class="button quiet">{escape(t("cite.label"))}</summary>'
        f'<div class="cite-panel">{copied if reference else ""}'
        f'<p class="cite-files">{escape(t("cite.files"))}</p><ul class="cite-formats">{files}</ul></div></details>'
    )


def _file(shown: ShownWork, form: Format) -> str:
    """The reference to the shown edition as a file."""
    return works_export_link([shown.work.id], form, shown.language, shown.t.language)
