"""The document for signing in: a form for a name and a password, or the way to the provider. It needs no script."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from library.access import ANYONE
from library.errors import LibraryError
from library.library import Library
from library.locales import Texts, load_texts
from library.settings import Settings
from library.sign_in import Way
from library.ui.links import anchor, page_link
from library.ui.person import sign_out_form
from library.web import Asked

LOADED = (
    '<meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />'
    '<meta name="robots" content="noindex" /><meta name="color-scheme" content="light dark" />'
    '<link rel="icon" href="./assets/icon.svg" type="image/svg+xml" />'
    '<link rel="stylesheet" href="./assets/style.css" /><link rel="stylesheet" href="./assets/sign-in.css" />'
)


def signing_in(open_library: Callable[[], Library]) -> Callable[[Asked], str]:
    """The document for signing in to this library."""

    def document(asked: Asked) -> str:
        try:
            library = open_library()
            return sign_in_document(asked, library.texts(asked.language), library.settings)
        except LibraryError:  # the document still says what it can
            return sign_in_document(asked, load_texts(asked.language), Settings())

    return document


def sign_in_document(asked: Asked, t: Texts, settings: Settings) -> str:
    """The whole document, in the language of the texts."""
    heading = t("sign_in.title")
    title = f"{t('sign_in.error')}: {heading}" if asked.failed else heading
    home = anchor(page_link("", asked.chosen), settings.name)
    direction = "" if t.direction == "ltr" else f' dir="{t.direction}"'
    return (
        f'<!doctype html><html lang="{t.language}"{direction}><head>{LOADED}'
        f"<title>{escape(f'{title} – {settings.name}')}</title></head>"
        f'<body class="stApp alone"><div class="stHtml"><header class="masthead"><p class="masthead-name">{home}</p>'
        f'</header><main class="sign-in"><h1>{escape(heading)}</h1>{_body(asked, t, settings)}</main></div>'
        "</body></html>"
    )


def _body(asked: Asked, t: Texts, settings: Settings) -> str:
    if asked.way is Way.NONE:
        return f"<p>{escape(t('sign_in.nowhere'))}</p>{_help(t, settings)}"
    if asked.user != ANYONE:
        said = escape(t("sign_in.already", name="\0")).replace("\0", f"<bdi>{escape(asked.user.name)}</bdi>")
        on = anchor(asked.then, t("sign_in.on"), ' class="button"')
        return f'<p>{said}</p><div class="sign-in-do">{on}{sign_out_form(t, asked.token)}</div>'
    if asked.way is Way.OIDC:
        address = page_link("sign-in", asked.chosen, **{"with": "provider", "next": asked.then})
        go = anchor(address, t("sign_in.provider"), ' class="button main" rel="nofollow"')
        why = f"<p>{escape(t('sign_in.why_provider'))}</p>"
        return f'{_failed(asked, t)}{why}<div class="sign-in-do">{go}</div>{_help(t, settings)}'
    return f"{_failed(asked, t)}{_form(asked, t)}{_help(t, settings)}"


def _form(asked: Asked, t: Texts) -> str:
    wrong = ' aria-describedby="failed" aria-invalid="true"' if asked.failed == "wrong" else ""
    first = "" if asked.name else " autofocus"
    then = " autofocus" if asked.name else ""
    return (
        f'<form method="post" action="{escape(page_link("sign-in", asked.chosen))}">'
        f'<input type="hidden" name="token" value="{escape(asked.token)}">'
        f'<input type="hidden" name="next" value="{escape(asked.then)}">'
        f'<label for="name">{escape(t("sign_in.name"))}</label>'
        f'<input id="name" name="name" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" '
        f'maxlength="254" required dir="auto" value="{escape(asked.name)}"{wrong}{first}>'
        f'<label for="password">{escape(t("sign_in.password"))}</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1000" '
        f"required{wrong}{then}>"
        f'<button class="button main" type="submit">{escape(t("sign_in.go"))}</button></form>'
    )


def _failed(asked: Asked, t: Texts) -> str:
    """What went wrong; never whether there is an account of that name."""
    if not asked.failed:
        return ""
    match asked.failed:
        case "wait":
            said = t("sign_in.wait", count=asked.wait)
        case "wrong":
            said = t("sign_in.wrong")
        case "stale":
            said = t("sign_in.stale")
        case _:
            said = t("sign_in.no_provider")
    return f'<p id="failed" class="sign-in-failed" role="alert">{escape(said)}</p>'


def _help(t: Texts, settings: Settings) -> str:
    """How one gets an account, and whom to ask."""
    words = settings.access_help or t("sign_in.help")
    asked = f" {escape(t('sign_in.ask'))} {_contact(settings.contact)}" if settings.contact else ""
    return f'<p class="sign-in-help"><span dir="auto">{escape(words)}</span>{asked}</p>'


def _contact(contact: str) -> str:
    if contact.startswith(("https://", "http://")):
        return anchor(contact, contact)
    return anchor(f"mailto:{contact}", contact) if "@" in contact else escape(contact)
