"""The records in `documents/`: the truth of the library, one folder per work, readable without the program."""

from library.catalogue.catalogue import Catalogue, Census
from library.catalogue.history import Change
from library.catalogue.journal import Action, Deed, Journal, Line
from library.catalogue.record import parse_record

__all__ = ["Action", "Catalogue", "Census", "Change", "Deed", "Journal", "Line", "parse_record"]
