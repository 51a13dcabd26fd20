"""What can go wrong between us and a search server, said so that an operator knows what to do next.

What the server says itself is cut to one short line: it goes into a terminal and a log.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import ConnectionTimeout, OpenSearchException, SSLError, TransportError
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from library.engines.opensearch.place import AUTHORITY_FILE, PASSWORD, PASSWORD_FILE, Place
from library.errors import EngineUnavailable, IndexOutOfDate, LibraryError

TOO_MANY = 429
PASSING = frozenset({TOO_MANY, 502, 503, 504})
"""Answers that another try may better: too much at once, or a machine that is just not there."""

_LONGEST = 300
_TAG = re.compile(r"<[^<>]*>")
_START = "look whether OpenSearch runs there, or mend the line engine in library.toml"
_LOOK = "look into the log of OpenSearch, then try again"
_OTHER = "mend the line engine in library.toml: something else than OpenSearch answers there"
_HEALTH = "look whether all of its machines are up (GET /_cluster/health), then try again"


class TooManyClauses(EngineUnavailable):
    """The query has more parts than the server takes (`indices.query.bool.max_clause_count`, 1,024 unless changed)."""


def passing(error: OpenSearchException) -> bool:
    """Whether another try may succeed. A time-out is not tried again: that would load a slow server twice."""
    if isinstance(error, SSLError):
        return _broken_off(error)
    if isinstance(error, ConnectionTimeout):
        return False
    return isinstance(error, Unreachable) or (isinstance(error, TransportError) and error.status_code in PASSING)


def failure(error: OpenSearchException, place: Place) -> LibraryError:
    """What an exception of the client means to an operator."""
    if isinstance(error, Unreachable):
        return _unavailable(place, *_unreachable(error))
    if not isinstance(error, TransportError):
        return _unavailable(place, "gives an answer that nobody can read", _OTHER)
    info = error.info if isinstance(error.info, dict) else {}
    detail = info.get("error", error.error)
    return refusal(int(error.status_code), detail if isinstance(detail, Mapping) else {"reason": detail}, place)


def refusal(status: int, detail: Mapping[str, Any], place: Place) -> LibraryError:
    """What an error in an answer means to an operator: its HTTP status, and the server's `error` object."""
    kinds, reason = _kinds(detail), _line(_reason(detail))
    if "index_not_found_exception" in kinds:
        return missing(_line(detail.get("index", place.prefix)))
    if "search_context_missing_exception" in kinds:
        return _unavailable(place, "let go of what was being read from it", "try again")
    if "too_many_clauses" in kinds or "maxClauseCount" in reason:
        what = "takes no query of so many words in so many languages"
        return TooManyClauses(f"the search server at {place.shown} {what}", "ask with fewer words")
    if "cluster_block_exception" in kinds:
        remedy = "make room on its disks, or lift the block (PUT /_all/_settings, index.blocks.*)"
        return _unavailable(place, f"does not write at present: {reason}", remedy)
    return _unavailable(place, *_status(status, reason, place))


def missing(index: str) -> IndexOutOfDate:
    """There is no such index, or nothing behind that alias. Pages show this to readers: the address stays out of it."""
    return IndexOutOfDate(f"there is no index “{index}” on the search server")


def stranger(place: Place) -> EngineUnavailable:
    """What answered is no OpenSearch."""
    return _unavailable(place, "gives an answer that is none of OpenSearch's", _OTHER)


def refused(name: str, status: int, detail: Mapping[str, Any], place: Place) -> LibraryError:
    """A document that the server did not take."""
    if _kinds(detail) & {"index_not_found_exception", "cluster_block_exception"}:
        return refusal(status, detail, place)
    said = f"{_line(detail.get('type', status))}: {_line(_reason(detail))}"
    return _unavailable(place, f"does not take the document “{_line(name)}” ({said})", _LOOK)


def _unreachable(error: Unreachable) -> tuple[str, str]:
    cause = error.info
    if isinstance(error, SSLError) and not _broken_off(error):
        return _untrusted(str(error.error))
    if isinstance(error, ConnectionTimeout):
        return "did not answer in time", "look whether it is overloaded or still starting, then try again"
    if isinstance(cause, NameResolutionError):
        return "cannot be found: no machine has that name", _START
    if isinstance(cause, NewConnectionError):  # a kind of ConnectTimeoutError too
        return "does not answer: the connection is refused", _START
    if isinstance(cause, ConnectTimeoutError):
        return "does not answer: nothing comes back from that machine", _START
    return "broke the connection off", f"{_START}; look too whether it wants https or http"


def _broken_off(error: SSLError) -> bool:
    """Whether a connection with TLS just ended, as one does that was kept open for long."""
    return "EOF occurred" in str(error.error)


def _untrusted(said: str) -> tuple[str, str]:
    if "CERTIFICATE_VERIFY_FAILED" in said or "doesn't match" in said:
        what = f"shows a certificate that is not trusted ({_line(said)})"
        return what, f"write the name in the certificate into library.toml, and its authority into {AUTHORITY_FILE}"
    return f"does not speak TLS as it should ({_line(said)})", "look whether it wants http or https"


def _status(status: int, reason: str, place: Place) -> tuple[str, str]:
    """What a status means where the server says no more of its kind."""
    who = f"the user “{place.user}”" if place.user else "strangers"
    if status == 401 and place.user:
        return f"does not know {who} with this password", f"mend {PASSWORD_FILE} or {PASSWORD}"
    if status == 401:
        return "asks who we are", f"write user@ before the host in library.toml, and the password into {PASSWORD_FILE}"
    if status == 403:
        return f"does not allow this to {who}: {reason}", f"allow all on the indexes {place.prefix}*"
    if status == 413:
        return "does not take so much at once", "let the proxy before it take 10 MB (nginx: client_max_body_size)"
    if status == TOO_MANY:
        return f"has too much to do: {reason}", "try again later, or give it more machines"
    if status >= 500:
        return f"is in trouble ({status}): {reason}", _HEALTH
    if status == 404 or status < 400:
        return f"gives an answer that is none of OpenSearch's ({status})", _OTHER
    return f"does not understand what it was asked ({status}): {reason}", f"look whether its version is 2 or 3; {_LOOK}"


def _kinds(detail: Mapping[str, Any]) -> set[str]:
    """The names of the error, and of what is at the root of it."""
    return {str(one.get("type", "")) for one in (detail, *_roots(detail))}


def _roots(detail: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    roots = detail.get("root_cause")
    return tuple(one for one in roots if isinstance(one, Mapping)) if isinstance(roots, list) else ()


def _reason(detail: Mapping[str, Any]) -> object:
    """What the server gives as the cause, the deepest one it names."""
    return next((one["reason"] for one in (*_roots(detail), detail) if one.get("reason")), "no reason given")


def _line(said: object) -> str:
    """One short line of what the server, or a proxy in its place, said; without tags, and to be shown anywhere."""
    text = " ".join(
        "".join(sign if sign.isprintable() else " " for sign in _TAG.sub(" ", str(said)[: 4 * _LONGEST])).split()
    )
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _unavailable(place: Place, what: str, remedy: str) -> EngineUnavailable:
    return EngineUnavailable(f"the search server at {place.shown} {what}", remedy)
