"""Reading a file of any kind that the library takes, whatever it is called.

A hostile file can end the process that reads it. `library.formats.read` calls this in a child process;
call it directly only on files you trust.
"""

from __future__ import annotations

from pathlib import Path

from library.formats.docx import read_docx
from library.formats.epub import read_epub
from library.formats.html_file import read_html
from library.formats.kinds import FileFormat
from library.formats.odt import read_odt
from library.formats.pdf import read_pdf_bytes
from library.formats.reading import Limits, Reading
from library.formats.received import contents, recognised
from library.formats.text_repair import clean_metadata


def read_document(path: Path, limits: Limits, called: str = "") -> Reading:
    """Everything the library takes from one file; `UnreadableFile` says why when there is nothing to take.

    `called` is what people call the file, where that is another name than the one it lies under.
    """
    name = f"“{clean_metadata(called or path.name)}”"
    data = contents(path, name, limits)
    match recognised(name, data):
        case FileFormat.PDF:
            return read_pdf_bytes(name, data, limits)
        case FileFormat.DOCX:
            return read_docx(name, data, limits)
        case FileFormat.ODT:
            return read_odt(name, data, limits)
        case FileFormat.HTML:
            return read_html(name, data, limits)
        case FileFormat.EPUB:
            return read_epub(name, data, limits)
