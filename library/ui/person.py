"""Who is signed in, at the head of a page: the way in, or the name, the desk and the way out."""

from __future__ import annotations

from html import escape

from library.access import ANYONE, Right, User, may
from library.locales import Texts
from library.sign_in import Way
from library.ui.links import anchor, page_link


def person(t: Texts, user: User, way: Way, form_token: str, reader: str = "") -> str:
    """The part of a head that is about the person; nothing where nobody signs in.

    `form_token` is for the form that signs out, `reader` the interface language chosen.
    """
    if way is Way.NONE:
        return ""
    if user == ANYONE:
        link = anchor(page_link("sign-in", reader), t("sign_in.link"), ' class="button quiet" rel="nofollow"')
        return f'<div class="person">{link}</div>'
    desk = anchor("./desk", t("sign_in.desk"), ' class="button quiet"') if may(user, Right.ADD) else ""
    called = f'<span class="unseen">{escape(t("sign_in.as"))} </span><bdi>{escape(user.name)}</bdi>'
    return (
        f'<div class="person">{desk}<span class="person-name" title="{escape(user.name)}">{called}</span>'
        f"{sign_out_form(t, form_token)}</div>"
    )


def sign_out_form(t: Texts, form_token: str, main: bool = False) -> str:
    """The button that ends the session."""
    return (
        '<form class="sign-out" method="post" action="./sign-out">'
        f'<input type="hidden" name="token" value="{escape(form_token)}">'
        f'<button class="button {"main" if main else "quiet"}" type="submit">{escape(t("sign_in.out"))}</button></form>'
    )
