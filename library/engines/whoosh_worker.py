"""A process that writes a part of the index: run by a crew as `python -m library.engines.whoosh_worker FOLDER MB`.

It makes an index of its own in that folder, of the editions it is sent. When its input closes it ends, whatever it is
at: a crew that was killed leaves nobody behind.
"""

from __future__ import annotations

import os
import select
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from threading import Thread
from typing import Any, cast

from library.engines import Entry
from library.engines.whoosh_part import Part
from library.frames import BrokenFrame, decoded, encoded, receive, send
from library.model import Access
from library.processes import pipes

MAX_DETAIL = 4_000


def as_message(entry: Entry) -> dict[str, object]:
    """The entry as it is sent to a worker."""
    return {"entry": {each.name: getattr(entry, each.name) for each in fields(entry)}}


def entry_from(values: Mapping[str, Any]) -> Entry:
    """The entry that was sent: JSON knows neither tuples nor kinds of access."""
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    facets = {facet: tuple(found) for facet, found in values["values"].items()}
    return Entry(**{**values, **lists, "access": Access(values["access"]), "values": facets})


def serve(folder: Path, megabytes: int) -> None:
    """Add every edition that is sent, commit when that is asked for, and answer each time."""
    requests, answers = pipes()
    gone = select.poll()
    gone.register(requests, 0)  # that the other end is gone is told without being asked for
    if gone.poll(0):
        return  # while this process was starting: nothing is to be made in a folder that may be cleared away by now
    Thread(target=_end_when, args=(gone,), daemon=True).start()
    part = Part(folder, megabytes)
    with suppress(BrokenFrame):
        while True:
            message = decoded(receive(requests))
            answer: dict[str, object] = {}
            try:
                if "entry" in message:
                    part.add(entry_from(cast("dict[str, Any]", message["entry"])))
                else:
                    part.commit()
            except Exception:
                # The outermost boundary of this process: the crew raises it where somebody can be told.
                answer = {"failed": traceback.format_exc()[-MAX_DETAIL:]}
            send(answers, encoded(answer))


def _end_when(gone: select.poll) -> None:
    """End this process as soon as the other end of its pipe is closed, though it be in the middle of a commit."""
    gone.poll()
    os._exit(1)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
