"""Works whose records are as unfriendly as records can be, and the imprint they are cited with."""

from __future__ import annotations

from hypothesis import strategies as st

from library.citing import Imprint
from library.locales import load_texts
from library.model import Edition, Kind, Place, Work
from library.topics import Thesaurus, Topic

ORIGIN = "https://library.example.org/cities"
TOPICS = Thesaurus(
    (Topic("nightlife", {"en": "Nightlife, bars", "fr": "Vie nocturne"}), Topic("odd", {"en": "{50 %} & @x"}))
)
SPITEFUL = (
    "{", "}", "\\", "\\}", "}}}", "\"", "'", "``", "''", "--", "---", "?`", ",", ";", "=1+1", "+1", "-1", "@A1",
    "＝1", "\t=1",
    "\n@book{x,", "\r\nER  - ", "\nTY  - BOOK", "%", "$x$", "#", "_", "^", "~", "&amp;", "<i>", "</i>", "<b>", "|",
    "<span class=\"nocase\">", "</span>", "<img src=x onerror=alert(1)>", "مدن للجميع", "\u202e", "\u2028",
    "\x00", "\x1b",
    "\x85", "\ud800", "\ue000", "\ufeff", "\u00a0", " ", ".", "?", "L’été", "Łódź", "Zürich", "𝔸", "word", "(x", "[y]",
)  # fmt: skip

texts = st.one_of(st.lists(st.sampled_from(SPITEFUL), max_size=6).map("".join), st.text(max_size=30))
titles = st.tuples(texts, st.sampled_from(["A", "مدن", "Ł"]), texts).map("".join)
"""With a letter at least: a record without a title is no record."""
languages = st.sampled_from(["en", "fr", "de", "ar", "no", "mt"])
dates = st.sampled_from(["", "2019", "2019-04", "2019-04-30"])


def imprint(language: str = "en", publisher: str = "Cities & Friends", origin: str = ORIGIN) -> Imprint:
    """What the works of these tests are cited with."""
    return Imprint(publisher, origin, load_texts(language), TOPICS)


@st.composite
def works(draw: st.DrawFn) -> Work:
    """A work of one edition."""
    edition = Edition(
        language=draw(languages),
        title=draw(titles),
        sha256="0" * 64,
        pages=draw(st.integers(1, 400)),
        subtitle=draw(texts),
        abstract=draw(texts),
    )
    return Work(
        id="safer-nights",
        kind=draw(st.sampled_from(Kind)),
        editions=(edition,),
        date=draw(dates),
        topics=draw(st.sampled_from([(), ("nightlife",), ("nightlife", "odd")])),
        projects=tuple(draw(st.lists(titles, max_size=2))),
        places=draw(st.sampled_from([(), (Place("NL", "=Ede"),), (Place("FR"), Place("PL", "Łódź"))])),
    )


def numbered(many: list[Work]) -> list[tuple[Work, Edition]]:
    """Works with ids of their own, each with its edition."""
    every = [Work(f"work-{n}", w.kind, w.editions, w.date, w.topics, w.projects, w.places) for n, w in enumerate(many)]
    return [(work, work.editions[0]) for work in every]
