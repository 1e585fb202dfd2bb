"""Source code in the forms of all highlighters: the exact text, the language, the title."""

from __future__ import annotations

import pytest

from converters.importers.wordpress.content.code import shield
from tests.content.test_content import convert
from tests.limits import budget

PRE = "<pre><code>x</code></pre>"
PHP = '<pre><code class="language-php">x</code></pre>'
TITLED = '<figcaption>a.php</figcaption><pre><code class="language-php">x</code></pre>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[code]x[/code]", PRE),
        ('[code lang="php"]x[/code]', PHP),
        ("[code language='php']x[/code]", PHP),
        ("[code lang=php]x[/code]", PHP),
        ("[code='php']x[/code]", PHP),
        ("[CODE]x[/CODE]", PRE),
        ('[sourcecode language="php"]x[/sourcecode]', PHP),
        ("[source lang=php]\nx\n[/source]", PHP),
        ("[php]\nx\n[/php]", PHP),
        ('[php light="true"]\nx\n[/php]', PHP),
        ('[crayon lang="php"]x[/crayon]', PHP),
        ('[cc lang="php"]\nx\n[/cc]', PHP),
        ("[cc_php]x[/cc_php]", PHP),
        ("[ccW_php]x[/ccW_php]", PHP),
        ('[codesyntax lang="php"]x[/codesyntax]', PHP),
        ('[syntaxhighlighter lang="php"]x[/syntaxhighlighter]', PHP),
        ('[highlight lang="php"]x[/highlight]', PHP),
        ('[code lang="php" htmlscript="true" highlight="1,2"]x[/code]', PHP),
        ('[code language="plain"]x[/code]', PRE),
        ("[text]x[/text]", PRE),
        ('<pre lang="php" line="1">\nx\n</pre>', PHP),
        ('<pre lang="php">x</pre>', PHP),
        ('<pre class="brush: php">x</pre>', PHP),
        ('<pre class="lang:php decode:true">x</pre>', PHP),
        ('<pre class="EnlighterJSRAW" data-enlighter-language="php">x</pre>', PHP),
        ('<pre data-language="php">x</pre>', PHP),
        ('<pre><code class="hljs php">x</code></pre>', PHP),
        ('<pre class="language-php"><code>x</code></pre>', PHP),
        ('<pre>[code lang="php"]x[/code]</pre>', PHP),
        ('<pre>\n[sourcecode language="php"]\nx\n[/sourcecode]\n</pre>', PHP),
        ('<!-- wp:shortcode -->\n[code lang="php"]\nx\n[/code]\n<!-- /wp:shortcode -->', PHP),
    ],
)
def test_forms_and_languages(text: str, expected: str) -> None:
    assert convert(text) == (expected, [])


@pytest.mark.parametrize(
    "text",
    [
        '[code lang="php" title="a.php"]x[/code]',
        '[crayon lang="php" title="a.php"]x[/crayon]',
        '<pre class="brush: php; title: a.php">x</pre>',
        '<pre class="lang:php" title="a.php">x</pre>',
        '<pre class="EnlighterJSRAW" data-enlighter-language="php" data-enlighter-title="a.php">x</pre>',
    ],
)
def test_titles(text: str) -> None:
    html, notices = convert(text)
    assert html.replace("\n", "") == f"<figure>{TITLED}</figure>"
    assert notices == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[code]\n\na\n\n\n  b\n[/code]", "a\n\n\n  b"),
        ("[code]a[0] = [gallery] [[x]][/code]", "a[0] = [gallery] [[x]]"),
        ("[code]\nhttps://youtu.be/abcdefghijk\n[/code]", "https://youtu.be/abcdefghijk"),
        ("[code]a &lt; b &amp;&amp; c[/code]", "a &lt; b &amp;&amp; c"),
        ("[code]<b>x</b>[/code]", "&lt;b&gt;x&lt;/b&gt;"),
        ("[cc]a < b & c[/cc]", "a &lt; b &amp; c"),
        ("[cc]a &lt; b[/cc]", "a &lt; b"),
        ("[crayon]a < b && &lt;[/crayon]", "a &lt; b &amp;&amp; &amp;lt;"),
        ('<pre lang="text" line="1">if (a < b && c) {}\n\n[x]</pre>', "if (a &lt; b &amp;&amp; c) {}\n\n[x]"),
        ('<pre lang="text" escaped="true">a &lt; b</pre>', "a &lt; b"),
        ("[code]\ttab\n    four[/code]", "\ttab\n    four"),
    ],
)
def test_the_exact_text(text: str, shown: str) -> None:
    assert convert(text) == (f"<pre><code>{shown}</code></pre>", [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("say [code]x[/code] now", "<p>say <code>x</code> now</p>"),
        ("say [cci]x[/cci] now", "<p>say <code>x</code> now</p>"),
        ("say [cci_php]$a[0][/cci_php] now", "<p>say <code>$a[0]</code> now</p>"),
        ("[cci]x[/cci]", "<p><code>x</code></p>"),
    ],
)
def test_code_inside_a_line(text: str, expected: str) -> None:
    assert convert(text) == (expected, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[code]x[/code]]", "<p>[code]x[/code]</p>"),
        ("<pre>see [code]x[/code] here</pre>", "<pre>see [code]x[/code] here</pre>"),
        ("[code] alone", "<p>[code] alone</p>"),
        ("[code][/code]", "<p>[code][/code]</p>"),
        ("[highlight]x[/highlight] y", "<p><mark>x</mark> y</p>"),
    ],
)
def test_what_is_no_code(text: str, expected: str) -> None:
    assert convert(text)[0] == expected


def test_a_block_is_not_swallowed_by_marks_of_code_in_two_paragraphs() -> None:
    text = "<!-- wp:paragraph -->\n<p>[code]</p>\n<!-- /wp:paragraph -->\n<!-- wp:paragraph -->\n<p>[/code]</p>"
    assert "<p>[code]</p>" in convert(text)[0]


@pytest.mark.parametrize(
    "unit",
    ["[code]", "<pre", "<pre>", "[cc ", '[cc lang="', "[code lang='", "[crayon [", "[code ", "[[code]", "[code]<pre>"],
)
def test_marks_without_an_end_cost_little(unit: str) -> None:
    """Quadratic time would be minutes here."""
    text = "[/ <pre" + unit * 200_000 + "]"
    with budget():
        assert shield(text).count("<pre>") == text.count("<pre>")
