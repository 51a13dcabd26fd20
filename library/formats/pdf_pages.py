"""The pages of an opened PDF, with the best text that two programs can find in it."""

from __future__ import annotations

from collections.abc import Sequence

from library.formats.pdf_opened import OpenedPdf, damaged
from library.formats.pdfium_file import PdfiumFile
from library.formats.pypdf_file import PypdfFile
from library.formats.text_repair import doubtful, glued, letters_in, repair
from library.model import Page, TextSource

FEWEST_LETTERS = 20
"""A page with fewer has no text worth the name: a picture, or blank."""
GLUED_FROM = 5.0
"""Long tokens per 1,000 words; glued documents have 19 to 203, good ones at most 1.3, German included."""
DOUBTFUL_FROM = 0.1
JUDGED_FROM = 500
"""Characters: in less text one long address is already a high share."""
SECOND_READING_PAGES = 500
"""Above this pypdf is not asked to read the whole file: at 25 pages a second it would run into the time limit."""
SAMPLE_PAGES = 4


def pages_of(opened: OpenedPdf, name: str, labels: Sequence[str]) -> tuple[Page, ...]:
    """The pages with their text put right; `labels` may be short or empty."""
    pages = []
    for index, raw in enumerate(_better(opened, _texts(opened, name))):
        text = repair(raw)
        source = TextSource.TEXT_LAYER if letters_in(text, FEWEST_LETTERS) >= FEWEST_LETTERS else TextSource.NONE
        label = labels[index] if index < len(labels) else ""
        pages.append(Page(number=index + 1, label=label or str(index + 1), text=text, source=source))
    _note_bare_pages(opened, [page.number for page in pages if page.source is TextSource.NONE])
    return tuple(pages)


def page_ranges(numbers: Sequence[int]) -> str:
    """Page numbers as a person writes them: `page 4`, or `pages 3-5, 9`."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    listed = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"


def _texts(opened: OpenedPdf, name: str) -> list[str]:
    """The text of every page as it stands in the file; pypdf is asked for pages that pdfium cannot load."""
    texts: list[str] = []
    failed: list[int] = []
    for index in range(opened.first.page_count):
        text = _text_or_none(opened.pdfium, index)
        if text is None:
            text = _text_or_none(opened.pypdf, index)
        if text is None:
            failed.append(index + 1)
        texts.append(text or "")
    if len(failed) == len(texts):
        raise damaged(name, "it opens, but none of its pages can be read")
    if failed:
        opened.notices.append(f"damaged, and left without text: {page_ranges(failed)}")
    return texts


def _text_or_none(file: PdfiumFile | PypdfFile | None, index: int) -> str | None:
    """The text of a page, or None when this program cannot read it: pypdf raises nearly any exception there."""
    if file is None:
        return None
    try:
        return file.text(index)
    except MemoryError:
        raise
    except Exception:
        return None


def _better(opened: OpenedPdf, texts: list[str]) -> list[str]:
    """The same texts; or pypdf's, where words run together or letters are wrong and it does clearly better."""
    whole = "\n".join(texts)
    if len(whole) < JUDGED_FROM:
        return texts
    # A few pages tell about the letters; glued words come in patches, and counting them is cheap.
    is_glued = glued(whole) > GLUED_FROM
    is_doubtful = doubtful("\n".join(texts[:: 1 + len(texts) // 20])) > DOUBTFUL_FROM
    if not is_glued and not is_doubtful:
        return texts
    other = opened.pypdf if opened.pdfium is not None and len(texts) <= SECOND_READING_PAGES else None
    if other is not None and _reads_better(other, texts):
        opened.notices.append("words ran together or letters were wrong: the text was read by the second program")
        second = [_text_or_none(other, index) for index in range(len(texts))]
        return [old if new is None else new for new, old in zip(second, texts, strict=True)]
    if is_glued:
        opened.notices.append("words may run together: a search will not find them one by one")
    if is_doubtful:
        opened.notices.append("many characters are doubtful: the file does not say which letters its type stands for")
    return texts


def _reads_better(other: PypdfFile, texts: list[str]) -> bool:
    """Whether it does at least twice as well on a few pages, without losing text: the whole file takes it long."""
    fullest = sorted(range(len(texts)), key=lambda index: -len(texts[index]))[:SAMPLE_PAGES]
    ours = "\n".join(texts[index] for index in fullest)
    theirs = "\n".join(_text_or_none(other, index) or "" for index in fullest)
    loses_text = sum(map(str.isalpha, theirs)) < 0.8 * sum(map(str.isalpha, ours))
    return not loses_text and 2 * _badness(theirs) < _badness(ours)


def _badness(text: str) -> float:
    return max(glued(text) / GLUED_FROM, doubtful(text) / DOUBTFUL_FROM)


def _note_bare_pages(opened: OpenedPdf, bare: list[int]) -> None:
    """Name the pages without text: pictures, which OCR may read, apart from blank backs of chapters."""
    blank = [number for number in bare if opened.pdfium is not None and _is_blank(opened.pdfium, number - 1)]
    pictures = [number for number in bare if number not in set(blank)]
    if pictures:
        opened.notices.append(f"no text, a picture perhaps: {page_ranges(pictures)}")
    if blank:
        opened.notices.append(f"blank or nearly so: {page_ranges(blank)}")


def _is_blank(file: PdfiumFile, index: int) -> bool:
    try:
        return file.is_blank(index)
    except MemoryError:
        raise
    except Exception:
        return False
