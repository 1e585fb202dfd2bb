"""Code in the form of each maker: the exact text and the language, and nothing of what stood beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from converters.html import tree
from converters.importers.html.code import normalize
from pipelines.run.carry import Options
from tests.limits import budget
from tests.support import convert_files


class Maker(NamedTuple):
    """What a maker writes, and what it shows."""

    html: str
    text: str
    language: str = ""
    title: str = ""


TWO_LINES = "def f():\n    pass"
MAKERS = {
    "chroma, numbers in a table": Maker(
        '<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td><td class="lntd"><pre class="chroma"><code class="language-python" data-lang="python"><span class="line"><span class="cl"><span class="k">def</span> f():\n</span></span><span class="line"><span class="cl">    <span class="k">pass</span></span></span></code></pre></td></tr></table></div></div>',
        TWO_LINES, "python",
    ),
    "chroma, numbers in a line": Maker(
        '<div class="highlight"><pre class="chroma"><code class="language-python" data-lang="python"><span class="line"><span class="ln">1</span><span class="cl">def f():\n</span></span><span class="line"><span class="ln">2</span><span class="cl">    pass</span></span></code></pre></div>',
        TWO_LINES, "python",
    ),
    "rouge, by Kramdown": Maker(
        '<div class="language-python highlighter-rouge"><div class="highlight"><pre class="highlight"><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">1\n2\n</pre></td><td class="rouge-code"><pre><span class="k">def</span> <span class="nf">f</span><span class="p">():</span>\n    <span class="k">pass</span></pre></td></tr></tbody></table></code></pre></div></div>',
        TWO_LINES, "python",
    ),
    "hexo": Maker(
        '<figure class="highlight python"><figcaption><span>Two lines</span></figcaption><table><tr><td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span><br></pre></td><td class="code"><pre><span class="line"><span class="keyword">def</span> f():</span><br><span class="line">    pass</span></pre></td></tr></table></figure>',
        TWO_LINES, "python", "Two lines",
    ),
    "sphinx": Maker(
        '<div class="literal-block-wrapper docutils container" id="id1"><div class="code-block-caption"><span class="caption-text">this.py</span><a class="headerlink" href="#id1">¶</a></div><div class="highlight-python3 notranslate"><div class="highlight"><pre><span></span><span class="linenos">1</span><span class="k">def</span> f():\n<span class="linenos">2</span>    <span class="k">pass</span></pre></div></div></div>',
        TWO_LINES, "python", "this.py",
    ),
    "sphinx, prompts": Maker(
        '<div class="doctest highlight-default notranslate"><div class="highlight"><pre><span></span><span class="gp">&gt;&gt;&gt; </span><span class="nb">len</span>\n<span class="go">1</span></pre></div></div>',
        ">>> len\n1",
    ),
    "mkdocs": Maker(
        '<div class="language-py highlight"><span class="filename">a.py</span><pre><span></span><code><span id="__span-0-1"><a id="__codelineno-0-1" name="__codelineno-0-1" href="#__codelineno-0-1"></a><span class="k">def</span> f():\n</span><span id="__span-0-2"><a id="__codelineno-0-2" href="#__codelineno-0-2"></a>    pass</span></code></pre></div>',
        TWO_LINES, "py", "a.py",
    ),
    "pandoc": Maker(
        '<div class="sourceCode" id="cb1" data-startFrom="2"><pre class="sourceCode numberSource python numberLines"><code class="sourceCode python"><span id="cb1-2"><a href="#cb1-2"></a><span class="kw">def</span> f():</span>\n<span id="cb1-3"><a href="#cb1-3" aria-hidden="true" tabindex="-1"></a>    pass</span></code></pre></div>',
        TWO_LINES, "python",
    ),
    "org-mode": Maker(
        '<div class="org-src-container"><label class="org-src-name"><span class="listing-number">Listing 1: </span>Foo</label><pre class="src src-python"><span class="org-keyword">def</span> f():\n    pass</pre></div>',
        TWO_LINES, "python", "Listing 1: Foo",
    ),
    "asciidoctor": Maker(
        '<div class="listingblock"><div class="title">Two lines</div><div class="content"><pre class="rouge highlight"><code data-lang="python"><span class="k">def</span> f(): <i class="conum" data-value="1"></i><b>(1)</b>\n    pass</code></pre></div></div>',
        "def f(): (1)\n    pass", "python", "Two lines",
    ),
    "nbconvert": Maker(
        '<div class="input_area"><div class=" highlight hl-ipython3"><pre><span></span><span class="k">def</span> f():\n    pass</pre></div></div>',
        TWO_LINES, "python",
    ),
    "docusaurus": Maker(
        '<div class="language-python codeBlockContainer_Ckt0 theme-code-block"><div class="codeBlockTitle_Ktv7">a.py</div><div class="codeBlockContent_biex"><pre tabindex="0" class="prism-code language-python"><code class="codeBlockLines_e6Vv"><span class="token-line" style="color:#393A34"><span class="token keyword">def</span> f():<br></span><span class="token-line" style="color:#393A34"><span class="token plain" style="display:inline-block"></span><br></span><span class="token-line" style="color:#393A34">    pass</span></code></pre><div class="buttonGroup__atx"><button type="button" aria-label="Copy code to clipboard"><svg></svg></button></div></div></div>',
        "def f():\n\n    pass", "python", "a.py",
    ),
    "vitepress": Maker(
        '<div class="language-python vp-adaptive-theme line-numbers-mode"><button title="Copy Code" class="copy"></button><span class="lang">python</span><pre class="shiki shiki-themes"><code><span class="line"><span style="--x">def</span> f():</span>\n<span class="line">    pass</span></code></pre><div class="line-numbers-wrapper" aria-hidden="true"><span class="line-number">1</span><br><span class="line-number">2</span><br></div></div>',
        TWO_LINES, "python",
    ),
    "expressive code": Maker(
        '<div class="expressive-code"><figure class="frame has-title"><figcaption class="header"><span class="title">a.py</span></figcaption><pre data-language="python"><code><div class="ec-line"><div class="gutter"><div class="ln" aria-hidden="true">1</div></div><div class="code"><span style="--0:x">def f():</span></div></div><div class="ec-line"><div class="code">\n</div></div><div class="ec-line"><div class="code"><span class="indent">    </span>pass</div></div></code></pre><div class="copy"><div aria-live="polite"></div><button title="Copy to clipboard" data-copied="Copied!"><div></div></button></div></figure></div>',
        "def f():\n\n    pass", "python", "a.py",
    ),
    "rehype-pretty-code": Maker(
        '<figure data-rehype-pretty-code-figure=""><figcaption data-rehype-pretty-code-title="">a.py</figcaption><pre tabindex="0" data-language="python"><code data-language="python" style="display: grid;"><span data-line=""><span style="color:red">def</span> f():</span>\n<span data-line="">    pass</span></code></pre></figure>',
        TWO_LINES, "python", "a.py",
    ),
    "gatsby, a highlighted line": Maker(
        '<div class="gatsby-highlight" data-language="python"><pre class="language-python"><code class="language-python"><span class="gatsby-highlight-code-line"><span class="token keyword">def</span> f():</span>    pass\n<span class="token keyword">x</span> <span class="token operator">=</span> <span class="token number">1</span></code></pre></div>',
        "def f():\n    pass\nx = 1", "python",
    ),
    "prism, toolbar": Maker(
        '<div class="code-toolbar"><pre class="line-numbers language-python"><code class="language-python"><span class="token keyword">def</span> f():\n    pass<span aria-hidden="true" class="line-numbers-rows"><span></span><span></span></span></code></pre><div class="toolbar"><div class="toolbar-item"><span>Python</span></div><div class="toolbar-item"><button>Copy</button></div></div></div>',
        TWO_LINES, "python",
    ),
    "highlight.js, rows": Maker(
        '<pre><code class="hljs language-python"><table class="hljs-ln"><tbody><tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="1"><div class="hljs-ln-n" data-line-number="1"></div></td><td class="hljs-ln-line hljs-ln-code" data-line-number="1"><span class="hljs-keyword">def</span> f():</td></tr><tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="2"><div class="hljs-ln-n" data-line-number="2"></div></td><td class="hljs-ln-line hljs-ln-code" data-line-number="2">    pass</td></tr></tbody></table></code></pre>',
        TWO_LINES, "python",
    ),
    "syntaxhighlighter 3": Maker(
        '<div id="highlighter_1" class="syntaxhighlighter  python"><div class="toolbar"><span><a href="#" class="toolbar_item command_help help">?</a></span></div><table><tbody><tr><td class="gutter"><div class="line number1">1</div><div class="line number2">2</div><div class="line number3">3</div></td><td class="code"><div class="container"><div class="line number1"><code class="python keyword">def</code> <code class="python plain">f():</code></div><div class="line number2">&nbsp;</div><div class="line number3"><code class="python spaces">&nbsp;&nbsp;&nbsp;&nbsp;</code><code class="python keyword">pass</code></div></div></td></tr></tbody></table></div>',
        "def f():\n\n    pass", "python",
    ),
    "syntaxhighlighter 2": Maker(
        '<div class="syntaxhighlighter  python"><div class="bar"><div class="toolbar"><a href="#view">view source</a></div></div><div class="lines"><div class="line alt1"><table><tbody><tr><td class="number"><code>1</code></td><td class="content"><code class="keyword">def</code> <code class="plain">f():</code></td></tr></tbody></table></div><div class="line alt2"><table><tbody><tr><td class="number"><code>2</code></td><td class="content"><code class="spaces">&nbsp;&nbsp;&nbsp;&nbsp;</code><code class="plain">pass</code></td></tr></tbody></table></div></div></div>',
        TWO_LINES, "python",
    ),
    "crayon": Maker(
        '<div id="crayon-1" class="crayon-syntax crayon-theme-classic"><div class="crayon-toolbar"><span class="crayon-title">a.py</span><div class="crayon-tools"><span class="crayon-language">Python</span></div></div><div class="crayon-info"></div><div class="crayon-plain-wrap"><textarea wrap="soft" class="crayon-plain print-no" readonly>def f():\n    pass</textarea></div><div class="crayon-main"><table class="crayon-table"><tr class="crayon-row"><td class="crayon-nums "><div class="crayon-nums-content"><div class="crayon-num">1</div><div class="crayon-num">2</div></div></td><td class="crayon-code"><div class="crayon-pre"><div class="crayon-line" id="c-1"><span class="crayon-r">def</span><span class="crayon-h"> </span><span class="crayon-e">f</span>():</div><div class="crayon-line">&nbsp;&nbsp;&nbsp;&nbsp;<span>pass</span></div></div></td></tr></table></div></div>',
        TWO_LINES, "python", "a.py",
    ),
    "enlighter, without the text that it was drawn of": Maker(
        '<div class="enlighter-default enlighter-v-standard enlighter-l-python"><div class="enlighter-toolbar"><div class="enlighter-btn enlighter-btn-copy"></div></div><div class="enlighter-code"><div class="enlighter"><div><div><span class="enlighter-k">def</span> f():</div></div><div><div>    pass</div></div></div></div></div>',
        TWO_LINES, "python",
    ),
    "syntaxhighlighter, its table alone": Maker(
        '<table border="0" cellpadding="0"><tbody><tr><td class="code"><div class="container"><div class="line number1"><code class="keyword">def</code> <code class="plain">f():</code></div><div class="line number2"><code class="undefined spaces">&nbsp;&nbsp;&nbsp;&nbsp;</code><code class="keyword">pass</code></div></div></td></tr></tbody></table>',
        TWO_LINES,
    ),
    "enlighter": Maker(
        '<pre class="EnlighterJSRAW enlighter-origin" data-enlighter-language="python" style="display:none">def f():\n    pass</pre><div class="enlighter-default enlighter-v-standard"><div class="enlighter-code"><div class="enlighter"><div><div><span class="enlighter-k">def</span> f():</div></div><div><div>    pass</div></div></div></div></div>',
        TWO_LINES, "python",
    ),
    "github": Maker(
        '<div class="blob-wrapper"><table class="highlight tab-size js-file-line-container" data-tab-size="8" data-tagsearch-lang="Python"><tbody><tr>\n  <td id="L1" class="blob-num js-line-number" data-line-number="1"></td>\n  <td id="LC1" class="blob-code blob-code-inner js-file-line"><span class="pl-k">def</span> f():</td>\n</tr>\n<tr>\n <td class="blob-num" data-line-number="2"></td>\n<td class="blob-code blob-code-inner js-file-line">\n</td>\n</tr>\n<tr>\n<td class="blob-num" data-line-number="3"></td>\n<td class="blob-code blob-code-inner">\tpass</td></tr></tbody></table></div>',
        "def f():\n\n\tpass", "python",
    ),
    "gitlab": Maker(
        '<div class="gl-relative markdown-code-block"><pre lang="python" class="code highlight js-syntax-highlight language-python"><code><span id="LC1" class="line" lang="python"><span class="k">def</span> f():</span>\n<span id="LC2" class="line" lang="python">    pass</span></code></pre><copy-code></copy-code></div>',
        TWO_LINES, "python",
    ),
    "codemirror": Maker(
        '<div class="CodeMirror cm-s-default"><div style="overflow:hidden"><textarea></textarea></div><div class="CodeMirror-scroll"><div class="CodeMirror-lines"><div class="CodeMirror-measure"><pre><span>xxxxxxxxxx</span></pre></div><div class="CodeMirror-code"><div style="position: relative;"><div class="CodeMirror-gutter-wrapper"><div class="CodeMirror-linenumber">1</div></div><pre class=" CodeMirror-line " role="presentation"><span role="presentation"><span class="cm-keyword">def</span> f():</span></pre></div><div><pre class=" CodeMirror-line "><span><span>​</span></span></pre></div><div><pre class=" CodeMirror-line "><span>    pass</span></pre></div></div></div></div></div>',
        "def f():\n\n    pass",
    ),
    "monaco, lines out of order": Maker(
        '<div class="monaco-editor"><div class="margin"><div>1</div></div><div class="view-lines"><div style="top:19px;height:19px;" class="view-line"><span><span class="mtk1">&nbsp;&nbsp;&nbsp;&nbsp;pass</span></span></div><div style="top:0px;" class="view-line"><span><span class="mtk1">def&nbsp;f():</span></span></div></div></div>',
        TWO_LINES,
    ),
    "ace": Maker(
        '<pre class="ace_editor"><div class="ace_gutter">1</div><div class="ace_scroller"><div class="ace_layer ace_text-layer"><div class="ace_line_group"><div class="ace_line"><span>def f():</span></div></div><div class="ace_line_group"><div class="ace_line">    pass</div></div></div></div></pre>',
        TWO_LINES,
    ),
    "doxygen": Maker(
        '<div class="fragment"><div class="line"><a name="l1"></a><span class="lineno">    1</span>&#160;<span class="keyword">def</span> f():</div>\n<div class="line"><span class="lineno">    2</span>&#160;    pass</div>\n</div>',
        TWO_LINES,
    ),
    "dokuwiki": Maker(
        '<pre class="code file python"><ol><li class="li1"><div class="de1"><span class="kw1">def</span> f():</div></li><li class="li1"><div class="de1">    pass</div></li></ol></pre>',
        TWO_LINES, "python",
    ),
    "mediawiki": Maker(
        '<div class="mw-highlight mw-highlight-lang-python mw-content-ltr" dir="ltr"><pre><span></span><span class="k">def</span> f():\n    pass</pre></div>',
        TWO_LINES, "python",
    ),
    "confluence": Maker(
        '<div class="code panel pdl conf-macro output-block" data-macro-name="code"><div class="codeHeader panelHeader pdl"><b>Two lines</b></div><div class="codeContent panelContent pdl">\n<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: python; gutter: false; theme: Confluence">def f():\n    pass</pre>\n</div></div>',
        TWO_LINES, "python", "Two lines",
    ),
    "phpbb": Maker(
        '<div class="codebox"><p>Code: <a href="#" onclick="selectCode(this); return false;">Select all</a></p><pre><code>def f():\n    pass</code></pre></div>',
        TWO_LINES,
    ),
    "vbulletin": Maker(
        '<div class="bbcode_container"><div class="bbcode_description">Code:</div><pre class="bbcode_code" style="height:48px;">def f():\n    pass</pre></div>',
        TWO_LINES,
    ),
    "stack overflow": Maker(
        '<pre class="lang-py s-code-block"><code class="hljs language-python"><span class="hljs-keyword">def</span> f():\n    pass</code></pre>',
        TWO_LINES, "python",
    ),
    "substack": Maker(
        '<div class="highlighted_code_block" data-attrs="{&quot;language&quot;:&quot;python&quot;}" data-component-name="HighlightedCodeBlockToDOM"><pre class="shiki"><code class="language-python" data-language="python">def f():\n    pass</code></pre></div>',
        TWO_LINES, "python",
    ),
    "notion": Maker(
        '<pre id="1" class="code"><code class="language-Python" style="white-space:pre-wrap">def f():\n    pass</code></pre>',
        TWO_LINES, "python",
    ),
    "chats": Maker(
        '<pre class="overflow-visible!"><div class="relative"><div class="flex items-center">python</div><div class="sticky"><button>Copy code</button></div><div class="overflow-y-auto" dir="ltr"><code class="whitespace-pre! language-python"><span>def f():\n    pass</span></code></div></div></pre>',
        TWO_LINES, "python",
    ),
    "react-syntax-highlighter": Maker(
        '<pre><code class="language-python" style="white-space:pre"><span class="linenumber react-syntax-highlighter-line-number">1</span><span>def f():\n</span><span class="linenumber react-syntax-highlighter-line-number">2</span><span>    pass</span></code></pre>',
        TWO_LINES, "python",
    ),
    "lines that nothing but CSS breaks": Maker(
        '<pre><code class="language-python"><span class="line">def f():</span><span class="line">\n</span><span class="line">    pass</span></code></pre>',
        "def f():\n\n    pass", "python",
    ),
    "numbers that only their order tells": Maker(
        '<pre data-lang="python"><div><div class="css-1"><style data-emotion="css 2">.a{}</style><span class="css-2">1</span><div>def f():</div></div><div class="css-1"><span class="css-2">2</span><div>    pass</div></div></div></pre>',
        TWO_LINES, "python",
    ),
    "a box of CSS": Maker(
        '<div style="font-family: monospace; white-space: pre"><div>def f():</div><div>    pass</div></div>', TWO_LINES
    ),
    "xmp": Maker("<xmp>if a < b:\n    <b>c</b></xmp>", "if a < b:\n    <b>c</b>"),
    "listing": Maker("<listing>def f():\n    pass</listing>", TWO_LINES),
    "plaintext": Maker("<plaintext>if a < b:\n    <b>c</b>", "if a < b:\n    <b>c</b>"),
    "a comparison": Maker(
        '<table class="diff-table tab-size"><tbody><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code blob-code-deletion"><span class="blob-code-inner" data-code-marker="-">old</span></td></tr><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code blob-code-addition"><span class="blob-code-inner" data-code-marker="+">new</span></td></tr></tbody></table>',
        "-old\n+new",
    ),
}  # fmt: skip


def normalized(html: str) -> etree._Element:
    root = tree.parse(html)
    normalize(root)
    return root


def code_of(root: etree._Element) -> tuple[str, str]:
    """The text and the language of the only code of a tree."""
    (code,) = root.iterfind(".//pre/code")
    return tree.plain_text(code), str(code.get("class") or "").removeprefix("language-")


def shown(html: str) -> tuple[str, str]:
    return code_of(normalized(html))


@pytest.mark.parametrize("name", MAKERS)
def test_code_has_its_exact_text_its_language_and_its_title(name: str) -> None:
    maker = MAKERS[name]
    root = normalized(f"<p>Before.</p>{maker.html}")
    assert code_of(root) == (maker.text, maker.language)
    titles = [
        "".join(str(title.text or "") + tree.plain_text(title)[len(title.text or "") :])
        for title in root.iter("figcaption")
    ]
    assert titles == ([maker.title] if maker.title else [])
    words = "".join(tree.plain_text(root).split())
    assert words == "".join(f"Before.{maker.text}{maker.title}".split()), "and nothing else is left"


def test_a_page_of_all_makers_keeps_all_code(tmp_path: Path) -> None:
    """Buttons are words to the cut of a page, and tokens have names such as `comment`: code is made plain before it."""
    makers = [maker for name, maker in MAKERS.items() if name != "plaintext"]
    comment = Maker('<pre><code class="language-js">a <span class="token comment">// b</span></code></pre>', "a // b")
    pieces = "".join(f"<p>Some words stand here.</p>{maker.html}" for maker in (*makers, comment))
    page = f"<!doctype html><title>Code</title><main><h1>Code</h1>{pieces}</main>"
    (tmp_path / "in").mkdir()
    (tmp_path / "in/index.html").write_text(page, encoding="utf-8")
    site = convert_files(tmp_path / "out", tmp_path / "in", options=Options("html", "json"))
    (item,) = json.loads((site.folder / "feed.json").read_text(encoding="utf-8"))["items"]
    codes = tree.parse(item["content_html"]).iter("code")
    texts = [tree.plain_text(code).rstrip("\n") for code in codes]
    assert texts == [maker.text.rstrip("\n") for maker in (*makers, comment)]


def test_a_rule_of_the_users_for_a_class_goes_first() -> None:
    root = tree.parse('<div class="terminal"><pre class="language-sh"><code>ls</code></pre></div>')
    before = tree.inner_html(root)
    normalize(root, spared=frozenset({"terminal"}))
    assert tree.inner_html(root) == before


@pytest.mark.parametrize(
    "html",
    [
        "<pre>Roses\n  are <em>red</em></pre>",
        '<pre class="verse">Roses\n  are red</pre>',
        '<div class="poem"><pre>Roses\n  are red</pre></div>',
        '<div style="white-space: pre">Roses\n  are red</div>',
    ],
)
def test_aligned_text_is_no_code(html: str) -> None:
    root = normalized(html)
    assert next(root.iter("code"), None) is None
    assert tree.plain_text(root) == "Roses\n  are red"


def test_emphasis_by_hand_stays_and_anchors_of_lines_are_none() -> None:
    by_hand = normalized("<pre><code>a <strong>b</strong>\n<em>c</em></code></pre>")
    assert tree.inner_html(by_hand) == "<pre><code>a <strong>b</strong>\n<em>c</em></code></pre>"
    anchors = normalized('<pre><code><a href="#l1"></a>a\n<a href="#l2"></a>b</code></pre>')
    assert tree.inner_html(anchors) == "<pre><code>a\nb</code></pre>"


def test_words_beside_code_stay_words() -> None:
    html = '<div class="code-example"><p>Call it like this.</p><pre><code class="language-js">f()</code></pre><p>Or not.</p></div>'
    root = normalized(html)
    assert [tree.plain_text(words) for words in root.iter("p")] == ["Call it like this.", "Or not."]
    assert code_of(root) == ("f()", "js")


def test_a_table_with_code_in_a_cell_stays_a_table() -> None:
    root = normalized(
        '<table><tr><td class="number">1</td><td class="content">One</td></tr><tr><td>2</td><td><pre>x</pre></td></tr></table>'
    )
    assert len(list(root.iter("tr"))) == 2


@pytest.mark.parametrize(
    "named",
    [
        "language-none",
        "language-plaintext",
        "lang-auto",
        "hljs nohighlight",
        "highlight highlight-source",
        "wp-block-code",
    ],
)
def test_no_language_is_none(named: str) -> None:
    assert shown(f'<pre class="{named}"><code>x</code></pre>') == ("x", "")


def test_no_break_spaces_are_blanks_where_they_indent() -> None:
    assert shown("<pre><code>a:\n&nbsp;&nbsp;b = 'c&nbsp;d' + e f\n&nbsp;\nend of it</code></pre>")[0] == (
        "a:\n  b = 'c\xa0d' + e f\n\nend of it"
    )


# Public reports, by the project and the number.


def test_joplin_5626_lines_in_one_line_and_numbers_in_a_list() -> None:
    html = (
        '<pre class="has" name="code"><code class="hljs python"><ol class="hljs-ln" style="width:930px">'
        '<li><div class="hljs-ln-numbers"><div class="hljs-ln-line hljs-ln-n" data-line-number="1"></div></div>'
        '<div class="hljs-ln-code"><div class="hljs-ln-line"><span class="hljs-keyword">if</span> a:</div></div></li>'
        '<li><div class="hljs-ln-numbers"><div class="hljs-ln-line hljs-ln-n" data-line-number="2"></div></div>'
        '<div class="hljs-ln-code"><div class="hljs-ln-line">    b()</div></div></li></ol></code></pre>'
    )
    assert shown(html) == ("if a:\n    b()", "python")


def test_joplin_4105_gist_on_a_page() -> None:
    html = (
        '<div class="gist"><div class="gist-file"><div class="gist-data"><div id="file-a-py" class="file my-2">'
        '<div itemprop="text" class="Box-body p-0 blob-wrapper data type-python"><table class="highlight tab-size">'
        '<tr><td id="L1" class="blob-num js-line-number" data-line-number="1"></td><td class="blob-code blob-code-inner">'
        '<span class="pl-k">import</span> os</td></tr><tr><td class="blob-num" data-line-number="2"></td>'
        '<td class="blob-code blob-code-inner">  x()</td></tr></table></div></div></div>'
        '<div class="gist-meta"><a href="https://gist.example/1#file-a-py">a.py</a> hosted by a host</div></div></div>'
    )
    root = normalized(html)
    assert code_of(root) == ("import os\n  x()", "python")
    assert "a.py hosted by a host" in tree.plain_text(root), "words of the page"


def test_joplin_573_code_in_a_table_of_wp_syntax() -> None:
    html = (
        '<div class="wp_syntax"><table><tr><td class="line_numbers"><pre>1\n2</pre></td><td class="code">'
        '<pre class="python" style="font-family:monospace;"><span style="color:#f70">def</span> f():\n  x</pre></td></tr></table></div>'
    )
    assert shown(html) == ("def f():\n  x", "python")


def test_turndown_338_code_lines() -> None:
    assert (
        shown("<pre><code><div>one</div><div>  two</div><div></div><div>four</div></code></pre>")[0]
        == "one\n  two\n\nfour"
    )


def test_trafilatura_553_blanks_in_code() -> None:
    html = '<pre><code class="language-go"><span class="k">func</span> f() {\n\t<span class="c1">// todo</span>\n\treturn  nil\n}</code></pre>'
    assert shown(html) == ("func f() {\n\t// todo\n\treturn  nil\n}", "go")


def test_node_html_markdown_51_language_in_data_and_on_a_box() -> None:
    assert shown('<pre data-language="jsx" data-theme="default"><code data-theme="default">x</code></pre>')[1] == "jsx"
    assert shown('<div class="highlight python"><pre>x</pre></div>')[1] == "python"


def test_markgh_16_language_as_lang_but_not_one_that_people_speak() -> None:
    assert shown('<pre lang="javascript"><code>const x</code></pre>')[1] == "javascript"
    assert shown('<pre lang="en"><code>words</code></pre>')[1] == ""


def test_stumptown_content_165_brush() -> None:
    assert shown('<pre class="brush: html; notranslate">&lt;p&gt;</pre>') == ("<p>", "html")


def test_code_prettify_156_numbers_as_a_list() -> None:
    html = (
        '<pre class="prettyprint lang-js linenums prettyprinted"><ol class="linenums"><li class="L0"><span class="kwd">var</span> a;'
        '</li><li class="L1"><span class="pln">  b</span></li><li class="L2"></li><li>c</li></ol></pre>'
    )
    assert shown(html) == ("var a;\n  b\n\nc", "js")


def test_hydejack_184_button_in_front_and_numbers() -> None:
    html = (
        '<div class="language-js highlighter-rouge"><button class="copy-code-button" type="button">Copy</button>'
        '<div class="highlight"><pre class="highlight"><code><span class="lineno">1 </span><span class="kd">let</span> a;\n'
        '<span class="lineno">2 </span>b();</code></pre></div></div>'
    )
    root = normalized(html)
    assert code_of(root) == ("let a;\nb();", "js")
    assert "Copy" not in tree.plain_text(root)


def test_syntax_highlighting_code_block_79_highlighted_lines() -> None:
    html = (
        '<pre class="wp-block-code"><code class="hljs language-js shcb-code-table"><span class="shcb-loc"><span><span class="hljs-keyword">let</span> a;\n'
        '</span></span><mark class="shcb-loc"><span>b();\n</span></mark><span class="shcb-loc"><span>c();</span></span></code></pre>'
    )
    assert shown(html) == ("let a;\nb();\nc();", "js")


def test_rouge_1084_line_table() -> None:
    html = (
        '<figure class="highlight"><pre><code class="language-yaml" data-lang="yaml"><table class="rouge-table"><tbody>'
        '<tr><td class="gutter gl"><pre class="lineno">1\n2\n</pre></td><td class="code"><pre><span class="na">a</span>:\n'
        '  <span class="s">b</span>\n</pre></td></tr></tbody></table></code></pre></figure>'
    )
    assert shown(html) == ("a:\n  b\n", "yaml")


def test_readability_374_short_code() -> None:
    assert shown('<div class="lisp"><pre class="lisp">(f "abc")</pre></div>') == ('(f "abc")', "lisp")


@pytest.mark.parametrize(
    "html",
    [
        "<pre>" + "<code>x</code>" * 60_000,
        "<div class=highlight>" * 200 + "<pre>x</pre>" * 5_000,
        "<pre>" + "<div class=copy>" * 200 + "<i>word word</i>" * 5_000,
        "<div class=syntaxhighlighter>" * 200 + "<div>x</div>" * 5_000,
    ],
)
def test_hostile_code_costs_no_more_than_its_length(html: str) -> None:
    with budget():
        normalized(html)


def test_no_text_of_code_is_lost() -> None:
    html = "".join(maker.html for maker in MAKERS.values() if "plaintext" not in maker.html)
    text = tree.plain_text(normalized(html))
    for maker in MAKERS.values():
        if "plaintext" not in maker.html:
            assert re.sub(r"\s+", "", maker.text) in re.sub(r"\s+", "", text)
