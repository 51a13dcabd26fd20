"""The import report of a file: what the program understood of it and why, kept beside the record for whoever reviews.

`documents/<work>/reports/<sha256>.json`, written once, together with the edition, and never changed afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from library.describe.proposal import Description
from library.formats.reading import EXTRACTOR_VERSION
from library.ingest.families import Version
from library.ingest.near_duplicates import NearDuplicate

FOLDER = "reports"
NOTHING_FOUND = Description()
LARGEST = 4 * 1024 * 1024
"""Bytes of a report that are read: a real one has some ten thousand."""
_TEXTS = ("source", "sha256", "format", "received", "who", "arrival", "extractor", "program")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was found in a file when it came in."""

    source: str = ""
    """The name it was given under."""
    sha256: str = ""
    format: str = "pdf"
    size: int = 0
    """In bytes."""
    pages: int = 0
    received: str = ""
    """ISO 8601 date and time, UTC."""
    who: str = ""
    arrival: str = ""
    """Which arrival at the desk it was; empty for `library add`."""
    description: Description = NOTHING_FOUND
    """Every field with its value, confidence, evidence and alternatives."""
    near_duplicates: tuple[NearDuplicate, ...] = ()
    version: Version | None = None
    """The work that it may be another language of."""
    without_text: tuple[int, ...] = ()
    """Numbers of the pages on which no text was found."""
    notices: tuple[str, ...] = ()
    """What the reading noticed."""
    warnings: tuple[str, ...] = ()
    """What a person should look at."""
    stages: tuple[tuple[str, float], ...] = ()
    """How long each stage took, in seconds."""
    extractor: str = EXTRACTOR_VERSION
    program: str = ""
    """The version of the program that wrote it."""
    damaged: str = ""
    """Why this report cannot be read; then all else is empty."""

    def as_bytes(self) -> bytes:
        """The report as it is written."""
        value = {name: getattr(self, name) for name in (*_TEXTS, "size", "pages")}
        value |= {
            "description": self.description.as_json(),
            "near_duplicates": [one.as_json() for one in self.near_duplicates],
            "version": None if self.version is None else _version_as_json(self.version),
            "without_text": list(self.without_text),
            "notices": list(self.notices),
            "warnings": list(self.warnings),
            "stages": [[stage, seconds] for stage, seconds in self.stages],
        }
        return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> ImportReport:
        """A report as it was written; one that is not in order says so in `damaged`."""
        try:
            return _parsed(json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            return cls(damaged=f"it is not in order ({type(error).__name__})")


def report_name(sha256: str) -> str:
    """Where the report of a file stands in the folder of its work."""
    return f"{FOLDER}/{sha256}.json"


def read_report(folder: Path, sha256: str) -> ImportReport:
    """The report of a file, from the folder of its work; both come from a record. What is wrong is in `damaged`."""
    try:
        with (folder / report_name(sha256)).open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return ImportReport(sha256=sha256, damaged="there is none: the file came in before reports were kept")
    except OSError as error:
        return ImportReport(sha256=sha256, damaged=f"it cannot be read: {error.strerror}")
    if len(data) > LARGEST:
        return ImportReport(sha256=sha256, damaged="it is larger than a report can be")
    found = ImportReport.from_bytes(data)
    return replace(found, sha256=sha256) if found.damaged else found


def _parsed(value: Mapping[str, Any]) -> ImportReport:
    version = value["version"]
    return ImportReport(
        **{name: str(value[name]) for name in _TEXTS},
        size=int(value["size"]),
        pages=int(value["pages"]),
        description=Description.from_json(value["description"]),
        near_duplicates=tuple(map(NearDuplicate.from_json, value["near_duplicates"])),
        version=None if version is None else _version_from_json(version),
        without_text=tuple(map(int, value["without_text"])),
        notices=tuple(map(str, value["notices"])),
        warnings=tuple(map(str, value["warnings"])),
        stages=tuple((str(stage), float(seconds)) for stage, seconds in value["stages"]),
    )


def _version_as_json(version: Version) -> dict[str, Any]:
    return {"work": version.work, "score": version.score, "reasons": list(version.reasons)}


def _version_from_json(value: Mapping[str, Any]) -> Version:
    return Version(str(value["work"]), float(value["score"]), tuple(map(str, value["reasons"])))
