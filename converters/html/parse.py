"""HTML into a tree: the one a browser would make.

Parsing is HTML5's (the WHATWG algorithm, by turbohtml), since a reader saw what a browser made of the markup; the tree
is lxml's, since every later step works on it. It gets there as XML, which is made well-formed first, and kept from what
makes the time of an XML parser grow with the square of the text: an attribute is looked up among all of its element, a
prefix among all that are declared. The tree holds plain elements with local names; SVG and MathML keep their name
spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Html

_OURS = "urn:postferry"
_GONE = "GONE"
"""No HTML parser makes a name in capitals. It has no name space: what is declared on an element that is taken out
would be declared again on each that was in it, and all of them looked through."""
_FOREIGN = "stranger"
"""The prefix that replaces all others where there are too many."""
_BUILT_IN = frozenset({"xml", "xmlns", "xlink"})

_ATTRIBUTE = r'\s+[^\s<>="]+="[^"]*"'
_TAG = re.compile(rf"(/?[^\s<>/=\"]+)((?:{_ATTRIBUTE})*+)(\s*/?>)")
_SHORTEST = len(' a=""')
_ONE = re.compile(_ATTRIBUTE)
_PREFIX = re.compile(r"(?:</?|\s)(?:xmlns:)?([A-Za-z_][\w.-]*)(?=:[\w.-]|=)")
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)=")
_WITH_PREFIX = re.compile(r'\s+(?!(?:xml|xlink|xmlns:xlink)[:=])[^\s<>="]+:[^\s<>="]*="[^"]*"')
_NAMED = re.compile(r"/?[^\s<>/=\":]*:")
_USED = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+=")
_ODD_NAME = re.compile(r'(?<=["\s])[\w.-]*:(?:[^\w\s=]|\d|[\w.-]*:)[^\s="<>]*="[^"]*"')
_XMLNS = re.compile(r'\sxmlns:[\w.-]+="[^"]*"')
_ROOT = re.compile(r"<html(?=[\s/])[^<>]*>", re.I)
"""The tag of a whole document: inside a piece of HTML it makes no element, and shows nothing."""
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
    html = without_roots(html, limits)
    written = turbohtml.parse_fragment(html, positions=False).serialize(options)
    text = _limit_attributes(written, limits.attributes, log)
    try:
        if not _too_many("xmlns:", _DECLARED, text, limits):
            return _disowned(etree.fromstring(text, usual), text)  # refuses more than 256 levels: nothing to flatten
    except etree.XMLSyntaxError:
        pass
    for attempt in _attempts(text, limits):
        try:
            root = etree.fromstring(attempt, huge)
        except etree.XMLSyntaxError:
            continue
        return flatten(_disowned(_strip_prefixed(root), text), limits.html_depth, log)
    return flatten(_by_libxml2(html if text is written else text), limits.html_depth, log)


def without_roots(html: str, limits: Limits = DEFAULT) -> str:
    """The text without attributes of the tags of whole documents, where there are very many: a parser gives them all
    to one element (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody, "html")."""
    many = len(html) > limits.attributes * len("<html ") and html.lower().count("<html") > limits.attributes
    return _ROOT.sub("<html>", html) if many else html


def _limit_attributes(text: str, most: int, log: Log | None) -> str:
    """A document that a serialiser has written, without the attributes that an element has beyond the limit."""
    if text.count('="') <= most:
        return text
    pieces = text.split("<")
    changed = False
    for number, piece in enumerate(pieces):
        if len(piece) <= most * _SHORTEST or piece.count('="') <= most:
            continue
        found = _TAG.match(piece)
        given = _ONE.findall(found[2]) if found is not None else []
        if found is not None and len(given) > most:
            pieces[number] = found[1] + "".join(given[:most]) + piece[found.end(2) :]
            changed = True
            if log is not None:
                log("html.attribute", f"{len(given) - most:,} attributes of <{found[1]}>, which has {len(given):,}")
    return "<".join(pieces) if changed else text


def _too_many(sign: str, pattern: re.Pattern[str], text: str, limits: Limits) -> bool:
    """Whether the pattern finds more prefixes than are kept apart. No text with few of `sign` has so many."""
    return text.count(sign) > limits.prefixes and len(set(pattern.findall(text))) > limits.prefixes


def _attempts(text: str, limits: Limits) -> Iterator[str]:
    """The text as it is, then with names mended that HTML allows and XML does not."""
    if _too_many(":", _PREFIX, text, limits):
        text = "<".join(piece if piece.startswith("!") else _with_one_prefix(piece) for piece in text.split("<"))
    yield text
    text = _ODD_NAME.sub("", text)
    yield _declare_prefixes(text)
    yield _declare_prefixes(_XMLNS.sub("", text))


def _with_one_prefix(piece: str) -> str:
    """A tag with the one prefix in place of its own, and without attributes that have one."""
    found = _TAG.match(piece) if ":" in piece else None
    if found is None:
        return piece
    name = found[1]
    if _NAMED.match(name):
        name = ("/" if name.startswith("/") else "") + f"{_FOREIGN}:x"
    return name + _WITH_PREFIX.sub("", found[2]) + piece[found.end(2) :]


def _declare_prefixes(text: str) -> str:
    """Names such as `o:p` (Microsoft Word) are plain HTML names, and undeclared prefixes to an XML parser."""
    prefixes = {a or b for a, b in _USED.findall(text)} - _BUILT_IN
    declared = "".join(f' xmlns:{prefix}="urn:prefix:{prefix}"' for prefix in sorted(prefixes))
    return text.replace("<div", f"<div{declared}", 1)


def _disowned(root: etree._Element, text: str) -> etree._Element:
    """No name of ours comes from a text: an element that declares our name space (`xmlns`) is a plain one."""
    if _OURS not in text:
        return root
    for element in root.iter(f"{{{_OURS}}}*"):
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(root)
    return root


def _strip_prefixed(root: etree._Element) -> etree._Element:
    """Elements and attributes of undeclared prefixes mean nothing to a browser: their text stays, their names go."""
    elements = list(root.iter("*"))
    for element in elements:
        for name in [name for name in element.attrib if str(name).startswith("{urn:prefix:")]:
            del element.attrib[name]
    strip_tags(root, [element for element in elements if str(element.tag).startswith("{urn:prefix:")])
    etree.cleanup_namespaces(root)
    return root


def _by_libxml2(html: str) -> etree._Element:
    """The last resort, for attributes whose names no XML can hold: another tree now and then, but never none."""
    root = etree.fromstring(f"<html><body>{html}</body></html>", etree.HTMLParser(huge_tree=True))
    body = root.find("body")
    box = etree.Element("div")
    for node in () if body is None else body.iter():  # libxml2 lets references to characters pass that XML cannot hold
        node.text = _NO_XML.sub("", node.text or "") or None
        node.tail = _NO_XML.sub("", node.tail or "") or None
    if body is not None:
        box.text = body.text
        box.extend(list(body))
    elements = list(box.iter("*"))
    for element in elements:
        named = [(str(key), str(value)) for key, value in element.items() if _XML_NAME.fullmatch(str(key))]
        element.attrib.clear()  # lxml refuses to take one out by a name that XML cannot hold
        for key, value in named:
            element.set(key, _NO_XML.sub("", value))
    strip_tags(box, [element for element in elements if not _XML_NAME.fullmatch(str(element.tag))])
    return box


def flatten(root: etree._Element, depth: int, log: Log | None) -> etree._Element:
    """Unwrap what is nested deeper than `depth`. Iterative: the depth of hostile HTML has no bound."""
    level, deep = 0, []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        if event == "start" and level > depth:
            deep.append(element)
    if deep and log is not None:
        log("html.depth", str(len(deep)))
    strip_tags(root, deep)
    return root


def strip_tags(root: etree._Element, elements: Iterable[etree._Element]) -> None:
    """Take away the tags of elements below the root, in one walk; what is inside them and behind them stays."""
    found = False
    for element in elements:
        element.tag = _GONE
        found = True
    if found:
        etree.strip_tags(root, _GONE)
