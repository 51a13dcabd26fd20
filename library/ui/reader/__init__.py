"""The reader: a document of its own that shows an edition's file beside its record, with the words marked."""

from library.ui.reader.document import ASSETS, reading

__all__ = ["ASSETS", "reading"]
