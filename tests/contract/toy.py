"""A small library in four languages, written for the tests."""

from __future__ import annotations

from library.engines import Entry
from library.model import Access


def entry(
    work: str,
    language: str = "en",
    *pages: str,
    title: str = "",
    abstract: str = "",
    subject: tuple[str, ...] = (),
    lanes: tuple[str, ...] = (),
    access: Access = Access.PUBLIC,
    date: int = 20200000,
    fingerprint: str = "1",
    **values: tuple[str, ...],
) -> Entry:
    """An entry with what a test cares about; the rest as usual."""
    year = (str(date)[:4],) if date else ()
    return Entry(
        edition=f"{work}.{language}",
        work=work,
        language=language,
        lanes=lanes or (language,),
        access=access,
        fingerprint=fingerprint,
        title=title or work,
        abstract=abstract,
        subject=subject,
        pages=pages or ("",),
        values={"language": (language,), "year": year, "kind": ("guide",), **values},
        date=date,
    )


TOY = (
    entry(
        "nightlife", "en", "Safe cities and the nightlife.", "Young people go out; the police walk the streets.",
        title="Nightlife in cities", topic=("nightlife", "public-spaces"), date=20220000,
        place=("NL", "NL/Amsterdam"),
    ),
    entry(
        "nightlife", "fr", "Les villes sûres et la vie nocturne.", "Les jeunes sortent ; la police est dans les rues.",
        title="La vie nocturne en ville", topic=("nightlife", "public-spaces"), date=20220000,
        place=("NL", "NL/Amsterdam"),
    ),
    entry(
        "nightlife", "de", "Sichere Städte und das Nachtleben.", "Junge Menschen gehen aus.",
        title="Nachtleben in Städten", topic=("nightlife", "public-spaces"), date=20220000,
        place=("NL", "NL/Amsterdam"),
    ),
    entry(
        "drugs", "en", "Drug use in public spaces.", "Consumption rooms reduce harm.", "Harm reduction works.",
        title="Drugs and harm reduction", topic=("drugs", "crime"), date=20180500, kind=("publication",),
        project=("SOLIDIFY",),
    ),
    entry(
        "drugs", "pl", "Narkotyki w miastach i przestrzeni publicznej.", "Redukcja szkód.",
        title="Narkotyki i redukcja szkód", topic=("drugs", "crime"), date=20180500, kind=("publication",),
        project=("SOLIDIFY",),
    ),
    entry(
        "cameras", "fr", "Les caméras et la sécurité des écoles. L'école est surveillée.",
        title="Vidéoprotection", topic=("surveillance", "technology"), date=20240100, access=Access.MEMBERS,
    ),
    entry("draft", "en", "An unfinished paper on cities.", title="Unfinished", date=20260000, access=Access.STAFF),
)  # fmt: skip

ALL = frozenset(Access)
PUBLIC = frozenset({Access.PUBLIC})
MEMBERS = frozenset({Access.PUBLIC, Access.MEMBERS})
