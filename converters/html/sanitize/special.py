"""Elements that may stay on conditions: because browsers read what is inside by other rules, or for what they do."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from lxml import etree

from converters.html import tree
from converters.html.sanitize import css
from converters.html.sanitize.lists import ELEMENTS, FORMS, INPUTS, MATHML, READ_APART, SVG
from converters.html.sanitize.urls import Use, allowed
from converters.model.notices import Log

Rule = Callable[[etree._Element, Log], str | None]
"""What becomes of the element: `remove`, `unwrap`, or None where it stays."""

_SHOWN = re.compile(r"(?:image/(?!svg)|audio/|video/|application/pdf$)")
_FILE = re.compile(r"\.(?:png|gif|jpe?g|webp|avif|mp3|ogg|oga|m4a|wav|mp4|m4v|webm|ogv|pdf)$", re.I)
_GONE, _OUT = "GONE", "OUT"
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
    if not len(element) and "<" not in text and "&" not in text and css.sheet(text):
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
    """See `settle`."""


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


def settle(root: etree._Element, log: Log) -> None:
    """What can only be said when all the rest is clean: whether a `<noscript>` may stay.

    A browser with scripts reads it as text up to the first `</noscript>`, one without reads its tags. So it holds no
    element that is read by rules of its own, and no `<` anywhere that is not the start of one of its tags.
    """
    for element in list(root.iter("noscript")):
        if element.tag == _OUT or _is_plain(element):  # one inside of another has gone with it
            continue
        log("html.element", "<noscript>")
        for inside in element.iterdescendants():
            if tree.name(inside):
                inside.tag = _OUT
        element.tag = _OUT
    etree.strip_elements(root, _OUT, with_tail=False)


def _is_plain(element: etree._Element) -> bool:
    if "<" in (element.text or ""):
        return False
    for inside in element.iterdescendants():
        if inside.tag not in _NO_TAGS or "<" in (inside.text or "") or "<" in (inside.tail or ""):
            return False
        if any("<" in str(value) for value in inside.attrib.values()):
            return False
    return True
