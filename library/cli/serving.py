"""`library serve`: the pages, in a browser."""

from __future__ import annotations

import ipaddress
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from library.cli.terminal import Session, say
from library.errors import UsageError
from library.ui import ENTRY

SECRETS = Path(".streamlit") / "secrets.toml"
"""In the root folder: what a provider of sign-in gave to this library (docs/sign-in.md)."""
HELP = """Serve the search page.

Example: library serve --port 8501
"""


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the page is served.")] = 8501,
) -> None:
    """Serve the search page until it is stopped."""
    session: Session = context.obj
    with session.library() as library:  # a thesaurus or settings that are not right are told here, not in the browser
        proxies = library.settings.sign_in.proxies
    entry = Path(ENTRY)
    if not entry.is_file():
        raise UsageError(f"the start file {entry} is missing", "run the command from a checkout of the project")
    say(f"Serving the library in {session.root.resolve()} at http://localhost:{port}")
    environment = {
        **os.environ,
        "LIBRARY_ROOT": str(session.root.resolve()),
        "STREAMLIT_RUNNER_POST_SCRIPT_GC": "false",
    }
    # Whose word on a visitor's address the server takes: by itself it would take that of every program on this machine.
    environment["FORWARDED_ALLOW_IPS"] = ",".join(believed(proxies)) or os.environ.get("FORWARDED_ALLOW_IPS", "")
    secrets = session.root.resolve() / SECRETS
    os.chdir(entry.parent)  # where the server looks for .streamlit/config.toml
    options = [f"--server.port={port}", "--server.headless=true"]
    if secrets.is_file():
        options.append(f"--secrets.files={secrets}")
    command = [sys.executable, "-m", "streamlit", "run", str(entry), *options]
    if os.name == "posix":  # the server takes this process over: what stops the command stops the server
        os.execve(sys.executable, command, environment)
    try:
        raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def believed(proxies: Iterable[str]) -> Iterator[str]:
    """The addresses of proxies in every way in which the server may see them, each as a network.

    A server that listens to IPv6 as well, as it does unless told otherwise, sees 127.0.0.1 as ::ffff:127.0.0.1
    (RFC 4291, 2.5.5.2).
    """
    for proxy in proxies:
        network = ipaddress.ip_network(proxy)
        yield str(network)
        if isinstance(network, ipaddress.IPv4Network):
            yield f"::ffff:{network.network_address}/{96 + network.prefixlen}"
