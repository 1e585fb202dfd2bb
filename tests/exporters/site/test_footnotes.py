"""Footnotes as Markdown writes them, and those that stay HTML since Markdown would show them in another way."""

from __future__ import annotations

import pytest

from converters.exporters.hugo import render_back as hugo_back
from converters.exporters.hugo.exporter import HugoExporter
from converters.exporters.jekyll import render_back as jekyll_back
from converters.exporters.jekyll.exporter import JekyllExporter
from converters.exporters.markdown.exporter import MarkdownExporter
from converters.html import tree
from converters.model.notices import Log
from converters.model.options import WriteOptions
from converters.verify.facts import read
from tests.importers.wordpress.test_content import convert

TARGETS = (HugoExporter, JekyllExporter, MarkdownExporter)
ID = "082fba72-356e-41c6-acc1-ae0bc20828b2"
CORE = f'<sup data-fn="{ID}" class="fn"><a href="#{ID}" id="{ID}-link">1</a></sup>'


def written(html: str, exporter: type[HugoExporter | JekyllExporter | MarkdownExporter] = HugoExporter) -> str:
    return exporter(WriteOptions()).markdown(tree.parse(html), Log())


def mark(number: int, text: str = "") -> str:
    return f'<sup><a href="#n{number}" id="m{number}">{text or number}</a></sup>'


def note(number: int, text: str, more: str = "") -> str:
    return f'<li id="n{number}">{text} <a href="#m{number}">↩︎</a>{more}</li>'


@pytest.mark.parametrize("exporter", TARGETS)
def test_footnotes_html(exporter: type[HugoExporter | JekyllExporter | MarkdownExporter]) -> None:
    """Those of WordPress's own block."""
    paragraph = f"<!-- wp:paragraph -->\n<p>Some text{CORE} with a footnote</p>\n<!-- /wp:paragraph -->"
    block = f"{paragraph}\n\n<!-- wp:footnotes /-->"
    html, notices = convert(block, footnotes=f'[{{"content":"Here we are: the <em>footnote</em>.","id":"{ID}"}}]')
    assert written(html, exporter) == "Some text[^1] with a footnote\n\n[^1]: Here we are: the *footnote*.\n"
    assert notices == []


@pytest.mark.parametrize("name", ["ref", "footnote", "efn_note", "mfn", "fn", "ftnt", "modern_footnote"])
def test_footnotes_of_plugins(name: str) -> None:
    html, _ = convert(f"One[{name}]A <b>b</b>[/{name}] two[{name}]C x_y_z[/{name}].")
    assert written(html) == "One[^1] two[^2].\n\n[^1]: A **b**\n\n[^2]: C x_y_z\n"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>Oh!{mark(1)}(so) {mark(2)}: c{mark(3)}[d]</p><ol>{note(1, 'a')}{note(2, 'b')}{note(3, 'c')}</ol>",
         "Oh\\![^1]&#40;so) [^2]&#58; c[^3]&#91;d]\n\n[^1]: a\n\n[^2]: b\n\n[^3]: c\n"),
        (f"<p>a{mark(1)} b{mark(1)}</p><ol>{note(1, 'twice')}</ol>", "a[^1] b[^1]\n\n[^1]: twice\n"),
        (f"<ul><li>a{mark(1)}</li></ul><blockquote><p>b{mark(2)}</p></blockquote><ol>{note(1, 'a')}{note(2, 'b')}</ol>",
         "- a[^1]\n\n> b[^2]\n\n[^1]: a\n\n[^2]: b\n"),
        (f'<div style="text-align: center"><p>a{mark(1)}</p></div><ol>{note(1, "a")}</ol>',
         '<div style="text-align: center">\n\na[^1]\n\n</div>\n\n[^1]: a\n'),
        (f'<p>a{mark(1, "[1]")}</p><ol><li id="n1"><p>one</p><p>two <a href="#m1">^</a></p></li></ol>',
         "a[^1]\n\n[^1]: one\n\n    two\n"),
        (f'<p>a{mark(1)}</p><ol><li id="n1"><p>one</p><ul><li>x</li></ul><p><a href="#m1">^</a></p></li></ol>',
         "a[^1]\n\n[^1]: one\n\n    - x\n"),
        (f'<p>a{mark(1)}</p><section class="footnotes"><ol>{note(1, "x")}</ol></section>', "a[^1]\n\n[^1]: x\n"),
        ('<p>a<span id="e1"></span><span><a href="#b1"><sup>1</sup></a></span> b</p>'
         '<ol><li><span id="b1"></span>x<a href="#e1"></a></li></ol>',
         "a[^1] b\n\n[^1]: x\n"),
        (f"<p>[^1] a{mark(1)}</p><p>[^1]: b</p><ol>{note(1, 'x')}</ol>",
         "\\[^1] a[^1]\n\n\\[^1]: b\n\n[^1]: x\n"),
    ],
)  # fmt: skip
def test_written(html: str, expected: str) -> None:
    assert written(html) == expected
    for exporter, back in ((HugoExporter, hugo_back), (JekyllExporter, jekyll_back)):
        before, after = read(tree.parse(html)), read(back.tree_back(written(html, exporter)))
        assert (before.lines, before.facts, before.links, before.wanted) == (
            after.lines,
            after.facts,
            after.links,
            after.wanted,
        )


@pytest.mark.parametrize(
    "html",
    [
        f"<p>a{mark(1)}</p><ol>{note(1, 'x')}</ol><p>behind</p>",
        f"<p>a{mark(1)}</p><ol>{note(1, 'x')}{note(2, 'without a mark')}</ol>",
        f"<p>a{mark(2)} b{mark(1)}</p><ol>{note(1, 'x')}{note(2, 'y')}</ol>",
        f"<p>a{mark(1, '*')}</p><ol>{note(1, 'x')}</ol>",
        f"<p>a{mark(1, '7')}</p><ol>{note(1, 'x')}</ol>",
        f"<table><tr><td>a{mark(1)}</td></tr></table><ol>{note(1, 'x')}</ol>",
        f"<details><summary>s</summary>a{mark(1)}</details><ol>{note(1, 'x')}</ol>",
        f'<ol type="a"><li>a{mark(1)}</li></ol><ol>{note(1, "x")}</ol>',
        f'<p>a{mark(1)}</p><ol start="4">{note(1, "x")}</ol>',
        f"<p>a{mark(1)}</p><ol>{note(1, '<table><tr><td>x</td></tr></table>')}</ol>",
        f"<p>a{mark(1)}</p><ol>{note(1, 'x', 'y')}</ol>",
        f"<p>a{mark(1)}</p><ol><li id='n1'>no way back</li></ol>",
        f"<p>a{mark(1)}</p><ol>{note(1, f'x{mark(2)}')}{note(2, 'y')}</ol>",
        '<p><a href="#c1" id="t1">1</a> Contents</p><ol><li id="c1">Chapter <a href="#t1">up</a></li></ol>',
    ],
)  # fmt: skip
def test_stays_html(html: str) -> None:
    assert "[^" not in written(html)


def test_many_marks_take_no_time() -> None:
    many = 3_000
    html = f"<p>{''.join(map(mark, range(1, many)))}</p><ol>{''.join(note(n, 'x') for n in range(1, many))}</ol>"
    assert "[^" not in written(html)
