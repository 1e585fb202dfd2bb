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
    ("text", "expected"),
    [
        ("snake_case and __init__", "snake_case and \\_\\_init\\_\\_"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("one star* only", "one star* only"),
        ("*two* stars", "\\*two\\* stars"),
        ("1986. A good year", "1986\\. A good year"),
        ("1986 was good. Yes", "1986 was good. Yes"),
        ("#hash", "#hash"),
        ("# hash", "\\# hash"),
        ("+1", "+1"),
        ("+ 1", "\\+ 1"),
        ("- dash", "\\- dash"),
        ("-- dash", "-- dash"),
        ("> quote", "\\> quote"),
        ("a > b, a < b, <3", "a > b, a < b, <3"),
        ("a <tag> b", "a \\<tag> b"),
        ("[x](y)", "[x\\](y)"),
        ("[brackets] a[0]", "[brackets] a[0]"),
        ("[x]: y", "\\[x]: y"),
        ("![x](y)", "\\![x\\](y)"),
        ("AT&T &copy; &", "AT&T &amp;copy; &"),
        ("C:\\path \\* \\", "C:\\path \\\\* \\\\"),
        ("one ` tick", "one ` tick"),
        ("two `ticks`", "two \\`ticks\\`"),
        ("~5 and ~6", "\\~5 and \\~6"),
        ("---", "\\---"),
        ("a | b", "a | b"),
        ("no\u00a0break soft\u00adhyphen", "no\u00a0break soft\u00adhyphen"),
        ("http://x.example/a_b_c", "http://x.example/a_b_c"),
    ],
)
def test_text(text: str, expected: str) -> None:
    html = f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>"
    assert md(html) == expected
    assert words(cmark(md(html))) == words(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>bold<strong>: word</strong>next</p>", "bold<strong>: word</strong>next"),
        ("<p>本文です。<strong>太字</strong>と</p>", "本文です。**太字**と"),
        ("<p>本<strong>「太字」</strong>と</p>", "本<strong>「太字」</strong>と"),
        ("<p><em>a </em>b</p>", "*a* b"),
        ("<p>in<em>side</em>word</p>", "in*side*word"),
        ("<p><em>a</em><em>b</em></p>", "*a*_b_"),
        ("<p><strong><em>a</em></strong></p>", "**_a_**"),
        ("<p><b>b</b> <i>i</i> <s>s</s> <u>u</u> <sub>2</sub></p>", "**b** *i* ~~s~~ <u>u</u> <sub>2</sub>"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<p>a\n b\t c</p>", "a b c"),
        ("<h2>A # <em>b</em> #</h2>", "## A # *b* \\#"),
        ("<a href='/x'><img src='a b.png' alt='x]y'></a>", "[![x\\]y](a%20b.png)](/x)"),
        ("<p><code>a`b</code> <code> x </code></p>", "``a`b`` `  x  `"),
        ("<ol start='3'><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ul><li><input type=checkbox checked> done</li></ul>", "- [x] done"),
        ("<ol type=a><li>x</li></ol>", '<ol type="a"><li>x</li></ol>'),
        ("<pre><code class='language-py'>x\n\n```\n</code></pre>", "````py\nx\n\n```\n````"),
        ("<pre class='brush: js; gutter: false'>x</pre>", "```js\nx\n```"),
        ("<pre>a <b>b</b>\n\nc</pre>", "<pre>\na <b>b</b>&#10;\nc</pre>"),
        ("<blockquote><p>a</p><ul><li>b</li></ul></blockquote>", "> a\n>\n> - b"),
        (
            "<details><summary>s</summary><p><b>x</b></p></details>",
            "<details>\n<summary>s</summary>\n\n**x**\n\n</details>",
        ),
        ("<p>H<sub>2</sub>O <kbd>Ctrl</kbd></p>", "H<sub>2</sub>O <kbd>Ctrl</kbd>"),
        ("<a href='/x'><p>a</p><p>b</p></a>", "[a](/x)\n\n[b](/x)"),
        ("<hr>", "---"),
        ("<p></p><p> </p>", ""),
        ("<video src='v.mp4' controls></video>", '<video src="v.mp4" controls="">\n</video>'),
    ],
)
def test_elements(html: str, expected: str) -> None:
    assert md(html) == expected


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


@pytest.mark.parametrize(
    ("dialect", "html", "expected"),
    [
        ("goldmark", "<h2 id='a-b'>x</h2>", "## x {#a-b}"),
        ("goldmark", "<h2>set {a}</h2>", "## set \\{a}"),
        ("goldmark", "<dl><dt>t</dt><dd>d</dd></dl>", "t\n: d"),
        ("gfm", "<dl><dt>t</dt><dd>d</dd></dl>", "<dl><dt>t</dt><dd>d</dd></dl>"),
        ("kramdown", "<p>a | b $$x$$ {: .c}</p>", "a \\| b \\$\\$x\\$\\$ \\{: .c}"),
        ("kramdown", "<p>a<br>b</p>", "a  \nb"),
        ("kramdown", "<ol start='3'><li>a</li></ol>", '1. a\n{: start="3"}'.replace("1.", "3.")),
        ("kramdown", "<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n^\n\n- b"),
        ("kramdown", "<div><p>a</p></div>", '<div markdown="1">\n\na\n\n</div>'),
        ("commonmark", "<p><s>x</s> ~y~</p>", "<s>x</s> ~y~"),
    ],
)
def test_dialects(dialect: str, html: str, expected: str) -> None:
    assert md(html, dialect) == expected


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
