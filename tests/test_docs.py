"""The documentation says what is true: its examples run, its generated pages are current, its links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import typer

from library.catalogue import parse_record
from library.cli import app
from library.model import Edition, Place, Work
from library.topics import load_thesaurus
from tests.ready_library import ready

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
HIDDEN = {"index", "build", "node_modules"}

_BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_INEXACT = re.compile(r"[\d…]")
_END = "@end-of-command@"


def pages() -> list[Path]:
    """Every Markdown page of the project that is documentation; the sources of demonstration works are not."""
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
    seen = [path for path in found if not any(part.startswith(".") or part in HIDDEN for part in path.parts)]
    return sorted(path for path in seen if path.parts[:2] != ("demo", "works"))


def blocks(page: str, kind: str) -> Iterator[str]:
    """The text of each block of a kind in a page."""
    for match in _BLOCK.finditer((ROOT / page).read_text(encoding="utf-8")):
        if match["kind"].strip() == kind:
            yield match["text"]


def steps(page: str) -> list[tuple[str, list[str]]]:
    """The commands of a page in order, each with the lines that are expected below it."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(blocks(page, "console")).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip():
            found[-1][1].append(line)
    return found


def run_all(commands: list[str], folder: Path) -> list[tuple[int, str]]:
    """The exit code and the output of each command, run one after the other in one shell in this folder."""
    environment = {name: value for name, value in os.environ.items() if name != "LIBRARY_ROOT"}
    environment |= {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    script = "".join(f'{command}\necho "{_END}$?"\n' for command in commands)
    with TemporaryDirectory() as place, ready(Path(place), environment) as programs:
        done = subprocess.run(
            ["/bin/sh", "-c", f"exec 2>&1\n{script}"],
            cwd=folder,
            env={**environment, "PATH": f"{programs}:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=1200,
        )
    parts = re.split(rf"{_END}(\d+)\n", done.stdout)
    return [(int(code), output) for output, code in zip(parts[::2], parts[1::2], strict=False)]


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md", "docs/searching.md", "docs/cookbook.md"])
def test_the_commands_of_a_page_do_what_it_says(page: str, tmp_path: Path, whole_root: Path) -> None:
    shutil.copytree(ROOT / "documents", tmp_path / "documents")
    # What was read of the files is there; the index itself is for the commands to make, once in front of everybody.
    made_here = ("whoosh",) if page == "README.md" else ()
    shutil.copytree(whole_root / "index", tmp_path / "index", ignore=shutil.ignore_patterns(*made_here))
    session = steps(page)
    results = run_all([command for command, _ in session], tmp_path)
    assert len(results) == len(session)
    for (command, expected), (code, output) in zip(session, results, strict=True):
        assert code == 0, f"$ {command}\n{output}"
        lines = {line.strip() for line in output.splitlines()}
        missing = [line for line in expected if not _INEXACT.search(line) and line.strip() not in lines]
        assert not missing, f"$ {command}\n{output}"


def test_generated_pages_are_current() -> None:
    generate = [sys.executable, str(DOCS / "generate.py"), "--check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(generate, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_and_option_is_in_the_reference() -> None:
    reference = (DOCS / "cli.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (library[^\n]*)\n(.*?)(?=^## |\Z)", reference, re.MULTILINE | re.DOTALL))
    program = typer.main.get_command(app)
    commands = dict(_commands("library", program))
    assert set(sections) == set(commands)
    for name, command in commands.items():
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
        missing = [option for option in options if not re.search(rf"(?<![\w-]){option}(?![\w-])", sections[name])]
        assert not missing, name


def _commands(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command and every one below it, by what one types."""
    yield words, command
    for name, found in getattr(command, "commands", {}).items():
        yield from _commands(f"{words} {name}", found)


def test_every_reason_to_reject_a_file_is_explained() -> None:
    source = (ROOT / "library" / "ingest" / "ingest.py").read_text(encoding="utf-8")
    reasons = set(re.findall(r'Rejected\(\s*path,\s*f?"([a-z-]+): ', source))
    explained = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert reasons >= {"not-found", "language-taken"}, "the pattern above finds no reasons any more"
    assert not [reason for reason in reasons if f"| `{reason}` |" not in explained]


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    browser = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    wanted += [*browser["dependencies"], *browser["devDependencies"]]
    names = {re.split(r"[^\w.-]", item)[0].lower() for item in wanted}
    rows = re.findall(r"^\| ([\w.-]+) \|", (DOCS / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {row.lower() for row in rows} - {"package", "---"} == names


@pytest.mark.parametrize("page", pages(), ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    text = _BLOCK.sub("", (ROOT / page).read_text(encoding="utf-8"))
    targets = [match["target"] for match in _LINK.finditer(text) if "://" not in match["target"]]
    missing = [target for target in targets if not _leads_somewhere(ROOT / page, target)]
    assert not missing


def _leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    place = page.parent / path if path else page
    if not anchor or not place.is_file():
        return place.exists()
    headings = re.findall(r"^#+ (.+)$", place.read_text(encoding="utf-8"), re.MULTILINE)
    return anchor in {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("record", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_and_when_to_revisit_it(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert list(sections) == ["Context", "Decision", "Alternatives measured", "Revisit when"]
    assert all(section.strip() for section in sections.values())


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(record.name[:4]) for record in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_example_of_a_record_has_no_problem_and_every_key_is_explained() -> None:
    example = next(blocks("docs/records.md", "toml"))
    work, problems = parse_record(example, "square-hosts", "square-hosts/record.toml")
    assert work is not None and not problems
    explained = set(re.findall(r"^\| `(\w+)` \|", (DOCS / "records.md").read_text(encoding="utf-8"), re.MULTILINE))
    keys = {field.name for kind in (Work, Edition, Place) for field in fields(kind)} - {"id", "language"}
    assert not keys - explained


def test_the_examples_of_topics_form_a_thesaurus(tmp_path: Path) -> None:
    example = next(blocks("docs/records.md", "turtle"))
    (tmp_path / "topics.ttl").write_text(example, encoding="utf-8")
    assert [topic.id for topic in load_thesaurus(tmp_path / "topics.ttl")] == ["public-spaces", "nightlife"]
    ours = (ROOT / "documents" / "topics.ttl").read_text(encoding="utf-8")
    grown = tmp_path / "grown.ttl"
    grown.write_text(ours + next(blocks("docs/cookbook.md", "turtle")), encoding="utf-8")
    assert load_thesaurus(grown).with_ancestors("night-mayors") == ("night-mayors", "public-spaces")
