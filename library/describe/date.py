"""When a document was published, as precisely as it says: a year, a month or a day, in ISO 8601.

The year is looked for where such documents print it: on the first two and the last two pages, in the title and
in the file name. The date at which the file was built is present in almost every PDF and is seldom the date of
publication, so it only supports or weakens what was found elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from library.describe.proposal import Candidate, Evidence, Proposal, Source, choose, snippet
from library.formats.reading import Reading
from library.model import Page, is_date

FIRST_YEAR = 1980
"""Before this year nobody made such a document as a file, and numbers like 1914 are history."""

_FADING = 0.96
"""What is left of the confidence in a year for each year that it lies before the file was built."""

_PAGE_CHARACTERS = 10_000
_MATCHES_PER_PAGE = 60

_WRITTEN = re.compile(
    r"(?<!\d)(?:(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?!\d)"
    r"|(?P<day>\d{1,2})(?P<between>[./])(?P<month>\d{1,2})(?P=between)(?P<dmy>(?:19|20)\d\d)(?!\d)"
    r"|(?P<year>(?:19|20)\d\d)(?!\d))"
)
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_TOKEN = re.compile(r"[^\W_]+")

_COPYRIGHT = re.compile(r"©|\(c\)|copyright|\bcopr\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(publi|issued|released|edition|édition|parution|dépôt légal|imprimé|printed|veröffentlicht|erschienen|stand\b"
    r"|herausgegeben|ausgabe|auflage|edici[oó]n|edizione|edição|edició|stampa|impres|dep[oó]sito legal|uitgave"
    r"|gepubliceerd|uitgegeven|opublikowan|wydan|vydán|vydan|utgiv|udgive|utgitt|julkais|kiad|objavljen|издаден|опубликован|опубліковано)"
    r"|δημοσ|έκδοση",
    re.IGNORECASE,
)
"""How a colophon says "published", "edition" or "printed" in the main languages of the library."""

_NOT_THIS = re.compile(
    r"https?:|www\.|\bdoi\b|access|retriev|consult|abgerufen|geraadpleegd|accesso|recuperado|\blaw\b|\bloi\b|gesetz|\bley\b"
    r"|directive|regulation|règlement|\bsince\b|depuis|\bseit\b|desde|\buntil\b|horizon|\bby\b",
    re.IGNORECASE,
)
"""Words before a year that make it the year of something else: a web address, a law, a beginning, a goal."""

_SMALL_WORDS = frozenset({"of", "de", "del", "di", "d", "do", "da", "den", "the", "le", "am", "im", "i", "v"})


def propose_date(reading: Reading, title: str, file_name: str, months: Mapping[str, int], this_year: int) -> Proposal:
    """The date of publication. `months` names the months in the language of the text; `this_year` is today's."""
    found = [*_on_pages(reading.pages, months)]
    found.extend(_in_words(title, Source.PAGE if title else Source.NONE, 0.5))
    found.extend(_in_words(file_name[-200:], Source.FILE_NAME, 0.5))
    plausible = [candidate for candidate in found if FIRST_YEAR <= int(candidate.value[:4]) <= this_year + 1]
    built = reading.embedded.created[:10]
    year = int(built[:4]) if re.match(r"(19|20)\d\d", built) else 0
    if FIRST_YEAR <= year <= this_year + 1:
        plausible = [_weighed(candidate, year) for candidate in plausible]
        plausible.append(Candidate(str(year), 0.25, Evidence(Source.METADATA, None, f"file built {built}")))
    return choose(_by_year(plausible))


def _weighed(candidate: Candidate, built: int) -> Candidate:
    """A year after the file was built is a goal or a period; the next year is allowed for works printed early.

    A year long before is more often that of a source, a law, or the first of several copyrights.
    """
    age = built - int(candidate.value[:4])
    factor = 0.3 if age < -1 else max(_FADING ** max(age, 0), 0.5)
    return Candidate(candidate.value, round(candidate.confidence * factor, 3), candidate.evidence)


def _by_year(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """One candidate for each year: as precise as its good evidence, surer with each independent place it stands in."""
    for year in dict.fromkeys(candidate.value[:4] for candidate in candidates):
        same = [candidate for candidate in candidates if candidate.value[:4] == year]
        places: dict[tuple[Source, int | None], float] = {}
        for candidate in same:
            place = (candidate.evidence.source, candidate.evidence.page)
            places[place] = max(places.get(place, 0.0), candidate.confidence)
        doubt = 1.0
        for confidence in places.values():
            doubt *= 1 - confidence
        strongest = max(candidate.confidence for candidate in same)
        good = [candidate for candidate in same if candidate.confidence >= 0.7 * strongest]
        best = max(good, key=lambda candidate: (len(candidate.value), candidate.confidence))
        yield Candidate(best.value, round(min(1 - doubt, 0.95), 3), best.evidence)


def _on_pages(pages: Sequence[Page], months: Mapping[str, int]) -> Iterator[Candidate]:
    for index in sorted({*range(min(2, len(pages))), *range(max(len(pages) - 2, 0), len(pages))}):
        text = pages[index].text
        text = text[:_PAGE_CHARACTERS] if index < 2 else text[-_PAGE_CHARACTERS:]
        alone = (0.45, 0.3)[index] if index < 2 else 0.15
        for count, match in enumerate(_WRITTEN.finditer(text)):
            if count >= _MATCHES_PER_PAGE:
                break
            value = _value(match, text, months)
            confidence = _confidence(match, text, alone, len(value) > 4, index)
            evidence = Evidence(Source.PAGE, pages[index].number, snippet(text, *match.span()))
            yield Candidate(value, confidence, evidence)


def _confidence(match: re.Match[str], text: str, alone: float, precise: bool, index: int) -> float:
    """How much a year counts, by the words around it on its line and by whether it is one end of a period."""
    start, end = match.span()
    line = text[max(text.rfind("\n", 0, start) + 1, start - 60) : start]
    after = text[end : end + 20].partition("\n")[0]
    copyright = bool(_COPYRIGHT.search(line) or _COPYRIGHT.match(after.strip()))
    if copyright or _PUBLISHED.search(line):
        confidence = 0.8 if index < 2 else 0.55  # the last pages also hold the sources, "published" long before
    elif precise:
        confidence = 0.65 if index == 0 else max(alone, 0.35)
    else:
        confidence = alone
    ends_period = re.search(r"\d ?[-–—/]$", line) is not None and not copyright  # © 2005-2015 is of 2015
    if ends_period or re.match(r" ?[-–—/] ?\d", after):
        confidence *= 0.5
    return confidence * 0.4 if _NOT_THIS.search(line) else confidence


def _value(match: re.Match[str], text: str, months: Mapping[str, int]) -> str:
    if match["iso"]:
        return match["iso"] if is_date(match["iso"]) else match["iso"][:7]
    if match["dmy"]:
        return _iso(match["dmy"], int(match["month"]), int(match["day"]))
    before = [token.casefold() for token in _TOKEN.findall(text[max(match.start() - 30, 0) : match.start()])]
    before = [token for token in before if token not in _SMALL_WORDS][-3:]
    for place, token in reversed(list(enumerate(before[-2:], start=max(len(before) - 2, 0)))):
        if token in months:
            after = before[place + 1 : place + 2]
            beside = after or before[place - 1 : place]
            return _iso(match["year"], months[token], _day(beside[0]) if beside else 0)
    after_year = [token.casefold() for token in _TOKEN.findall(text[match.end() : match.end() + 25])]
    if after_year and after_year[0] in months and text[match.end() : match.end() + 1] == ".":
        return _iso(match["year"], months[after_year[0]], _day(after_year[1]) if after_year[1:] else 0)
    return match["year"]


def _day(token: str) -> int:
    number = re.match(r"\d{1,2}(?=$|st|nd|rd|th|er|º|ª)", token)
    return int(number.group()) if number else 0


def _iso(year: str, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return year
    full = f"{year}-{month:02}-{day:02}"
    return full if is_date(full) else f"{year}-{month:02}"


def _in_words(words: str, source: Source, confidence: float) -> Iterator[Candidate]:
    """The years in a title or a file name, which seldom holds one by chance."""
    for match in _IN_NAME.finditer(words):
        period = re.match(r" ?[-–—/] ?\d", words[match.end() :]) or re.search(r"\d ?[-–—/]$", words[: match.start()])
        month = f"-{match[2]}" if match[2] else ""
        page = None if source is Source.FILE_NAME else 1
        yield Candidate(match[1] + month, confidence * (0.5 if period else 1.0), Evidence(source, page, words))
