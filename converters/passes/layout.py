"""Boxes that only laid a page out go; what lays out text stays, in the one form that Markdown can stand in.

`<div>`, `<section>` and their like without a word to say are taken away, their phrases made paragraphs: they are
columns, rows and wrappers of themes. Alignment, language and direction of text, on whatever element the source said
them, come to stand on a `<div>` around the paragraphs they are true for:

    <p style="text-align: center">a</p><p style="text-align: center">b</p>
    <div style="text-align: center"><p>a</p><p>b</p></div>
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS, CONTAINERS, HEADINGS
from converters.html.generated_ids import is_generated
from converters.markdown.write.prepare import split_links
from converters.passes import anchors
from converters.passes.base import Work

_BOXES = frozenset({"div", "section", "article", "main", "header", "footer", "hgroup"})
_TIGHT = frozenset({"li", "td", "th", "dd", "dt", "figcaption", "summary", "caption"})
"""Where one box of phrases is no paragraph."""
_TEXTS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "dl")
_HOLDERS = frozenset({"div", "blockquote", "section", "article", "details", "aside"})
_ALIGNED = re.compile(r"text-align:\s*(center|right|left|end|start)\b", re.I)
_SHOWN = ("img", "video", "audio", "iframe", "object", "embed", "svg", "input", "canvas", "picture", tree.RAW)
_SAYING = ("dir", "lang", "style")
_NAMED_BY_PROGRAMS = CONTAINERS | {
    *HEADINGS,
    "p",
    "span",
    "a",
    "b",
    "strong",
    "ul",
    "ol",
    "li",
    "table",
    "figure",
    "img",
}
_that_are_named = etree.XPath("descendant::*[@id]")
_that_say = etree.XPath("descendant::*[@dir or @lang or @style]")
_MEANING = frozenset({"id", "lang", "dir", "style", "title", "class"})
"""Attributes for which a box stays; others are for scripts, or tell a reading aid of the layout."""


def strip(work: Work) -> None:
    """The body of a post without boxes that only laid it out."""
    if work.body is not None:
        strip_layout(work.body.root)


def strip_layout(root: etree._Element) -> None:
    """Change the tree in place."""
    _drop_generated(root)
    split_links(root)
    for element in cast(list[etree._Element], _that_say(root)):
        if element.tag in _TEXTS and element.getparent() is not None:
            _around(element)
        elif element.tag in _BOXES and _side(element) and _side(element) == _inherited(element):
            del element.attrib["style"]
    for paragraph in list(root.iter("p")):
        if len(paragraph) and any(_is_block(child) for child in paragraph):
            _wrap_phrases(paragraph)  # a player or a picture with words beside it
            tree.unwrap(paragraph)
    for element in reversed(list(root.iter(*_BOXES))):
        if element is not root and _MEANING.isdisjoint(str(name) for name in element.attrib):
            _dissolve(element)


def _drop_generated(root: etree._Element) -> None:
    """Take away ids that a program made and that no link leads to."""
    asked = frozenset(str(root.get(anchors.ASKED) or "").split())
    for element in cast(list[etree._Element], _that_are_named(root)):
        id = str(element.get("id"))
        if id not in asked and tree.name(element) in _NAMED_BY_PROGRAMS and is_generated(id):
            del element.attrib["id"]


def _side(element: etree._Element) -> str:
    """Where a style aligns text to; empty for no style of that kind."""
    found = _ALIGNED.search(str(element.get("style") or ""))
    return found[1].lower() if found else ""


def _inherited(element: etree._Element) -> str:
    """Where the elements around it align text to."""
    return next((side for above in element.iterancestors() if (side := _side(above))), "")


def _around(element: etree._Element) -> None:
    """Move what the element says of its text to a box around it, or into the box in front of it that says the same."""
    said = {name: str(element.get(name)) for name in _SAYING if element.get(name)}
    if said.pop("style", ""):
        side = _side(element)
        if not side and element.tag == "ol":
            return  # numbers of a kind of its own, which are no layout
        around = _inherited(element) or "left"
        if side and side.replace("start", "left") != around.replace("start", "left"):
            said["style"] = f"text-align: {side}"
    parent = element.getparent()
    quoted = parent is not None and parent.tag == "figure" and element.tag == "blockquote"
    if parent is None or (tree.name(parent) not in _HOLDERS and not quoted):
        return
    for name in _SAYING:
        element.attrib.pop(name, "")
    if not said:
        return
    before = element.getprevious()
    if before is not None and before.tag == "div" and dict(before.items()) == said and not (before.tail or "").strip():
        before.tail, element.tail = element.tail, None
        before.append(element)
        return
    box = etree.Element("div", said)
    tree.replace(element, box)
    box.append(element)


def _dissolve(box: etree._Element) -> None:
    parent = box.getparent()
    if parent is None:
        return
    if any(_is_block(child) for child in box):
        _wrap_phrases(box)
        tree.unwrap(box)
    elif not _shows(box):
        tree.remove(box)
    elif tree.name(parent) in _TIGHT and len(parent) == 1 and not (parent.text or "").strip():
        tree.unwrap(box)
    else:
        box.tag = "p"
        box.attrib.clear()


def _wrap_phrases(box: etree._Element) -> None:
    """Paragraphs around what stands between the blocks."""
    children = list(box)
    run = _paragraph(box.text)
    box.text = None
    for child in children:
        if _is_block(child) or tree.is_comment(child):
            if _shows(run):
                child.addprevious(run)
            run = _paragraph(child.tail)
            child.tail = None
        else:
            run.append(child)
    if _shows(run):
        box.append(run)


def _paragraph(text: str | None) -> etree._Element:
    paragraph = etree.Element("p")
    paragraph.text = text
    return paragraph


def _is_block(element: etree._Element) -> bool:
    if element.tag == tree.RAW:
        return element.get("display") == "block"
    return tree.name(element) in BLOCKS


def _shows(element: etree._Element) -> bool:
    return bool(tree.plain_text(element).strip()) or next(element.iter(*_SHOWN), None) is not None
