"""Where files are read: in processes of their own, so that a file that kills its reader kills nothing else.

A nursery is a helper process that has loaded the readers once and forks a child for every file
(`library/formats/serving.py` is the helper's side). A fork costs milliseconds, a fresh interpreter a quarter second.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from library.errors import LibraryError, Reason, UnreadableFile
from library.formats.reading import Errand, Limits
from library.formats.serving import GRACE_SECONDS, OUT_OF_MEMORY_EXIT
from library.formats.text_repair import clean_metadata
from library.frames import BrokenFrame, LateFrame, decoded, encoded, receive, send
from library.processes import end, start

START_SECONDS = 120
"""For the helper to load its modules, on a machine that is busy with other things."""


class Nursery:
    """Reads files in processes that may die; used as a context manager, one for each thread.

    `module` is run as a program with these `arguments` and calls `library.formats.serving.serve` with its task.
    """

    def __init__(self, module: str = "library.formats.reader_process", arguments: tuple[str, ...] = ()) -> None:
        self._module = module
        self._arguments = arguments
        self._helper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, path: Path, limits: Limits, errand: Errand | None = None) -> dict[str, object]:
        """What the module's task answers for this file; `UnreadableFile` when there is no answer, and why."""
        errand = errand or Errand(path.name)
        name = f"“{clean_metadata(errand.name)}”"
        request = encoded({"path": str(path.absolute()), "limits": _plain(limits), "name": errand.name})
        helper = self._started()
        answered = False
        try:
            assert helper.stdin is not None and helper.stdout is not None
            send(helper.stdin.fileno(), request)
            # The helper keeps the time itself; this is for a helper that hangs.
            deadline = time.monotonic() + limits.wall_seconds + 2 * GRACE_SECONDS
            answer = decoded(receive(helper.stdout.fileno(), deadline))
            while isinstance(stage := answer.get("stage"), str):
                errand.tell(stage)
                answer = decoded(receive(helper.stdout.fileno(), deadline))
            answered = True
        except LateFrame as error:
            raise _too_slow(name, limits) from error
        except BrokenFrame as error:
            raise _crashed(name) from error
        finally:
            # After anything but an answer, Ctrl-C included, what is in the pipes belongs to no request.
            if not answered:
                self.close()
        return _result(answer, name, limits, f"“{clean_metadata(path.name)}”")

    def warm(self) -> None:
        """Start the helper now, so that the first file need not wait for it. Raises LibraryError."""
        self._started()

    def close(self) -> None:
        """End the helper, and with it a child that is still at work."""
        helper, self._helper = self._helper, None
        if helper is not None:
            end(helper, GRACE_SECONDS)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._helper is not None and self._helper.poll() is not None:
            self.close()
        if self._helper is None:
            self._helper = start(self._module, self._arguments)
            assert self._helper.stdout is not None
            try:
                receive(self._helper.stdout.fileno(), time.monotonic() + START_SECONDS)
            except BaseException as error:
                self.close()
                if not isinstance(error, BrokenFrame):
                    raise
                raise LibraryError(
                    f"the process that reads files does not start (python -m {self._module})",
                    "what it printed above says why; usually the installation is not complete: run make install",
                ) from error
        return self._helper


def _plain(limits: Limits) -> dict[str, object]:
    return {name: getattr(limits, name) for name in Limits.__dataclass_fields__}


def _result(answer: dict[str, object], name: str, limits: Limits, lies_as: str) -> dict[str, object]:
    """The task's answer, or the exception that tells what became of the file under the name that people know."""
    match answer:
        case {"done": dict(done)}:
            return done
        case {"refused": [str(reason), str(message), str(remedy)]} if reason in set(Reason):
            raise UnreadableFile(Reason(reason), message.replace(lies_as, name), remedy)
        case {"failed": str(detail)}:
            raise _fault(name, detail)
        case {"ended": "late"}:
            raise _too_slow(name, limits)
        case {"ended": "huge"}:
            raise _too_much_memory(name)
        case {"ended": "silent", "status": int(status), "cpu": int(cpu) | float(cpu)}:
            raise _died(name, status, cpu, limits)
    raise _crashed(name)


def _fault(name: str, detail: str) -> UnreadableFile:
    """What the program did not foresee: what a damaged file does to the readers is told apart before it gets here."""
    kind = detail.rstrip().rpartition("\n")[2].partition(":")[0]  # what follows the colon may be text of the file
    error = UnreadableFile(
        Reason.FAULT,
        f"the program failed on {name}: that is a fault of the program ({kind:.80})",
        "run it again as library --debug … and pass on what that prints; the file itself may be in order",
    )
    error.add_note(f"In the process that read {name}:\n{detail}")
    return error


def _died(name: str, status: int, cpu: float, limits: Limits) -> UnreadableFile:
    """Why a child ended without an answer, as far as its wait status tells."""
    code = os.waitstatus_to_exitcode(status)
    # At the second limit the kernel sends SIGKILL, which others send as well: the time used tells them apart.
    if code in (-signal.SIGXCPU, -signal.SIGALRM) or (code == -signal.SIGKILL and cpu >= limits.cpu_seconds):
        return _too_slow(name, limits)
    # pdfium and C++ abort when memory is refused, and seldom for another reason.
    if code in (OUT_OF_MEMORY_EXIT, -signal.SIGABRT):
        return _too_much_memory(name)
    return _crashed(name)


def _too_slow(name: str, limits: Limits) -> UnreadableFile:
    return UnreadableFile(
        Reason.TOO_SLOW,
        f"{name} takes too long to read: over {limits.cpu_seconds} seconds of work, or {limits.wall_seconds} in all",
        "print it to a new, simpler PDF and add that",
    )


def _too_much_memory(name: str) -> UnreadableFile:
    return UnreadableFile(
        Reason.TOO_MUCH_MEMORY,
        f"{name} takes more memory to read than a document may",
        "print it to a new, simpler PDF and add that; if it came from a stranger, do not trust it",
    )


def _crashed(name: str) -> UnreadableFile:
    return UnreadableFile(
        Reason.CRASHED,
        f"{name} made the program that reads it stop at once",
        "open it in a program that shows it; if that does, print it to a new PDF and add that",
    )
