"""Pages without text, read by OCR: asked for by a person, for one edition; the file stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from library.errors import UnreadableFile, UsageError
from library.formats.kinds import format_of
from library.formats.ocr import needed, read_page
from library.formats.ocr_pages import OcrPages, keep, kept, with_ocr
from library.formats.page_store import PageStore
from library.languages import UNKNOWN
from library.model import Edition, Page, TextSource

Progress = Callable[[int, int], None]
"""Told how many pages are done, and how many there are to read."""


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What OCR found in an edition."""

    edition: Edition
    """As its record should say now."""
    read: tuple[int, ...]
    """Pages with text that OCR read, from now or from before."""
    nothing: tuple[int, ...]
    """Pages on which OCR found no text: pictures, or blank."""
    failed: tuple[tuple[int, str], ...]
    """Pages that could not be read, and why."""
    engine: str
    packs: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The object that `library ocr --json` prints."""
        return {
            "language": self.edition.language,
            "read": list(self.read),
            "nothing": list(self.nothing),
            "failed": [{"page": page, "reason": why} for page, why in self.failed],
            "engine": self.engine,
            "packs": list(self.packs),
        }


def pages_to_read(store: PageStore, edition: Edition) -> tuple[int, ...]:
    """Pages without text that nobody has said to be without, and pages that OCR read before."""
    stored = store.get(edition.sha256)
    if stored is None or not format_of(edition).has_pages:
        return ()
    bare = {n for n, source in zip(stored.numbers, stored.sources, strict=True) if source is not TextSource.TEXT_LAYER}
    return tuple(sorted(bare - set(edition.without_text)))


def read_scans(
    folder: Path,
    edition: Edition,
    store: PageStore,
    languages: tuple[str, ...] = (),
    *,
    again: bool = False,
    jobs: int = 1,
    progress: Progress = lambda *_: None,
) -> ScanReport:
    """Read the pages of an edition that have no text; `folder` is that of its work, `languages` what is printed there.

    What was read is kept page by page, so that whoever goes on after an interruption reads only the rest; `again` reads
    all of them anew. The caller writes the record. Raises OcrMissing, UsageError.
    """
    said = languages or tuple(tag for tag in (edition.language,) if tag != UNKNOWN)
    if not said:
        raise UsageError("the language of the scan is not known", "name it with --language")
    ocr, packs = needed(said)
    stored = store.get(edition.sha256)
    if stored is None:
        raise UsageError("the pages of the file are not kept", "run: library index")
    wanted = pages_to_read(store, edition)
    engine = f"tesseract {ocr.version}"
    before = kept(folder, edition.sha256)
    known = before is not None and not again and (before.engine, before.packs) == (engine, packs)
    texts = {n: text for n, text in before.texts.items() if n in wanted} if before is not None and known else {}
    failed = _read_all(folder, edition, [n for n in wanted if n not in texts], texts, engine, packs, jobs, progress)
    done = OcrPages(engine, packs, texts)
    store.put(edition.sha256, with_ocr(_bare(stored.pages()), done, done.found), stored.outline)
    nothing = tuple(n for n in sorted(texts) if n not in done.found)
    return ScanReport(replace(edition, ocr=done.found), done.found, nothing, tuple(failed), engine, packs)


def _bare(pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages as the file has them: what OCR read before is taken away."""
    return tuple(
        replace(page, text="", source=TextSource.NONE) if page.source is TextSource.OCR else page for page in pages
    )


def _read_all(
    folder: Path,
    edition: Edition,
    wanted: list[int],
    texts: dict[int, str],
    engine: str,
    packs: tuple[str, ...],
    jobs: int,
    progress: Progress,
) -> list[tuple[int, str]]:
    """Read these pages into `texts`, keeping each as it comes; those that fail, with the reason."""
    path = folder / edition.file_name
    failed: list[tuple[int, str]] = []

    def read(number: int) -> tuple[int, str | UnreadableFile]:
        try:
            return number, read_page(path, number, packs)
        except UnreadableFile as error:
            return number, error

    with ThreadPoolExecutor(max_workers=max(jobs, 1), thread_name_prefix="ocr") as pool:
        try:
            for done, (number, found) in enumerate(pool.map(read, wanted), 1):
                if isinstance(found, UnreadableFile):
                    failed.append((number, found.message))
                else:
                    texts[number] = found
                    keep(folder, edition.sha256, OcrPages(engine, packs, texts))
                progress(done, len(wanted))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return failed
