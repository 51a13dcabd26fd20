"""The keys that move the reader, as a list that opens with `?`, where those of one letter can be switched off."""

from __future__ import annotations

from html import escape

from library.locales import Texts
from library.ui.reader.icons import button


def key_list(t: Texts) -> str:
    """The dialog that names the keys."""
    keys = (
        (("n", "F3"), t("reader.hit_after")),
        (("p", "Shift F3"), t("reader.hit_before")),
        (("j", "PgDn"), t("reader.page_after")),
        (("k", "PgUp"), t("reader.page_before")),
        (("+",), t("reader.larger")),
        (("-",), t("reader.smaller")),
        (("0",), t("reader.fit_width")),
        (("/",), t("reader.search")),
        (("b",), t("reader.panel")),
        (("?",), t("reader.keys")),
        (("Esc",), t("reader.escape")),
    )
    rows = "".join(
        f"<div><dt>{' '.join(f'<kbd>{escape(key)}</kbd>' for key in names)}</dt><dd>{escape(words)}</dd></div>"
        for names, words in keys
    )
    close = button("close", t("reader.panel_close"), "Esc", "keys-close")
    return (
        f'<dialog id="keys" aria-labelledby="keys-title"><div class="keys-head"><h2 id="keys-title">'
        f'{escape(t("reader.keys"))}</h2>{close}</div><dl class="keys">{rows}</dl>'
        f'<label class="keys-letters"><input type="checkbox" id="keys-letters" checked aria-describedby="keys-why"> '
        f'{escape(t("reader.letters"))}</label><p id="keys-why" class="keys-why">{escape(t("reader.letters_why"))}</p>'
        "</dialog>"
    )
