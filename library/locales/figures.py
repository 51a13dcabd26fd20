"""Sizes of files as people write them, from Unicode CLDR read through Babel."""

from __future__ import annotations

from babel.units import format_unit

MEGABYTE, GIGABYTE = 1_000_000, 1_000_000_000


def file_size(count: int, language: str) -> str:
    """The size of a file of so many bytes: "187 kB", "1.4 MB", "2.1 GB"; empty when it is not known."""
    if count <= 0:
        return ""
    if count < MEGABYTE:
        return str(format_unit(max(round(count / 1000), 1), "digital-kilobyte", "short", locale=language))
    if count >= GIGABYTE:
        return str(format_unit(round(count / GIGABYTE, 1), "digital-gigabyte", "short", locale=language))
    return str(format_unit(round(count / MEGABYTE, 1), "digital-megabyte", "short", locale=language))
