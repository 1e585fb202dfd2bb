"""A tree, or a piece of HTML, without what is not on the lists.

Nearly every tree holds plain elements only: one walk sees that, and nothing is changed. In any other, what is not on
the lists is taken out, and what is left is looked at once more as the text a browser will get (`proof.py`). Some
elements stay on conditions (`SPECIAL`): because browsers read what is inside by other rules, or for what they do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from lxml import etree

from converters.html import tree
from converters.html.sanitize import proof
from converters.html.sanitize.lists import (
    ELEMENTS,
    FORMS,
    INPUTS,
    MATHML,
    READ_APART,
    REMOVED,
    RENAMED,
    RUNNING,
    SVG,
    Use,
)
from converters.html.sanitize.values import CHECKS, allowed, mended, sheet
from converters.model.notices import Log

_GONE, _OUT = "GONE", "OUT"
"""What an element is called that is to lose its tags, and one that goes as a whole. As in `tree`: no parser makes them,
and what has no name space is taken out in no time."""
_MORE = re.compile(r"more\Z")
"""The end of a teaser: the only comment that says something."""
_HANDLER = re.compile(r"on|srcdoc\Z|formaction\Z|ping\Z", re.I)
_SIMPLE = re.compile(
    r"[^<\x00]*+(?:<(?:/?(?:p|br ?/?|em|strong|b|i|code|blockquote|ul|ol|li|pre|del|s|sub|sup|cite|q|/a)"
    r"|a href=\"https?://[^\"<>\s]*+\"(?: (?:title|rel)=\"[^\"<>]*+\")*)>[^<\x00]*+)*+"
)
"""Pieces that need no parser to be seen as harmless: nearly all comments and descriptions."""
_ROUNDS = 3


Rule = Callable[[etree._Element, Log], str | None]
"""What becomes of the element: `remove`, `unwrap`, or None where it stays."""

_SHOWN = re.compile(r"(?:image/(?!svg)|audio/|video/|application/pdf$)")
_FILE = re.compile(r"\.(?:png|gif|jpe?g|webp|avif|mp3|ogg|oga|m4a|wav|mp4|m4v|webm|ogv|pdf)$", re.I)
_NO_TAGS = frozenset(tag for tag in ELEMENTS if "}" not in str(tag)) - READ_APART


def _text_only(element: etree._Element, log: Log) -> None:
    """Inside of it a browser may or may not read tags: so there are none."""
    for inside in element.iterdescendants():
        if tree.name(inside):
            inside.tag = _GONE
            inside.attrib.clear()


def _frame(element: etree._Element, log: Log) -> None:
    """A player. What older browsers showed instead is text, or nothing."""
    if len(element) or "<" in (element.text or ""):
        _leave_out(element, log)
        element.text = None
        for child in list(element):
            element.remove(child)


def _file(element: etree._Element, log: Log) -> str | None:
    """An image, a sound, a film or a PDF in an `<object>` or `<embed>`; anything else is a plug-in."""
    address = str(element.get("data") or element.get("src") or "")
    kind = str(element.get("type") or "").lower()
    shown = _SHOWN.match(kind) if kind else _FILE.search(address.partition("?")[0].partition("#")[0])
    if address and shown and allowed(address, Use.FRAME):
        return None
    log("html.active", f"<{tree.name(element)}>", where=address[:200])
    return "unwrap" if element.tag == "object" else "remove"


def _sheet(element: etree._Element, log: Log) -> str | None:
    text = element.text or ""
    if not len(element) and "<" not in text and "&" not in text and sheet(text):
        return None
    log("html.style", "<style>", old=text.strip()[:80])
    return "remove"


def _input(element: etree._Element, log: Log) -> str | None:
    kind = str(element.get("type") or "text").strip().lower()
    if kind in INPUTS:
        return None
    log("html.active", f"<input type={kind[:20]}>")
    return "remove"


def _form(element: etree._Element, log: Log) -> None:
    """It sends what a reader writes to its own site, to a known service, or is a search."""
    address = str(element.get("action") or "")
    method = str(element.get("method") or "get").strip().lower()
    if address and not _sends_nothing_away(address, method):
        log("html.active", "action of <form>", old=address[:80])
        del element.attrib["action"]


def _sends_nothing_away(address: str, method: str) -> bool:
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if not allowed(address, Use.FRAME) or "\\" in address:
        return False
    if method == "get" or (not host and not parts.scheme and not address.strip().startswith("//")):
        return True
    return parts.scheme == "https" and any(host == one or host.endswith(f".{one}") for one in FORMS)


def _later(element: etree._Element, log: Log) -> None:
    """See `_settle`."""


SPECIAL: dict[object, Rule] = {
    "embed": _file,
    "form": _form,
    "iframe": _frame,
    "input": _input,
    "noscript": _later,
    "object": _file,
    "select": _later,
    "style": _sheet,
    "textarea": _text_only,
    f"{SVG}title": _text_only,
    f"{SVG}desc": _text_only,
    f"{SVG}metadata": _text_only,
    f"{MATHML}annotation": _text_only,
}


def _settle(root: etree._Element, log: Log) -> None:
    """What can only be said when all the rest is clean: whether a `<noscript>` may stay.

    A browser with scripts reads it as text up to the first `</noscript>`, one without reads its tags. So it holds no
    element that is read by rules of its own, and no `<` anywhere that is not the start of one of its tags.
    """
    for element in list(root.iter("noscript")):
        if element.tag == _OUT or _is_plain(element):  # one inside of another has gone with it
            continue
        log("html.element", "<noscript>")
        _take_out(element, log)
    _strip(root)


def _is_plain(element: etree._Element) -> bool:
    if "<" in (element.text or ""):
        return False
    for inside in element.iterdescendants():
        if inside.tag not in _NO_TAGS or "<" in (inside.text or "") or "<" in (inside.tail or ""):
            return False
        if any("<" in str(value) for value in inside.attrib.values()):
            return False
    return True


_PLAIN = {tag: names for tag, names in ELEMENTS.items() if "}" not in str(tag) and tag not in SPECIAL}


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
    if is_simple(html):
        return html
    root = tree.parse(html)
    if is_clean(html, root):
        return html
    sanitize(root, log)
    return tree.inner_html(root)


def is_simple(html: str) -> bool:
    """Is it seen without a parser that all of it may stay?"""
    return "<" not in html or (_SIMPLE.fullmatch(html) is not None and proof.is_whole(html))


def is_clean(html: str, root: etree._Element) -> bool:
    """May all of it stay as it is written? `root` is its tree."""
    return _harmless(root) and proof.is_whole(html)


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
    _settle(root, log)


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
    if known is None and (name != "meta" or "http-equiv" in element.attrib):  # others say nothing to a browser
        log("html.active" if name in RUNNING else "html.element", f"<{name}>", where=where)
    element.attrib.clear()
    if removed:
        _take_out(element, log)
    else:
        element.tag = _GONE


def _take_out(element: etree._Element, log: Log) -> None:
    """Let it go, with all that is inside."""
    _leave_out(element, log)
    for inside in element.iterdescendants():
        if tree.name(inside):
            inside.tag = _OUT
    element.tag = _OUT


def _attributes(element: etree._Element, known: frozenset[str], log: Log) -> None:
    for key, given in element.items():
        name, value = str(key), str(given)
        check = CHECKS.get(name) if name in known else None
        if name in known and (check is None or check(element.tag, name, value)):
            continue
        new = mended(element.tag, name, value) if name in known else None
        local, tag = name.rpartition("}")[2], tree.name(element).rpartition("}")[2]
        active = _HANDLER.match(local) or (name in known and local != "target")  # which runs nothing
        code = "html.style" if local == "style" else "html.active" if active else "html.attribute"
        log(code, f"{local} of <{tag}>", old=value[:80], new=(new or "")[:80])
        if new:
            element.set(name, new)
        else:
            del element.attrib[key]


def _comments(root: etree._Element) -> None:
    """Take out all comments but those that end a teaser, and all instructions."""
    tree.strip_comments(root, [node for node in root.iter(etree.Comment) if _MORE.match(node.text or "")])


def _leave_out(element: etree._Element, log: Log) -> None:
    """What is inside, as text where nothing but text counts: what a browser reads as one may be all that follows."""
    counts = next(element.iterdescendants("a", "img", "pre", "code", "del", "s", "strike"), None) is not None
    log.leave_out(tree.inner_html(element) if counts else tree.plain_text(element))


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
