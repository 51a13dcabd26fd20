"""Where the search server of a library is, and what opens its door.

Address and layout stand in `library.toml`; the password never does.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from library.engine_address import Address, read_address
from library.errors import Problem, RecordError
from library.settings import FILE

PASSWORD = "LIBRARY_OPENSEARCH_PASSWORD"
"""The environment variable with the password; it comes before the file."""
PASSWORD_FILE = "private/opensearch-password"
AUTHORITY_FILE = "private/opensearch-ca.pem"
"""Certificates of the authority that vouches for the server; those the system knows when there is no such file."""

_LONGEST = 1_000
_OTHERS = 0o007


@dataclass(frozen=True, slots=True)
class Place(Address):
    """A search server that can be asked: its address, and what opens its door."""

    password: str = field(default="", repr=False)
    """Empty when the server asks for none."""
    authority: Path | None = None
    """A PEM file with the certificate authority that vouches for the server; None for those the system knows."""

    @classmethod
    def read(cls, address: str, root: Path) -> Self:
        """The server that a library's settings name; `root` is where its folder `private` lies.

        Raises RecordError when the address is not right, or its user has no password.
        """
        found, wrong = read_address(address)
        if found is None:
            raise RecordError(tuple(Problem(FILE, "engine", what, remedy) for what, remedy in wrong))
        authority = root / AUTHORITY_FILE
        return cls(
            **asdict(found),
            password=_password(root, found.user) if found.user else "",
            authority=authority if authority.is_file() else None,
        )


def _password(root: Path, user: str) -> str:
    """The password of a user. Raises RecordError."""
    password = os.environ.get(PASSWORD) or _filed(root / PASSWORD_FILE)
    if not password:
        remedy = f"write it into {PASSWORD_FILE}, or into the environment variable {PASSWORD}"
        raise RecordError((Problem(FILE, "engine", f"names the user “{user}”, and there is no password", remedy),))
    return password


def _filed(file: Path) -> str:
    """What a file with a password says; empty when there is none. Raises RecordError."""
    try:
        mode = file.stat().st_mode
        text = file.read_bytes()[: _LONGEST + 1].decode("utf-8").rstrip("\r\n")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        raise RecordError(
            (Problem(PASSWORD_FILE, "", "cannot be read", "let it hold the password, in UTF-8"),)
        ) from None
    if mode & _OTHERS and os.name == "posix":
        remedy = f"run: chmod 600 {PASSWORD_FILE}; and choose another password if others use this machine"
        raise RecordError((Problem(PASSWORD_FILE, "", "can be read by others on this machine", remedy),))
    if len(text) > _LONGEST or not text.isprintable():
        raise RecordError((Problem(PASSWORD_FILE, "", "is no password", "let it hold one line, and nothing else"),))
    return text
