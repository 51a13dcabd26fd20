"""Reading one file in a process of its own: the same answer, and bombs go off outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from library import formats
from library.errors import Reason, UnreadableFile
from library.formats import Limits, Nursery, from_json
from library.formats.pdf import read_pdf
from tests.formats.samples import encrypted, endless_text, flate_bomb, picture, report


def test_reading_in_another_process_gives_the_same(tmp_path: Path) -> None:
    file = tmp_path / "é 📄.pdf"
    file.write_bytes(report())
    assert formats.read(file) == read_pdf(file, Limits())


def test_one_nursery_reads_good_and_bad_files_in_turn(tmp_path: Path) -> None:
    files = {
        "bomb": (flate_bomb(1_024), Limits(memory=400 * 1024 * 1024), Reason.TOO_MUCH_MEMORY),
        "endless": (endless_text(2_000_000), Limits(cpu_seconds=1), Reason.TOO_SLOW),
        "locked": (encrypted(report(), "secret", "owner"), Limits(), Reason.ENCRYPTED),
        "text": (b"only text", Limits(), Reason.UNKNOWN_FORMAT),
        "nothing": (b"", Limits(), Reason.EMPTY),
        "good": (report(), Limits(), None),
        "scan": (picture(), Limits(), None),
    }
    found: dict[str, Reason | None] = {}
    with Nursery() as nursery:
        for name, (data, limits, _) in files.items():
            file = tmp_path / f"{name}.pdf"
            file.write_bytes(data)
            try:
                found[name] = None if from_json(nursery.run(file, limits)).pages else Reason.EMPTY
            except UnreadableFile as error:
                found[name] = error.reason
    assert found == {name: reason for name, (_, _, reason) in files.items()}


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(UnreadableFile) as caught:
        formats.read(Path("nowhere.pdf"))
    assert caught.value.reason is Reason.NOT_FOUND


def test_a_relative_path_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here.pdf").write_bytes(report())
    with Nursery() as nursery:
        nursery.run(tmp_path / "here.pdf", Limits())
        monkeypatch.chdir(tmp_path)
        assert from_json(nursery.run(Path("here.pdf"), Limits())).pages


def test_the_library_itself_loads_no_pdf_program() -> None:
    code = (
        "import sys, library.formats, library.formats.page_store, library.formats.covers;"
        "print([m for m in sys.modules if m.split('.')[0] in ('pypdf', 'pypdfium2', 'pypdfium2_raw', 'PIL')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
