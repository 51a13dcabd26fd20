"""Citations of works: references to print, and files for reference managers and spreadsheet programs.

Nothing is said that the records do not say: they name no authors, so there are none; the library is who publishes.
The formatted reference stands apart, in `library.citing.reference`: it alone needs a citation library.
"""

from library.citing.export import Export, Format, export
from library.citing.imprint import Cited, Imprint

__all__ = ["Cited", "Export", "Format", "Imprint", "export"]
