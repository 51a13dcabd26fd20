"""Documents without pages, cut into sections: nothing is lost, and every section has a name of its own."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from library.formats.flow import Block, Flow, heading_size
from library.formats.reading import Limits
from library.formats.sections import LONG, paged

WORDS = st.text(alphabet="ab cé.\n", min_size=1, max_size=60).map(lambda text: f"x{text}".strip())
BLOCKS = st.lists(
    st.builds(
        lambda text, level, times, bold, opens: Block(
            " ".join([text] * times) if not level else text, level, bold=bold, opens=opens
        ),
        WORDS, st.sampled_from((0, 0, 0, 1, 2, 3)), st.sampled_from((1, 5, 400)), st.booleans(), st.booleans(),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


@given(BLOCKS)
def test_nothing_is_lost_and_nothing_stands_twice(blocks: list[Block]) -> None:
    cut = paged("“x”", blocks, Limits())
    assert "".join("".join(p.text for p in cut.pages).split()) == "".join("".join(b.text for b in blocks).split())
    assert [page.number for page in cut.pages] == list(range(1, len(cut.pages) + 1))
    assert len({page.label for page in cut.pages}) == len(cut.pages) and all(page.label for page in cut.pages)
    for page in cut.pages:
        headings = sum(len(entry.title) + 2 for entry in cut.outline if entry.page == page.number)
        assert len(page.text) <= LONG + headings + 100
    assert all(1 <= entry.page <= len(cut.pages) and entry.level >= 0 for entry in cut.outline)
    for entry in cut.outline:
        assert entry.title in cut.pages[entry.page - 1].text


def test_headings_stay_with_the_text_that_they_head() -> None:
    blocks = [
        Block("Part", 1),
        Block("Chapter", 2),
        Block("a" * 700),
        Block("Next", 2),
        Block("b" * 20),
        Block("On", 2),
    ]
    cut = paged("“x”", blocks, Limits())
    assert [page.text.split("\n\n")[0] for page in cut.pages] == ["Part", "Next"]


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    cut = paged("“x”", [Block("Head", 1), Block("One sentence stands here." + " One more does." * 900)], Limits())
    assert [page.label for page in cut.pages] == ["Head", "Head (2)", "Head (3)"]
    assert all(page.text.endswith(".") for page in cut.pages)


def test_long_headings_make_short_labels() -> None:
    label = paged("“x”", [Block("word " * 60, 1), Block("text")], Limits()).pages[0].label
    assert len(label) <= 62 and label.endswith("word …")


def test_ranks_are_apart_enough_for_the_title_finder() -> None:
    sizes = [heading_size(level) for level in range(1, 8)]
    assert all(lower < 0.92 * higher for higher, lower in pairwise(sizes))


def test_words_between_paragraphs_are_not_kept_and_inner_paragraphs_come_first() -> None:
    flow = Flow()
    flow.words("lost")
    flow.begin()
    flow.words("outer ")
    flow.begin(2)
    flow.words("in\nner", size=200)
    flow.end()
    flow.words("goes on")
    flow.end()
    flow.end()
    assert [(block.text, block.level) for block in flow.blocks] == [("in ner", 2), ("outer goes on", 0)]
    assert flow.blocks[0].size == 96
