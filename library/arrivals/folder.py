"""Where arrivals lie: `arrivals/<batch>/<id>/` with `received` and `state.json`, made aside and renamed whole."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from library.arrivals.arrival import Arrival, Stage
from library.arrivals.bell import Bell
from library.durable import abandoned, abandoned_files, sync_folder, write_bytes

RECEIVED = "received"
STATE = "state.json"
ARRIVING = ".arriving-"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""Of a batch, and of an arrival: no text from outside chooses a path."""
REMEMBERED = 50_000
TRIES = 10
KEPT_SECONDS = 7 * 24 * 3600
"""For which it is told what became of a batch of which nothing was rejected."""


class ArrivalsFolder:
    """The folder of arrivals. Several threads and processes may put in; one works through them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bell = Bell(folder)
        self._lock = Lock()
        self._read: dict[Path, tuple[int, int, Arrival]] = {}

    def begin(self, batch: str) -> Path:
        """A folder aside, to be filled and then put in its place with `settle`."""
        self._check(batch)
        for _ in range(TRIES):
            (self.folder / batch).mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # the last arrival of the batch was put away at this very moment
                return Path(tempfile.mkdtemp(prefix=ARRIVING, dir=self.folder / batch))
        raise FileNotFoundError(self.folder / batch)

    def settle(self, aside: Path, arrival: Arrival) -> Arrival:
        """Put what lies in the folder aside in its place, with its state: it is there whole, or not at all.

        What is there already under this id stays: a ZIP that is unpacked once more after a crash.
        """
        place = self.place(arrival)
        write_bytes(aside / STATE, arrival.as_bytes())
        try:
            aside.rename(place)
        except OSError:
            if not place.is_dir():
                raise
            shutil.rmtree(aside)
        sync_folder(place.parent)
        return arrival

    def place(self, arrival: Arrival) -> Path:
        """The folder of an arrival."""
        self._check(arrival.batch)
        self._check(arrival.id)
        return self.folder / arrival.batch / arrival.id

    def received(self, arrival: Arrival) -> Path:
        """Where the bytes of an arrival lie until it is done."""
        return self.place(arrival) / RECEIVED

    def write(self, arrival: Arrival, *, lasting: bool = True) -> Arrival:
        """Note how far an arrival is; what does not last is only for somebody who looks on."""
        write_bytes(self.place(arrival) / STATE, arrival.as_bytes(), sync=lasting)
        return arrival

    def get(self, batch: str, id: str) -> Arrival | None:
        """One arrival, or None when there is none of that name or its state cannot be read."""
        if not NAME.fullmatch(batch) or not NAME.fullmatch(id):
            return None
        path = self.folder / batch / id / STATE
        try:
            stat = path.stat()
            known = self._read.get(path)
            if known is not None and known[:2] == (stat.st_mtime_ns, stat.st_ino):
                return known[2]
            found = Arrival.from_bytes(path.read_bytes(), id, batch) or _unknown(id, batch)
        except OSError:
            return None
        with self._lock:
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            self._read[path] = (stat.st_mtime_ns, stat.st_ino, found)
        return found

    def batches(self) -> tuple[str, ...]:
        """The names of all batches."""
        with suppress(OSError):
            return tuple(sorted(path.name for path in self.folder.iterdir() if NAME.fullmatch(path.name)))
        return ()

    def of(self, batch: str) -> tuple[Arrival, ...]:
        """The arrivals of a batch in the order in which they came."""
        if not NAME.fullmatch(batch):
            return ()
        try:
            names = [path.name for path in (self.folder / batch).iterdir()]
        except OSError:
            return ()
        found = (self.get(batch, name) for name in names)
        return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.order, one.id)))

    def every(self) -> Iterator[Arrival]:
        """All arrivals of all batches."""
        for batch in self.batches():
            yield from self.of(batch)

    def finish(self, arrival: Arrival) -> Arrival:
        """Note that an arrival is done, then let go of its bytes; those of a rejected one are kept."""
        self.write(arrival)
        if arrival.stage is not Stage.REJECTED:
            self.received(arrival).unlink(missing_ok=True)
        return arrival

    def dismiss(self, arrival: Arrival) -> None:
        """Forget an arrival that is done; its batch goes with its last one."""
        place = self.place(arrival)
        # The state goes last, so that a crash in between leaves something that can be put away again.
        (place / RECEIVED).unlink(missing_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        _remove_empty(place.parent)

    def tidy(self) -> None:
        """After a crash: let go of the bytes of what is done, and of what nobody will finish or ask for any more."""
        for batch in self.batches():
            found = self.of(batch)
            taken = [arrival for arrival in found if arrival.stage.done and arrival.stage is not Stage.REJECTED]
            for arrival in taken:
                self.received(arrival).unlink(missing_ok=True)
            if len(taken) == len(found) and all(self._is_old(arrival) for arrival in taken):
                for arrival in taken:
                    self.dismiss(arrival)
            for place in (self.folder / batch).glob("[a-z0-9]*"):
                _remove_empty(place)
            _remove_empty(self.folder / batch)
        for aside in self.folder.glob(f"*/{ARRIVING}*"):
            if abandoned(aside):
                shutil.rmtree(aside, ignore_errors=True)
        for file in abandoned_files(self.folder):
            file.unlink(missing_ok=True)

    def _is_old(self, arrival: Arrival) -> bool:
        try:
            return time.time() - (self.place(arrival) / STATE).stat().st_mtime > KEPT_SECONDS
        except OSError:
            return False

    def _check(self, name: str) -> None:
        if not NAME.fullmatch(name):
            raise ValueError(f"not a name of a batch or an arrival: {name!r:.80}")


def _remove_empty(folder: Path) -> None:
    """Remove a folder that holds nothing."""
    with suppress(OSError):
        folder.rmdir()


def _unknown(id: str, batch: str) -> Arrival:
    """What stands for an arrival whose state cannot be read: its bytes are there, so somebody has to look."""
    found = Arrival(id=id, batch=batch, name="?", stage=Stage.REJECTED)
    return replace(
        found, reason="damaged-state: what was noted of this file cannot be read", remedy="add the file again"
    )
