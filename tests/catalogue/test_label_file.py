"""A label comes into the thesaurus and out of it again; everything else in the file stays to the letter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.catalogue import Catalogue
from library.catalogue.label_file import LONGEST_LABEL, LabelFile
from library.errors import RecordError, UsageError
from library.exchange.bag import payload
from library.topics import load_thesaurus
from tests.conftest import DOCUMENTS


@pytest.fixture
def thesaurus(tmp_path: Path) -> LabelFile:
    """A copy of the demonstration's thesaurus."""
    (tmp_path / "documents").mkdir()
    return LabelFile(Path(shutil.copy(DOCUMENTS / "topics.ttl", tmp_path / "documents")))


def test_a_label_is_found_and_the_rest_stays_as_it_was(thesaurus: LabelFile) -> None:
    before = thesaurus.path.read_text(encoding="utf-8")
    added = thesaurus.add("nightlife", "en", " going   clubbing ", who="marie@example.org")
    after = thesaurus.path.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "# Added by marie@example.org on 2" in after[len(before) :]
    found = load_thesaurus(thesaurus.path).find("Going clubbing")
    assert found is not None
    assert found.id == "nightlife"
    assert (added.number, added.label) == (1, "going clubbing")
    assert (thesaurus.path.parent / ".history" / "topics-1.ttl").read_text(encoding="utf-8") == before


def test_the_last_label_is_taken_back_and_both_states_are_kept(thesaurus: LabelFile) -> None:
    before = thesaurus.path.read_text(encoding="utf-8")
    assert thesaurus.last() is None
    thesaurus.add("nightlife", "en", "going clubbing", who="marie")
    middle = thesaurus.path.read_text(encoding="utf-8")
    second = thesaurus.add("crisis-management", "fr", 'l\'“urgence” \\ à "chaud"', who="marie")
    assert thesaurus.last() == second
    with pytest.raises(UsageError, match="not the last"):
        thesaurus.take_back(1)
    thesaurus.take_back(second.number)
    assert thesaurus.path.read_text(encoding="utf-8") == middle
    with pytest.raises(UsageError, match="not the last"):
        thesaurus.take_back(second.number)
    assert thesaurus.path.read_text(encoding="utf-8") == middle != before
    assert {path.name for path in (thesaurus.path.parent / ".history").glob("*.ttl")} == {
        "topics-1.ttl", "topics-2.ttl", "topics-3.ttl",
    }  # fmt: skip


def test_earlier_states_are_part_of_the_library_and_no_work(thesaurus: LabelFile) -> None:
    thesaurus.add("nightlife", "en", "going clubbing", who="marie")
    documents = thesaurus.path.parent
    assert documents / ".history" / "topics-1.ttl" in set(payload(documents.parent))
    assert Catalogue(documents).identifiers() == ()


def test_what_somebody_wrote_by_hand_since_is_not_taken_back(thesaurus: LabelFile) -> None:
    added = thesaurus.add("nightlife", "en", "going clubbing", who="marie")
    by_hand = thesaurus.path.read_text(encoding="utf-8") + "\n# a thought\n"
    thesaurus.path.write_text(by_hand, encoding="utf-8")
    assert thesaurus.last() is None
    with pytest.raises(UsageError):
        thesaurus.take_back(added.number)
    assert thesaurus.path.read_text(encoding="utf-8") == by_hand


@pytest.mark.parametrize(
    ("topic", "language", "label", "said"),
    [
        ("no-such-topic", "en", "clubbing out", "no topic"),
        ("nightlife", "xx", "clubbing out", "no language"),
        ("nightlife", "en", "", "few words"),
        ("nightlife", "en", "x" * (LONGEST_LABEL + 1), "few words"),
        ("nightlife", "en", "a\u202eb", "few words"),
        ("nightlife", "en", "CRISIS MANAGEMENT", "a label already"),
        ("crisis-management", "en", "crisis management", "a label already"),
    ],
)
def test_what_can_be_no_label_is_refused_and_nothing_is_written(
    thesaurus: LabelFile, topic: str, language: str, label: str, said: str
) -> None:
    before = thesaurus.path.read_bytes()
    with pytest.raises(UsageError, match=said):
        thesaurus.add(topic, language, label, who="marie")
    assert thesaurus.path.read_bytes() == before
    assert list(thesaurus.path.parent.glob(".history/*.ttl")) == []


def test_a_file_that_is_not_right_is_left_alone(thesaurus: LabelFile) -> None:
    thesaurus.path.write_text("topic:x a", encoding="utf-8")
    with pytest.raises(RecordError):
        thesaurus.add("nightlife", "en", "clubbing out", who="marie")
    assert thesaurus.path.read_text(encoding="utf-8") == "topic:x a"


SMALL = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
# a comment
<urn:topic:night> a skos:Concept ; skos:prefLabel "Night"@en ."""


@given(label=st.text(min_size=1, max_size=60), who=st.text(max_size=60))
def test_whatever_is_written_is_what_is_read_or_is_refused(
    label: str, who: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("documents") / "topics.ttl"
    path.write_text(SMALL, encoding="utf-8")
    file = LabelFile(path)
    try:
        added = file.add("night", "en", label, who=who)
    except UsageError:
        assert path.read_text(encoding="utf-8") == SMALL
        return
    read = load_thesaurus(path)
    assert [topic.id for topic in read] == ["night"]
    assert read.topics[0].all_labels("en") == ("Night", " ".join(label.split()))
    assert file.last() == added
    file.take_back(added.number)
    assert path.read_text(encoding="utf-8") == SMALL
