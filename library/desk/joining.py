"""What becomes of a draft that belongs to a known work: another language of it, the better file of it, or the same.

Whoever joins publishes: the edition is seen at once where the work is published. So it takes the right to keep works.
Each of these is two changes under one batch, the second of which ends the draft; broken off in between, it can be done
again.
"""

from __future__ import annotations

from dataclasses import replace

from library.catalogue import Action, Deed
from library.desk.editing import new_batch
from library.desk.keeping import bring_beside, open_to_no_more, withdraw
from library.desk.shelves import Shelves
from library.errors import UsageError
from library.model import Edition, Status, Work, edition_id


def join(shelves: Shelves, draft: str, work: str, why: str = "") -> Work:
    """Make the editions of a draft editions of a work in further languages; the draft then leads to the work.

    What was proposed for the draft as a whole, such as its topics, stays with it: the work has its own.
    Raises UsageError when the work has one of the languages already, Conflict, RecordError.
    """
    source, target = _both(shelves, draft, work)
    for edition in source.editions:
        held = target.edition(edition.language)
        if held is not None and held.sha256 != edition.sha256:
            raise UsageError(
                f"“{work}” has an edition in {edition.language} already",
                "correct the language of the draft, or let its file take the place of the other",
            )
    batch = new_batch("join")
    for edition in source.editions:
        expected, target = shelves.catalogue.version(work), shelves.get(work)
        if target.edition(edition.language) is None:
            grown = replace(target, editions=(*target.editions, _named(edition, edition.language)))
            deed = shelves.deed(Action.ADD_LANGUAGE, why or _from(edition.language, draft), batch)
            target = _moved(shelves, source, edition, grown, edition.language, deed, expected)
    withdraw(shelves, draft, why or f"it is an edition of “{work}”", batch, merged_into=work)
    return target


def take_place(shelves: Shelves, draft: str, language: str, work: str, place: str, why: str = "") -> Work:
    """Put the file of a draft's edition in the place of a work's; the old file is kept and the history names it.

    The words of the work's record stay as they were reviewed. Raises UsageError, Conflict, RecordError.
    """
    shelves.get(work)
    expected = shelves.catalogue.version(work)
    source, target = _both(shelves, draft, work)
    new, old = source.edition(language), target.edition(place)
    if new is None:
        raise UsageError(f"there is no “{edition_id(draft, language)}”", "look at the draft again")
    if old is None:
        raise UsageError(f"“{work}” has no edition in {place}", "join the draft as a further language")
    if len(source.editions) > 1:
        raise UsageError(f"“{draft}” has several editions", "take the others out of it first")
    batch = new_batch("replace")
    if old.sha256 != new.sha256:
        named = replace(
            _named(new, place), title=old.title, subtitle=old.subtitle, abstract=old.abstract, sections=old.sections
        )
        grown = replace(target, editions=tuple(named if edition is old else edition for edition in target.editions))
        deed = shelves.deed(Action.REPLACE, why or _from(language, draft), batch)
        target = _moved(shelves, source, new, grown, place, deed, expected)
    withdraw(shelves, draft, why or f"its file is that of “{edition_id(work, place)}”", batch, merged_into=work)
    return target


def discard(shelves: Shelves, draft: str, work: str, why: str = "") -> Work:
    """Put a draft away because a work says the same already; it leads there. Raises UsageError, Conflict."""
    _both(shelves, draft, work)
    return withdraw(shelves, draft, why or f"“{work}” says the same", new_batch("discard"), merged_into=work)


def _both(shelves: Shelves, draft: str, work: str) -> tuple[Work, Work]:
    """The draft and the work. Raises UsageError when they cannot come together, NotAllowed when there is none."""
    source, target = shelves.get(draft), shelves.get(work)
    if source.status is not Status.DRAFT:
        raise UsageError(f"“{draft}” is no draft", "put the two works together instead")
    if draft == work or target.status is Status.WITHDRAWN:
        raise UsageError("these two cannot be put together", "choose another work, one that is not withdrawn")
    open_to_no_more(source, target)
    return source, target


def _named(edition: Edition, language: str) -> Edition:
    """The edition under the name that its file has in another work; the catalogue gives it a free one."""
    return replace(edition, language=language, file=f"{language}.{edition.format}")


def _from(language: str, draft: str) -> str:
    return f"{language}, from the draft “{draft}”"


def _moved(
    shelves: Shelves, source: Work, edition: Edition, grown: Work, language: str, deed: Deed, expected: str
) -> Work:
    """The work with the file, what lies beside it, and the record."""
    bring_beside(shelves, source.id, grown.id, edition.sha256)
    return shelves.add_file(grown, language, shelves.catalogue.file(source.id, edition), deed, expected)
