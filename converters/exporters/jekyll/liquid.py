"""Text that Jekyll would run as Liquid, or cut: `{{`, `{%` and `<!--more-->`, which it looks for in the whole file,
before Markdown.

Each such mark is printed by Liquid itself, `{{ "{{" }}` and `{{ "{%" }}`: what Markdown gets is exactly the original,
in prose, code, addresses and HTML alike, with every version of Jekyll. Other ways were tried and lose text:
`render_with_liquid: false` is not known to the version that GitHub Pages runs, and in the others an excerpt with
`{% if %}` in it still gets an `{% endif %}`; `{% raw %}` ends at an `{% endraw %}` of the text. Front matter and data
files are not run.
What the user wrote for Jekyll in rules of their own (`tree.OWN`) is meant as it is.
https://jekyllrb.com/docs/liquid/
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import placeholders, tree
from converters.model.notices import Log

MORE = "<!--more-->"
"""Ends the excerpt: the `excerpt_separator` of the configuration (https://jekyllrb.com/docs/posts/#post-excerpts)."""
_SIGNS = {mark: placeholders.sign() for mark in ("{{", "{%", MORE)}
"""Stand for marks that are meant, while the Markdown is written: those of the user, and the end of the excerpt."""
END_OF_EXCERPT = _SIGNS[MORE]
_PRINTED = {"{{": '{{ "{{" }}', "{%": '{{ "{%" }}', MORE: '{{ "<!--" }}more-->'}

_MARK = re.compile(rf"\{{[{{%]|{MORE}")


def shield(root: etree._Element) -> None:
    """Prepare a tree for writing: set the user's own marks apart from those of the text."""
    for element in root.iter(tree.RAW):
        if element.get(tree.OWN):
            element.text = _MARK.sub(lambda mark: _SIGNS[mark[0]], element.text or "")


def printed(text: str) -> str:
    """The text with every mark printed: Liquid makes the original of it."""
    return _MARK.sub(lambda mark: _PRINTED[mark[0]], text)


def finish(markdown: str, log: Log) -> str:
    """The text with every mark of its own printed, and those that are meant in place."""
    text = printed(markdown)
    if "{{" in markdown or "{%" in markdown:
        log("template.escaped")
    for mark, sign in _SIGNS.items():
        text = text.replace(sign, mark)
    return text
