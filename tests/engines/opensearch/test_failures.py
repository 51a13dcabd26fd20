"""What is said when the search server does not do as it should. The servers here are real, but no OpenSearch."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from library.engines.opensearch.place import AUTHORITY_FILE, Place
from library.engines.opensearch.server import Server
from library.errors import EngineUnavailable, IndexOutOfDate, LibraryError, RecordError
from tests.engines.opensearch.odd_servers import Reply, certificate, closed, listening, scripted

QUICK = (0.01, 0.01, 0.01)
FOUND: dict[str, object] = {"hits": {"total": {"value": 0}, "hits": []}}
ALIAS: dict[str, object] = {"ours-1": {"aliases": {"ours": {}}}}


@contextmanager
def asking(place: Place, rest: float = 0) -> Iterator[Server]:
    """A server that is not waited for."""
    server = Server(place, connect=5, search=0.3, pauses=QUICK, rest=rest)
    yield server
    server.close()


def said(place: Place) -> EngineUnavailable:
    """What is said of a server that is asked to search."""
    with asking(place) as server, pytest.raises(EngineUnavailable) as caught:
        server.search("ours", {})
    assert caught.value.message.startswith(f"the search server at {place.shown} ")
    assert caught.value.remedy
    assert caught.value.exit_code == 6
    return caught.value


def test_nobody_is_at_the_port() -> None:
    assert "the connection is refused" in said(closed()).message


def test_no_machine_has_the_name() -> None:
    assert "no machine has that name" in said(Place("http", "nobody.invalid")).message


def test_it_takes_the_question_and_never_answers() -> None:
    with listening() as place:
        assert "did not answer in time" in said(place).message


def test_it_hangs_up() -> None:
    with listening(b"") as place:
        assert "broke the connection off" in said(place).message


def test_it_speaks_something_else() -> None:
    with listening(b"220 mail.example.org ESMTP\r\n") as place:
        assert "https or http" in said(place).remedy


@pytest.mark.parametrize(
    ("status", "body", "what", "remedy"),
    [
        (401, "<h1>Who?</h1>", "asks who we are", "write user@"),
        (403, {"error": {"type": "security_exception", "reason": "no"}}, "strangers: no", "indexes ours*"),
        (404, "<h1>Not here</h1>", "none of OpenSearch's", "something else than OpenSearch"),
        (302, "<h1>There</h1>", "none of OpenSearch's", "something else than OpenSearch"),
        (200, "<h1>Welcome</h1>", "nobody can read", "something else than OpenSearch"),
        (200, ["odd"], "none of OpenSearch's", "something else than OpenSearch"),
        (400, {"error": {"type": "parsing_exception", "reason": "odd"}, "status": 400}, "(400): odd", "version"),
        (413, "<h1>Too large</h1>", "does not take so much", "client_max_body_size"),
        (429, {"error": {"type": "x", "root_cause": [{"type": "y", "reason": "full"}]}}, "to do: full", "later"),
        (500, {"error": "something"}, "in trouble (500): something", "machines are up"),
        (503, "<h1>Away</h1>", "in trouble (503)", "machines are up"),
        (403, {"error": {"type": "cluster_block_exception", "reason": "flood"}}, "write at present: flood", "disks"),
        (404, {"error": {"root_cause": [{"type": "search_context_missing_exception"}]}}, "let go", "again"),
    ],
)  # fmt: skip
def test_each_status_is_told_with_what_to_do(status: int, body: object, what: str, remedy: str) -> None:
    with scripted(Reply(status, body)) as script:
        error = said(script.place())
    assert what in error.message
    assert remedy in error.remedy


def test_what_the_server_says_is_cut_and_shown_as_one_line() -> None:
    body = {"error": {"type": "x", "reason": "a {0} {b}\n\x1b[31m" + "c" * 5_000}}
    with scripted(Reply(400, body)) as script:
        message = said(script.place()).message
    assert "a {0} {b} [31mccc" in message
    assert message.isprintable()
    assert len(message) < 500


def test_a_user_whose_password_is_wrong_is_named_without_it() -> None:
    with scripted(Reply(401)) as script:
        error = said(script.place(user="a{d}a", password="secret"))
    assert "the user “a{d}a” with this password" in error.message
    assert "private/opensearch-password" in error.remedy
    assert "secret" not in f"{error.message} {error.remedy} {error.__cause__!r}"


def test_user_and_password_are_told_to_the_server_whatever_signs_they_have() -> None:
    with scripted(Reply(200, FOUND)) as script, asking(script.place(user="ada", password="sésame €")) as server:
        server.search("ours", {})
    # base64 of "ada:sésame €" in UTF-8
    assert script.headers[0]["authorization"] == "Basic YWRhOnPDqXNhbWUg4oKs"


def test_an_index_that_is_missing_is_out_of_date() -> None:
    body = {"error": {"type": "index_not_found_exception", "reason": "no such index [ours]", "index": "ours"}}
    with (
        scripted(Reply(404, body)) as script,
        asking(script.place()) as server,
        pytest.raises(IndexOutOfDate, match="there is no index “ours”") as caught,
    ):
        server.search("ours", {})
    assert caught.value.remedy == "run: library index"


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_tried_again(status: int) -> None:
    with scripted(Reply(status), Reply(status), Reply(200, FOUND)) as script, asking(script.place()) as server:
        assert server.search("ours", {}) == FOUND
    assert len(script.asked) == 3


@pytest.mark.parametrize(("status", "tries"), [(503, 3), (429, 3), (401, 1), (403, 1), (400, 1), (500, 1)])
def test_tries_come_to_an_end(status: int, tries: int) -> None:
    with scripted(Reply(status)) as script:
        said(script.place())
    assert len(script.asked) == tries


def test_what_changes_an_index_is_tried_more_often() -> None:
    with scripted(Reply(503)) as script, asking(script.place()) as server, pytest.raises(EngineUnavailable):
        server.create("ours")
    assert len(script.asked) == 1 + len(QUICK)


def test_a_server_that_could_not_be_reached_is_left_in_peace_for_a_while() -> None:
    place = closed()
    with asking(place, rest=600) as server:
        with pytest.raises(EngineUnavailable) as first:
            server.search("ours", {})
        with scripted(Reply(200, FOUND), port=place.port) as script:
            with pytest.raises(EngineUnavailable) as second:
                server.search("ours", {})
            assert not script.asked
            assert second.value.message == first.value.message
            server.refresh("ours")  # whoever writes is not kept off
        assert len(script.asked) == 1


def test_a_server_that_is_back_is_asked_again() -> None:
    place = closed()
    with asking(place) as server:
        with pytest.raises(EngineUnavailable):
            server.search("ours", {})
        with scripted(Reply(200, FOUND), port=place.port):
            assert server.search("ours", {}) == FOUND


def test_an_error_in_one_of_several_searches_is_an_error() -> None:
    odd = {"error": {"type": "x", "reason": "one shard is away"}, "status": 503}
    with (
        scripted(Reply(200, {"responses": [FOUND, odd]})) as script,
        asking(script.place()) as server,
        pytest.raises(EngineUnavailable, match="one shard is away"),
    ):
        server.searches([("ours", {}), ("ours", {})])


def test_no_searches_ask_nothing() -> None:
    with asking(closed()) as server:
        assert server.searches([]) == ()


# -- bulk


def refused(status: int, kind: str, reason: str) -> dict[str, object]:
    return {"index": {"status": status, "error": {"type": kind, "reason": reason}}}


TAKEN: dict[str, object] = {"index": {"status": 201}}
FULL = refused(429, "rejected_execution_exception", "queue is full")
ACTIONS = [{"_index": "ours", "_id": f"d{number}", "_source": {"n": number}} for number in range(3)]


def sent(body: bytes) -> list[str]:
    """The documents in a parcel, by id."""
    lines = [json.loads(line) for line in body.splitlines()]
    return [line["index"]["_id"] for line in lines[::2]]


def test_only_what_the_server_had_no_time_for_is_sent_again() -> None:
    replies = (
        Reply(200, ALIAS), Reply(200, {"errors": True, "items": [TAKEN, FULL, FULL]}),
        Reply(200, {"errors": True, "items": [FULL, TAKEN]}), Reply(200, {"errors": False, "items": [TAKEN]}),
    )  # fmt: skip
    with scripted(*replies) as script, asking(script.place()) as server:
        assert server.bulk(ACTIONS) == 3
    assert [sent(body) for path, body in script.asked if "_bulk" in path] == [["d0", "d1", "d2"], ["d1", "d2"], ["d1"]]


def test_a_server_that_never_has_time_is_given_up() -> None:
    replies = Reply(200, ALIAS), Reply(200, {"errors": True, "items": [FULL] * 3})
    with (
        scripted(*replies) as script,
        asking(script.place()) as server,
        pytest.raises(EngineUnavailable, match=r"“d0” .*queue is full"),
    ):
        server.bulk(ACTIONS)
    assert len(script.asked) == 1 + 1 + len(QUICK)


def test_the_document_that_is_refused_is_named() -> None:
    odd = refused(400, "strict_dynamic_mapping_exception", "odd field")
    replies = Reply(200, ALIAS), Reply(200, {"errors": True, "items": [FULL, odd, TAKEN]})
    with (
        scripted(*replies) as script,
        asking(script.place()) as server,
        pytest.raises(EngineUnavailable, match=r"“d1” .strict_dynamic_mapping_exception: odd field"),
    ):
        server.bulk(ACTIONS)


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (refused(404, "index_not_found_exception", "gone"), IndexOutOfDate),
        (refused(429, "cluster_block_exception", "disk usage exceeded flood-stage watermark"), EngineUnavailable),
    ],
)
def test_what_stops_every_document_is_told_as_such(odd: dict[str, object], kind: type[LibraryError]) -> None:
    replies = Reply(200, ALIAS), Reply(200, {"errors": True, "items": [odd] * 3})
    with scripted(*replies) as script, asking(script.place()) as server, pytest.raises(kind) as caught:
        server.bulk(ACTIONS)
    assert "d0" not in caught.value.message


def test_an_index_behind_an_alias_is_never_made_by_writing_to_it() -> None:
    replies = Reply(200, ALIAS), Reply(200, {"errors": False, "items": [TAKEN]})
    with scripted(*replies) as script, asking(script.place()) as server:
        server.bulk(ACTIONS[:1])
    assert json.loads(script.asked[-1][1].splitlines()[0])["index"]["require_alias"] is True


# -- TLS


def secured(with_key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(with_key)
    return context


def test_a_certificate_that_nobody_vouches_for_is_not_taken(tmp_path: Path) -> None:
    _, with_key = certificate(tmp_path)
    with scripted(Reply(200, FOUND), context=secured(with_key)) as script:
        error = said(script.place(user="ada", password="secret"))
    assert "shows a certificate that is not trusted" in error.message
    assert AUTHORITY_FILE in error.remedy
    assert not script.asked  # nobody learnt the password


def test_a_certificate_of_our_authority_is_taken(tmp_path: Path) -> None:
    authority, with_key = certificate(tmp_path)
    with (
        scripted(Reply(200, FOUND), context=secured(with_key)) as script,
        asking(script.place(authority=authority)) as server,
    ):
        assert server.search("ours", {}) == FOUND


def test_a_certificate_for_another_name_is_not_taken(tmp_path: Path) -> None:
    authority, with_key = certificate(tmp_path, "search.example.org")
    with scripted(Reply(200, FOUND), context=secured(with_key)) as script:
        assert "certificate that is not trusted" in said(script.place(authority=authority)).message
    assert not script.asked


def test_a_server_without_tls_is_told_as_such() -> None:
    with scripted(Reply(200, FOUND)) as script:
        error = said(replace(script.place(), scheme="https"))
    assert "does not speak TLS" in error.message
    assert "http or https" in error.remedy


@pytest.mark.parametrize("content", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----"])
def test_an_authority_that_is_no_certificate_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "ca.pem").write_text(content)
    with pytest.raises(RecordError, match=f"{AUTHORITY_FILE}: is no certificate"):
        Server(Place("https", "search", authority=tmp_path / "ca.pem"))
