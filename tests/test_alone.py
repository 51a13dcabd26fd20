"""One process at a time holds a lock; whoever is ended lets go of it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

from library.alone import alone, held

HOLDS = """
import sys, time
from pathlib import Path
from library.alone import alone
with alone(Path(sys.argv[1])) as mine:
    print(mine, flush=True)
    time.sleep(600)
"""


def test_one_at_a_time_in_one_process(tmp_path: Path) -> None:
    lock = tmp_path / "new" / "lock"
    assert not held(lock)
    assert not lock.parent.exists(), "looking makes nothing"
    with alone(lock) as mine, alone(lock) as second:
        assert (mine, second, held(lock)) == (True, False, True)
    assert not held(lock)
    with alone(lock) as again:
        assert again


def test_whoever_has_patience_gets_it_when_it_is_let_go(tmp_path: Path) -> None:
    lock, had = tmp_path / "lock", []

    def wait() -> None:
        with alone(lock, patience=60) as mine:
            had.append(mine)

    with alone(lock):
        waiting = threading.Thread(target=wait)
        waiting.start()
    waiting.join()
    assert had == [True]


def test_another_process_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, str(lock)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "True"
        assert held(lock)
        with alone(lock) as mine:
            assert not mine
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    with alone(lock) as mine:
        assert mine
