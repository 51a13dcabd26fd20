"""Passwords: which are taken, how they are kept, and whether one is right."""

from __future__ import annotations

import os
import threading
import unicodedata
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from library.errors import UsageError

SHORTEST = 12
"""Characters (NIST SP 800-63B-4, 3.1.1.2, asks for 15 where nothing else is asked for and 8 at the very least)."""
LONGEST = 1_000
"""Bytes: more would only keep the server busy."""
AT_ONCE = 2
"""Passwords that are worked on at the same time: each takes 64 MiB for a moment."""

USUAL = RFC_9106_LOW_MEMORY
"""Argon2id, 64 MiB, three passes, four lanes: the second recommended option of RFC 9106, section 4."""

_COMMON = frozenset(
    """
    passwordpassword password1234 password12345 password123456 passw0rd1234 password2024 password2025 password2026
    password123! password1234! motdepasse12 motdepasse123 motdepasse1234 passwort1234 passwort12345 contraseña123
    contrasena123 wachtwoord12 wachtwoord123 123456789012 1234567890123 12345678901234 123456789012345 1234567890ab
    abcdefghijkl abcdefghijklm abcdefghijklmn qwertyuiop12 qwertyuiop123 qwertyuiop[] qwerty123456 qwerty1234567
    azertyuiop12 azertyuiop123 azerty123456 qwertzuiop12 1q2w3e4r5t6y 1qaz2wsx3edc zaq12wsxcde3 qazwsxedcrfv
    iloveyou1234 welcome12345 welcome123456 letmein12345 administrator administrator1 administrateur changeme1234
    changemechangeme correcthorsebatterystaple trustno1trustno1 practicelibrary practice library practice-library
    bibliotheque bibliothèque bibliothek123 librarian1234 librarianlibrarian urbansecurity urban security
    """.split()
)
"""The ones that everybody tries first and that are long enough. A list of ours: short on purpose, guessing is slow."""


class Passwords:
    """Makes and checks hashes."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(USUAL)
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = _of_nobody(self._hasher)

    def hash(self, password: str, name: str) -> str:
        """The hash to keep of a new password for an account. Raises UsageError when the password is not taken."""
        refuse_weak(password, name)
        with self._places:
            return self._hasher.hash(_form(password))

    def right(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one whose hash was kept.

        None stands for a name that nobody has: it takes as long, so that the time tells nothing.
        """
        if len(password.encode("utf-8", "replace")) > LONGEST:
            password, kept = "", None
        with self._places:
            try:
                return self._hasher.verify(self._nobody if kept is None else kept, _form(password)) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    def old(self, kept: str) -> bool:
        """Whether a hash was made with other parameters than are used now."""
        return self._hasher.check_needs_rehash(kept)

    def renewed(self, password: str) -> str:
        """A hash with today's parameters of a password that was right."""
        with self._places:
            return self._hasher.hash(_form(password))


def refuse_weak(password: str, name: str) -> None:
    """Raise UsageError for a password that is too short, too long, too common, or the name of its account.

    No rules on signs and digits, as NIST SP 800-63B advises: length is what counts.
    """
    folded = _form(password).casefold()
    part = name.partition("@")[0]
    if len(_form(password)) < SHORTEST:
        raise UsageError(
            f"the password is shorter than {SHORTEST} characters", "take a few words that only you put together"
        )
    if len(password.encode("utf-8", "replace")) > LONGEST:
        raise UsageError(f"the password is longer than {LONGEST} bytes", "take a shorter one")
    if (name in folded and len(folded) < len(name) + 6) or (part and folded.strip("0123456789!?.") in {part, part * 2}):
        raise UsageError(
            "the password is little more than the name of the account", "take one that says nothing of the name"
        )
    if folded in _COMMON or len(set(folded)) < 4:
        raise UsageError(
            "the password is one of those that are guessed first", "take a few words that only you put together"
        )


def _form(password: str) -> str:
    """The same password however a keyboard composes its letters (NIST SP 800-63B: normalise before hashing)."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode("utf-8"))


def _of_nobody(hasher: PasswordHasher) -> str:
    """A hash as the others are, which no password has: its bytes are dice."""
    salt, drawn = (b64encode(os.urandom(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len))
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${drawn}"
