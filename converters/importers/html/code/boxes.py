"""The boxes of a highlighter around a text: what they say of it, and what of them a reader keeps."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from lxml import etree

from converters.html import tree
from converters.importers.html.code import lines
from converters.importers.html.code.languages import language_of, of_label
from converters.importers.shared.elements import attribute, classes

NESTED = 10
"""Boxes around a text that are looked at."""
_MANY = 20
"""Elements of a box; one with more is a part of the text."""
_KNOWN = re.compile(
    r"(?:^|\s)(?:\S*[-_])?(?:highlight|highlighter|codehilite|sourceCode|listingblock|literal-block-wrapper|"
    r"code(?:-?(?:block|box|panel|wrapper|wrap|container|snippet|toolbar|frame|example|group|listing|section|area|"
    r"content|view|editor))?|syntaxhighlighter|crayon-syntax|gist|snippet|shiki|prism|hljs|input_area|src|enlighter|bbcode|CodeMirror|expressive-code|org-src-container|pre|fragment)(?:$|\s|[-_])"
    r"|(?:^|\s)(?:language|highlight|lang)-[\w+#-]+|codeBlock|CodeBlock|code-block",
    re.I,
)
_OPEN = frozenset({"div", "figure", "section"})
_TITLES = re.compile(
    r"(?:^|\s|[-_])(?:title|caption|caption-text|filename|file-?name|file|header|head|info|name)(?:$|\s|[-_])"
    r"|Title|FileName|Header"
)
_LABELS = re.compile(r"(?:^|\s|[-_])(?:lang|language|label|badge)(?:$|\s|[-_])|Lang", re.I)
_TITLE_WORDS = 200
_BUTTONS = frozenset(
    words.strip()
    for words in """copy|copied|copied!|copy!|⧉|📋|collapse|expand|wrap|download|run|edit|explain|raw|plain|print|help|?
    |copy code|copy to clipboard|copy snippet|select all|view raw|show more|show less|toggle wrap|toggle word wrap
    |open in playground|try it yourself|edit on github""".split("|")
)
"""Words on what one clicked on: they do nothing in a text."""
_ANCHORS = ("¶", "#", "§", "")
_LABELLED = frozenset({"button", "a", "span", "div", "p", "strong", "small", "b", "cite", "i", "em", "h6", "label"})


class Around(NamedTuple):
    """What stands around a text."""

    outer: etree._Element
    """All in it but the text is the highlighter's."""
    named: list[etree._Element]
    """Boxes that may name the language, innermost first."""
    known: bool = False
    """One of the boxes says that it is code."""
    caption: etree._Element | None = None
    label: str = ""
    """The language that a label shows."""


def around(element: etree._Element, inside: Counter[etree._Element]) -> Around:
    """`inside`: how many texts each box holds. A box with words that are neither title nor label stays."""
    outer, named, known = element, [], False
    caption, label = None, ""
    current = element
    for box in list(islice(element.iterancestors(), NESTED)):
        above = box.getparent()
        if (
            above is None
            or (box.tag not in _OPEN and "-" not in tree.name(box))
            or inside[box] != 1
            or len(box) > _MANY
        ):
            break
        is_known = bool(_KNOWN.search(f"{attribute(box, 'class')}")) or bool(language_of([box]))
        beside = _beside(box, current, known=known or is_known)
        if beside is None:
            if is_known:
                named.append(box)
                known = True
            break
        named.append(box)
        known = known or is_known
        caption = beside.caption if beside.caption is not None else caption
        label = label or beside.label
        if is_known or box.tag == "figure" or beside.has_tools or (caption is not None and known):
            outer = box
        current = box
    return Around(outer, named, known, caption, label)


def _is_box(element: etree._Element) -> bool:
    """Also an element of a page's own (`<expressive-code>`)."""
    return element.tag in _OPEN or "-" in tree.name(element)


class _Beside(NamedTuple):
    caption: etree._Element | None = None
    label: str = ""
    has_tools: bool = False


def _beside(box: etree._Element, text: etree._Element, *, known: bool) -> _Beside | None:
    """What stands in a box beside its text; None where that has words of its own."""
    if (box.text or "").strip() or any((child.tail or "").strip() for child in box):
        return None
    caption, label, tools = None, "", False
    for child in box:
        if child is text or tree.is_comment(child):
            continue
        if tree.name(child) in ("img", "picture", "video", "audio", "iframe", "object", "embed", "table", "ul", "ol"):
            return None
        if next(child.iter("img", "video", "audio", "iframe"), None) is not None:
            return None
        words = " ".join(_words(child).split())
        if not words:
            tools = True
        elif (shown := of_label(words)) is not None and (known or _LABELS.search(attribute(child, "class"))):
            label, tools = label or shown, True
        elif caption is None and _is_title(child, words, known=known):
            caption, tools = child, True
        else:
            return None
    return _Beside(caption, label, tools)


def _words(element: etree._Element) -> str:
    """Those that are no buttons."""
    if lines.is_beside(element) or tree.name(element) in ("svg", "{http://www.w3.org/2000/svg}svg"):
        return ""
    words = tree.plain_text(element)
    if len(words) > 4 * _TITLE_WORDS:
        return words
    if not len(element):
        return "" if words.strip().lower() in _BUTTONS else words
    parts = [element.text or ""]
    for child in element:
        parts += (_words(child) if len(element) <= _MANY else tree.plain_text(child), child.tail or "")
    joined = " ".join(parts)
    return "" if " ".join(joined.split()).lower() in _BUTTONS else joined


def _is_title(child: etree._Element, words: str, *, known: bool) -> bool:
    if len(words) > _TITLE_WORDS:
        return False
    if child.tag == "figcaption":
        return True
    if not known or tree.name(child) not in _LABELLED | {"figcaption", "header", "summary"}:
        return False
    named = " ".join([attribute(child, "class"), *(attribute(inner, "class") for inner in islice(child.iter("*"), 5))])
    return bool(_TITLES.search(named))


class OnlyCode(NamedTuple):
    code: etree._Element
    label: str


def only_code_of(pre: etree._Element) -> OnlyCode | None:
    """The one `<code>` in a `<pre>` whose other words are a label and buttons, in boxes."""
    codes = list(islice(pre.iter("code"), 2))
    if len(codes) != 1 or codes[0].getparent() is pre or next(pre.iter("div"), None) is None:
        return None
    label = ""
    current = codes[0]
    for box in islice(codes[0].iterancestors(), NESTED):
        if (box.text or "").strip() or len(box) > _MANY or any((child.tail or "").strip() for child in box):
            return None
        for child in box:
            words = " ".join(_words(child).split()) if child is not current else ""
            shown = of_label(words) if words else ""
            if shown is None:
                return None
            label = label or shown
        if box is pre:
            return OnlyCode(codes[0], label)
        current = box
    return None


def title_inside(element: etree._Element) -> etree._Element | None:
    """The title in a box that is all one highlighter's."""
    for inner in islice(element.iter("span", "caption"), _MANY):
        if inner.tag == "caption" or "crayon-title" in classes(inner):
            return inner if tree.plain_text(inner).strip() else None
    return None


def label_inside(element: etree._Element) -> str:
    """The language on the toolbar of such a box."""
    labels = (inner for inner in islice(element.iter("span"), _MANY) if "crayon-language" in classes(inner))
    return next((shown for label in labels if (shown := of_label(tree.plain_text(label)))), "")


def replace(element: etree._Element, new: etree._Element, found: Around) -> None:
    """Put the code in the place of the text and of its highlighter's boxes; a title becomes its caption."""
    caption = found.caption
    if caption is not None and any(above is found.outer for above in islice(caption.iterancestors(), 2 * NESTED)):
        figure = etree.Element("figure")
        figure.append(new)
        figure.append(_as_caption(caption))
        new = figure
    tree.replace(found.outer, new)


def _as_caption(title: etree._Element) -> etree._Element:
    lines.clear(title)
    for tool in list(title.iter("*")):
        words = tree.plain_text(tool).strip().lower()
        if tool is not title and (words in _BUTTONS or (tool.tag == "a" and words in _ANCHORS)):
            tree.remove(tool)
    title.tag, title.tail = "figcaption", None
    for inner in list(title.iter("div", "p", "header")):
        inner.tag = "span"
    return title
