"""What the settings of a site add to Markdown: emoji, boxes, attributes below a block, formulas that pass as they are.

https://gohugo.io/configuration/markup/#extensions, https://gohugo.io/content-management/markdown-attributes/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from converters.html import tree
from converters.html.placeholders import Marks
from converters.markdown.scan.regions import PROSE, regions
from converters.model import MarkdownOptions
from converters.model.notices import Log

if TYPE_CHECKING:
    import comrak

_ADDED = {"insert": "insert", "mark": "highlight", "subscript": "subscript", "superscript": "superscript"}
_LEFT_OUT = {
    "definitionlist": "description_lists",
    "footnote": "footnotes",
    "linkify": "autolink",
    "strikethrough": "strikethrough",
    "table": "table",
    "tasklist": "tasklist",
}
_ATTRIBUTES = re.compile(r"(?:\A|\n)[ \t]*\{[ \t]*([#.][\w-][^{}\n]*|[\w-]+=[^{}\n]*)\}\s*\Z")
_ID = re.compile(r"(?:^|\s)#([^\s#.{}=]+)")
_HOOKED = {
    "blockquote": ("blockquote",),
    "heading": ("h1", "h2", "h3", "h4", "h5", "h6"),
    "image": ("img",),
    "link": ("a",),
    "table": ("table",),
}
"""Render hooks, and what they draw: https://gohugo.io/render-hooks/"""
_DRAWN = frozenset({"goat"})
"""Code of which Hugo itself makes a drawing."""
_LONGEST = 10_000
"""Characters of a formula. One that is longer is text."""


def configure(made: comrak.ExtensionOptions, options: MarkdownOptions) -> None:
    """Set what the parser is to know beyond what it always knows."""
    made.shortcodes = options.emoji
    made.alerts = options.alerts
    for name in options.added:
        setattr(made, _ADDED[name], True)
    for name in options.left_out:
        setattr(made, _LEFT_OUT[name.lower()], False)


def passed(text: str, options: MarkdownOptions, marks: Marks) -> str:
    """The text with marks in place of what passes as it is, with its delimiters: their pieces are text."""
    pairs = [(start, end) for start, end in options.passed if start and end and start in text]
    if not pairs:
        return text
    opening = re.compile("|".join(re.escape(start) for start, _ in sorted(pairs, key=lambda pair: -len(pair[0]))))
    ends = dict(pairs)
    parts, position = [], 0
    for region in regions(text):
        found = opening.search(text, max(region.start, position), region.end) if region.kind == PROSE else None
        while found is not None:
            limit = min(len(text), found.end() + _LONGEST)
            end = text.find(ends[found[0]], found.end(), limit)
            if (
                end > found.end()
                and not _is_escaped(text, found.start(), region.start)
                and text.count("`", region.start, found.start()) % 2 == 0
            ):
                end += len(ends[found[0]])
                parts += [text[position : found.start()], marks.keep(_escaped(text[found.start() : end]))]
                position = end
            found = opening.search(text, max(position, found.end()), region.end)
    return "".join(parts) + text[position:] if parts else text


def _is_escaped(text: str, at: int, start: int) -> bool:
    r"""Whether a backslash takes the meaning of what is here: Goldmark reads `\\(` as a backslash and a bracket."""
    before = text[max(start, at - 50) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def take_attributes(root: etree._Element) -> None:
    """Take away lines of attributes below a block; an id in one is that of the block."""
    for element in list(root.iter("p", "li", "tr")):
        text = _last_text(element)
        found = _ATTRIBUTES.search(text) if "{" in text else None
        if found is None or (element.tag == "tr" and tree.plain_text(element).strip() != text.strip()):
            continue
        alone = tree.plain_text(element).strip() == found[0].strip()
        block = _block(element, alone=alone)
        if block is not None and (id := _ID.search(found[1])) and not block.get("id"):
            block.set("id", id[1])
        if alone:
            tree.remove(element)
        else:
            _set_last_text(element, text[: found.start()])


def _block(element: etree._Element, *, alone: bool) -> etree._Element | None:
    """What the attributes are of: the paragraph, the list or table that ends here, or what is in front of it."""
    if element.tag in ("li", "tr"):
        return next(element.iterancestors("ul", "ol", "table"), None)
    return element.getprevious() if alone else element


def _last_text(element: etree._Element) -> str:
    if element.tag == "tr":
        return tree.plain_text(element[0]).strip() if len(element) else ""
    return (element[-1].tail if len(element) else element.text) or ""


def _set_last_text(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = text
    else:
        element.text = text


def alerts(root: etree._Element) -> None:
    """Boxes with a title become quotations that begin with it, which every program shows."""
    for box in [box for box in root.iter("div") if "markdown-alert" in str(box.get("class") or "").split()]:
        box.tag = "blockquote"
        box.attrib.clear()
        title = box[0] if len(box) else None
        if title is not None and title.get("class") == "markdown-alert-title":
            title.attrib.clear()
            strong = etree.SubElement(title, "strong")
            strong.text, title.text = title.text, None


def note_hooks(root: etree._Element, options: MarkdownOptions, log: Log) -> None:
    """Name what a template of the site, or of Hugo, made of elements of Markdown that are in the text."""
    for name in sorted(options.hooks):
        if name in _HOOKED and next(root.iter(*_HOOKED[name]), None) is not None:
            log("markup.hook", name)
    languages = {word[9:] for code in root.iter("code") for word in str(code.get("class") or "").split()[:1]}
    for language in sorted(languages):
        if language in _DRAWN or f"codeblock-{language}" in options.hooks:
            log("markup.code-hook", language)
