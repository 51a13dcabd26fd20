"""Whether the records can be read, and what they name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from library.doctor.finding import Finding, Patient, Severity
from library.errors import Problem

LONGEST_LINE = 200
"""Characters of a line that are shown."""

_SAID = re.compile(r"\bline (\d{1,7})\b")
_TABLE = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+\s*(?:#.*)?")


def records(patient: Patient) -> Iterator[Finding]:
    """Records that cannot be read, each problem of each."""
    for problem in patient.catalogue.census().problems:
        where = f"{problem.file}: {problem.key}" if problem.key else problem.file
        line, written = _place(patient, problem)
        yield Finding(
            "records", Severity.ERROR, where, problem.message, problem.remedy, line=line, written=written
        )  # fmt: skip


def topics(patient: Patient) -> Iterator[Finding]:
    """Works under topics that the thesaurus does not have."""
    for work in patient.catalogue.census().works:
        for topic in work.topics:
            if patient.thesaurus.get(topic) is None:
                yield Finding(
                    "topics", Severity.ERROR, work.id, f"“{topic}” is no topic of the thesaurus",
                    "mend the record, or add the topic to documents/topics.ttl",
                )  # fmt: skip


def line_of(record: str, key: str) -> int:
    """The line of a record, from 1, on which a key such as `editions.fr.title` stands.

    Where the key itself is not written, the line of the table it belongs into; 0 when that is not written either.
    """
    *tables, last = re.sub(r"\[\d+\]", "", key).split(".")
    wanted, table, fallback = ".".join(tables), "", 0
    for number, line in enumerate(record.splitlines(), 1):
        head = _TABLE.fullmatch(line)
        if head:
            table = head[1].replace('"', "").replace("'", "")
            if table == f"{wanted}.{last}".lstrip("."):
                return number
            fallback = fallback or (number if table == wanted else 0)
        elif table == wanted and re.match(rf"""\s*["']?{re.escape(last)}["']?\s*=""", line):
            return number
    return fallback


def _place(patient: Patient, problem: Problem) -> tuple[int, str]:
    """The line to mend, and what stands there."""
    try:
        record = (patient.catalogue.folder / problem.file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return 0, ""
    said = _SAID.search(problem.message)
    line = int(said[1]) if said and not problem.key else line_of(record, problem.key) if problem.key else 0
    lines = record.splitlines()
    return (line, lines[line - 1].strip()[:LONGEST_LINE]) if 0 < line <= len(lines) else (0, "")
