"""A page as blocks of text, and what speaks for each of them."""

from __future__ import annotations

import time

import pytest
import turbohtml

from converters.importers.html.main_text.blocks import Blocks, cut_up
from converters.importers.html.main_text.evidence import COLUMNS, gather
from converters.importers.html.main_text.judge import Forest, Tree, ask, load, scores
from converters.importers.html.main_text.told import Said
from converters.importers.html.shared_blocks import digest_of_text


def blocks(html: str) -> Blocks:
    body = turbohtml.parse(html, positions=False).select_one("body")
    assert body is not None
    return cut_up(body)


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<div>Words <b>and</b> more<p>A paragraph</p>rest</div>", ["Words and more", "A paragraph", "rest"]),
        ("one<br>line<br><br>another", ["one line", "another"]),
        ("<p>seen<script>x()</script><style>b{}</style><template>t</template></p>", ["seen"]),
        ("<p>a<img src=x>b</p>", ["ab"]),
        ("<a href=/><h3>Head</h3><p>Words</p></a>", ["Head", "Words"]),
        ("<table><tr><td>1<td>2</table>", ["1", "2"]),
        ("<p> \n </p>", []),
    ],
)
def test_a_block_is_a_run_of_phrasing_content(html: str, texts: list[str]) -> None:
    assert [block.text for block in blocks(html).blocks] == texts


def test_links_are_counted_with_their_words() -> None:
    page = blocks("<p><a href=/a>one two</a> three <a href=/b>four</a></p><p><a name=x>no link</a></p>")
    assert [(block.words, block.links, block.link_count) for block in page.blocks] == [(4, 3, 2), (2, 0, 0)]
    root = page.boxes[0]
    assert (root.words, root.links, root.first, root.last) == (6, 3, 0, 2)


def test_a_language_without_spaces_has_words_too() -> None:
    assert blocks("<p>" + "川は夜のうちに増水した。" * 10).blocks[0].words == 10


def test_pictures_and_players_are_counted_where_they_stand() -> None:
    page = blocks("<div><figure><img><figcaption>c</figcaption></figure><p>x<iframe></iframe></p></div>")
    assert {box.tag: box.media for box in page.boxes} == {
        "body": 2, "div": 2, "figure": 1, "figcaption": 0, "p": 1,
    }  # fmt: skip


def test_the_same_words_have_the_same_digest() -> None:
    assert (
        digest_of_text("All rights\n Reserved")
        == digest_of_text("all  rights reserved")
        != digest_of_text("some rights reserved")
    )


@pytest.mark.parametrize("piece", ["<div>x", "<p>x</p>", "<b>x", "<ul><li>x", "<h1>x", "<figure>"])
def test_evidence_of_deep_and_long_pages_costs_linear_time(piece: str) -> None:
    spent = []
    for count in (500, 4_000):
        page = blocks(piece * count)
        start = time.process_time()
        scores(page, Said("x", "x x x"))
        spent.append(time.process_time() - start)
    assert spent[1] < 8 * 5 * max(spent[0], 0.002)


def test_every_column_has_a_number_for_every_block() -> None:
    page = blocks("<main><h1>A longer title</h1><p>Some words, and more of them.</p></main><footer>x</footer>")
    rows = gather(page, Said("A longer title", "Some words, and", "Some words, and more of them."))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 3
    at = COLUMNS.index
    assert [row[at("is headline")] for row in rows] == [1.0, 0.0, 0.0]
    assert [row[at("blocks to title")] for row in rows] == [0, 1, 2]
    assert [row[at("in articleBody")] for row in rows] == [0.0, 1.0, 0.0]
    assert [row[at("in main")] for row in rows][:2] == [1.0, 1.0]
    assert rows[2][at("in footer")] == 0.0


def test_a_forest_adds_what_its_trees_say() -> None:
    tree = Tree([0, -1, 1, -1, -1], [2.0, -1.0, 0.5, 1.0, 3.0], [1, 0, 3, 0, 0], [2, 0, 4, 0, 0])
    found = ask(Forest(2, 0.0, [tree, tree]), [[2.0, 3.0, 3.0], [0.0, 0.5, 0.6]])
    assert [round(value, 4) for value in found] == [0.1192, 0.8808, 0.9975]


def test_the_trees_are_of_the_columns_that_there_are() -> None:
    forest = load()
    assert forest.columns == len(COLUMNS)
    assert all(max(tree.column) < len(COLUMNS) for tree in forest.trees)
