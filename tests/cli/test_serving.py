"""Whose word on a visitor's address the server takes."""

from __future__ import annotations

import ipaddress

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from library.cli.serving import believed


async def _nothing(*_: object) -> None:
    """An application that is never asked."""


@pytest.mark.parametrize("seen", ["127.0.0.1", "::ffff:127.0.0.1", "10.1.2.3", "::ffff:10.1.2.3", "::1"])
def test_a_proxy_is_believed_however_the_server_sees_it(seen: str) -> None:
    named = ",".join(believed(("127.0.0.1", "10.0.0.0/8", "::1")))
    assert seen in ProxyHeadersMiddleware(_nothing, named).trusted_hosts


@pytest.mark.parametrize("seen", ["127.0.0.2", "::ffff:127.0.0.2", "11.1.2.3", "::ffff:11.1.2.3", "::2", "::"])
def test_nobody_else_is(seen: str) -> None:
    named = ",".join(believed(("127.0.0.1", "10.0.0.0/8", "::1")))
    assert seen not in ProxyHeadersMiddleware(_nothing, named).trusted_hosts


def test_each_is_a_network_as_the_server_reads_it() -> None:
    for network in believed(("127.0.0.1", "10.0.0.0/8", "2001:db8::/32")):
        ipaddress.ip_network(network)
    assert tuple(believed(())) == ()
