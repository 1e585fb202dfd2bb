"""HTML into a tree and back.

Parsing is HTML5's (the WHATWG algorithm, by turbohtml), since a reader saw what a browser made of the markup; the tree
is lxml's, since every later step works on it. The tree holds plain elements with local names; SVG and MathML keep their
name spaces.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from converters.limits import DEFAULT, Limits
from converters.notices import Log

if TYPE_CHECKING:
    from turbohtml import Html

_OURS = "urn:postferry"
RAW = "{urn:postferry}raw"
"""An element whose text a Markdown engine writes as it is; `display` is block or inline. No HTML parser makes one."""

OWN = "own"
"""On a raw element: the user wrote its text for the target, so that marks of the target's templates in it are meant."""

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without an end tag."""

_RAW_TEXT = ("script", "style")
_empty = etree.XPath("descendant-or-self::*[not(node()[1])]")  # the first: all of them cost their square
_PREFIXED = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+=")
_ODD_NAME = re.compile(r'(?<=["\s])[\w.-]*:(?:[^\w\s=]|\d|[\w.-]*:)[^\s="<>]*="[^"]*"')
_XMLNS = re.compile(r'\sxmlns:[\w.-]+="[^"]*"')
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BUILT_IN = frozenset({"xml", "xmlns", "xlink"})


@cache
def _xml_options() -> tuple[Html, etree.XMLParser, etree.XMLParser]:
    """How to serialise, the usual parser, and the one for what is too deep or too large for that."""
    from turbohtml import Html

    usual = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    huge = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False)
    return Html(xml=True), usual, huge


def parse(html: str, log: Log | None = None, limits: Limits = DEFAULT) -> etree._Element:
    """The tree a browser would make of `html` inside a `div`; that `div` is returned.

    Never fails and never loses text, whatever the markup. Elements nested deeper than `limits.html_depth` keep their
    text and lose their tags (noted as `html.depth`).
    """
    import turbohtml

    options, usual, huge = _xml_options()
    text = turbohtml.parse_fragment(html, positions=False).serialize(options)
    try:
        return _disowned(etree.fromstring(text, usual), text)  # refuses more than 256 levels: nothing to flatten
    except etree.XMLSyntaxError:
        pass
    for attempt in _attempts(text):
        try:
            root = etree.fromstring(attempt, huge)
        except etree.XMLSyntaxError:
            continue
        return _flatten(_disowned(_strip_prefixed(root), text), limits.html_depth, log)
    return _flatten(_by_libxml2(html), limits.html_depth, log)


def _attempts(text: str) -> Iterator[str]:
    """The text as it is, then with names mended that HTML allows and XML does not."""
    yield text
    text = _ODD_NAME.sub("", text)
    yield _declare_prefixes(text)
    yield _declare_prefixes(_XMLNS.sub("", text))


def _disowned(root: etree._Element, text: str) -> etree._Element:
    """No name of ours comes from a text: an element that declares our name space (`xmlns`) is a plain one."""
    if _OURS not in text:
        return root
    for element in root.iter(f"{{{_OURS}}}*"):
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(root)
    return root


def _by_libxml2(html: str) -> etree._Element:
    """The last resort, for attributes whose names no XML can hold: another tree now and then, but never none."""
    root = etree.fromstring(f"<html><body>{html}</body></html>", etree.HTMLParser(huge_tree=True))
    body = root.find("body")
    box = etree.Element("div")
    if body is not None:
        _clean(body)
        box.text = body.text
        box.extend(list(body))
    for element in box.iter("*"):
        kept = {str(name): value for name, value in element.attrib.items() if _XML_NAME.fullmatch(str(name))}
        if len(kept) < len(element.attrib):  # lxml refuses to take one out by a name that XML cannot hold
            element.attrib.clear()
            for name, value in kept.items():
                element.set(name, value)
        if not _XML_NAME.fullmatch(str(element.tag)):
            element.tag = "{urn:postferry}gone"
    etree.strip_tags(box, "{urn:postferry}gone")
    return box


def _clean(root: etree._Element) -> None:
    """Without characters no XML can hold, which libxml2 lets pass where they are written as references."""
    for element in root.iter():
        element.text = _NO_XML.sub("", element.text or "") or None
        element.tail = _NO_XML.sub("", element.tail or "") or None
        for key, value in () if is_comment(element) else element.items():
            if _XML_NAME.fullmatch(str(key)):
                element.set(key, _NO_XML.sub("", str(value)))


def _declare_prefixes(text: str) -> str:
    """Names such as `o:p` (Microsoft Word) are plain HTML names, and undeclared prefixes to an XML parser."""
    prefixes = {a or b for a, b in _PREFIXED.findall(text)} - _BUILT_IN
    declared = "".join(f' xmlns:{prefix}="urn:prefix:{prefix}"' for prefix in sorted(prefixes))
    return text.replace("<div", f"<div{declared}", 1)


def _strip_prefixed(root: etree._Element) -> etree._Element:
    """Elements and attributes of undeclared prefixes mean nothing to a browser: their text stays, their names go."""
    for element in root.iter("*"):
        for name in [name for name in element.attrib if str(name).startswith("{urn:prefix:")]:
            del element.attrib[name]
        if str(element.tag).startswith("{urn:prefix:"):
            element.tag = "{urn:postferry}gone"
    etree.strip_tags(root, "{urn:postferry}gone")
    etree.cleanup_namespaces(root)
    return root


def _flatten(root: etree._Element, depth: int, log: Log | None) -> etree._Element:
    """Unwrap what is nested deeper than `depth`. Iterative: the depth of hostile HTML has no bound."""
    level, deep = 0, []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        if event == "start" and level > depth:
            deep.append(element)
    if deep and log is not None:
        log("html.depth", str(len(deep)))
    if deep:
        for element in deep:
            element.tag = "{urn:postferry}gone"
        etree.strip_tags(root, "{urn:postferry}gone")
    return root


def name(element: etree._Element) -> str:
    """The element's tag; empty for comments and processing instructions."""
    tag: object = element.tag
    return tag if isinstance(tag, str) else ""


def is_comment(element: etree._Element) -> bool:
    """Also for a processing instruction (`<?php … ?>`), which HTML reads as a comment."""
    return isinstance(element, etree._Comment | etree._ProcessingInstruction)


def comment(element: etree._Element) -> str:
    """A comment as HTML."""
    target = f"?{element.target!s} " if isinstance(element, etree._ProcessingInstruction) else ""
    return f"<!--{target}{element.text or ''}-->"


def serialize(element: etree._Element, *, tail: bool = False) -> str:
    """The element as HTML, with its own tag.

    Written as XML with end tags everywhere, which HTML reads the same: libxml2's own HTML form would encode addresses
    again. Scripts and styles, whose text HTML does not decode, need that form all the same. Raw elements inside are
    written as their text, and stand as text in the tree afterwards.
    """
    if element.tag == RAW:
        return (element.text or "") + (_escape(element.tail or "") if tail else "")
    if next(element.iter(RAW), None) is not None:
        return _with_raw(element, tail=tail)
    if is_comment(element):
        return comment(element) + (_escape(element.tail or "") if tail else "")
    for inner in cast(list[etree._Element], _empty(element)):
        if inner.tag not in VOID:
            inner.text = ""
    method = "html" if next(element.iter(*_RAW_TEXT), None) is not None else "xml"
    text = etree.tostring(element, encoding="unicode", method=method, with_tail=tail)
    return text if method == "xml" else text.replace("\r", "&#13;")  # which Markdown would take for the end of a line


def _with_raw(element: etree._Element, *, tail: bool) -> str:
    """The HTML of an element that holds raw ones. The mark that stands for them holds a number drawn by lot."""
    mark = f"postferry{secrets.token_hex(8)}z"
    waiting = list(element.iter(RAW))
    texts = [inner.text or "" for inner in waiting]
    for number, inner in enumerate(waiting):
        inner.text = f"{mark}{number}z"
        unwrap(inner)
    html = serialize(element, tail=tail)
    return re.sub(f"{mark}(\\d+)z", lambda found: texts[int(found[1])], html)


def inner_html(element: etree._Element) -> str:
    """What stands inside the element, as HTML."""
    parts = [_escape(element.text or "")]
    parts.extend(serialize(child, tail=True) for child in element)
    return "".join(parts)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(element: etree._Element) -> str:
    """All text inside the element, as it stands."""
    return "".join(cast(Iterator[str], element.itertext()))


def remove(element: etree._Element) -> None:
    """Take the element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Take the element's tag away; what stands inside it and behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    index = parent.index(element)
    _append_text(parent, index, element.text)
    children = list(element)
    for offset, child in enumerate(children):
        parent.insert(index + offset, child)
    position = index + len(children)
    tail, element.tail = element.tail, None
    parent.remove(element)
    _append_text(parent, position, tail)


def _append_text(parent: etree._Element, index: int, text: str | None) -> None:
    """Add text to `parent` in front of its child number `index`."""
    if not text:
        return
    if index == 0:
        parent.text = (parent.text or "") + text
    else:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text


def replace(element: etree._Element, *new: etree._Element) -> None:
    """Put `new` in the element's place; the text behind it stays behind the last of them."""
    parent = element.getparent()
    if parent is None:
        return
    if not new:
        remove(element)
        return
    index = parent.index(element)
    new[-1].tail = (new[-1].tail or "") + (element.tail or "") or None
    element.tail = None
    parent.remove(element)
    for offset, item in enumerate(new):
        parent.insert(index + offset, item)


def raw(text: str, *, display: str = "block", own: bool = False) -> etree._Element:
    """An element that every Markdown engine writes as `text`, unescaped; `own`: see `OWN`."""
    element = etree.Element(RAW, display=display)
    if own:
        element.set(OWN, "1")
    element.text = text
    return element
