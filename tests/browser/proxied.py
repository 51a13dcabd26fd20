"""nginx before two replicas, as an ordinary program, by `docs/nginx.conf` with ports and folders filled in.

The folder is that of one run; nothing of the system's own nginx is read or written.
"""

from __future__ import annotations

import getpass
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from library.arrivals.arrivals import FOLDER as ARRIVALS
from library.arrivals.bell import AT_WORK
from tests.browser.conftest import CHECKOUT, STARTING, answers, started
from tests.ports import free_port

DOCUMENTED = CHECKOUT / "docs" / "nginx.conf"
AROUND = """daemon off;
pid nginx.pid;
error_log error.log;
events {}
http {
    log_format which '$upstream_addr $status $request_uri';
    access_log access.log which;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include library.conf;
}
"""
"""What Debian's own nginx.conf does around the documented file, with everything in the folder of the run."""
MARKS = 256


@dataclass(frozen=True, slots=True)
class Proxied:
    """Two replicas of one library, and where nginx answers for both."""

    address: str
    plain: str
    """Where it answers without TLS."""
    replicas: Mapping[int, subprocess.Popen[bytes]]
    """By port, the one that was started first at the head."""
    folder: Path

    def kill(self, port: int) -> None:
        """End a replica at once, as a crash does."""
        self.replicas[port].send_signal(signal.SIGKILL)
        self.replicas[port].wait(STARTING)

    def asked(self, path: str) -> list[tuple[list[int], int]]:
        """For each request of a path so far: the ports of the replicas that were tried, and the status."""
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        found = (line.rsplit(" ", 2) for line in lines)
        return [
            ([int(port) for port in re.findall(r":(\d+)", tried)], int(status))
            for tried, status, asked in found
            if asked == path
        ]

    def get(self, path: str, **headers: str) -> httpx.Response:
        """An answer, whatever its status; never from a browser's cache."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        return httpx.get(self.address.rstrip("/") + path, headers=headers, verify=context, timeout=60)

    def send(self, path: str, form: Mapping[str, str], comes_from: str, **headers: str) -> httpx.Response:
        """What is answered to a form, sent from an address of this machine."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        transport = httpx.HTTPTransport(verify=context, local_address=comes_from)
        with httpx.Client(transport=transport, timeout=60) as client:
            return client.post(self.address.rstrip("/") + path, data=dict(form), headers=headers)

    def mark_of(self, port: int) -> str:
        """A mark that leads to this replica."""
        for number in range(MARKS):
            path = f"/robots.txt?{number}"
            self.get(path, Cookie=f"replica={number:02x}")
            if self.asked(path)[-1:] == [([port], 200)]:
                return f"{number:02x}"
        raise AssertionError(f"no mark leads to {port}")


def nginx_program() -> str:
    """nginx; without one the tests are skipped, unless LIBRARY_REQUIRE asks for it."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        message = "there is no nginx here: install it with `apt-get install nginx-light`"
        if "nginx" in os.environ.get("LIBRARY_REQUIRE", "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    return found


@contextmanager
def proxied(root: Path, folder: Path) -> Iterator[Proxied]:
    """Two replicas over the library in a folder, behind nginx in another; all of them end with the block."""
    program = nginx_program()
    ports = free_port(), free_port(), free_port(), free_port()
    certify(folder)
    (folder / "nginx.conf").write_text(AROUND, encoding="utf-8")
    (folder / "library.conf").write_text(filled_in(folder, *ports), encoding="utf-8")
    running: list[subprocess.Popen[bytes]] = []
    try:
        first = started(root, ports[0], folder / "first.log")
        running.append(first)
        _comes(root / ARRIVALS / AT_WORK)  # the first one works through arrivals, the second one waits for that
        second = started(root, ports[1], folder / "second.log")
        running.append(second)
        running.append(_nginx(program, folder))
        answers(ports[0], first, folder / "first.log")
        answers(ports[1], second, folder / "second.log")
        _listens(ports[2], running[-1], folder)
        replicas = {ports[0]: first, ports[1]: second}
        yield Proxied(f"https://localhost:{ports[2]}/", f"http://localhost:{ports[3]}/", replicas, folder)
    finally:
        for program_running in reversed(running):
            program_running.terminate()
            program_running.wait(STARTING)


def filled_in(folder: Path, first: int, second: int, secure: int, plain: int) -> str:
    """The documented configuration with other ports and folders; whatever is filled in has to be there."""
    text = DOCUMENTED.read_text(encoding="utf-8")
    for there, instead in (
        ("server 127.0.0.1:8501 ", f"server 127.0.0.1:{first} "),
        ("server 127.0.0.1:8502 ", f"server 127.0.0.1:{second} "),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("    listen [::]:80;\n", ""),
        ("listen 443 ssl", f"listen 127.0.0.1:{secure} ssl"),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("/etc/ssl/library.example.org/fullchain.pem", str(folder / "fullchain.pem")),
        ("/etc/ssl/library.example.org/privkey.pem", str(folder / "privkey.pem")),
    ):
        assert text.count(there) == 1, f"{DOCUMENTED} has “{there}” not once"
        text = text.replace(there, instead)
    return text


def certify(folder: Path) -> None:
    """A key and a certificate for this machine, signed by itself, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _nginx(program: str, folder: Path) -> subprocess.Popen[bytes]:
    who = ["-g", f"user {getpass.getuser()};"] if os.geteuid() == 0 else []  # else its workers may not enter the folder
    with (folder / "nginx.out").open("wb") as said:
        command = [program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log", *who]
        return subprocess.Popen(command, stdout=said, stderr=said)


def _comes(file: Path) -> None:
    """Until there is a file."""
    last = time.monotonic() + STARTING
    while not file.exists() and time.monotonic() < last:
        time.sleep(0.05)
    assert file.exists()


def _listens(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    """Until nginx takes connections."""
    last = time.monotonic() + STARTING
    while server.poll() is None and time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nginx does not answer:\n{(folder / 'nginx.out').read_text(encoding='utf-8')}")
