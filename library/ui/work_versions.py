"""The language versions of a work side by side: title, length, and what can be done with each."""

from __future__ import annotations

from html import escape

from library.locales.figures import file_size
from library.model import Edition
from library.ui.cards import spoken
from library.ui.links import anchor, current
from library.ui.page_names import download_words, file_word, length
from library.ui.shown_work import ShownWork, in_words, own_name, read_name
from library.ui.work_head import download


def versions(shown: ShownWork) -> str:
    """A table with a row for each edition, the shown one marked in words too."""
    t = shown.t
    rows = "".join(_row(shown, edition) for edition in shown.work.editions)
    columns = (t("facet.language"), t("versions.title"), t("record.pages"), t("versions.size"))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    return (
        f'<section class="work-versions" aria-labelledby="versions"><h2 id="versions">{escape(t("versions.heading"))}'
        f"</h2><table><thead><tr>{head}"
        f'<th scope="col"><span class="unseen">{escape(t("versions.files"))}</span></th></tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def _row(shown: ShownWork, edition: Edition) -> str:
    t, tag = shown.t, edition.language
    here = tag == shown.language
    pages = f'<td class="figure">{escape(length(edition, t))}</td>'
    size = f'<td class="figure">{escape(file_size(edition.bytes, t.language))}</td>'
    title = anchor(shown.here(tag), edition.title, f' {spoken(tag, edition.title)} hreflang="{escape(tag)}"')
    return (
        f'<tr{current(here)}><th scope="row">{_name(shown, tag)}{_mark(shown) if here else ""}</th><td>{title}</td>'
        f'{pages}{size}<td class="version-files">{_files(shown, edition)}</td></tr>'
    )


def _name(shown: ShownWork, tag: str) -> str:
    """The language's own name, and the reader's name for it where that is another."""
    own, read = own_name(tag, shown.t), read_name(tag, shown.t)
    besides = f' <span class="version-named">{escape(read)}</span>' if own != read else ""
    return f'<span class="version-own" {spoken(tag, own)}>{escape(own)}</span>{besides}'


def _mark(shown: ShownWork) -> str:
    return f' <span class="badge">{escape(shown.t("versions.shown"))}</span>'


def _files(shown: ShownWork, edition: Edition) -> str:
    """Each link says to a screen reader which language it is for."""
    t, tag = shown.t, edition.language
    language = in_words(tag, t)
    named = f' hreflang="{escape(tag)}" aria-label="{escape(t("versions.read_in", language=language))}"'
    taken = f' hreflang="{escape(tag)}" aria-label="{escape(download_words(edition, t, language))}"'
    return f"{anchor(shown.read(tag), t('work.read'), named)} {download(shown, edition, file_word(edition, t), taken)}"
