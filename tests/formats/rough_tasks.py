"""A helper process for the tests: what its task does is said by the name of the file."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from library.errors import Reason, UnreadableFile
from library.formats.reading import Errand, Limits
from library.formats.serving import serve


def behave(path: Path, limits: Limits, errand: Errand) -> dict[str, object]:
    """Misbehave as asked, or answer with what is known of the process."""
    match path.name:
        case "sleep":
            time.sleep(600)
        case "burn":
            while True:
                pass
        case "eat":
            return {"eaten": len(bytearray(limits.memory * 4))}
        case "nibble":
            pieces = []
            while True:
                pieces.append("x" * 1_000_000)
        case "abort":
            os.abort()
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(3)
        case "stop":
            raise SystemExit(0)
        case "stumble":
            raise ValueError("an oddity on page 3")
        case "refuse":
            raise UnreadableFile(Reason.ENCRYPTED, f"“{path.name}” is locked", "unlock it")
        case "murder":
            os.kill(os.getppid(), signal.SIGKILL)
        case "print":
            print("something that is no message", flush=True)
            os.write(1, b"\0\0\0\5hello")
        case "breed":
            started = subprocess.Popen(["sleep", "600"])
            return {"grandchild": started.pid}
        case "tell":
            errand.tell("first")
            errand.tell("second")
        case "chatter":
            for number in range(1_000):
                errand.tell(str(number))
        case "odd":
            return {"number": {1, 2}}
    return {"name": errand.name, "child": os.getpid(), "helper": os.getppid(), "pages": limits.pages}


if __name__ == "__main__":
    serve(behave)
