"""Texts written in Markdown, as the HTML that their plug-in showed.

PHP Markdown Extra, Jetpack and WP-Markdown read a text in place of `wpautop`; shortcodes and addresses on lines of
their own came afterwards. So it is here: Markdown first, with code shortcodes and brackets that are text put out of its
reach, then the steps of every text. In code, no bracket is a shortcode's.
https://michelf.ca/projects/php-markdown/extra/
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.html.angle_brackets import keep_text
from converters.html.elements import HEADINGS
from converters.html.placeholders import Marks
from converters.importers.wordpress.content import code_text
from converters.importers.wordpress.content.markup import SPAN, outside_code
from converters.markdown.read.parse import tree_of
from converters.model.notices import Log

_AS_IT_IS = re.compile(
    rf"{SPAN}|<(?:https?://|mailto:|ftp://)[^\s<>]{{1,2000}}>|<[\w.+-]{{1,64}}@[\w.-]{{1,255}}>", re.A
)
"""Code inside of a line, and links in brackets."""
_ATTRIBUTES = re.compile(r"\s*\{#([\w:.-]{1,100})\}\s*\Z")


def to_html(text: str, log: Log, skipped: frozenset[str] = frozenset()) -> str:
    """The HTML of a Markdown text. `skipped`: shortcodes that mean something else on this site."""
    root = tree_of(outside_code(text, lambda prose: _prepared(prose, log, skipped)), log)
    brackets = Marks()
    for element in root.iter("code", "pre"):
        element.text = _hidden(element.text, brackets)
        for inner in element.iterdescendants():
            inner.text, inner.tail = _hidden(inner.text, brackets), _hidden(inner.tail, brackets)
    _attributes_of_headings(root)
    return brackets.put_back(tree.inner_html(root))


def _prepared(prose: str, log: Log, skipped: frozenset[str]) -> str:
    """HTML of code in place of its shortcodes, and brackets that open no element as text."""
    if "<" not in prose and "[" not in prose:
        return prose
    marks = Marks()
    prose = _AS_IT_IS.sub(lambda found: marks.keep(found[0]), prose)
    return marks.put_back(keep_text(code_text.shield(prose, skipped), log))


def _hidden(text: str | None, marks: Marks) -> str | None:
    """Text with its square brackets out of reach of shortcodes."""
    if text is None or ("[" not in text and "]" not in text):
        return text
    return re.sub(r"[\[\]]", lambda found: marks.keep(f"&#{ord(found[0])};"), text)


def _attributes_of_headings(root: etree._Element) -> None:
    """`## Words {#id}`, of Markdown Extra."""
    for heading in root.iter(*HEADINGS):
        last = heading[-1] if len(heading) else None
        text = (heading.text if last is None else last.tail) or ""
        if (found := _ATTRIBUTES.search(text)) is None:
            continue
        heading.set("id", found[1])
        if last is None:
            heading.text = text[: found.start()]
        else:
            last.tail = text[: found.start()]
