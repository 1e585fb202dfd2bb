"""How the blocks of a marked page get their labels, and that a forest is written as it is read."""

from __future__ import annotations

import turbohtml

from benchmarks.main_text.pages import labels, score
from converters.importers.html.main_text.blocks import Block, cut_up

_ELSE = "<p>else</p>" * 7


def blocks(html: str) -> list[Block]:
    body = turbohtml.parse(html, positions=False).select_one("body")
    assert body is not None
    return cut_up(body).blocks


def test_short_blocks_are_told_by_their_neighbours() -> None:
    truth = "The river rose in the night.\n\nTwo\n\nIt took the lower path."
    found = labels(blocks(f"<p>Home</p><p>Two</p><p>x y z w</p><p>{truth.replace(chr(10) * 2, '<p>')}"), truth)
    assert [value > 0.5 for value in found] == [False, False, False, True, True, True]


def test_of_copies_only_those_among_text_count() -> None:
    words = "The river rose in the night."
    truth = f"{words} It took the lower path and the bridge."
    found = labels(
        blocks(f"<p>{words}</p><p>a teaser of it</p>{_ELSE}<p>It took the lower path and the bridge.</p><p>{words}"),
        truth,
    )
    assert [value > 0.5 for value in found] == [*[False] * 9, True, True]


def test_the_score_is_of_runs_of_four_words() -> None:
    assert score("a b c d e", "a b c d e") == (1.0, 1.0)
    assert score("a b c d e", "a b c d x") == (0.5, 0.5)
    assert score("a b c d", "") == (0.0, 0.0)
