"""The file of accounts and sessions: SQLite in a folder that nobody but the program's own user may open."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from library.errors import LibraryError, UsageError

FILE = "accounts.sqlite"
VERSION = 1
"""Of the tables; an older program does not touch a newer file."""
PATIENCE = 5.0
"""Seconds to wait for another process that writes."""

_TABLES = """
CREATE TABLE IF NOT EXISTS users (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, made REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
  id BLOB PRIMARY KEY, name TEXT NOT NULL, way TEXT NOT NULL, claims TEXT NOT NULL, made REAL NOT NULL,
  seen REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_of ON sessions (name, made);
CREATE TABLE IF NOT EXISTS failures (
  whom BLOB PRIMARY KEY, count INTEGER NOT NULL, last REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent (ticket BLOB PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS secret (one INTEGER PRIMARY KEY CHECK (one = 1), value BLOB NOT NULL);
"""


class Database:
    """One connection for all threads of a process; each use is short, and alone."""

    def __init__(self, folder: Path) -> None:
        """Open the file in the folder, made when there is none.

        Raises LibraryError when it cannot be opened, UsageError when a newer program made it.
        """
        path = folder / FILE
        self._lock = threading.RLock()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # SQLite's own files beside it get the same rights
            path.chmod(0o600)
            self._connection = sqlite3.connect(
                path, timeout=PATIENCE, isolation_level=None, check_same_thread=False, cached_statements=64
            )
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from error
        try:
            self._prepare(path)
        except sqlite3.Error as error:
            self._connection.close()
            raise _unusable(path, error) from error
        except UsageError:
            self._connection.close()
            raise

    def _prepare(self, path: Path) -> None:
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if found > VERSION:
            raise UsageError(f"{path} was made by a newer program", "run the newer program")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")  # who was signed out stays so after a power cut
        self._connection.execute("PRAGMA secure_delete = ON")
        if found < VERSION:
            with self.changing() as connection:
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                connection.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (os.urandom(32),))
                connection.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one statement that changes nothing."""
        with self._lock:
            yield self._connection

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """The connection in a transaction of its own, alone among all processes: everything is kept, or nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _unusable(path: Path, error: Exception) -> LibraryError:
    return LibraryError(f"{path} cannot be used: {error}", "look at its permissions and the space left on the disk")
