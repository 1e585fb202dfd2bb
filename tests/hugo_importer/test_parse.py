"""Markdown with Hugo's shortcodes as semantic HTML, for targets that take no Markdown."""

from __future__ import annotations

import re

import pytest

from converters.html import tree
from converters.markdown.read.parse import to_tree
from converters.model import MarkdownBody
from converters.model.notices import Log
from converters.passes.layout import lay_out
from converters.rules import Rule, Rules
from tests.contract import breaches
from tests.limits import budget


class Names:
    """A site with one page and one value."""

    def address(self, name: str) -> str | None:
        return {"/walks/north.md": "/walks/north/"}.get(name)

    def param(self, name: str) -> str | None:
        return {"boat": "<Petrel>"}.get(name)


def html(text: str, rules: Rules | None = None, dialect: str = "goldmark") -> tuple[str, list[str]]:
    log = Log()
    root = to_tree(MarkdownBody(text, dialect), Names(), log, rules)
    lay_out(root)
    assert list(breaches(root)) == []
    return re.sub(r">\n+<", "><", tree.inner_html(root)).strip(), [f"{n.code} {n.what}".strip() for n in log.notices]


YOUTUBE = '<figure class="embed" data-provider="youtube" data-url="https://www.youtube.com/watch?v=abcdefghijk" data-id="abcdefghijk"{}><noscript><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></noscript></figure>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"),
        ("# A {#own}\n\n## B *c*\n\n## B c\n\n[x](#b-c-1)", '<h1 id="own">A</h1><h2>B <em>c</em></h2><h2 id="b-c-1">B c</h2><p><a href="#b-c-1">x</a></p>'),
        ("A *b* {#x .y}\n---\n\n# C {.z}\n\n# D \\{#d}\n\ntext {#e}\n\n`# {#f}`", '<h2 id="x">A <em>b</em></h2><h1>C</h1><h1>D {#d}</h1><p>text {#e}</p><p><code># {#f}</code></p>'),
        ("> # Q {#q}\n\n```\n# {#n}\n```", '<blockquote><h1 id="q">Q</h1></blockquote><pre><code># {#n}\n</code></pre>'),
        ("T\n: D", "<dl><dt>T</dt><dd>D</dd></dl>"),
        ("“q” -- 'x' ...", "<p>“q” -- 'x' ...</p>"),
        ("a<!--more-->\n\nb <!-- c -->\n\n<!--more-->", "<p>a</p><!--more--><p>b </p>"),
        ("a[^1]\n\n[^1]: n", '<p>a<sup><a href="#fn-1" id="fnref-1">1</a></sup></p><ol><li id="fn-1"><p>n <a href="#fnref-1">↩</a></p></li></ol>'),
        ('{{< figure src="/a.jpg" >}}', '<figure><img src="/a.jpg" alt=""/></figure>'),
        ('{{< figure src="/a.jpg" alt="&" caption="x *y*" attr="z" attrlink="/z" class="alignleft w-9" width="9" link="/l" >}}', '<figure class="alignleft"><a href="/l"><img src="/a.jpg" alt="&amp;" width="9"/></a><figcaption>x <em>y</em> <a href="/z">z</a></figcaption></figure>'),
        ("{{< youtube abcdefghijk >}}", YOUTUBE.format("")),
        ('{{< youtube id="abcdefghijk" start="9" >}}', YOUTUBE.format(' data-start="9"')),
        ('{{< x user="u" id="12" >}}', '<figure class="embed" data-provider="x" data-url="https://x.com/u/status/12" data-id="12"><a href="https://x.com/u/status/12">https://x.com/u/status/12</a></figure>'),
        ("{{< highlight go \"linenos=true\" >}}\na < *b* {{< y >}}\n{{< /highlight >}}", '<pre><code class="language-go">a &lt; *b* {{&lt; y &gt;}}\n</code></pre>'),
        ('{{% details summary="S" open=true %}}\n- *a*\n{{% /details %}}', '<details open=""><summary>S</summary><ul><li><em>a</em></li></ul></details>'),
        ('[n]({{< relref "/walks/north.md#top" >}}) {{< param boat >}}', '<p><a href="/walks/north/#top">n</a> &lt;Petrel&gt;</p>'),
        ("`{{</* a \"b\" */>}}` {{%/* c */%}}", '<p><code>{{&lt; a "b" &gt;}}</code> {{% c %}}</p>'),
        ("```md\n{{</* a */>}}\n```", '<pre><code class="language-md">{{&lt; a &gt;}}\n</code></pre>'),
        ('{{< gallery columns="2" >}}\n{{< figure src="/1" >}}\n{{< figure src="/2" >}}\n{{< /gallery >}}', '<figure class="gallery" data-columns="2"><figure><img src="/1" alt=""/></figure><figure><img src="/2" alt=""/></figure></figure>'),
        ('{{< embed provider="x" url="https://x.com/u/status/1" id="1" caption="c" >}}<p>words</p>{{< /embed >}}', '<figure class="embed" data-provider="x" data-url="https://x.com/u/status/1" data-id="1"><blockquote><p>words</p></blockquote><figcaption>c</figcaption></figure>'),
        ("a {{% comment %}}hidden {{< b >}}{{% /comment %}} c", "<p>a  c</p>"),
        ("{{< /stray >}}", "<p>{{&lt; /stray &gt;}}</p>"),
    ],
)  # fmt: skip
def test_constructs(text: str, expected: str) -> None:
    assert html(text) == (expected, [])


@pytest.mark.parametrize(
    ("text", "expected", "notices"),
    [
        ('{{% note "x" %}}a *b*{{% /note %}}', '<p>{{% note "x" %}}a <em>b</em>{{% /note %}}</p>', ["shortcode.unknown note"]),
        ("{{< a >}} {{< b >}}x{{< /a >}}", "<p>{{&lt; a &gt;}} {{&lt; b &gt;}}x{{&lt; /a &gt;}}</p>", ["shortcode.unknown a", "shortcode.unknown b"]),
        ('{{< ref "gone.md" >}}', "<p>gone.md</p>", ["reference.missing gone.md"]),
        ("{{< youtube >}}", "<p>{{&lt; youtube &gt;}}</p>", []),
        ('{{< qr text="t" />}}', "<p>t</p>", ["shortcode.unwrapped qr"]),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_kept_and_noted(text: str, expected: str, notices: list[str]) -> None:
    found, said = html(text)
    assert (found, sorted(said)) == (expected, notices)


def test_rules_of_the_user_win() -> None:
    rules = Rules(
        shortcodes={
            "note": Rule(html="<blockquote>{{ inside }}</blockquote>"),
            "box": Rule(unwrap=True),
            "ad": Rule(drop=True),
        }
    )
    found, said = html("{{% note %}}a *b*{{% /note %}}\n\n{{< box >}}c{{< /box >}}\n\n{{< ad 1 >}}", rules)
    assert found == "<blockquote><p>a <em>b</em></p></blockquote><p>c</p>"
    assert said == ["rule.applied note: html", "rule.applied box: unwrap", "rule.applied ad: drop"]


def test_other_markups() -> None:
    assert html("<p>a {{< param boat >}} *b*</p>", dialect="html") == ("<p>a &lt;Petrel&gt; *b*</p>", [])
    assert html("* Head\n/it/", dialect="org") == ("<pre>* Head\n/it/</pre>", ["markup.unread org"])


@pytest.mark.parametrize(
    "piece",
    [
        "{{< a >}}",
        "{{< details >}}",
        "{{< a >}}{{< /b >}}",
        "{{< details >}}{{< /details >}}",
        "> ",
        "- ",
        "[",
        "*a **b ",
    ],
)
def test_hostile_texts(piece: str) -> None:
    with budget():
        to_tree(MarkdownBody(piece * 5_000), Names(), Log())
