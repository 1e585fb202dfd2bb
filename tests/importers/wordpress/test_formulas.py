r"""Formulas: `$latex …$`, shortcodes, MathJax's marks; and what only looks like one."""

from __future__ import annotations

import pytest

from converters.exporters.hugo import render_back as hugo_back
from converters.exporters.hugo.exporter import HugoExporter
from converters.exporters.jekyll import render_back as jekyll_back
from converters.exporters.jekyll.exporter import JekyllExporter
from converters.html import tree
from converters.importers.wordpress.content import formulas
from converters.model.notices import Log
from converters.model.options import WriteOptions
from converters.verify.facts import read
from tests.importers.wordpress.test_content import convert


def latex(text: str) -> list[str]:
    """The formulas of a text."""
    root = tree.parse(convert(text)[0])
    return [str(image.get("alt")) for image in root.iter("img") if "/latex.php?latex=" in str(image.get("src"))]


def in_hugo(text: str) -> str:
    return HugoExporter(WriteOptions()).markdown(tree.parse(convert(text)[0]), Log()).strip()


def test_latex_wpcom() -> None:
    text = r"The mean is $latex \bar{x} = \frac{1}{n}$ and, larger, $latex a_{i}*b_{j} \leq c&s=2&bg=ffffff$."
    assert in_hugo(text) == r"The mean is \(\bar{x} = \frac{1}{n}\) and, larger, \(a_{i}*b_{j} \leq c\)."
    jekyll = JekyllExporter(WriteOptions()).markdown(tree.parse(convert(text)[0]), Log())
    assert r"is ![\bar{x} = \frac{1}{n}](https://s0.wp.com/latex.php?latex=%5Cbar%7Bx%7D%20%3D%20" in jekyll
    assert "%20c&s=2)." in jekyll


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$latex x$ $latex{y}$ $latex\\alpha$ $LaTeX z$", ["x", "{y}", "\\alpha", "z"]),
        ("$latex a<b &amp; c&#038;s=1$ $latex a &lt; b&amp;bg=ffffff&amp;fg=000000&amp;s=0$", ["a<b & c", "a < b"]),
        ("$latex 5\\$ x$ and $5", ["5\\$ x"]),
        ("$latex x<br />\n+ y$", ["x + y"]),
        ("[latex]x[/latex] [katex]y[/katex] [tex]z[/tex] [math]a^2[/math]", ["x", "y", "z", "a^2"]),
        ('[latex display="true"]e=mc^2[/latex]', ["\\displaystyle e=mc^2"]),
        ("[latex]\n\na\n\nb\n[/latex]", ["a b"]),
        ("\\(x\\) is \\(x^2\\)", ["x", "x^2"]),
        ("\\[ \\sum x < 3 \\] $$a_i*b_i*c$$", ["\\displaystyle \\sum x < 3", "\\displaystyle a_i*b_i*c"]),
        ("\\begin{align*}\na &= b \\\\\nc &= d \\label{eq:1}\n\\end{align*}",
         ["\\displaystyle \\begin{aligned} a &= b \\\\ c &= d \\end{aligned}"]),
        ("\\begin{equation}x^2 % why\n+ y\\end{equation}", ["\\displaystyle x^2 + y"]),
        ("[latexpage]Let $x^2$ cost $5 and $6 or $\\alpha$.", ["x^2", "\\alpha"]),
        ("<!-- wp:paragraph --><p>A $latex x^2$ b</p><!-- /wp:paragraph -->", ["x^2"]),
        ("<table><tr><td>$latex x^2$</td></tr></table>", ["x^2"]),
        ("[see $latex x^2$ there]", ["x^2"]),
        ('[toggle title="On $latex x$"]$latex y$[/toggle]', ["y"]),
    ],
)  # fmt: skip
def test_spellings(text: str, found: list[str]) -> None:
    assert latex(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6, or US$7 and $latexfoo$.",
        "Kill $$ and $$ again; C:\\(x86\\) and s/\\(a.\\)/\\1/",
        "\\\\(x^2\\\\) is how to write it",
        "<code>$latex x$</code> and <code>\\(x^2\\)</code>",
        "<pre>$latex x$ \\(x^2\\)</pre>",
        "[code]$latex x$[/code]",
        '<img src="/a.gif" alt="$latex x$">',
        "[[latex]x[/latex]] and [latex] alone",
        "open $latex x^2\n\nand $ later",
        "[latex][/latex]",
    ],
)
def test_no_formulas(text: str) -> None:
    assert latex(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("$latex \\displaystyle x$", "\\(\\displaystyle x\\)"),
        ("<h2>On $latex x|y$</h2>", "## On \\(x|y\\)"),
        ("<blockquote>$latex x$</blockquote>", "> \\(x\\)"),
        ('<div align="center">$latex x$</div>', '<div style="text-align: center">\n\n\\(x\\)\n\n</div>'),
        ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>$latex |x| \\| y$</td></tr></tbody></table>",
         "| a |\n| --- |\n| \\(\\vert x\\vert \\Vert y\\) |"),
        ("$latex {{< x >}}$", "\\({ {< x >} }\\)"),
        ("prose \\(x86\\) \\[a\\]", "prose \\\\(x86\\\\) \\\\[a\\\\]"),
    ],
)  # fmt: skip
def test_in_hugo(text: str, written: str) -> None:
    assert in_hugo(text) == written


def test_html_keeps_the_picture() -> None:
    text = "<table><tr><td colspan='2'>$latex x$</td></tr></table>$latex \\text{\\(y\\)}$"
    assert in_hugo(text).count("s0.wp.com/latex.php") == 2


@pytest.mark.parametrize(
    "text", ["a $latex x_1*y_2 < 3|z&s=1$ b", "| $latex |a|$ |", "\\[x^2\\]", "`\\(x\\)` \\(x^2\\)"]
)
def test_read_back(text: str) -> None:
    html = convert(text)[0]
    for exporter, back in ((HugoExporter, hugo_back), (JekyllExporter, jekyll_back)):
        before, after = (
            read(tree.parse(html)),
            read(back.tree_back(exporter(WriteOptions()).markdown(tree.parse(html), Log()))),
        )
        assert before.facts == after.facts
        assert before.lines == after.lines


@pytest.mark.parametrize(
    "mark", ["$latex ", "\\(", "\\[", "$$", "[latex]", "\\begin{align}", "<pre>", "<!--", "[latexpage]$x"]
)
def test_marks_without_an_end_take_no_time(mark: str) -> None:
    """A search to the end of the text for each of them would take minutes."""
    many = "[latexpage]" + mark * 3_000
    for text in (many, f"{many}\\)\\]", many + "$" * 3_001, f"{many}[/latex]"):
        formulas.shield(text)


def test_code_of_markdown() -> None:
    text = "`$latex x$` and ``\\(x^2\\) ` `` and $latex a_1*b*c$"
    assert formulas.shield(text, markdown=True).count("<img") == 1
    assert formulas.shield("a ` $latex x$ ` b").count("<img") == 1
