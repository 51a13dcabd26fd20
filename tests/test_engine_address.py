"""The address of a search engine: what an operator may write, and what is named as wrong."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from library.engine_address import AUTO, EXAMPLE, Address, read_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("opensearch+https://search.example.org", Address("https", "search.example.org")),
        (EXAMPLE, Address("https", "search.example.org")),
        ("opensearch+http://127.0.0.1:19201/ours", Address("http", "127.0.0.1", 19201, "ours")),
        ("opensearch+https://ada@Search:443/", Address("https", "search", 443, user="ada")),
        ("opensearch+https://ada%40example.org@[2001:db8::1]", Address("https", "2001:db8::1", user="ada@example.org")),
        ("opensearch+https://a?shards=3&replicas=2", Address("https", "a", shards=3, replicas=2)),
        ("opensearch+https://a/b-2?replicas=auto", Address("https", "a", prefix="b-2", replicas=AUTO)),
        ("opensearch+https://a/b?replicas=0", Address("https", "a", prefix="b", replicas=0)),
        ("opensearch+http://ada@localhost", Address("http", "localhost", user="ada")),
        ("opensearch+http://ada@127.9.9.9", Address("http", "127.9.9.9", user="ada")),
        ("opensearch+http://ada@[::1]", Address("http", "::1", user="ada")),
    ],
)
def test_what_is_right_is_read(text: str, address: Address) -> None:
    assert read_address(text) == (address, ())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("whoosh", "is not the address"),
        ("https://search.example.org", "is not the address"),
        ("opensearch+ftp://search.example.org", "is not the address"),
        ("opensearch+https://", "is not the address"),
        ("opensearch+https:///ours", "is not the address"),
        ("opensearch+https://a b", "is not the address"),
        ("opensearch+https://a/b#c", "is not the address"),
        ("opensearch+https://[::1", "is not the address"),
        ("opensearch+https://[1:2]", "is not the address"),
        ("opensearch+https://-a", "is not the address"),
        ("opensearch+https://a\n", "is not the address"),
        ("opensearch+https://" + "a" * 600, "is not the address"),
        ("opensearch+https://a:0", "a port that cannot be"),
        ("opensearch+https://a:65536", "a port that cannot be"),
        ("opensearch+https://a%0a@b", "a user that cannot be"),
        ("opensearch+https://a%3ab@b", "a user that cannot be"),
        ("opensearch+http://ada@search.example.org", "anybody on the way can read it"),
        ("opensearch+http://ada@10.0.0.1", "anybody on the way can read it"),
        ("opensearch+https://a/Ours", "indexes that cannot be"),
        ("opensearch+https://a/_all", "indexes that cannot be"),
        ("opensearch+https://a/*", "indexes that cannot be"),
        ("opensearch+https://a/b/c", "indexes that cannot be"),
        ("opensearch+https://a/b,c", "indexes that cannot be"),
        ("opensearch+https://a/9", "indexes that cannot be"),
        ("opensearch+https://a?shards=0", "no number of shards"),
        ("opensearch+https://a?shards=9999", "no number of shards"),
        ("opensearch+https://a?shards=", "no number of shards"),
        ("opensearch+https://a?replicas=-1", "no number of replicas"),
        ("opensearch+https://a?replicas=²", "no number of replicas"),
        ("opensearch+https://a?verify=no", "something unknown"),
        ("opensearch+https://a?shards=1&shards=2", "something twice"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(text: str, what: str) -> None:
    address, wrong = read_address(text)
    assert address is None
    assert len(wrong) == 1
    assert what in wrong[0][0]
    assert wrong[0][1]


def test_everything_wrong_is_named_at_once() -> None:
    _, wrong = read_address("opensearch+http://ada@a:0/B?shards=x&replicas=y&z=1")
    assert len(wrong) == 6


@pytest.mark.parametrize("password", ["hush", "", "hu/sh", "hu:sh", "hu?sh#", "hu sh", "hu%40sh"])
@pytest.mark.parametrize("scheme", ["opensearch+https", "opensearch+http", "https"])
def test_a_password_is_refused_and_not_repeated(scheme: str, password: str) -> None:
    address, wrong = read_address(f"{scheme}://ada:{password}@search.example.org/ours")
    assert address is None
    ((what, remedy),) = wrong
    assert what == "has a password in it"
    assert "private/opensearch-password" in remedy
    assert "ada" not in remedy
    assert not password or password not in f"{what} {remedy}"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (Address("https", "a", user="ada"), "https://a:9200/practice-library"),
        (Address("http", "::1", 1, "b"), "http://[::1]:1/b"),
    ],
)
def test_what_messages_name_has_no_user(address: Address, shown: str) -> None:
    assert address.shown == shown


@given(st.text(max_size=40), st.text(max_size=40))
@example("a" * 600, ":" * 10_000)
def test_whatever_is_written_is_an_address_or_a_message(host: str, rest: str) -> None:
    address, wrong = read_address(f"opensearch+https://{host}{rest}")
    assert (address is None) == bool(wrong)
