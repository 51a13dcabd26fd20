"""The command line as a shell sees it: what is printed where, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from library.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output."""
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1
        return json.loads(self.out)

    @property
    def complaint(self) -> list[str]:
        """How the lines on standard error begin."""
        return [line.split(" ")[0] for line in self.err.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs `library` in this process, through its one entrance."""

    def one(*arguments: str | Path, root: Path | None = None) -> Ran:
        before = ["--root", str(root)] if root else []
        monkeypatch.setattr(sys, "argv", ["library", *before, *map(str, arguments)])
        capfdbinary.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        assert code is None or isinstance(code, int)
        return Ran(code or 0, out.decode("utf-8"), err.decode("utf-8"))

    return one


def shell(
    *arguments: str | Path, root: Path, line: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Runs `library` in a process of its own."""
    command = [sys.executable, "-c", "from library.cli import main; main()", "--root", str(root), *map(str, arguments)]
    whole = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment}
    return subprocess.run(command, env=whole, capture_output=True, check=False, input=line)
