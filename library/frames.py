"""Messages between the library and its helper processes: four bytes of length, then JSON in UTF-8.

Never pickle: the process at the other end has handled bytes that nobody vouches for.
"""

from __future__ import annotations

import json
import os
import select
import struct
import time

MAX_FRAME = 256 * 1024 * 1024
"""Bytes: the text of a thousand books."""
LENGTH = struct.Struct(">I")


class BrokenFrame(Exception):
    """The other end went away, was too slow, or sent what is no message."""


class LateFrame(BrokenFrame):
    """Nothing complete came in time."""


class HugeFrame(BrokenFrame):
    """The message is larger than is accepted."""


def encoded(message: dict[str, object]) -> bytes:
    """The message as bytes, its length first."""
    # File names on Linux need not be text: what is not comes as lone surrogates, which UTF-8 refuses.
    # `backslashreplace` writes them as JSON escapes, and `json.loads` gives them back.
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "backslashreplace")
    if len(body) > MAX_FRAME:
        raise HugeFrame
    return LENGTH.pack(len(body)) + body


def decoded(body: bytes) -> dict[str, object]:
    """The message in these bytes, which must be a JSON object."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("not JSON") from error
    if not isinstance(message, dict):
        raise BrokenFrame("not a JSON object")
    return message


def send(pipe: int, data: bytes) -> None:
    """Write all of it; `BrokenFrame` when the other end is gone."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(pipe, rest) :]
        except OSError as error:
            raise BrokenFrame("the other end is gone") from error


def receive(pipe: int, deadline: float | None = None, watched: int | None = None) -> bytes:
    """One message without its length; `deadline` by `time.monotonic`, `watched` is a pipe that must stay silent."""
    head = _exactly(pipe, LENGTH.size, deadline, watched)
    (length,) = LENGTH.unpack(head)
    if length > MAX_FRAME:
        raise HugeFrame
    return _exactly(pipe, length, deadline, watched)


def _exactly(pipe: int, length: int, deadline: float | None, watched: int | None) -> bytes:
    data = bytearray()
    while len(data) < length:
        _wait(pipe, deadline, watched)
        part = os.read(pipe, min(length - len(data), 1 << 20))
        if not part:
            raise BrokenFrame("the other end is gone")
        data += part
    return bytes(data)


def _wait(pipe: int, deadline: float | None, watched: int | None) -> None:
    # poll, not select: select refuses file numbers above 1,023, which a busy server has.
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    if watched is not None:
        poll.register(watched, select.POLLIN)
    left = None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000
    ready = {number for number, _ in poll.poll(left)}
    if watched in ready:
        raise InterruptedError("the library went away")
    if pipe not in ready:
        raise LateFrame
