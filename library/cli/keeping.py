"""`library index` and `library check`: keeping the library in order."""

from __future__ import annotations

from typing import Annotated

import typer

from library.cli.terminal import Session, out, print_json, progress_bar, say, trace
from library.doctor import Finding, Severity
from library.errors import RecordError

INDEX_HELP = """Bring the index in step with documents/.

Example: library index
"""
CHECK_HELP = """Check the health of the library: records, files, index.

Example: library check --fix
"""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build the whole index anew.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="How many processes work side by side.")] = 1,
    as_json: Json = False,
) -> None:
    """Bring the index in step."""
    session: Session = context.obj
    with session.library() as library, progress_bar(as_json) as progress:
        report = library.index(rebuild=rebuild, jobs=jobs, progress=progress)
    trace(session, (failed.detail for failed in report.failed))
    if as_json:
        print_json(report.as_json())
    else:
        out().print(
            f"{report.put} editions indexed, {report.dropped} dropped, {report.unchanged} unchanged, "
            f"{report.read} files read"
        )
        for failed in report.failed:
            say(f"not indexed: {failed.edition}: {failed.reason}\ntry: {failed.remedy}")
        for problem in report.problems:
            say(f"record: {problem}")
    if report.failed or report.problems:
        raise typer.Exit(RecordError.exit_code)


def check(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Put right what can be put right without a person.")] = False,
    as_json: Json = False,
) -> None:
    """Check the library."""
    session: Session = context.obj
    with session.library() as library:
        findings = library.check()
        mendable = [finding for finding in findings if fix and finding.fix is not None]
        for finding in mendable:
            if finding.fix is not None:
                finding.fix()
        still = {(finding.check, finding.subject) for finding in (library.check() if mendable else ())}
        mended = [finding for finding in mendable if (finding.check, finding.subject) not in still]
    left = [finding for finding in findings if finding not in mended]
    if as_json:
        print_json({"findings": [_json(finding, finding in mended) for finding in findings]})
    else:
        console = out()
        for finding in findings:
            word = "mended" if finding in mended else finding.severity.value
            console.print(
                f"{word}: {finding.subject}: {finding.message}"
                + ("" if finding in mended else f"\n  try: {finding.remedy}")
            )
        console.print(f"{len(findings)} findings, {len(mended)} mended" if findings else "nothing found: all is well")
    codes = [finding.exit_code for finding in left if finding.severity is Severity.ERROR]
    if codes:
        raise typer.Exit(max(codes))


def _json(finding: Finding, mended: bool) -> dict[str, object]:
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "message": finding.message,
        "remedy": finding.remedy,
        "mended": mended,
    }
