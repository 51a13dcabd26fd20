"""Servers that do not do as they should, on this machine only: for what is said when that happens."""

from __future__ import annotations

import datetime
import gzip
import ipaddress
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from library.engines.opensearch.place import Place

HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of a server."""

    status: int
    body: object = ""
    """Sent as JSON; a text is sent as it is, as a page of the web."""


@dataclass(slots=True)
class Scripted:
    """A server that gives these answers one after the other, then the last one again and again."""

    scheme: str
    port: int
    replies: list[Reply]
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    """Path and body of every request."""
    headers: list[dict[str, str]] = field(default_factory=list)

    def place(self, **known: Any) -> Place:
        """Where it is."""
        return Place(self.scheme, HERE, self.port, "ours", **known)


@contextmanager
def scripted(*replies: Reply, context: ssl.SSLContext | None = None, port: int = 0) -> Iterator[Scripted]:
    """A real HTTP server that answers as told; with TLS or without."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            script.asked.append((self.path, body))
            script.headers.append({name.lower(): value for name, value in self.headers.items()})
            reply = script.replies.pop(0) if len(script.replies) > 1 else script.replies[0]
            page = isinstance(reply.body, str)
            sent = str(reply.body).encode() if page else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("content-type", "text/html" if page else "application/json")
            self.send_header("content-length", str(len(sent)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(sent)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer((HERE, port), Handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        script = Scripted("https" if context else "http", server.server_port, list(replies))
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def listening(answer: bytes | None = None) -> Iterator[Place]:
    """A socket that takes connections and says nothing, or some bytes before it hangs up."""
    with socket.create_server((HERE, 0)) as server:

        def take() -> None:
            while True:
                try:
                    talk, _ = server.accept()
                except OSError:
                    return
                with talk, suppress(OSError):
                    if answer is not None:
                        talk.sendall(answer)
                        continue
                    talk.settimeout(5)
                    while talk.recv(65_536):
                        pass  # until the other side has had enough

        thread = Thread(target=take)
        thread.start()
        try:
            yield Place("http", HERE, server.getsockname()[1], "ours")
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def closed() -> Place:
    """A port at which nobody is."""
    with socket.create_server((HERE, 0)) as server:
        return Place("http", HERE, server.getsockname()[1], "ours")


def certificate(folder: Path, name: str = HERE) -> tuple[Path, Path]:
    """An authority's certificate for itself, made for this test, and the file with it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of our own")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_alternative(name)]), critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "authority.pem").write_bytes(made)
    (folder / "with-key.pem").write_bytes(made + secret)
    return folder / "authority.pem", folder / "with-key.pem"


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
