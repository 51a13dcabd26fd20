"""Dates and sizes of files as people write them, from Unicode CLDR read through Babel."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.units import format_unit

from library.model import is_date

MEGABYTE = 1_000_000


def date_words(iso: str, language: str) -> str:
    """A date of the catalogue in words, as precise as it is: `2016-05` is "May 2016", and "mai 2016" in French.

    What is no such date comes back as it is.
    """
    if not is_date(iso) or len(iso) == len("2016"):
        return iso
    if len(iso) == len("2016-05"):
        return str(format_date(date.fromisoformat(f"{iso}-01"), "MMMM y", locale=_dates(language)))
    return str(format_date(date.fromisoformat(iso), "long", locale=_dates(language)))


def file_size(count: int, language: str) -> str:
    """The size of a file of so many bytes: "187 kB", "1.4 MB"; empty when it is not known."""
    if count <= 0:
        return ""
    if count < MEGABYTE:
        return str(format_unit(max(round(count / 1000), 1), "digital-kilobyte", "short", locale=language))
    return str(format_unit(round(count / MEGABYTE, 1), "digital-megabyte", "short", locale=language))


def _dates(language: str) -> str:
    """English as the network writes it puts the day first."""
    return "en_GB" if language == "en" else language
