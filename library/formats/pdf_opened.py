"""A PDF in the hands of the two programs that read it, and which of them is asked first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pypdfium2 import PdfiumError
from pypdfium2 import raw as pdfium

from library.errors import Reason, UnreadableFile
from library.formats.pdfium_file import PdfiumFile
from library.formats.pypdf_file import PypdfFile
from library.formats.reading import Embedded, OutlineEntry

SECOND_ONLY = "the file is not quite in order: it was read by the second program, and has no cover"


class PdfFile(Protocol):
    """What both programs can say of a PDF."""

    @property
    def page_count(self) -> int:
        """How many pages."""

    def text(self, index: int) -> str:
        """The text of a page, from index 0."""

    def labels(self) -> tuple[str, ...]:
        """The page numbers as printed."""

    def outline(self) -> tuple[OutlineEntry, ...]:
        """The table of contents."""

    def embedded(self) -> Embedded:
        """What the file says of itself."""


@dataclass(slots=True)
class OpenedPdf:
    """The file as both programs opened it; one of them may have refused it, not both."""

    pdfium: PdfiumFile | None
    pypdf: PypdfFile | None
    notices: list[str] = field(default_factory=list)

    @property
    def first(self) -> PdfFile:
        """pdfium where it opened the file: it is fast and sets words apart."""
        chosen = self.pdfium or self.pypdf
        assert chosen is not None, "open_pdf refuses a file that neither program opens"
        return chosen

    def close(self) -> None:
        """Give the memory back."""
        for each in (self.pdfium, self.pypdf):
            if each is not None:
                each.close()


def open_pdf(name: str, data: bytes) -> OpenedPdf:
    """Both programs on the file; when pdfium refuses it, what pypdf makes of it decides."""
    pypdf = _open_with_pypdf(data)
    readable = pypdf if pypdf is not None and not pypdf.locked else None
    try:
        first = PdfiumFile(data)
    except PdfiumError as error:
        error_code = error.err_code
    else:
        return OpenedPdf(first, readable)
    if readable is not None:
        count = _pages_in(readable)
        if count:
            return OpenedPdf(None, readable, [SECOND_ONLY])
        if count == 0:
            raise UnreadableFile(Reason.EMPTY, f"{name} is a PDF without pages", "fetch or export the file again")
    # pdfium speaks of a security problem for other damage as well; where pypdf saw no encryption, it is that.
    if error_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) and (pypdf is None or pypdf.encrypted):
        raise UnreadableFile(
            Reason.ENCRYPTED,
            f"{name} is protected with a password",
            "ask for a copy without a password, or remove it with the password and add the file again",
        )
    raise damaged(name, "no program here can open it")


def damaged(name: str, how: str) -> UnreadableFile:
    """The refusal of a file that looks like a PDF and cannot be read as one."""
    return UnreadableFile(
        Reason.DAMAGED,
        f"{name} is damaged: {how}",
        "open it in a PDF viewer; if that shows it, print it to a new PDF and add that, else fetch the file again",
    )


def _open_with_pypdf(data: bytes) -> PypdfFile | None:
    """The file as pypdf opens it, or None: on damaged files it raises nearly anything, and pdfium may do better."""
    try:
        return PypdfFile(data)
    except MemoryError:
        raise
    except Exception:
        return None


def _pages_in(file: PypdfFile) -> int | None:
    """How many pages pypdf counts, or None when it cannot: its page tree is broken then."""
    try:
        return file.page_count
    except MemoryError:
        raise
    except Exception:
        return None
