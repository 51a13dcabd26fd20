"""The helper process that reads and describes files: run by a nursery as `python -m library.ingest.examine TOPICS`.

Reading and describing happen in the same child, so that a file's text crosses one boundary once, and a text
that troubles a describing rule is confined like a file that troubles its reader.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from library.describe import Describer
from library.formats.document import read_document
from library.formats.reader_process import prepare
from library.formats.reading import Limits
from library.formats.reading_json import as_json
from library.formats.serving import Task, serve
from library.topics import load_thesaurus


def task(describer: Describer) -> Task:
    """The task of the helper: read a file, then describe it."""

    def examine(path: Path, limits: Limits) -> dict[str, object]:
        reading, description = describer.describe(read_document(path, limits), path.name)
        return {"reading": as_json(reading), "description": description.as_json()}

    return examine


if __name__ == "__main__":
    prepare()
    serve(task(Describer.open(load_thesaurus(Path(sys.argv[1])), datetime.now(UTC).year)))
