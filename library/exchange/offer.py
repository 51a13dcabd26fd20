"""What one row, line or item of a table or package says of one edition, before anybody has judged it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from library.exchange.columns import Texts


@dataclass(frozen=True, slots=True)
class Offer:
    """One edition as it is offered; whatever stands in it was written by others."""

    row: int
    """The row of the table, as spreadsheet programs count; the line or the item of other formats."""
    work: str
    """The identifier of its work; empty when one is to be made."""
    language: str
    """A tag or a name; empty when it is to be told from the file."""
    file: str
    """The name of its file, seen from the folder of the table; empty when only the record is meant."""
    texts: Mapping[str, Texts]
    """What is said, by column; a column that is not there says nothing, an empty one that there is nothing."""
    problem: str = ""
    """Why the row cannot be read at all."""
    notices: tuple[str, ...] = ()
    """What could not be made use of, in words."""
