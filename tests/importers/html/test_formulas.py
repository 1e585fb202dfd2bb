r"""Formulas of finished pages: each once, as LaTeX, from what every maker leaves of it."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from lxml import etree

from converters.html import tree
from converters.importers.html.formulas import mathml, normalize, symbols
from pipelines.run.carry import Options
from tests.limits import budget
from tests.support import convert_files, hugo

MATHML = '<math xmlns="http://www.w3.org/1998/Math/MathML">'


def normalized(html: str) -> etree._Element:
    root = tree.parse(html)
    normalize(root)
    return root


def formulas(html: str) -> list[str]:
    return [str(image.get("alt")) for image in normalized(html).iter("img") if "latex.php" in str(image.get("src"))]


def words(html: str) -> str:
    """The text, with formulas between bars."""
    root = normalized(html)
    for image in root.iter("img"):
        image.tail = f"|{image.get('alt')}|{image.tail or ''}"
    return tree.plain_text(root)


def katex(latex: str, kind: str = "katex") -> str:
    return (
        f'<span class="katex"><span class="katex-mathml">{MATHML}<semantics><mrow><mi>f</mi></mrow>'
        f'<annotation encoding="application/x-tex">{latex}</annotation></semantics></math></span>'
        '<span class="katex-html" aria-hidden="true"><span class="base"><span class="mord mathnormal">f</span></span></span></span>'
    )


X = "<mi>x</mi>"
MAKERS = {
    "katex": (katex("f(x) = x^2"), ["f(x) = x^2"]),
    "katex, apart": (f'<span class="katex-display">{katex("x^2")}</span>', [r"\displaystyle x^2"]),
    "mathjax 2, drawn": (
        '<span class="MathJax_Preview" style="color: inherit;"></span><span class="MathJax" id="MathJax-Element-1-Frame"><nobr>x</nobr>'
        f'<span class="MJX_Assistive_MathML">{MATHML}{X}</math></span></span><script type="math/tex" id="MathJax-Element-1">x</script>',
        ["x"],
    ),
    "mathjax 2, drawn apart": (
        '<div class="MathJax_Display"><span class="MathJax"><nobr>x</nobr></span></div><script type="math/tex; mode=display">x</script>',
        [r"\displaystyle x"],
    ),
    "mathjax 2, its script gone": (
        f'<span class="MathJax_SVG" data-mathml="&lt;math&gt;&lt;msup&gt;{X}&lt;mn&gt;2&lt;/mn&gt;&lt;/msup&gt;&lt;/math&gt;"><svg></svg></span>',
        ["x^2"],
    ),
    "mathjax 3": (
        '<mjx-container class="MathJax" jax="CHTML" display="true"><mjx-math aria-hidden="true"><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D465"></mjx-c></mjx-mi></mjx-math>'
        f'<mjx-assistive-mml unselectable="on" display="block">{MATHML}{X}</math></mjx-assistive-mml></mjx-container>',
        [r"\displaystyle x"],
    ),
    "mathjax 3, drawn as characters": (
        '<mjx-container class="MathJax" jax="CHTML"><mjx-math><mjx-msup><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D465 TEX-I"></mjx-c></mjx-mi><mjx-script style="v"><mjx-mn size="s"><mjx-c class="mjx-c32"></mjx-c></mjx-mn></mjx-script></mjx-msup>'
        "<mjx-mfrac><mjx-frac><mjx-num><mjx-nstrut></mjx-nstrut><mjx-mi><mjx-c class='mjx-c61'></mjx-c></mjx-mi></mjx-num><mjx-dbox><mjx-dtable><mjx-line></mjx-line><mjx-row><mjx-den><mjx-dstrut></mjx-dstrut><mjx-mi><mjx-c class='mjx-c62'></mjx-c></mjx-mi></mjx-den></mjx-row></mjx-dtable></mjx-dbox></mjx-frac></mjx-mfrac></mjx-math></mjx-container>",
        [r"x^2\frac{a}{b}"],
    ),
    "mathjax 3, drawn as curves": (
        '<mjx-container class="MathJax" jax="SVG"><svg xmlns="http://www.w3.org/2000/svg"><defs></defs><g><g data-mml-node="math"><g data-mml-node="msup"><g data-mml-node="mi"><path data-c="1D465"></path></g><g data-mml-node="mn"><path data-c="32"></path></g></g><g data-mml-node="mo"><path data-c="3D"></path></g><g data-mml-node="mfrac"><g data-mml-node="mn"><use data-c="31"></use></g><g data-mml-node="TeXAtom"><g data-mml-node="mi"><use data-c="1D466"></use></g></g><rect></rect></g></g></g></svg></mjx-container>',
        [r"x^2=\frac{1}{y}"],
    ),
    "mathjax 4": (
        r'<mjx-container class="MathJax" jax="CHTML"><mjx-math data-latex="\sqrt{x}"><mjx-msqrt></mjx-msqrt></mjx-math></mjx-container>',
        [r"\sqrt{x}"],
    ),
    "latexml": (rf'<math alttext="{{\displaystyle x}}" display="inline">{X}</math>', ["x"]),
    "sphinx": (r'<span class="math notranslate nohighlight">\(\alpha\)</span>', [r"\alpha"]),
    "sphinx, pictures": (r'<img class="math" src="_images/math/ab.png" alt="\frac{a}{b}"/>', [r"\frac{a}{b}"]),
    "pandoc": (
        r'<span class="math inline">\(x\)</span> <span class="math display">\[y\]</span>',
        ["x", r"\displaystyle y"],
    ),
    "mkdocs": (r'<span class="arithmatex">\(x\)</span>', ["x"]),
    "github": (
        '<math-renderer class="js-inline-math">$x_1$</math-renderer> <math-renderer class="js-display-math">$$y$$</math-renderer>',
        ["x_1", r"\displaystyle y"],
    ),
    "gitlab": ('<code class="code math js-render-math" data-math-style="display">a^2</code>', [r"\displaystyle a^2"]),
    "distill": ("<d-math>x</d-math> <d-math block>y</d-math>", ["x", r"\displaystyle y"]),
    "amp": (r'<amp-mathml layout="container" data-formula="\[x\]"></amp-mathml>', [r"\displaystyle x"]),
    "substack": (
        '<div class="latex-rendered" data-attrs="{&quot;persistentExpression&quot;:&quot;x^2&quot;}"></div>',
        [r"\displaystyle x^2"],
    ),
    "asciidoctor": (
        r'<div class="stemblock"><div class="content">\[x\]</div></div>',
        [r"\displaystyle x"],
    ),
    "notion": (
        f'<figure class="equation"><style>@import url(k.css)</style><div class="equation-container"><span class="katex-display">{katex("E")}</span></div></figure>',
        [r"\displaystyle E"],
    ),
    "zhihu": ('<span class="ztext-math" data-eeimg="1" data-tex="x^2">x^2</span>', ["x^2"]),
    "codecogs": (
        r'<img src="https://latex.codecogs.com/gif.latex?\dpi{120}%20x^2+1" title="x" />',
        ["x^2+1"],
    ),
    "quicklatex": (
        r'<img class="ql-img-displayed-equation" alt="\[a=b\]" src="x.png">',
        [r"\displaystyle a=b"],
    ),
    "a service": (
        '<img src="https://www.zhihu.com/equation?tex=x%5E2" alt="x^2"> <img src="https://i.upmath.me/svg/a%2Bb" alt="a+b">',
        ["x^2", "a+b"],
    ),
}


WRITTEN = [
    ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", r"\frac{a}{b}"),
    ('<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>', r"\genfrac{}{}{0pt}{}{n}{k}"),
    ("<msqrt><mn>2</mn></msqrt><mroot><mi>x</mi><mn>3</mn></mroot>", r"\sqrt{2}\sqrt[3]{x}"),
    ("<msubsup><mi>x</mi><mi>i</mi><mn>10</mn></msubsup>", "x_i^{10}"),
    ("<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>", "{a+b}^2"),
    (
        "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
        r"\sum_{i=1}^ni",
    ),
    ("<munder><mo>lim</mo><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder>", r"\lim_{x\to 0}"),
    ("<mover><mi>x</mi><mo>→</mo></mover><mover><mi>y</mi><mo>¯</mo></mover>", r"\vec{x}\bar{y}"),
    ("<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>^</mo></mover>", r"\widehat{AB}"),
    ("<munder><mi>x</mi><mi>y</mi></munder>", r"\underset{y}{x}"),
    ("<mi>α</mi><mi>x</mi><mo>≤</mo><mi>Ω</mi>", r"\alpha x\le\Omega"),
    ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", r"\sin x"),
    ("<mi>rank</mi>", r"\operatorname{rank}"),
    ('<mi mathvariant="double-struck">R</mi><mi>ℝ</mi><mi>𝐯</mi><mi>𝑥</mi>', r"\mathbb{R}\mathbb{R}\mathbf{v}x"),
    ("<mtext>if 50 % of</mtext>", r"\text{if 50 \% of}"),
    ("<mo>{</mo><mi>a</mi><mo>}</mo><mo>%</mo>", r"\{a\}\%"),
    ("<mo>−</mo><mn>1</mn><mo>&lt;</mo><mi>x</mi>", "-1<x"),
    (
        "<mrow><mo>(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo>)</mo></mrow>",
        r"\left( \begin{matrix}a & b \\ c & d\end{matrix}\right)",
    ),
    ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", r"\left( a,b\right)"),
    (
        "<mmultiscripts><mi>C</mi><mn>6</mn><none/><mprescripts/><none/><mn>14</mn></mmultiscripts>",
        "{}^{14}C_6",
    ),
    ('<menclose notation="box"><mi>x</mi></menclose>', r"\boxed{x}"),
    ("<mi>a</mi><mspace width='1em'/><mi>b</mi>", r"a\quad b"),
    ("<semantics><mi>x</mi><annotation>never</annotation></semantics>", "x"),
    ("<strange><mi>x</mi></strange>", "x"),
]
"""MathML, and the LaTeX that is written of it."""


@pytest.mark.parametrize("name", MAKERS)
def test_a_formula_comes_once_as_its_latex(name: str) -> None:
    html, expected = MAKERS[name]
    assert formulas(f"<p>See {html}.</p>") == expected
    left = "".join(words(f"<p>See {html}.</p>").split())
    for latex in expected:
        left = left.replace(f"|{''.join(latex.split())}|", "", 1)
    assert left.replace("@importurl(k.css)", "") == "See.", "and nothing of what drew it"


@pytest.mark.parametrize(
    "html",
    [
        '<p><span class="math inline"><em>x</em><sup>2</sup></span></p>',
        '<p><span class="math">A word</span></p>',
        r"<p>Costs \(5\) or $6$ and $$7$$.</p>",
        r'<pre><code class="language-tex"><span class="math">\(x\)</span></code></pre>',
        '<p><img class="latex-glove" src="glove.jpg" alt="A glove"></p>',
        '<p><img class="math" src="books.jpg" alt=""></p>',
        '<p><span class="katex-error" title="ParseError">\\wrong</span></p>',
        '<script type="text/javascript">x</script>',
    ],
)
def test_what_does_not_say_that_it_is_a_formula_stays(html: str) -> None:
    before = tree.inner_html(tree.parse(html))
    assert tree.inner_html(normalized(html)) == before


def test_one_that_stands_apart_is_a_paragraph_and_one_in_a_line_is_in_it() -> None:
    html = r'<div class="math"><span class="eqno">(1)<a class="headerlink" href="#e">#</a></span>\[x\]</div>'
    assert words(html) == "|\\displaystyle x| (1)"
    assert [child.tag for child in normalized(html)] == ["p"]
    assert [child.tag for child in normalized('<script type="math/tex; mode=display">x</script>')] == ["p"]
    assert words('<p>a <script type="math/tex; mode=display">x</script> b</p>') == "a |\\displaystyle x| b"


@pytest.mark.parametrize(("source", "latex"), WRITTEN)
def test_mathml_as_latex(source: str, latex: str) -> None:
    root = tree.parse(f"<math>{source}</math>")
    assert mathml.to_latex(root[0]) == latex


def test_asciimath_is_read_from_what_is_drawn_or_kept_as_words() -> None:
    drawn = f'<span class="MathJax"><span class="MJX_Assistive_MathML">{MATHML}<msqrt>{X}</msqrt></math></span></span>'
    script = '<script type="math/asciimath">sqrt x</script>'
    assert formulas(f"<p>{drawn}{script}</p>") == [r"\sqrt{x}"]
    assert words(f"<p>See {script}.</p>") == "See sqrt x."


# Public reports, by the project and the number.


def test_turndown_260_scripts_of_mathjax() -> None:
    html = r'<p>Then <script type="math/tex" id="MathJax-Element-3">l(y,\eta)</script> holds.</p><script type="math/tex; mode=display">\min_{\beta} \frac{1}{N}</script>'
    assert words(html) == r"Then |l(y,\eta)| holds.|\displaystyle \min_{\beta} \frac{1}{N}|"


def test_pandoc_4877_scripts_in_cells() -> None:
    root = normalized(r'<table><tr><td><script type="math/tex">\mathcal{D}</script></td><td>The data</td></tr></table>')
    assert [image.get("alt") for image in root.iter("img")] == [r"\mathcal{D}"]
    assert len(list(root.iter("td"))) == 2


def test_pandoc_9971_katex_twice() -> None:
    assert words(f"<p>Inline {katex('f(x) = x^2')} is a square.</p>") == "Inline |f(x) = x^2| is a square."


def test_joplin_7448_katex_twice_with_no_annotation() -> None:
    html = f'<p><span class="katex"><span class="katex-mathml">{MATHML}<msup>{X}<mn>2</mn></msup></math></span><span class="katex-html" aria-hidden="true">x2</span></span></p>'
    assert words(html) == "|x^2|"


@pytest.mark.parametrize("picture", [True, False])
def test_joplin_13934_wikipedia(picture: bool) -> None:
    latex = r"{\displaystyle {\begin{cases}n/2\\3n+1\end{cases}}}"
    image = (
        f'<img src="https://wiki.example/svg/1" class="mwe-math-fallback-image-inline" alt="{latex}">'
        if picture
        else ""
    )
    html = f'<p><span class="mwe-math-element"><span class="mwe-math-mathml-inline mwe-math-mathml-a11y" style="display: none;"><math alttext="{latex}"><semantics>{X}<annotation encoding="application/x-tex">{latex}</annotation></semantics></math></span>{image}</span></p>'
    assert formulas(html) == [r"{\begin{cases}n/2\\3n+1\end{cases}}"]


def test_maoxian_web_clipper_5_mathml() -> None:
    html = (
        "<math><mstyle><msub><mi>s</mi><mi>k</mi></msub><mo>=</mo><mi>T</mi><mrow><mo>(</mo><msub><mi>r</mi><mi>k</mi>"
        "</msub><mo>)</mo></mrow><mo>=</mo><munderover><mo>∑</mo><mrow><mi>j</mi><mo>=</mo><mn>0</mn></mrow><mi>k</mi>"
        "</munderover><mfrac><mrow><msub><mi>n</mi><mi>j</mi></msub></mrow><mrow><mi>n</mi></mrow></mfrac></mstyle></math>"
    )
    assert formulas(html) == [r"s_k=T(r_k)=\sum_{j=0}^k\frac{n_j}{n}"]


def test_obsidian_ai_exporter_64_latex_in_an_attribute() -> None:
    html = '<div class="math-block" data-math="EV = 0.66"><span class="katex-display"><span class="katex"><span class="katex-html">EV=0.66</span></span></span></div>'
    assert words(html) == r"|\displaystyle EV = 0.66|"


def test_obsidian_clipper_628_operators_with_names() -> None:
    html = '<math display="block"><mi>W</mi><mo stretchy="false">←</mo><mi>W</mi><mo>−</mo><mi>η</mi><mo>×</mo><mrow><mi>NewtonSchulz</mi></mrow><mo stretchy="false">(</mo><msub><mi mathvariant="normal">∇</mi><mi>W</mi></msub><mrow><mi mathvariant="script">L</mi></mrow><mo stretchy="false">)</mo></math>'
    assert formulas(html) == [r"\displaystyle W\leftarrow W-\eta\times\operatorname{NewtonSchulz}(\nabla_W\mathcal{L})"]


# The way to a target


def test_hugo_draws_what_is_made_of_every_sign(tmp_path: Path) -> None:
    """The LaTeX of each sign, function, alphabet, accent and bracket is some that KaTeX knows."""
    signs = [*symbols.COMMANDS, *symbols.ESCAPED, *symbols.PLAIN]
    sources = [f"<mi>a</mi><mo>{escape(sign)}</mo><mi>b</mi>" for sign in signs]
    sources += [f"<mi>{name}</mi><mi>x</mi>" for name in (*symbols.FUNCTIONS, "rank")]
    sources += [f'<mi mathvariant="{variant}">R</mi>' for variant in symbols.VARIANTS]
    sources += [f"<mover><mi>x</mi><mo>{escape(sign)}</mo></mover>" for sign in mathml.OVER]
    sources += [f"<mover><mrow><mi>x</mi><mi>y</mi></mrow><mo>{escape(sign)}</mo></mover>" for sign in mathml.OVER]
    sources += [f"<munder><mi>x</mi><mo>{escape(sign)}</mo></munder>" for sign in mathml.UNDER]
    sources += [f"<mfenced open='{escape(sign)}' close=']'><mi>x</mi></mfenced>" for sign in mathml.FENCES]
    sources += [source for source, _ in WRITTEN]
    (tmp_path / "in").mkdir()
    page = "".join(f"<p>It is <math>{source}</math></p>" for source in sources)
    (tmp_path / "in/index.html").write_text(
        f"<!doctype html><title>Signs</title><main><h1>Signs</h1>{page}</main>", encoding="utf-8"
    )
    site = convert_files(tmp_path / "out", tmp_path / "in", options=Options("html", "hugo"))
    built = "".join(path.read_text(encoding="utf-8") for path in hugo(site.folder).glob("**/*.html"))
    assert not re.findall(r'<code class="?math"?>[^<]*</code>', built)
    assert built.count("<math") >= len(sources)


def test_formulas_of_a_page_reach_hugo(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    page = f"<!doctype html><title>Formulas</title><main><h1>Formulas</h1><p>Some words and {katex('f(x) = x^2')} here.</p><script type='math/tex; mode=display'>x</script></main>"
    (tmp_path / "in/index.html").write_text(page, encoding="utf-8")
    site = convert_files(tmp_path / "out", tmp_path / "in", options=Options("html", "hugo"))
    text = "".join(path.read_text(encoding="utf-8") for path in site.folder.glob("content/**/*.md"))
    assert "Some words and \\(f(x) = x^2\\) here." in text
    assert "\\(\\displaystyle x\\)" in text


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "<span class=katex>" * 200 + "<b>x</b>" * 5_000,
        "<mjx-container>" * 200 + "<b>x</b>" * 5_000,
        "<math>" + "<msub><mi>x</mi>" * 500,
        "<math>" + "<mrow><mo>(</mo>" * 500 + "<mfrac>",
        "<math-renderer>" * 200 + "x" * 100_000,
        "<math alttext='" + "{" * 100_000 + "'>x</math>",
    ],
)
def test_hostile_formulas_cost_no_more_than_their_length(html: str) -> None:
    with budget():
        normalized(html)
