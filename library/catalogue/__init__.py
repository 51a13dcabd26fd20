"""The records in `documents/`: the truth of the library, one folder per work, readable without the program."""

from library.catalogue.catalogue import Catalogue, Census
from library.catalogue.record import parse_record

__all__ = ["Catalogue", "Census", "parse_record"]
