"""The helper process that reads and describes files: run by a nursery as `python -m library.ingest.examine TOPICS`.

Reading and describing happen in the same child, so that a file's text crosses one boundary once, and a text
that troubles a describing rule is confined like a file that troubles its reader.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from library.describe import Describer
from library.formats.document import read_document
from library.formats.reader_process import prepare, silence
from library.formats.reading import Errand, Limits
from library.formats.reading_json import as_json
from library.formats.serving import Task, serve
from library.topics import load_thesaurus


def task(describer: Describer) -> Task:
    """The task of the helper: read a file, then describe it."""

    def examine(path: Path, limits: Limits, errand: Errand) -> dict[str, object]:
        took: list[tuple[str, float]] = []

        def begin(stage: str) -> None:
            took.append((stage, time.perf_counter()))
            errand.tell(stage)

        begin("reading")
        reading = read_document(path, limits, errand.name)
        reading, description = describer.describe(reading, errand.name, begin)
        took.append(("", time.perf_counter()))
        stages = [[stage, round(ended - began, 4)] for (stage, began), (_, ended) in pairwise(took)]
        return {"reading": as_json(reading), "description": description.as_json(), "stages": stages}

    return examine


if __name__ == "__main__":
    silence()
    prepare()
    serve(task(Describer.open(load_thesaurus(Path(sys.argv[1])), datetime.now(UTC).year)))
