"""Works as a file to take away, in one of the formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from library.citing.bibtex import bibtex
from library.citing.csl import csl_json
from library.citing.imprint import Cited, Imprint
from library.citing.ris import ris
from library.citing.table import table


class Format(StrEnum):
    """The formats, by the names they have in addresses."""

    CSV = "csv"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"


@dataclass(frozen=True, slots=True)
class Export:
    """What is written, and what a browser must know of it."""

    text: str
    """To be sent in UTF-8; its line ends are those of the format."""
    media_type: str
    ending: str
    """Of the file's name, such as `bib`."""


_MEDIA_TYPES: Mapping[Format, tuple[str, str]] = MappingProxyType(
    {
        Format.CSV: ("text/csv; charset=utf-8; header=present", "csv"),
        Format.BIBTEX: ("application/x-bibtex; charset=utf-8", "bib"),
        Format.RIS: ("application/x-research-info-systems; charset=utf-8", "ris"),
        Format.CSL: ("application/vnd.citationstyles.csl+json", "json"),
    }
)
"""Media type and ending of each format; those of CSV and CSL-JSON are registered with IANA."""


def export(form: Format, cited: Iterable[Cited], imprint: Imprint) -> Export:
    """These editions in that format, in their order."""
    match form:
        case Format.CSV:
            text = table(cited, imprint)
        case Format.BIBTEX:
            text = bibtex(cited, imprint)
        case Format.RIS:
            text = ris(cited, imprint)
        case Format.CSL:
            text = csl_json(cited, imprint)
    return Export(text, *_MEDIA_TYPES[form])
