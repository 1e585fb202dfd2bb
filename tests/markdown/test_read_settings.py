"""Markdown as the settings of a site have it read, and shortcodes that themes share."""

from __future__ import annotations

import re

import pytest

from converters.html import tree
from converters.importers.hugo.config import Config
from converters.importers.hugo.markup import options
from converters.markdown.read.parse import to_tree
from converters.model import MarkdownBody, MarkdownOptions
from converters.model.notices import Log
from tests.limits import budget
from tests.markdown.test_read import Names


def read(text: str, **settings: object) -> tuple[str, list[str]]:
    log = Log()
    root = to_tree(MarkdownBody(text, options=MarkdownOptions(**settings)), Names(), log)  # type: ignore[arg-type]
    return re.sub(r">\n+<", "><", tree.inner_html(root)).strip(), [f"{n.code} {n.what}".strip() for n in log.notices]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I :heart: :ship:", "<p>I ❤️ 🚢</p>"),
        ("`:heart:` :no-such: 10:30:45", "<p><code>:heart:</code> :no-such: 10:30:45</p>"),
        ("## :tada: `:x:`", "<h2>🎉 <code>:x:</code></h2>"),
        ("```\n:heart:\n```", "<pre><code>:heart:\n</code></pre>"),
        ("[:+1:](/a:b:c/)", '<p><a href="/a:b:c/">👍</a></p>'),
    ],
)
def test_hugo_emoji(text: str, found: str) -> None:
    assert read(text, emoji=True)[0] == found
    assert "❤" not in read(text)[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<xmp><b>a & b</b></xmp>", "<p></p><pre>&lt;b&gt;a &amp; b&lt;/b&gt;</pre><p></p>"),
        ("a <xmp>*b* `c` & d</xmp> e", "<p>a </p><pre>*b* `c` &amp; d</pre> e<p></p>"),
        ("`<xmp>` a & b </xmp>", "<p><code>&lt;xmp&gt;</code> a &amp; b </p>"),
        (
            '<iframe src="/x"><a href="/y?a=1&b=2">c & d</a></iframe>',
            '<iframe src="/x"><a href="/y?a=1&amp;b=2">c &amp; d</a></iframe>',
        ),
        ("<noembed><i>a & b</i></noembed>", "<p><noembed><i>a &amp; b</i></noembed></p>"),
        ("x <plaintext>a & <b>", "<p>x </p><pre>a &amp; &lt;b&gt;</pre><p></p>"),
        ("x <textarea>a & b</textarea>", "<p>x <textarea>a &amp; b</textarea></p>"),
        ("x <noscript>a & <b>b</b></noscript>", "<p>x <noscript>a &amp; <b>b</b></noscript></p>"),
        ("<xmp>\n<b>a & b</b>\n</xmp>", "<pre>\n&lt;b&gt;a &amp; b&lt;/b&gt;\n</pre>"),
    ],
)
def test_hugo_raw_text_is_escaped_once(text: str, found: str) -> None:
    assert read(text)[0].replace("\n<p></p>", "<p></p>") == found


@pytest.mark.parametrize(
    ("settings", "text", "found"),
    [
        ({"hard_breaks": True}, "a\nb", "<p>a<br/>\nb</p>"),
        ({"added": frozenset({"mark"})}, "==a==", "<p><mark>a</mark></p>"),
        ({"added": frozenset({"subscript"})}, "H~2~O", "<p>H<sub>2</sub>O</p>"),
        ({"added": frozenset({"superscript"})}, "x^2^", "<p>x<sup>2</sup></p>"),
        ({"added": frozenset({"insert"})}, "++a++", "<p><ins>a</ins></p>"),
        ({"left_out": frozenset({"strikethrough"})}, "~~a~~", "<p>~~a~~</p>"),
        ({"left_out": frozenset({"definitionList"})}, "a\n: b", "<p>a\n: b</p>"),
        ({"left_out": frozenset({"linkify"})}, "https://a.example", "<p>https://a.example</p>"),
        ({"alerts": True}, "> [!NOTE]\n> a", "<blockquote><p><strong>Note</strong></p><p>a</p></blockquote>"),
        ({}, "> [!NOTE]\n> a", "<blockquote><p>[!NOTE]\na</p></blockquote>"),
        ({"passed": (("$$", "$$"),)}, "$$a_1 * b_2 * c<d$$", "<p>$$a_1 * b_2 * c&lt;d$$</p>"),
        ({"passed": ((r"\(", r"\)"),)}, r"\(a_1*b*\) `\(*c*\)`", r"<p>\(a_1*b*\) <code>\(*c*\)</code></p>"),
        ({"passed": (("$$", "$$"),)}, "cost $$ *a*", "<p>cost $$ <em>a</em></p>"),
        ({"block_attributes": True}, "a *b*\n{.c #d}", '<p id="d">a <em>b</em></p>'),
        ({"block_attributes": True}, "> a\n\n{#d .c}", '<blockquote id="d"><p>a</p></blockquote>'),
        ({"block_attributes": True}, "* a\n* b\n{#d}", '<ul id="d"><li>a</li><li>b</li></ul>'),
        ({"block_attributes": True}, "|a|\n|-|\n|b|\n{#d}", "<td>b</td>"),
        ({"block_attributes": True}, "text {x} {.c", "<p>text {x} {.c</p>"),
        ({}, "a\n{.c}", "<p>a\n{.c}</p>"),
    ],
)
def test_settings(settings: dict[str, object], text: str, found: str) -> None:
    html = read(text, **settings)[0]
    assert html == found or (found.startswith("<td>") and found in html and "{" not in html)


def test_settings_of_hugo() -> None:
    goldmark = {
        "renderer": {"hardWraps": True},
        "parser": {"attribute": {"block": True}},
        "extensions": {
            "footnote": {"enable": False},
            "table": False,
            "extras": {"mark": {"enable": True}},
            "passthrough": {"enable": True, "delimiters": {"inline": [["$", "$"], ["bad"]], "block": []}},
        },
    }
    found = options(Config({"enableEmoji": True, "markup": {"goldmark": goldmark}}), "", ("blockquote", "image"))
    assert found == MarkdownOptions(
        emoji=True,
        alerts=True,
        typographer=True,
        block_attributes=True,
        hard_breaks=True,
        added=frozenset({"mark"}),
        left_out=frozenset({"footnote", "table"}),
        passed=(("$", "$"),),
        hooks=frozenset({"blockquote", "image"}),
    )
    plain = {"extensions": {"passthrough": {"enable": True}}}
    assert len(options(Config({"markup": {"goldmark": plain}}), "", ()).passed) == 3
    assert options(Config({"markup": "x", "languages": {"de": 3}}), "de", ()) == MarkdownOptions(typographer=True)


def test_hooks_are_named() -> None:
    text = "![a](b.png)\n\n```mermaid\ngraph\n```\n\n```goat\n-\n```\n\n```go\nx\n```"
    assert read(text, hooks=frozenset({"image", "link", "codeblock-mermaid"}))[1] == [
        "markup.hook image",
        "markup.code-hook goat",
        "markup.code-hook mermaid",
    ]


CSS = "{{< css.inline >}}<style>.e { color: red }</style>{{< /css.inline >}}"


def test_inline_shortcodes() -> None:
    assert read(f"a {CSS} b") == ("<p>a  b</p>", ["shortcode.inline css.inline"])
    assert "<style>.e { color: red }</style>" in read(CSS, inline_shortcodes=True)[0]
    found, notices = read("{{< t.inline >}}{{ now }}{{< /t.inline >}}", inline_shortcodes=True)
    assert "{{ now }}" in found and notices == ["shortcode.unknown t.inline"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "{{% notice tip %}}\na *b*\n{{% /notice %}}",
            "<blockquote><p><strong>Tip</strong></p><p>a <em>b</em></p></blockquote>",
        ),
        (
            '{{< admonition type="warning" title="*Mind*" >}}a{{< /admonition >}}',
            "<blockquote><p><strong><em>Mind</em></strong></p><p>a</p></blockquote>",
        ),
        ('{{% alert title="T" color="info" %}}a{{% /alert %}}', "<p><strong>T</strong></p><p>a</p>"),
        ("{{< callout >}}a{{< /callout >}}", "<blockquote><p>a</p></blockquote>"),
        ("{{< note >}}a{{< /note >}}", "<p><strong>Note</strong></p><p>a</p>"),
        ('{{% expand "More" %}}a{{% /expand %}}', "<details><summary>More</summary><p>a</p></details>"),
        (
            '{{< tabs >}}{{< tab "Go" >}}a{{< /tab >}}{{< tab name="C" >}}b{{< /tab >}}{{< /tabs >}}',
            "<p><strong>Go</strong></p><p>a</p><p><strong>C</strong></p><p>b</p>",
        ),
        (
            "{{< mermaid >}}\ngraph TD\n  A-->B & C\n{{< /mermaid >}}",
            '<pre><code class="language-mermaid">graph TD\n  A--&gt;B &amp; C\n</code></pre>',
        ),
        ("{{< rawhtml >}}<p><u>*a*</u></p>{{< /rawhtml >}}", "<p><u>*a*</u></p>"),
        ("{{< katex >}}a_1 * b_2{{< /katex >}}", "a_1 * b_2"),
        (
            '{{< video src="/a.mp4" caption="C" >}}',
            '<video controls="" src="/a.mp4"></video><figcaption>C</figcaption>',
        ),
        ('{{< audio "b.mp3" >}}', '<audio controls="" src="b.mp3"></audio>'),
        (
            '{{< img src="c.png" alt="A" caption="*C*" max-width="9px" >}}',
            '<img src="c.png" alt="A"/><figcaption><em>C</em></figcaption>',
        ),
        ('{{< button href="/d/" >}}Go{{< /button >}}', '<a href="/d/">Go</a>'),
        ('{{< button relref="/walks/north.md" text="Go" >}}', '<a href="/walks/north/">Go</a>'),
        (
            '{{< quote author="A" source="B" url="/b/" >}}q{{< /quote >}}',
            '<blockquote><p>q</p><p>— A, <a href="/b/">B</a></p></blockquote>',
        ),
    ],
)
def test_shortcodes_of_themes(text: str, found: str) -> None:
    assert found in read(text)[0]


@pytest.mark.parametrize(
    "text", ["{{< notice >}}", "{{< img >}}", "{{< video 12345 >}}", "{{< tab a >}}", "{{< button >}}"]
)
def test_one_without_what_it_needs_stays_text(text: str) -> None:
    html, notices = read(text)
    assert text.replace("<", "&lt;").replace(">", "&gt;") in html
    assert [notice.partition(" ")[0] for notice in notices] == ["shortcode.unknown"]


@pytest.mark.parametrize(
    "piece", ["<xmp>", "<iframe>a", "$$", "$$a$$", "\n{.c}\n", "- a\n{.c}\n", "{{< tab a >}}", "> [!NOTE]\n", ":a:"]
)
def test_hostile_texts(piece: str) -> None:
    with budget():
        read(piece * 5_000, emoji=True, alerts=True, block_attributes=True, passed=(("$$", "$$"), ("$", "$")))
