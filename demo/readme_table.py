"""The part of `documents/README.md` that follows from the works: their table, and what is difficult on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sources import Source, SourceError, Wording, Work

BEGIN, END = "<!-- Written by demo/build.py from demo/works. -->", "<!-- End of what is written by demo/build.py. -->"


def with_table(readme: str, works: Sequence[Work], wordings: Mapping[str, Wording]) -> str:
    """The page with its written part brought in step with the works. Raises SourceError when it has no such part."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SourceError(f"documents/README.md has not the two lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{written(works, wordings)}\n{END}{after}"


def written(works: Sequence[Work], wordings: Mapping[str, Wording]) -> str:
    """The counts, the table of all works, and the list of difficult ones."""
    editions = [(work, source) for work in works for source in work.files]
    languages = {source.language for _, source in editions}
    lines = [
        f"{len(works)} works, {len(editions)} editions, {len(languages)} languages.",
        "",
        "| work | title | what it is | languages |",
        "| --- | --- | --- | --- |",
        *(_row(work, wordings) for work in works),
        "",
        "## Difficult on purpose",
        "",
        "Real libraries are not tidy, so some of these are not either.",
        "",
        *_difficult(works),
    ]
    return "\n".join(lines) + "\n"


def _row(work: Work, wordings: Mapping[str, Wording]) -> str:
    source = _named(work)
    kind = wordings["en"].kinds[work.kind].lower()
    about = [kind, wordings["en"].date(work.date)]
    about += ["for members"] if work.access == "members" else []
    about += ["withdrawn"] if work.status == "withdrawn" else []
    languages = " and ".join(work.bilingual) + ", in one file" if work.bilingual else ", ".join(_languages(work.files))
    title = re.sub(r"([|*_`<\[\]])", r"\\\1", source.title)
    return f"| {_link(work)} | {title} | {', '.join(about)} | {languages} |"


def _difficult(works: Sequence[Work]) -> Iterator[str]:
    """A line for each oddity: where it is, and what the library has to do about it."""
    for work in works:
        for language in work.quirks.untitled:
            yield (
                f"- {_link(work)}, {language}: a PDF **without a title** in its metadata. "
                "The title is read from the largest type of the first page."
            )
        for language, stated in work.quirks.stated_language.items():
            yield (
                f"- {_link(work)}, {language}: a PDF that **says it is in another language** ({stated}), as a file "
                "made from somebody else's template does. The language is told from the text."
            )
        for language in work.quirks.scanned_page:
            yield (
                f"- {_link(work)}, {language}: its last page is **a scan without text**. Its record says so "
                "(`without_text`), and nothing on that page can be found until it is read by OCR."
            )
        if work.bilingual:
            yield (
                f"- {_link(work)}: **one file in two languages** ({' and '.join(work.bilingual)}), side by side. It is "
                f"one edition, in {work.bilingual[0]}; its pages are found by the words of both."
            )
        if work.access == "members":
            yield f"- {_link(work)}: **for members only**. Nobody else finds it, nor learns that it exists."
        if work.status == "withdrawn":
            yield f"- {_link(work)}: **withdrawn**. Staff alone still see it. {work.reason}"


def _named(work: Work) -> Source:
    """The text whose title stands in the table: English where there is one."""
    return next((source for source in work.sources if source.language == "en"), work.sources[0])


def _languages(sources: Iterable[Source]) -> list[str]:
    return [source.language for source in sources]


def _link(work: Work) -> str:
    return f"[{work.identifier}]({work.identifier}/record.toml)"
