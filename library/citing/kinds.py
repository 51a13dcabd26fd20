"""What the kinds of works are called in the formats of citations: each has a closed list of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from library.model import Kind


@dataclass(frozen=True, slots=True)
class Form:
    """One sort of document, in the words of each format."""

    csl: str
    """An item type of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html, appendix III)."""
    bibtex: str
    """An entry type that both BibTeX and biblatex know."""
    publisher: str
    """The field of that entry that names who published it."""
    ris: str
    """A reference type of RIS."""


BOOK = Form("book", "book", "publisher", "BOOK")
REPORT = Form("report", "techreport", "institution", "RPRT")
PAMPHLET = Form("pamphlet", "booklet", "howpublished", "PAMP")
OTHER = Form("document", "misc", "howpublished", "GEN")

FORMS: Mapping[Kind, Form] = MappingProxyType(
    {
        Kind.PUBLICATION: BOOK,
        Kind.GUIDE: REPORT,
        Kind.PRACTICE_SHEET: REPORT,
        Kind.FACT_SHEET: REPORT,
        Kind.POLICY_PAPER: REPORT,
        Kind.RESOLUTION: OTHER,
        Kind.MANIFESTO: OTHER,
        Kind.AUDIT: REPORT,
        Kind.RESEARCH: REPORT,
        Kind.CONFERENCE_REPORT: REPORT,
        Kind.ACTIVITY_REPORT: REPORT,
        Kind.NEWSLETTER: OTHER,
        Kind.BROCHURE: PAMPHLET,
        Kind.TRAINING: OTHER,
    }
)
"""The form of each kind; what the kind is called goes beside it, so that nothing is lost."""
