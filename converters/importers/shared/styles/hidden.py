"""What a page held and did not show: left out, and named.

    <div style="display:none">, <p hidden>, visibility:hidden            notes of the author, texts for search engines
    <div id="_mcePaste" style="position: absolute; left: -10000px">      the paste bin of TinyMCE, saved with the post
    <div style="height:0;overflow:hidden">, text-indent:-9999px          the same by other means

Text that a click shows (accordions, tabs, spoilers) was no secret: it stays, below what opened it. So does what a
script shows at once: players, slides, images that wait to be seen. Text for screen readers, which is out of sight by a
style of its own, keeps the class that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import cast

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS
from converters.importers.shared.elements import attribute, classes
from converters.importers.shared.styles.declarations import declarations, length
from converters.model.notices import Log

_FAR = -500.0
"""Pixels, or points: from here on a text is out of sight, and not only moved."""
_SHOWN_BY_SCRIPTS = re.compile(
    r"(?:^|[\s_-])(?:wow|animated?|aos|lazy\w*|swiper|slick|slides?|slideshow|carousel|fade(?:in)?|wp-embedded-content"
    r"|wp-block-file__embed|elementor-invisible|fusion-animated|et-waypoint|no-js|hide-if-js)(?=$|[\s_-])",
    re.I,
)
_OPENED = re.compile(
    r"accordion|toggle|collaps|spoiler|expand|faq|answer|tab[-_]?(?:content|pane|panel|s?\b)|panel|reveal|read-?more"
    r"|show-?hide|more-?text|dropdown|modal|popup|lightbox|hidden-content|su-",
    re.I,
)
_THINGS = ("img", "picture", "video", "audio", "iframe", "object", "embed", "input", "canvas")
_NAMED = ("aria-controls", "data-target", "data-bs-target", "data-toggle-target", "data-tab", "for", "href", "rel")
_AROUND_TRIGGERS = frozenset({"p", "div", *HEADINGS})
_WORDS = 60
"""Characters of a text that a notice shows."""
_sized = etree.XPath("boolean(descendant::*[contains(@style, 'font-size') or self::img or self::iframe])")
_triggers = etree.XPath(
    "descendant::*[@aria-controls or @data-target or @data-bs-target or @data-toggle-target or @data-tab or @for"
    " or @onclick or @onchange or @onmouseover or starts-with(@href, '#') or starts-with(@href, 'javascript:')]"
)


def take_out(root: etree._Element, styled: Iterable[etree._Element], log: Log) -> None:
    """Change the tree in place. `styled` are its elements with a style or the attribute `hidden`."""
    opener = _Openers(root)
    gone: list[etree._Element] = []
    for element in styled:
        if element is root or not _is_hidden(element):
            continue
        if _SHOWN_BY_SCRIPTS.search(attribute(element, "class")) or element.tag in ("input", "noscript", "source"):
            continue
        if _is_for_screen_readers(element):
            element.set("class", "screen-reader-text")
        elif opener.opens(element):
            _unfold(element, log)
        elif next(element.iterancestors("pre", "code"), None) is None:
            gone.append(element)
    leave_out(root, gone, log)


def leave_out(root: etree._Element, gone: list[etree._Element], log: Log) -> None:
    """Take elements out that no reader saw, and name each with its first words."""
    inside: set[etree._Element] = set()
    outermost = []
    for element in gone:
        if element not in inside and element.getparent() is not None:
            inside.update(element.iter())
            outermost.append(element)
            text = " ".join(tree.plain_text(element).split())
            log.leave_out(tree.serialize(element))
            if text or next(element.iter(*_THINGS), None) is not None:
                log("html.hidden", text[:_WORDS] or f"<{tree.name(next(element.iter(*_THINGS)))}>")
    tree.remove_all(root, outermost)


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None:
        return True
    said = declarations(attribute(element, "style"))
    if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
        return True
    if _is_out_of_sight(said) or (length(said.get("font-size", "")) == 0 and not _sized(element)):
        return True
    return _has_no_room(said) and next(element.iter("iframe", "video", "object", "embed"), None) is None


def _is_out_of_sight(said: Mapping[str, str]) -> bool:
    moved = ["text-indent", "margin-left", "margin-top"]
    if said.get("position") in ("absolute", "fixed"):
        moved += ["left", "top", "right", "bottom"]
        if said.get("clip", "").startswith("rect(") or "inset(" in said.get("clip-path", ""):
            return True
    return any((far := length(said[name])) is not None and far <= _FAR for name in moved if name in said)


def _has_no_room(said: Mapping[str, str]) -> bool:
    """Nothing to be seen in; a box that keeps the ratio of a player has room by its padding."""
    if "hidden" not in (said.get("overflow"), said.get("overflow-y")) or any("padding" in name for name in said):
        return False
    return any((room := length(said.get(name, ""))) is not None and room == 0 for name in ("height", "max-height"))


def _is_for_screen_readers(element: etree._Element) -> bool:
    """Clipped to nothing, which hides it from the eye alone."""
    said = declarations(attribute(element, "style"))
    return said.get("display") != "none" and ("clip" in said or "clip-path" in said)


class _Openers:
    """What in a text opens something hidden."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root

    @cached_property
    def _names(self) -> str:
        """All that is named by something a reader can click."""
        found = cast(list[etree._Element], _triggers(self._root))
        values = [attribute(element, name).lstrip("#") for element in found for name in _NAMED]
        scripts = [value for element in found for name, value in element.items() if str(name).startswith("on")]
        return "\n".join(["", *values, *map(str, scripts), ""])

    def opens(self, element: etree._Element) -> bool:
        """Is there something to click that shows the element?"""
        if element.get("hidden") == "until-found" or element.get("role") == "tabpanel":
            return True
        id, parent = attribute(element, "id"), element.getparent()
        if id and id in self._names:
            return True
        around = "" if parent is None else f"{attribute(parent, 'class')} {attribute(parent, 'id')}"
        if _OPENED.search(f"{attribute(element, 'class')} {id} {around}"):
            return True
        before = element.getprevious()
        return before is not None and _is_trigger(before)


def _is_trigger(element: etree._Element) -> bool:
    """A button, or what is clicked like one; also alone in a paragraph."""
    alone = len(element) == 1 and element.tag in _AROUND_TRIGGERS and not (element.text or "").strip()
    if alone and not (element[0].tail or "").strip() and _is_trigger(element[0]):
        return True
    return (
        element.tag == "button"
        or element.get("role") == "button"
        or element.get("onclick") is not None
        or element.get("aria-expanded") is not None
        or attribute(element, "href").lower().startswith("javascript:")
        or any(_OPENED.search(kind) for kind in classes(element))
    )


def _unfold(element: etree._Element, log: Log) -> None:
    """The text is shown, in a `<details>` of what opened it where that is right before it."""
    for name in ("hidden", "style"):
        element.attrib.pop(name, "")
    text = " ".join(tree.plain_text(element).split())
    before = element.getprevious()
    title = "" if before is None else " ".join(tree.plain_text(before).split())
    if text:
        named = before is not None and _is_trigger(before)
        log("html.unfolded", title[:_WORDS] if named and title else text[:_WORDS])
    if before is None or not title or not tree.is_block(element) or (before.tail or "").strip():
        return
    if not tree.is_block(before) and _is_beside_words(before):
        return
    if next(before.iter(*HEADINGS, "ul", "ol", "table", "img"), None) is not None:
        return
    if not _is_trigger(before) or next(element.iterancestors("p", "details"), None) is not None:
        return
    element.attrib.pop("id", "")
    details = etree.Element("details")
    etree.SubElement(details, "summary").text = title
    tree.replace(element, details)
    element.tail = None
    details.append(element)
    tree.remove(before)


def _is_beside_words(element: etree._Element) -> bool:
    previous, parent = element.getprevious(), element.getparent()
    text = previous.tail if previous is not None else (parent.text if parent is not None else "")
    return bool((text or "").strip()) or (previous is not None and not tree.is_block(previous))
