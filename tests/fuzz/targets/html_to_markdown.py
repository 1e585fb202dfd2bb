"""HTML into Markdown (`converters/markdown/`), rendered by cmark-gfm."""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.markdown import to_markdown
from tests.markdown.judge import cmark

DICTIONARY = (
    b"<p>", b"</p>", b"<b>", b"</b>", b"<em>", b"</em>", b"<strong>", b"<a href=\"x\">", b"</a>", b"<ul><li>",
    b"</li></ul>", b"<ol>", b"<li>", b"<pre>", b"<code>", b"</code></pre>", b"<table><tr><td>",
    b"</td></tr></table>", b"<br>", b"<hr>", b"<blockquote>", b"</blockquote>", b"<h2>", b"</h2>",
    b"<img src=\"a.jpg\" alt=\"b\">", b"<div>", b"</div>", b"<span>", b"<details><summary>", b"<sup>",
    b"<!-- c -->", b"<script>", b"</script>", b"<svg>", b"<math>", b"<iframe>", b"<dl><dt>", b"*", b"_", b"`",
    b"~~", b"#", b"- ", b"1. ", b"> ", b"|", b"[", b"](", b"&lt;", b"&amp;", b"&#10;", b"\n\n", b"    ", b"\t",
    b"\\", b"<", b"word", b"\xc2\xa0", b"{#x}", b"$$", b"<o:p>", b"<textarea>", b"<del>", b"<figure><figcaption>",
    b"<input type=checkbox>", b"<kbd>", b"\0", b"<select><option>", b"<template>", b"\xe6\x97\xa5",
)  # fmt: skip
UNSEEN = frozenset(
    """script style template title head base basefont bgsound link meta keygen noframes plaintext xmp iframe
    noembed""".split()
)
_WORD = re.compile(r"\w+")


def run(data: bytes) -> None:
    """What a reader of the HTML reads, a reader of the Markdown reads: the same words in the same order once it is
    rendered; code between them, too. And the Markdown is the same every time it is made.
    """
    html = data.decode("utf-8", "replace")
    root = tree.parse(html)
    if next(root.iter(*UNSEEN), None) is not None:
        to_markdown(html)  # what is shown of these is the browser's affair
        return
    markdown = to_markdown(html)
    if len(data) % 8 == 0:
        assert to_markdown(html) == markdown
    want, got = words(root), words(tree.parse(cmark(markdown)))
    assert want == got, f"{want}\n{got}\n{markdown}"


def words(root: etree._Element) -> str:
    """Letters and digits in their order; how they are put together is another matter (`tests/markdown`)."""
    return "".join(_WORD.findall(tree.plain_text(root)))
