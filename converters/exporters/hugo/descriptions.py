"""Descriptions of terms and lives of authors, which are HTML, as the text of a page: Hugo reads that as Markdown.

A block of HTML ends at its first blank line (https://spec.commonmark.org/0.31.2/#html-blocks), and text that stands in
no block is Markdown: `[x](javascript:…)` in a description would be a link. So all of it stands in one block.
"""

from __future__ import annotations

import re

from converters.html import tree

_WORDS = re.compile(r"[^\W\d_][\w ,;:'?()]*+(?:[.!] ?[\w ,;:'?()]*+)*+")
_BLANK = re.compile(r"\n(?=[ \t\r]*\n)")


def as_text(description: str) -> str:
    """The HTML as a Markdown text that shows just this; plain words as they are."""
    html = tree.inner_html(tree.parse(description)).strip()
    if "_" not in html and _WORDS.fullmatch(html):
        return html
    html = _BLANK.sub("&#10;", html).replace("{{", "&#123;{")
    return f"<div>{html}</div>" if html else ""
