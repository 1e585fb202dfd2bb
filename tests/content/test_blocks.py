"""Blocks: how their comments are read, and what those become that hold no HTML of their own."""

from __future__ import annotations

import json

import pytest

from converters.importers.wordpress.content import blocks
from converters.importers.wordpress.content.block_tree import Block, parse
from converters.importers.wordpress.content.context import Context
from converters.model.notices import Log
from tests.content.test_content import Lookup, convert

P = "<!-- wp:paragraph --><p>p</p><!-- /wp:paragraph -->"


def shape(block: Block) -> str:
    parts = (part if isinstance(part, str) else shape(part) for part in block.parts)
    return f"{block.name}({''.join(parts)})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<!-- wp:x -->b<!-- /wp:x -->c", "(ax(b)c)"),
        ('<!-- wp:x /--><!-- wp:core/y {} /--><!-- wp:acme/z {"a":1} /-->', "(x()y()acme/z())"),
        ("<!-- wp:x --><!-- wp:y -->b<!-- /wp:y --><!-- /wp:x -->", "(x(y(b)))"),
        ("<!-- wp:x -->b", "(x(b))"),
        ("b<!-- /wp:x -->c", "(bc)"),
        ("<!-- wp:x --><!-- wp:y -->b<!-- /wp:x -->c<!-- /wp:x -->d", "(x(y(b)c)d)"),
        ('<!--\n wp:x\n{"a":\n1}\n -->b<!-- /wp:x -->', "(x(b))"),
        ("<!-- wp:1x --><!-- a remark --><!-- wp:x", "(<!-- wp:1x --><!-- a remark --><!-- wp:x)"),
    ],
)
def test_the_tree(text: str, expected: str) -> None:
    assert shape(parse(text, 50)) == expected


def test_too_deep_comments_go_and_texts_stay() -> None:
    text = "<!-- wp:x -->" * 60 + "b" + "<!-- /wp:x -->" * 60 + "c"
    assert shape(parse(text, 3)) == "(x(x(x(b)))c)"


@pytest.mark.parametrize("written", ["{", "[1]", "{'a':1}", "[" * 100_000])
def test_attributes_that_are_no_object_are_none(written: str) -> None:
    (block,) = parse(f"<!-- wp:x {written} /-->", 50).parts
    assert isinstance(block, Block)
    assert block.attributes == {}


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<!-- wp:", "<!-- wp:x ", "<!-- wp:x {", "<!-- wp:x -->", "<!-- /wp:x -->", "<!-- wp:x /-->", '{"a":'],
)
def test_hostile_comments_are_read_in_one_pass(piece: str) -> None:
    """A square of the length would take hours."""
    assert len(parse(piece * 100_000 + " -->", 50).parts) > 0


@pytest.mark.parametrize(
    ("text", "expected", "notices"),
    [
        # stretches between blocks, and what is written as in the classic editor
        ("one\n\ntwo\nlines\n" + P, "<p>one</p>\n<p>two<br/>\nlines</p>\n<p>p</p>", []),
        ("<!-- wp:freeform -->\na\n\nb\n<!-- /wp:freeform -->", "<p>a</p>\n<p>b</p>", []),
        ("<!-- wp:html -->\na\n\nb\n<!-- /wp:html -->", "a\n\nb", []),
        ("<!-- wp:shortcode -->\n[embed]https://a.example/x[/embed]\n<!-- /wp:shortcode -->",
         '<figure class="embed" data-url="https://a.example/x"><a href="https://a.example/x">https://a.example/x</a></figure>', []),
        # text that matters stays where it was
        ('<!-- wp:paragraph {"align":"center"} --><p class="has-text-align-center">c</p><!-- /wp:paragraph -->',
         '<p style="text-align: center">c</p>', []),
        ('<!-- wp:list {"ordered":true,"start":5} --><ol start="5" reversed class="x"><li>a</li></ol><!-- /wp:list -->',
         '<ol start="5" reversed=""><li>a</li></ol>', []),
        ('<!-- wp:details {"showContent":true} --><details class="wp-block-details" open><summary>s</summary>' + P + "</details><!-- /wp:details -->",
         '<details open=""><summary>s</summary><p>p</p></details>', []),
        ('<!-- wp:image --><figure class="wp-block-image alignleft is-resized"><img src="a.jpg" style="width:120px;height:auto"/></figure><!-- /wp:image -->',
         '<figure class="alignleft is-resized"><img src="a.jpg" alt="" width="120"/></figure>', []),
        # pictures behind words
        ('<!-- wp:cover {"url":"https://a.example/b.jpg","hasParallax":true} --><div class="wp-block-cover has-parallax" style="background-image:url(https://a.example/b.jpg)"><p>w</p></div><!-- /wp:cover -->',
         '<img src="https://a.example/b.jpg" alt=""/><div><p>w</p></div>', []),
        # blocks that show the site
        ('<!-- wp:latest-posts /-->a<!-- wp:navigation -->b<!-- /wp:navigation -->', "<p>a</p>", ["block.site latest-posts", "block.site navigation"]),
        ("<!-- wp:jetpack/related-posts /-->", "", ["block.site jetpack/related-posts"]),
        # one that is not ended must not swallow the rest of the post
        ("<!-- wp:query --><p>kept</p>", "<p>kept</p>", []),
        # content in attributes only
        ('<!-- wp:acf/hero {"data":{"title":"Hello"}} /-->', "", ["block.empty acf/hero"]),
        ('<!-- wp:acme/box --><div class="x"><span></span></div><!-- /wp:acme/box -->', "<div><span></span></div>", ["block.empty acme/box"]),
        ("<!-- wp:spacer --><div style=\"height:9px\"></div><!-- /wp:spacer -->", "<div></div>", []),
        # plug-ins
        ('<!-- wp:syntaxhighlighter/code {"language":"php"} --><pre class="wp-block-syntaxhighlighter-code">$a[0] &lt; 1;</pre><!-- /wp:syntaxhighlighter/code -->',
         '<pre><code class="language-php">$a[0] &lt; 1;</code></pre>', []),
        ('<!-- wp:kevinbatdorf/code-block-pro {"code":"let a \\u003c 1","language":"js"} --><div><span class="line">x</span></div><!-- /wp:kevinbatdorf/code-block-pro -->',
         '<pre><code class="language-js">let a &lt; 1</code></pre>', []),
        ('<!-- wp:videopress/video {"guid":"AbCdEf12"} /-->',
         '<figure class="embed" data-provider="videopress" data-url="https://videopress.com/v/AbCdEf12" data-id="AbCdEf12"><a href="https://videopress.com/v/AbCdEf12">https://videopress.com/v/AbCdEf12</a></figure>', []),
        ("<!-- wp:jetpack/contact-form --><p>Name</p><!-- /wp:jetpack/contact-form -->", "<p>Name</p>", ["shortcode.form jetpack/contact-form"]),
    ],
)  # fmt: skip
def test_what_blocks_become(text: str, expected: str, notices: list[str]) -> None:
    assert convert(text) == (expected, notices)


def test_a_synced_pattern_says_the_words_of_its_place() -> None:
    named = json.dumps({"metadata": {"name": "Hi", "bindings": {"__default": {"source": "core/pattern-overrides"}}}})
    pattern = f"<!-- wp:heading {named} --><h2>Pattern</h2><!-- /wp:heading -->{P}"
    text = '<!-- wp:block {"ref":7,"content":{"Hi":{"content":"Own <em>words</em>"}}} /--><!-- wp:block {"ref":7} /-->'
    html = blocks.flatten(text, Context("9", Lookup(), Log(), {"7": pattern}.get))
    assert html == "<h2>Own <em>words</em></h2><p>p</p><h2>Pattern</h2><p>p</p>"
