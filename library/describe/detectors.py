"""The two detectors that guess a language from a text, opened once and held to the library's languages.

py3langid gives the first opinion and langdetect the second: measured on 536 PDF pages in 22 languages they were right
for 98.3 % and 92.7 %. Neither is trusted alone: `language.py` has the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from py3langid import langid

from library.languages import TAGS, UNKNOWN, normalise

SEED = 0
"""langdetect draws at random: without a fixed seed it changed its answer on 5 % of short strings."""

_ALSO = ("nn",)
"""Labels of py3langid that are taken in beside the library's own, because `normalise` maps them to one of these."""

_NOT_A_LANGUAGE = frozenset({"zxx", "bs", "grc", "pcm"})
"""Labels of the unrestricted detector that say nothing against the library's languages: no linguistic content,
Bosnian (written as Croatian and Serbian are), polytonic Greek, and Nigerian Pidgin (mistaken for plain English)."""


@dataclass(frozen=True, slots=True)
class Detectors:
    """The two language detectors, loaded: about a second and 100 MB, so once for each process."""

    _within: Any
    """py3langid, held to the library's languages."""
    _anywhere: Any
    """py3langid with all its 140 languages, over the same tables in memory."""
    _second: Any
    """langdetect, with the profiles of the library's languages only."""
    _tags: Mapping[str, str]
    """Label of py3langid → tag of the library."""
    second_knows: frozenset[str]
    """The languages that langdetect has; it has no right to speak against any other."""

    @classmethod
    def open(cls) -> Detectors:
        """Load both detectors."""
        anywhere = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
        within = langid.LanguageIdentifier(
            anywhere.nb_ptc,
            anywhere.nb_pc,
            anywhere.nb_classes,
            anywhere.tk_nextmove,
            anywhere.tk_output,
            norm_probs=True,
            tk_row=anywhere.tk_row,
        )
        labels = [label for label in anywhere.labels if label in TAGS or label in _ALSO]
        within.set_languages(labels)
        profiles = {tag: Path(PROFILES_DIRECTORY) / tag for tag in TAGS}
        known = {tag: path.read_text(encoding="utf-8") for tag, path in profiles.items() if path.is_file()}
        second = DetectorFactory()  # our own: the module keeps a global one with every profile and no seed
        second.set_seed(SEED)
        second.load_json_profile(list(known.values()))
        return cls(within, anywhere, second, {label: normalise(label) for label in labels}, frozenset(known))

    def first_opinion(self, text: str) -> dict[str, float]:
        """How likely each of the library's languages is for a text, leaving out what is hardly possible."""
        likely: dict[str, float] = {}
        for label, probability in self._within.rank(text):
            if probability < 0.05:  # ranked: the rest is smaller still
                break
            tag = self._tags[label]
            likely[tag] = likely.get(tag, 0.0) + float(probability)
        return likely

    def anywhere(self, text: str) -> tuple[str, float]:
        """The likeliest language of all that py3langid knows, when it is not one of the library's; else `und`."""
        label, probability = self._anywhere.classify(text)
        if label in self._tags or label in _NOT_A_LANGUAGE:
            return UNKNOWN, 0.0
        return str(label), float(probability)

    def second_opinion(self, text: str) -> str:
        """What langdetect takes the text for; `und` when it sees nothing to go by."""
        detector = self._second.create()
        try:
            # Upper-case words are skipped as names by langdetect: a page set in capitals would have no features.
            detector.append(text.lower() if text.isupper() else text)
            return normalise(detector.detect())
        except LangDetectException:
            return UNKNOWN
