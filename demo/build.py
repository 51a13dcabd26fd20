"""Build the demonstration documents: Markdown sources in, PDFs, their records and the table of works out.

python demo/build.py [--only WORK] [--out documents]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # the names of the sections are the library's

from readme_table import with_table  # noqa: E402
from records import record_text  # noqa: E402
from setting import set_edition  # noqa: E402
from sources import SourceError, Wording, Work, read_wordings, read_work  # noqa: E402

FAILURES = (SourceError, KeyError, TypeError, tomllib.TOMLDecodeError)


def write_if_changed(path: Path, content: bytes) -> bool:
    """Replace a file in one step, and only when its content differs."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def build_work(work: Work, wordings: Mapping[str, Wording], fonts: typst.Fonts, out: Path) -> str:
    """Build every file of a work and its record; say what came of it."""
    editions = [set_edition(work, source, wordings, fonts) for source in work.files]
    folder = out / work.identifier
    changed = [write_if_changed(folder / f"{edition.source.language}.pdf", edition.pdf) for edition in editions]
    record = record_text(work, editions, wordings)
    changed.append(write_if_changed(folder / "record.toml", record.encode()))
    sizes = ", ".join(f"{each.source.language} {each.pages} p {len(each.pdf) // 1024} kB" for each in editions)
    return f"{work.identifier}: {sizes} ({sum(changed)} files written)"


def work_folders() -> list[Path]:
    """The folders of the sources, in order."""
    return sorted(path.parent for path in (HERE / "works").glob("*/work.toml"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build all works, or one; a work that fails is reported and the others are built."""
    parser = argparse.ArgumentParser(description="Build the demonstration documents.")
    parser.add_argument("--only", metavar="WORK", help="build this work alone")
    parser.add_argument("--out", type=Path, default=HERE.parent / "documents", help="folder of the works")
    options = parser.parse_args(arguments)
    wordings = read_wordings(HERE / "strings.toml")
    fonts = typst.Fonts(include_system_fonts=False)
    chosen = [folder for folder in work_folders() if options.only in (None, folder.name)]
    if not chosen:
        print("error: no such work" if options.only else "error: no works", file=sys.stderr)
        return 2
    built: list[Work] = []
    for folder in chosen:
        try:
            work = read_work(folder, wordings)
            print(build_work(work, wordings, fonts, options.out))
            built.append(work)
        except FAILURES as error:
            print(f"error: {folder.name}: {error}", file=sys.stderr)
    readme = options.out / "README.md"
    if not options.only and readme.is_file() and len(built) == len(chosen):
        write_if_changed(readme, with_table(readme.read_text("utf-8"), built, wordings).encode())
    return 0 if len(built) == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
