"""A tree, or a piece of HTML, without what is not on the lists.

Nearly every tree holds plain elements only: one walk sees that, and nothing is changed. In any other, what is not on
the lists is taken out, and what is left is looked at once more as the text a browser will get (`proof.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from converters.html import tree
from converters.html.sanitize import proof, special
from converters.html.sanitize.attributes import CHECKS, mended
from converters.html.sanitize.lists import ELEMENTS, MATHML, REMOVED, RENAMED, RUNNING, SVG
from converters.html.sanitize.special import SPECIAL
from converters.model.notices import Log

_OURS = "{urn:postferry}"
_GONE, _OUT, _KEPT = "GONE", "OUT", f"{_OURS}kept"
"""What an element is called that is to lose its tags; one that goes as a whole; the mark for a comment that stays. As
in `tree`: no parser makes the first two, and what has no name space is taken out in no time."""
_PLAIN = {tag: names for tag, names in ELEMENTS.items() if "}" not in str(tag) and tag not in SPECIAL}
_MORE = re.compile(r"more\Z")
"""The end of a teaser: the only comment that says something."""
_HANDLER = re.compile(r"on|srcdoc\Z|formaction\Z|ping\Z", re.I)
_SIMPLE = re.compile(
    r"[^<\x00]*+(?:<(?:/?(?:p|br ?/?|em|strong|b|i|code|blockquote|ul|ol|li|pre|del|s|sub|sup|cite|q|/a)"
    r"|a href=\"https?://[^\"<>\s]*+\"(?: (?:title|rel)=\"[^\"<>]*+\")*)>[^<\x00]*+)*+"
)
"""Pieces that need no parser to be seen as harmless: nearly all comments and descriptions."""
_ROUNDS = 3


def sanitize(root: etree._Element, log: Log) -> None:
    """Take out of the tree, in place, what is not on the lists; the text around it stays. `root` itself stays.

    What ran something is noted as `html.active`, other elements as `html.element`, other attributes as
    `html.attribute`.
    """
    if _harmless(root):
        return
    _clean(root, log)
    for _ in range(_ROUNDS):
        again = proof.objection(root)
        if again is None:
            return
        if next(root.iter(tree.RAW), None) is not None:  # which no text can hold: what is in doubt goes instead
            etree.strip_tags(root, f"{SVG}*", f"{MATHML}*")
            continue
        _refill(root, again)
        _clean(root, log)
    log("html.element", "markup that browsers read in several ways", old=proof.html(root)[:80])
    text = tree.plain_text(root)
    _refill(root, etree.Element("div"))
    root.text = text


def clean_html(html: str, log: Log) -> str:
    """A piece of HTML without what is not on the lists; byte for byte as it was where all of it is."""
    if "<" not in html or (_SIMPLE.fullmatch(html) and proof.is_whole(html)):
        return html
    root = tree.parse(html)
    own = Log(log.item)
    if _harmless(root) and proof.is_whole(html):
        return html
    sanitize(root, own)
    for notice in own.notices:
        log.take(notice)
    return tree.inner_html(root)


def clean_value(value: str, log: Log) -> str:
    """The same for a value that may be HTML or anything else: half of an element (`<div class="a">`) stays as it is."""
    if "<" not in value:
        return value
    own = Log(log.item)
    text = clean_html(value, own)
    if not own.notices and proof.is_plain(value):
        return value
    for notice in own.notices:
        log.take(notice)
    return text


def _harmless(root: etree._Element) -> bool:
    """Does the tree hold nothing but plain elements, with attributes that need no change?"""
    for element in root.iter():
        known = _PLAIN.get(element.tag)
        if known is None:
            if isinstance(element, etree._Comment) and _MORE.match(element.text or ""):
                continue
            return False
        for name, value in element.items():
            if name not in known:
                return False
            check = CHECKS.get(name)
            if check is not None and not check(element.tag, str(name), str(value)):
                return False
    return True


def _clean(root: etree._Element, log: Log) -> None:
    _comments(root)
    for element in list(root.iter()):
        if element is root:
            _attributes(element, ELEMENTS.get(element.tag, ELEMENTS["div"]), log)
        elif element.tag == tree.RAW and element.get(tree.OWN):
            continue
        elif tree.name(element) and element.tag not in (_GONE, _OUT):
            _element(element, log)
    _strip(root)
    special.settle(root, log)


def _element(element: etree._Element, log: Log) -> None:
    name = tree.name(element).rpartition("}")[2].lower()
    if element.tag in RENAMED:
        log("html.element", f"<{name}>")
        element.tag = RENAMED[str(element.tag)]
        element.attrib.clear()
    known = ELEMENTS.get(element.tag)
    verdict = SPECIAL[element.tag](element, log) if element.tag in SPECIAL else None
    if known is not None and verdict is None:
        _attributes(element, known, log)
        return
    removed = verdict == "remove" or (known is None and name in REMOVED)
    where = str(element.get("src") or element.get("data") or "")[:200]
    if known is None:
        log("html.active" if name in RUNNING else "html.element", f"<{name}>", where=where)
    element.attrib.clear()
    if removed:
        for inside in element.iterdescendants():
            if tree.name(inside):
                inside.tag = _OUT
    element.tag = _OUT if removed else _GONE


def _attributes(element: etree._Element, known: frozenset[str], log: Log) -> None:
    for key, given in element.items():
        name, value = str(key), str(given)
        check = CHECKS.get(name) if name in known else None
        if name in known and (check is None or check(element.tag, name, value)):
            continue
        new = mended(element.tag, name, value) if name in known else None
        local, tag = name.rpartition("}")[2], tree.name(element).rpartition("}")[2]
        active = _HANDLER.match(local) or name in known
        code = "html.style" if local == "style" else "html.active" if active else "html.attribute"
        log(code, f"{local} of <{tag}>", old=value[:80], new=(new or "")[:80])
        if new:
            element.set(name, new)
        else:
            del element.attrib[key]


def _comments(root: etree._Element) -> None:
    """Take out all comments but the one that ends a teaser, and all instructions."""
    kept = list(_marks(root))
    for comment in kept:
        mark = etree.Element(_KEPT)
        mark.tail, comment.tail = comment.tail, None
        comment.getparent().replace(comment, mark)  # type: ignore[union-attr]  # it is below the root
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for mark in list(root.iter(_KEPT)):
        comment = etree.Comment("more")
        comment.tail, mark.tail = mark.tail, None
        mark.getparent().replace(mark, comment)  # type: ignore[union-attr]


def _marks(root: etree._Element) -> Iterator[etree._Element]:
    for comment in root.iter(etree.Comment):
        if comment is not root and _MORE.match(comment.text or ""):
            yield comment


def _strip(root: etree._Element) -> None:
    etree.strip_elements(root, _OUT, with_tail=False)
    etree.strip_tags(root, _GONE)
    etree.cleanup_namespaces(root)


def _refill(root: etree._Element, box: etree._Element) -> None:
    """Put what is in `box` in the place of all that is in `root`."""
    for child in list(root):
        root.remove(child)
    root.text = box.text
    root.extend(list(box))
