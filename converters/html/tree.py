"""HTML into a tree and back.

Parsing is HTML5's (the WHATWG algorithm, by turbohtml), since a reader saw what a browser made of the markup; the tree
is lxml's, since every later step works on it. The tree holds plain elements with local names; SVG and MathML keep their
name spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from converters.html import tag_limits
from converters.html.placeholders import Marks
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Html

_OURS = "urn:postferry"
_GONE = "GONE"
"""No HTML parser makes a name in capitals. It has no name space: what is declared on an element that is taken out
would be declared again on each that was in it, and all of them looked through."""
_MANY = 50
"""Elements from which one walk over the whole tree is quicker than a step for each."""
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
    html = tag_limits.without_roots(html, limits)
    written = turbohtml.parse_fragment(html, positions=False).serialize(options)
    text = tag_limits.bounded(written, log, limits)
    try:
        if not tag_limits.many_declared(text, limits):
            return _disowned(etree.fromstring(text, usual), text)  # refuses more than 256 levels: nothing to flatten
    except etree.XMLSyntaxError:
        pass
    for attempt in _attempts(text, limits):
        try:
            root = etree.fromstring(attempt, huge)
        except etree.XMLSyntaxError:
            continue
        return _flatten(_disowned(_strip_prefixed(root), text), limits.html_depth, log)
    return _flatten(_by_libxml2(html if text is written else text), limits.html_depth, log)


def _attempts(text: str, limits: Limits) -> Iterator[str]:
    """The text as it is, then with names mended that HTML allows and XML does not."""
    if tag_limits.many_prefixes(text, limits):
        text = tag_limits.one_prefix(text)
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
            element.tag = _GONE
    etree.strip_tags(box, _GONE)
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
            element.tag = _GONE
    etree.strip_tags(root, _GONE)
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
            element.tag = _GONE
        etree.strip_tags(root, _GONE)
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
    """The HTML of an element that holds raw ones."""
    marks, waiting = Marks(), list(element.iter(RAW))
    for inner in waiting:
        inner.text = marks.keep(inner.text or "")
    unwrap_all(element, waiting)
    return marks.put_back(serialize(element, tail=tail))


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


def remove_all(root: etree._Element, elements: Iterable[etree._Element]) -> None:
    """`remove` for many elements below the root, in one walk: one by one, each would copy the text before it."""
    found = [element for element in elements if element is not root and element.getparent() is not None]
    if len(found) < _MANY:
        for element in found:
            remove(element)
        return
    for element in found:
        element.tag = _GONE
    etree.strip_elements(root, _GONE, with_tail=False)


def unwrap_all(root: etree._Element, elements: Iterable[etree._Element]) -> None:
    """`unwrap` for many elements below the root, in one walk."""
    found = [element for element in elements if element is not root and element.getparent() is not None]
    if len(found) < _MANY:
        for element in found:
            unwrap(element)
        return
    for element in found:
        element.tag = _GONE
    etree.strip_tags(root, _GONE)


def unwrap(element: etree._Element) -> None:
    """Take the element's tag away; what stands inside it and behind it stays.

    Nothing is asked for by its number among its siblings, which would be counted for each.
    """
    parent = element.getparent()
    if parent is None:
        return
    _append_text(parent, element.getprevious(), element.text)
    for child in list(element):
        element.addprevious(child)  # its tail comes with it
    tail, element.tail = element.tail, None
    before = element.getprevious()
    parent.remove(element)
    _append_text(parent, before, tail)


def _append_text(parent: etree._Element, before: etree._Element | None, text: str | None) -> None:
    """Add text behind a child of `parent`, or at its start."""
    if not text:
        return
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text


def replace(element: etree._Element, *new: etree._Element) -> None:
    """Put `new` in the element's place; the text behind it stays behind the last of them."""
    parent = element.getparent()
    if parent is None:
        return
    if not new:
        remove(element)
        return
    new[-1].tail = (new[-1].tail or "") + (element.tail or "") or None
    element.tail = None
    for item in new:
        element.addprevious(item)
    parent.remove(element)


def raw(text: str, *, display: str = "block", own: bool = False) -> etree._Element:
    """An element that every Markdown engine writes as `text`, unescaped; `own`: see `OWN`."""
    element = etree.Element(RAW, display=display)
    if own:
        element.set(OWN, "1")
    element.text = text
    return element
