"""Elements whose inside a browser reads as text, whatever is in it: `<xmp>`, `<iframe>`, `<plaintext>` and their like.

Inside a line Markdown would read what is between their tags, and write its `&` and `<` as references, which nobody
decodes there: so it gets a mark in place of it. In the tree, what a reader saw as text is in `<pre>`, and what only
very old browsers showed is HTML again. https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.html.placeholders import Marks
from converters.markdown.scan.regions import PROSE, regions

_START = re.compile(r"<(xmp|iframe|noembed|noframes|plaintext|script|style)(?:\s[^<>]*)?>", re.I)
_SHOWN = {"xmp": "pre", "plaintext": "pre", "listing": "pre"}
_BACKSLASHES = 100
"""How many before a tag are counted."""
_FALLBACKS = ("iframe", "noembed", "noframes")


def hidden(text: str, marks: Marks) -> str:
    """The text with marks in place of the insides of such elements, where these are part of a line."""
    if "<" not in text or _START.search(text) is None:
        return text
    parts, position = [], 0
    for region in regions(text):
        if region.kind != PROSE:
            continue
        lower = text[region.start : region.end].lower()
        missing: set[str] = set()
        for found in _START.finditer(text, region.start, region.end):
            name = found[1].lower()
            if found.start() < position or name in missing or _is_text(text, region.start, found.start()):
                continue
            end = region.end if name == "plaintext" else lower.find(f"</{name}", found.end() - region.start)
            if end < 0:
                missing.add(name)
                continue
            end = end if name == "plaintext" else end + region.start
            inside = marks.keep(text[found.end() : end])
            if name == "plaintext":  # nothing ends it, and what Markdown writes behind it is none of its text
                parts += [text[position : found.start()], f"<xmp>{inside}</xmp>"]
            else:
                parts += [text[position : found.end()], inside]
            position = end
    return "".join(parts) + text[position:] if parts else text


def _is_text(text: str, start: int, end: int) -> bool:
    """Has the tag a backslash before it, or is it inside a span of code, as the backticks before it tell?"""
    before = text[max(start, end - _BACKSLASHES) : end]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1 or text.count("`", start, end) % 2 == 1


def tidy(root: etree._Element) -> None:
    """Change what such elements became in the tree."""
    for element in list(root.iter(*_SHOWN)):
        element.tag = _SHOWN[str(element.tag)]
    for element in list(root.iter(*_FALLBACKS)):
        if "<" in (element.text or ""):
            inside = tree.parse(element.text or "")
            element.text = inside.text
            element.extend(list(inside))
