"""The Markdown engine: what is escaped and what is not, what stays HTML, what no input can break."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.html import elements, tree
from converters.markdown import to_markdown, tree_to_markdown
from converters.markdown.write.engines import Html2TextEngine, MarkdownifyEngine
from converters.model.notices import Log
from tests.markdown.judge import cmark, tokens, words


def md(html: str, dialect: str = "gfm") -> str:
    return to_markdown(html, dialect=dialect).removesuffix("\n")


@pytest.mark.parametrize(
    ("dialect", "html", "expected"),
    [
        ("gfm", "<p>a\n b\t c</p>", "a b c"),
        ("gfm", "<p>no\u00a0break soft\u00adhyphen</p>", "no\u00a0break soft\u00adhyphen"),
        ("kramdown", "<p>a<br>b</p>", "a  \nb"),
    ],
)
def test_white_space(dialect: str, html: str, expected: str) -> None:
    assert md(html, dialect) == expected


TABLE = (
    "<table><thead><tr><th>a</th><th align=right>b</th></tr></thead>"
    "<tbody><tr><td>x|y<br>z</td><td align=right>1</td></tr></tbody></table>"
)


def test_tables() -> None:
    assert md(TABLE) == "| a | b |\n| --- | --: |\n| x\\|y<br>z | 1 |"
    for kept in (
        TABLE.replace("<td>x", "<td rowspan=2>x"),
        TABLE.replace("<thead>", "<caption>c</caption><thead>"),
        TABLE.replace("th>", "td>").replace("th align", "td align"),
        TABLE.replace("x|y", "<ul><li>x</li></ul>"),
    ):
        assert md(kept).startswith("<table>"), kept
    assert md(TABLE, "commonmark").startswith("<table>")


def test_links_in_reference_style() -> None:
    html = '<p><a href="/a b" title="t">one</a> [x] <a href="/c"><b>two</b></a> <a href="/a b" title="t">again</a></p>'
    text = to_markdown(html, references=True)
    first, second = '[link-1]: /a%20b "t"', "[link-2]: /c"
    assert text == f"[one][link-1] \\[x\\] [**two**][link-2] [again][link-1]\n\n{first}\n{second}\n"
    assert tokens(cmark(text)) == tokens(html)


def test_anchors_that_links_point_to_survive() -> None:
    html = (
        '<p>x<a href="#f1" id="r1">1</a></p><ol><li id="f1">note <a href="#r1">up</a></li><li id="f2">other</li></ol>'
    )
    back = cmark(md(html))
    assert 'id="f1"' in back
    assert 'id="r1"' in back
    assert "f2" not in back


def test_raw_pieces_are_written_as_they_are() -> None:
    for engine in (None, MarkdownifyEngine(), Html2TextEngine()):
        root = tree.parse("<p>a <b>x</b></p><p>c</p>")
        root.insert(1, tree.raw("{{< gallery a_b *c* >}}"))
        root[0].append(tree.raw("{{% x_y_z %}}", display="inline"))
        text = tree_to_markdown(root) if engine is None else engine.render(root, dialect="gfm", log=Log())
        assert "\n{{< gallery a_b *c* >}}\n" in text
        assert "{{% x_y_z %}}" in text


@pytest.mark.parametrize(
    "html",
    [
        "<p>unclosed <b>bold <i>both <a href=x>link",
        "</p></div>stray </b>ends",
        "a\x00b \ufffd \ud83d broken".encode("utf-8", "replace").decode(),
        "<table><td>cell<p>para<table><tr>x",
        "<o:p>word</o:p> <v:shape zoop:33='1' @click=x>shape</v:shape>",
        "<ul>text<li>a<div>b</ul>tail",
        "<select><option>one<option>two</select>",
        "<p>" + "x " * 1000 + "<b>" * 300 + "deep" + "</b>" * 300,
        "<blockquote>" * 120 + "<p>far in",
        "<ul><li>" * 120 + "far in",
    ],
)
def test_broken_markup_loses_no_word(html: str) -> None:
    assert words(cmark(md(html))) == words(html)


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "span", "em", "table><tr><td"])
def test_a_hundred_thousand_levels(tag: str) -> None:
    text = md(f"<{tag}>" * 100_000 + "bottom")
    assert "bottom" in text


def test_ten_megabytes_in_one_text() -> None:
    html = "<p>" + "word " * 2_000_000 + "</p>"
    assert len(md(html)) == 10_000_000 - 1


STANDARD = """a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite
code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label
legend li link main map mark math menu meta meter nav noscript object ol optgroup option output p
picture pre progress q rp rt ruby s samp script search section select slot small source span strong
style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track u ul
var video wbr""".split()
"""https://html.spec.whatwg.org/multipage/indices.html#elements-3"""


def test_every_element_of_the_standard_stands_in_one_row() -> None:
    rows = (
        elements.RENDERED_BLOCKS, elements.RENDERED_INLINES, elements.CONTAINERS, elements.RAW_BLOCKS,
        elements.RAW_EMBEDDED, elements.TAGGED_INLINES, elements.UNWRAPPED, elements.DROPPED,
    )  # fmt: skip
    for name in STANDARD:
        assert sum(name in row for row in rows) == 1, name


def test_an_engine_for_a_tree_leaves_other_trees_alone() -> None:
    root = etree.fromstring("<div><p>a</p></div>")
    assert tree_to_markdown(root, dialect="goldmark") == "a\n"


@pytest.mark.parametrize(
    "html",
    [
        '<div xmlns:excerpt="http://x/>word<p>in</p>" a:b=1>kept</div>',
        '<p xmlns:a="not a uri >" zoop:33=1 q:r:s=2>kept</p>',
        '<v:x xmlns:v="\x01bad">kept</v:x>',
        "<svg xmlns:xlink=1 xlink:href=a><text>kept</text></svg>",
    ],
)
def test_names_that_no_xml_can_hold(html: str) -> None:
    assert "kept" in tree.plain_text(tree.parse(html))
