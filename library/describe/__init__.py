"""Proposes a record for a document from its pages: language, title, date, topics and kind, each with its evidence.

describer = Describer.open(thesaurus, this_year=2026)
reading, description = describer.describe(reading, "rembrandt-square_fr.pdf")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from library.analysis import Analyser
from library.describe.date import propose_date
from library.describe.file_names import named_language
from library.describe.kind import KindFinder
from library.describe.language import PAGE_SHARE, SURE, LanguageIdentifier, LanguageOpinion
from library.describe.proposal import Candidate, Description, Evidence, Proposal, Source
from library.describe.title import propose_subtitle, propose_title
from library.describe.topics import TopicLabels, TopicMatcher
from library.formats.reading import Reading
from library.languages import UNKNOWN, is_known, language_name, month_names, normalise
from library.topics import Thesaurus

__all__ = ["Describer", "Description", "labels_by_language"]

MAX_HEADINGS = 300
"""Entries of a file's own table of contents that are looked at for topics."""

_HEADING_LENGTH = 200

_ACRONYM = re.compile(r"[A-Z][A-Z0-9&+]{1,9}")
_NO_BROADER: Mapping[str, str] = MappingProxyType({})


class Describer:
    """Proposes records for documents. Opened once for each process: it holds the detectors and the labels."""

    def __init__(
        self,
        identifier: LanguageIdentifier,
        labels: Mapping[str, TopicLabels],
        this_year: int,
        broader: Mapping[str, str] = _NO_BROADER,
    ) -> None:
        self._identifier = identifier
        self._labels = labels
        self._broader = broader
        self._this_year = this_year
        self._kinds = KindFinder()
        self._matchers: dict[str, TopicMatcher] = {}

    @classmethod
    def open(cls, thesaurus: Thesaurus, this_year: int) -> Describer:
        """Load the language detectors, which takes about a second, and take over the thesaurus."""
        broader = {topic.id: topic.broader for topic in thesaurus if topic.broader}
        return cls(LanguageIdentifier.open(), labels_by_language(thesaurus), this_year, broader)

    def describe(
        self, reading: Reading, file_name: str, tell: Callable[[str], None] = lambda _: None
    ) -> tuple[Reading, Description]:
        """The reading with the languages of its pages filled in, and the record proposed for it.

        `tell` is told when the stages `language` and `describing` begin.
        """
        tell("language")
        opinion = self._identifier.identify([page.text for page in reading.pages])
        pages = tuple(
            replace(page, languages=tuple(tag for tag, _ in languages))
            for page, languages in zip(reading.pages, opinion.pages, strict=True)
        )
        reading = replace(reading, pages=pages)
        tell("describing")
        language = opinion.language if opinion.language != UNKNOWN else "en"
        title, subtitle = propose_title(reading, file_name), propose_subtitle(reading)
        months = {**month_names("en"), **month_names(language)}
        description = Description(
            language=_language_proposal(opinion, reading, file_name),
            title=title,
            subtitle=subtitle,
            date=propose_date(reading, title.value, file_name, months, self._this_year),
            topics=self._topics(language, title.value, subtitle.value, reading),
            kind=self._kinds.propose(reading, title.value, file_name),
            warnings=tuple(_warnings(opinion, file_name)),
        )
        return reading, description

    def _topics(self, language: str, title: str, subtitle: str, reading: Reading) -> tuple[Proposal, ...]:
        matcher = self._matchers.get(language)
        if matcher is None:
            labels = self._labels.get(language, ()) + _acronyms(self._labels.get("en", ()))
            matcher = self._matchers[language] = TopicMatcher(labels, Analyser(language).stems, self._broader)
        # The subtitle and the keywords that the file carries say as much as a heading does.
        said = (subtitle, reading.embedded.subject, reading.embedded.keywords)
        headings = [*said, *(entry.title for entry in reading.outline[:MAX_HEADINGS])]
        short = [heading[:_HEADING_LENGTH] for heading in headings if heading]
        return matcher.propose(title, short, [page.text for page in reading.pages])


def labels_by_language(thesaurus: Thesaurus) -> dict[str, TopicLabels]:
    """Every label of every topic, preferred or not, by language."""
    return {
        language: tuple((topic.id, label) for topic in thesaurus for label in topic.all_labels(language))
        for language in thesaurus.languages
    }


def _acronyms(labels: TopicLabels) -> TopicLabels:
    """English acronyms stand untranslated in texts of every language."""
    return tuple((topic, label) for topic, label in labels if _ACRONYM.fullmatch(label))


def _language_proposal(opinion: LanguageOpinion, reading: Reading, file_name: str) -> Proposal:
    """The language found in the text; what the file and its name say are only alternatives."""
    others = {
        tag: Candidate(tag, round(share * opinion.confidence, 3), opinion.evidence)
        for tag, share in opinion.shares
        if share >= PAGE_SHARE
    }
    if is_known(opinion.second_opinion):
        others.setdefault(opinion.second_opinion, Candidate(opinion.second_opinion, 0.3, opinion.evidence))
    named = named_language(file_name)
    if named:
        others.setdefault(named, Candidate(named, 0.3, Evidence(Source.FILE_NAME, None, file_name[-200:])))
    stated = normalise(reading.embedded.language)
    if is_known(stated):
        said = Evidence(Source.METADATA, None, reading.embedded.language[:50])
        others.setdefault(stated, Candidate(stated, 0.2, said))
    others.pop(opinion.language, None)
    return Proposal(opinion.language, opinion.confidence, opinion.evidence, tuple(others.values()))


def _warnings(opinion: LanguageOpinion, file_name: str) -> list[str]:
    """What a person should look at, in English; the interface shows them as they are."""
    found = []
    if not opinion.shares:
        found.append("language: there is too little text to tell")
    elif opinion.outside:
        found.append(f"language: the text looks like “{opinion.outside}”, which is not a language of the library")
    elif opinion.second_opinion not in {"", opinion.shares[0][0]} and opinion.confidence < SURE:
        first, second = language_name(opinion.shares[0][0]), language_name(opinion.second_opinion)
        found.append(f"language: the two detectors disagree, {first} or {second}")
    elif opinion.language == UNKNOWN:
        found.append(f"language: not sure; it looks most like {language_name(opinion.shares[0][0])}")
    main = [language_name(tag) for tag, share in opinion.shares if share >= PAGE_SHARE]
    if len(main) > 1 and not opinion.outside:
        found.append(f"language: the document is in more than one, {', '.join(main)}")
    named = named_language(file_name)
    if named and opinion.language not in {named, UNKNOWN}:
        names = language_name(named), language_name(opinion.language)
        found.append(f"language: the file name says {names[0]}, the text is {names[1]}")
    return found
