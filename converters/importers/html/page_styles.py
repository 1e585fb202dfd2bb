"""What the style sheet in a page itself hides: `<style>.note { display: none }</style>`.

Only plain selectors count, a class or an id, outside of media queries, and only where no other rule shows the same
class again (`.note.open { display: block }`): then a script decides, and what it hid is read as if it were shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from lxml import etree

from converters.importers.shared.elements import attribute, classes

if TYPE_CHECKING:
    from turbohtml import Element

_HIDES = re.compile(r"(?<![\w-])display\s*:\s*none\b", re.I)
_SHOWS = re.compile(r"(?<![\w-])display\s*:\s*(?!none\b)[a-z]", re.I)
_NEAR = 4_000
"""Characters of a rule that are looked at."""
_PLAIN = re.compile(r"[a-z]{0,10}([.#][A-Za-z_][\w-]*)")
_NAMES = re.compile(r"[.#][A-Za-z_][\w-]*")
_TAG = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COMMENTS = re.compile(r"/\*.*?\*/", re.S)
_EDGES = re.compile(r"[{}]")
_SHOWN_MEDIA = re.compile(r"@(?:media\s+(?:screen|all)|layer\b[^{]*)\s*", re.I)
_LONGEST = 300_000
"""Characters of style sheets of a page that are read."""
_used = etree.XPath("descendant::*/@class | descendant::*/@id", smart_strings=False)
_classed = etree.XPath("descendant::*[@class or @id]")


def hidden_names(place: Element | None, used: str) -> frozenset[str]:
    """Names that the style sheets of the page around an element hide, with their sign: `.note`, `#aside`.

    `used`: a text that holds all the classes and ids that matter; others are not looked for.
    """
    from turbohtml import Element as Box

    top = place
    for above in place.ancestors if place is not None else ():
        top = above if isinstance(above, Box) else top
    hidden: set[str] = set()
    shown: set[str] = set()
    left = _LONGEST
    for sheet in top.select("style") if top is not None else ():
        text = sheet.text[:left]
        left -= len(text)
        if _HIDES.search(text):
            _read(_COMMENTS.sub("", text), used, hidden, shown)
    return frozenset(hidden - shown)


def _read(sheet: str, used: str, hidden: set[str], shown: set[str]) -> None:
    doubtful: set[str] = set()
    for found in _HIDES.finditer(sheet):
        for selector in _selectors(sheet, found.start()):
            plain = _PLAIN.fullmatch(selector)
            if plain is not None and plain[1][1:] in used:
                doubtful.add(plain[1])
    if not doubtful:
        return
    for found in _SHOWS.finditer(sheet):
        for selector in _selectors(sheet, found.start()):
            shown.update(_NAMES.findall(selector))
    if doubtful - shown:  # in a media query or outside of all?
        for selectors, body, counts in _rules(sheet):
            if counts and _HIDES.search(body):
                hidden |= doubtful.intersection(name.strip().lstrip(_TAG) for name in selectors.split(","))


def _selectors(sheet: str, at: int) -> list[str]:
    """Those of the rule that a declaration is in."""
    brace = sheet.rfind("{", max(0, at - _NEAR), at)
    if brace < 0 or sheet.find("}", brace, at) >= 0:
        return []
    start = max(sheet.rfind(edge, max(0, brace - _NEAR), brace) for edge in "{};") + 1
    return [selector.strip() for selector in sheet[max(start, brace - _NEAR) : brace].split(",")]


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """The selectors and declarations of each rule, and whether it is for all screens."""
    start, above = 0, list[bool]()
    head = ""
    for edge in _EDGES.finditer(sheet):
        text = sheet[start : edge.start()].rpartition(";")[2] if edge[0] == "{" else sheet[start : edge.start()]
        start = edge.end()
        if edge[0] == "{":
            head = text.strip()
            above.append(not head.startswith("@") or _SHOWN_MEDIA.fullmatch(head) is not None)
        elif above:
            if head and not head.startswith("@"):
                yield head, text, all(above)
            above.pop()
            head = ""


def used(root: etree._Element) -> str:
    """The classes and ids of a text, for `hidden_names`."""
    return "\n".join(cast(list[str], _used(root)))


def mark(root: etree._Element, names: frozenset[str]) -> None:
    """Give what the page hides the style that says so, in place: what a hidden text means is decided in one place."""
    for element in cast(list[etree._Element], _classed(root)) if names else ():
        own = {f".{kind}" for kind in classes(element)} | {f"#{attribute(element, 'id')}"}
        if not names.isdisjoint(own) and "display" not in attribute(element, "style"):
            element.set("style", f"{attribute(element, 'style').rstrip('; ')}; display: none".lstrip("; "))
