"""The arrivals of a library: handing in, looking how far it is, putting away what was rejected."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from library.access import Right, User, demand
from library.arrivals.arrival import Arrival, Stage, Status
from library.arrivals.folder import NAME, ArrivalsFolder
from library.arrivals.receiving import Incoming
from library.errors import UsageError

FOLDER = "arrivals"
MOST_IN_BATCH = 5_000
MOST_BATCHES = 200
"""That are told of: the newest."""


class Arrivals:
    """What staff hand in, in `<root>/arrivals`. Nothing that was acknowledged is lost, whatever happens afterwards."""

    def __init__(self, root: Path) -> None:
        self.folder = ArrivalsFolder(root / FOLDER)

    def new_batch(self) -> str:
        """A name for files that are handed in together."""
        return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"

    def receive(self, user: User, name: str, chunks: Iterable[bytes], batch: str) -> Arrival:
        """Take a file in pieces; when this returns it is on the disk and will be worked through, come what may.

        Raises NotAllowed, UsageError for a batch of no such name or that is full, OSError when the disk takes no more.
        """
        with self._incoming(user, name, batch) as incoming:
            for chunk in chunks:
                incoming.write(chunk)
            return self._received(incoming)

    async def receive_stream(self, user: User, name: str, chunks: AsyncIterable[bytes], batch: str) -> Arrival:
        """The same for pieces that come over the network, without holding up anybody else."""
        with await asyncio.to_thread(self._incoming, user, name, batch) as incoming:
            async for chunk in chunks:
                await asyncio.to_thread(incoming.write, chunk)
            return await asyncio.to_thread(self._received, incoming)

    def status(self, user: User, batch: str) -> Status:
        """How far each file of a batch is. Raises NotAllowed."""
        demand(user, Right.ADD)
        return Status(batch, self.folder.of(batch))

    def open_batches(self, user: User) -> tuple[Status, ...]:
        """The batches with something that is being worked on or was rejected, the newest first. Raises NotAllowed."""
        demand(user, Right.ADD)
        every = (Status(batch, self.folder.of(batch)) for batch in reversed(self.folder.batches()[-MOST_BATCHES:]))
        return tuple(
            status
            for status in every
            if not status.done or any(arrival.stage is Stage.REJECTED for arrival in status.arrivals)
        )

    def dismiss(self, user: User, batch: str, id: str) -> None:
        """Put away an arrival that is done; nothing happens when there is none. Raises NotAllowed."""
        demand(user, Right.ADD)
        arrival = self.folder.get(batch, id)
        if arrival is not None and arrival.stage.done:
            self.folder.dismiss(arrival)

    def again(self, user: User, batch: str, id: str) -> None:
        """Work through a rejected arrival once more, for instance after OCR was installed. Raises NotAllowed."""
        demand(user, Right.ADD)
        arrival = self.folder.get(batch, id)
        if arrival is None or arrival.stage is not Stage.REJECTED or not arrival.sha256:
            return
        if self.folder.received(arrival).is_file():
            self.folder.write(replace(arrival, stage=Stage.WAITING, reason="", remedy="", note="", tries=0))
            self.folder.bell.ring()

    def waiting(self) -> tuple[Arrival, ...]:
        """What is to be worked on: ZIPs that a crash left half unpacked first, then in the order in which it came."""
        found = [arrival for arrival in self.folder.every() if not arrival.stage.done]
        return tuple(sorted(found, key=lambda one: (one.stage is not Stage.UNPACKING, one.order, one.id)))

    def _incoming(self, user: User, name: str, batch: str) -> Incoming:
        demand(user, Right.ADD)
        if not NAME.fullmatch(batch):
            raise UsageError("that is no name of a batch", "use small letters, digits and hyphens, 64 at most")
        if len(self.folder.of(batch)) >= MOST_IN_BATCH:
            raise UsageError(f"a batch has at most {MOST_IN_BATCH:,} files", "begin another one")
        return Incoming(self.folder, user, name, batch)

    def _received(self, incoming: Incoming) -> Arrival:
        arrival = incoming.finish()
        self.folder.bell.ring()
        return arrival
