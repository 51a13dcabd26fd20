"""The health page: what was found, by kind, with what to do and a button where that is safe; and the room left."""

from __future__ import annotations

from html import escape

from library.access import Right
from library.desk.health import Looked, Standing
from library.doctor import CHECKS, Finding, Severity
from library.locales.figures import file_size
from library.ui.desk.bars import share
from library.ui.desk.frame import banner, desk_document
from library.ui.desk.visit import DeskVisit
from library.ui.links import anchor

COLUMNS = ("folder", "files", "size")
NUMBER = ' class="number"'
MOST = 100
"""Findings of one kind on the page; `library check` prints all."""


def health_page(visit: DeskVisit, standing: Standing, notices: str = "") -> str:
    """The whole page. `notices` is markup: what was done just now."""
    t = visit.t
    looked = standing.last
    seen = "" if looked is None else f"{_findings(visit, looked)}{_room(visit, looked)}{_published(visit, looked)}"
    body = (
        f'<div class="page-head"><h1>{escape(t("desk_health.title"))}</h1>{_looking_again(visit, standing)}</div>'
        f"{notices}{_progress(visit, standing)}{seen}"
    )
    scripts = ("desk-health.js",) if standing.looking else ()
    return desk_document(visit, t("desk_health.title"), body, here="health", scripts=scripts)


def fixed(visit: DeskVisit) -> str:
    """The box that says that something was put right."""
    return banner(visit.t("desk_health.fixed"))


def _looking_again(visit: DeskVisit, standing: Standing) -> str:
    """When it was looked at, and the buttons to look again."""
    t = visit.t
    when = ""
    if standing.last is not None:
        day, hour = t.date(standing.last.when), standing.last.when[11:16]
        said = escape(t("desk_health.looked", day=day, time=hour))
        when = f'<time class="soft small" datetime="{escape(standing.last.when)}">{said}</time>'
    if standing.looking:
        return f'<div class="buttons">{when}</div>'
    return (
        f'<form method="post" action="{escape(visit.link("desk/do/look"))}" class="buttons">'
        f"{visit.hidden_token()}{when}"
        f'<button class="button main">{escape(t("desk_health.look"))}</button>'
        f'<button class="button" name="every" value="1">{escape(t("desk_health.look_every"))}</button></form>'
    )


def _progress(visit: DeskVisit, standing: Standing) -> str:
    """How far it is, while somebody waits; the page is asked for anew by script or by the link."""
    if not standing.looking:
        return ""
    t = visit.t
    stage = t(f"desk_health.check_{standing.stage}") if standing.stage in _NAMES else t("desk_health.begins")
    far = t("desk_health.of", done=standing.done, total=standing.total) if standing.total else ""
    bar = f'<progress max="{standing.total}" value="{standing.done}"' if standing.total else "<progress"
    said = escape(t("desk_health.looking"))
    return (
        f'<div class="banner looking" role="status" data-looking><p>{said}</p>'
        f'<p>{bar} aria-label="{said}"></progress> {escape(stage)} {escape(far)}</p>'
        f"<p>{anchor(visit.link('desk/health'), t('desk_health.how_far'))}</p></div>"
    )


def _findings(visit: DeskVisit, looked: Looked) -> str:
    t = visit.t
    if looked.trouble:
        return banner(t("desk_health.failed", why=looked.trouble), "bad")
    if not looked.findings:
        return banner(t("desk_health.well"))
    by_kind: dict[str, list[Finding]] = {}
    for finding in looked.findings:
        by_kind.setdefault(finding.check, []).append(finding)
    errors = sum(finding.severity is Severity.ERROR for finding in looked.findings)
    said = t("desk_health.found", errors=errors, warnings=len(looked.findings) - errors)
    summary = f'<p class="lead" id="summary">{escape(said)}</p>'
    return summary + "".join(_kind(visit, kind, found) for kind, found in by_kind.items())


def _kind(visit: DeskVisit, kind: str, found: list[Finding]) -> str:
    """All findings of one check, and what the check is for."""
    t = visit.t
    heading = t(f"desk_health.check_{kind}") if kind in _NAMES else kind
    about = t(f"desk_health.why_{kind}") if kind in _NAMES else ""
    items = "".join(_finding(visit, finding) for finding in found[:MOST])
    more = len(found) - MOST
    rest = f'<p class="hint">{escape(t("desk_health.more", count=more))}</p>' if more > 0 else ""
    return (
        f'<section class="section" aria-labelledby="kind-{escape(kind)}">'
        f'<h2 id="kind-{escape(kind)}">{escape(heading)} '
        f'<span class="soft">({len(found)})</span></h2><p class="caption">{escape(about)}</p>'
        f'<ul class="findings">{items}</ul>{rest}</section>'
    )


def _finding(visit: DeskVisit, finding: Finding) -> str:
    """What was found, where, and what to do. What the program says of it is English: so does the command line."""
    t = visit.t
    error = finding.severity is Severity.ERROR
    badge = (
        f'<span class="badge {"bad" if error else "warn"}"><span aria-hidden="true">{"✕" if error else "!"} </span>'
        f"{escape(t('desk_health.error') if error else t('desk_health.warning'))}</span>"
    )
    line = ""
    if finding.line:
        where = escape(t("desk_health.line", line=finding.line))
        code = f'<code dir="auto">{escape(finding.written)}</code>'
        line = f'<p class="written"><span class="soft">{where}</span> {code}</p>'
    return (
        f'<li class="finding"><div>{badge} {_subject(visit, finding)}'
        f'<p lang="en" dir="auto">{escape(finding.message)}</p>{line}'
        f'<p class="soft small" lang="en" dir="auto">→ {escape(finding.remedy)}</p></div>{_fix(visit, finding)}</li>'
    )


def _subject(visit: DeskVisit, finding: Finding) -> str:
    """The work, edition or file; works lead to their form."""
    work = finding.subject.partition("/")[0].partition(".")[0]
    known = visit.may(Right.READ_DRAFTS) and visit.library.catalogue.sound(work) is not None
    if known and finding.check != "arrivals":
        return anchor(visit.link("desk/work", id=work), finding.subject, ' dir="auto"')
    return f'<strong dir="auto">{escape(finding.subject)}</strong>'


def _fix(visit: DeskVisit, finding: Finding) -> str:
    if finding.fix is None:
        return ""
    t = visit.t
    named = escape(t("desk_health.fix_named", subject=finding.subject))
    return (
        f'<form method="post" action="{escape(visit.link("desk/do/fix"))}">{visit.hidden_token()}'
        f'<input type="hidden" name="check" value="{escape(finding.check)}">'
        f'<input type="hidden" name="subject" value="{escape(finding.subject)}">'
        f'<button class="button" aria-label="{named}">{escape(t("desk_health.fix"))}</button></form>'
    )


def _room(visit: DeskVisit, looked: Looked) -> str:
    """What each folder takes, and what is left."""
    t = visit.t
    if looked.trouble:
        return ""
    whole = sum(taken.bytes for taken in looked.taken) or 1
    rows = "".join(
        f'<tr><th scope="row">{escape(t(f"desk_health.folder_{taken.folder}"))}<br>'
        f"<code>{escape(taken.folder)}/</code></th>"
        f'<td class="number">{escape(t("desk_health.files_count", count=taken.files))}</td>'
        f"<td>{share(taken.bytes / whole, file_size(taken.bytes, t.language) or t('desk_health.nothing'))}</td></tr>"
        for taken in looked.taken
    )
    heads = "".join(
        f'<th scope="col"{NUMBER if key == "files" else ""}>{escape(t(f"desk_health.{key}"))}</th>' for key in COLUMNS
    )
    free = t("desk_health.left", size=file_size(looked.left, t.language))
    return (
        f'<section class="section" aria-labelledby="room"><h2 id="room">{escape(t("desk_health.room"))}</h2>'
        f'<p class="caption">{escape(free)}</p><div class="table-frame"><table class="list">'
        f"<thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _published(visit: DeskVisit, looked: Looked) -> str:
    t, line = visit.t, looked.published
    if looked.trouble:
        return ""
    if line is None:
        said = f"<p>{escape(t('desk_health.published_none'))}</p>"
    else:
        link = anchor(visit.link("work", id=line.work), line.work, ' dir="auto"')
        when = f'<time datetime="{escape(line.when)}">{escape(t.date(line.when))}</time>'
        said = f"<p>{link} · {when} · <bdi>{escape(line.who)}</bdi></p>"
    return (
        f'<section class="section" aria-labelledby="published">'
        f'<h2 id="published">{escape(t("desk_health.published"))}</h2>'
        f"{said}</section>"
    )


_NAMES = frozenset(check.__name__ for check in CHECKS)
