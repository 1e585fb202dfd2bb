"""The contract of the semantic HTML between importers and exporters (docs/semantic-html.md), as a checker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS

CLASSES = re.compile(r"gallery|embed|is-resized|align(?:left|right|center)|screen-reader-text|verse|language-[\w+#.-]+")
STYLE = re.compile(r"text-align: (?:center|right|left)|margin-left: 1em|list-style-type: [a-z-]+")
IN_EMBED = {"a", "iframe", "blockquote", "noscript", "figcaption"}
NOISE = re.compile(r"on\w+|srcset|sizes|loading|decoding|fetchpriority")
UNSAID = {"div", "section", "article", "main", "header", "footer", "hgroup"}


def breaches(root: etree._Element) -> Iterator[str]:
    """What in the tree is not as the contract says, one line each."""
    for element in root.iter():
        if element is root or element.tag == tree.RAW:
            continue
        if tree.is_comment(element):
            if element.getparent() is not root or (element.text or "").partition(" ")[0] != "more":
                yield f"comment {element.text!r}"
            continue
        yield from _attributes(element)
        yield from _form(element)


def _attributes(element: etree._Element) -> Iterator[str]:
    for kind in str(element.get("class") or "").split():
        if not CLASSES.fullmatch(kind):
            yield f"class {kind} of {element.tag}"
    if element.get("style") and element.tag not in ("td", "th") and not STYLE.fullmatch(str(element.get("style"))):
        yield f"style {element.get('style')!r} of {element.tag}"
    for name in element.attrib:
        if NOISE.fullmatch(str(name)):
            yield f"{name!s} of {element.tag}"


def _form(element: etree._Element) -> Iterator[str]:
    kinds = str(element.get("class") or "").split()
    children = {tree.name(child) for child in element} - {""}
    if "gallery" in kinds:
        if element.tag != "figure" or not str(element.get("data-columns")).isdecimal():
            yield "gallery that is no figure with columns"
    elif "embed" in kinds:
        if not element.get("data-url") or not children or not children <= IN_EMBED:
            yield f"embed with {sorted(children)}"
    elif element.tag == "pre" and children == {"code"} and (element.get("class") or element.get("lang")):
        yield "language on pre"
    elif element.tag in UNSAID and not element.attrib:
        yield f"{element.tag} that says nothing"
    elif element.tag == "img" and (element.get("alt") is None or not element.get("src")):
        yield "img without alt or src"
    elif element.tag == "p" and any(tree.name(child) in BLOCKS for child in element):
        yield "block in a paragraph"
