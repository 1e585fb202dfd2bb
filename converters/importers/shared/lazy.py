"""Pictures, frames and films that a script would have loaded: their address goes where a reader without it looks.

    <img class="lazyload" src="data:image/gif;base64,…" data-src="https://…">                   Smush, EWWW, SiteGround
    <img src="data:image/svg+xml,…" data-lazy-src="https://…"><noscript><img src="https://…"></noscript>    WP Rocket
    <noscript><img src="https://…"></noscript><img src="data:…" data-src="https://…">                     Autoptimize
    <img data-lazyloaded="1" src="data:…" data-src="https://…" data-srcset="…">                              LiteSpeed
    <img src="https://…/lazy_placeholder.gif" data-lazy-type="image" data-src="https://…">   a3 Lazy Load, BJ Lazy Load
    <img src="https://…/1x1.trans.gif" data-lazy-src="https://…">                                    Lazy Load, Jetpack
    <img data-original="https://…">     <img data-srcset="https://… 400w, https://… 800w">        jQuery, lazysizes
    <iframe src="about:blank" data-lazy-src="https://…">     <video data-src="https://…" data-poster="https://…">
    <div class="lazyload" data-bg="https://…">     <lite-youtube videoid="…">     <amp-img src="https://…">

The copy in `<noscript>` is for readers without scripts: it goes where the picture is there by now, and stands in for
the picture where it is not. A picture that has an address of its own keeps it: `data-src` beside it may be what a
click opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from lxml import etree

from converters import urls
from converters.html import tree
from converters.importers.shared.elements import attribute, classes, is_inside

_LOADED = ("img", "iframe", "video", "audio", "source", "embed")
_WAITING = (
    "data-lazy-src", "data-src", "data-original", "data-orig-src", "data-lazy", "data-lazyload", "data-echo",
    "data-wpfc-original-src", "data-pagespeed-lazy-src", "data-breeze", "data-ezsrc", "data-cfsrc", "data-url",
    "data-hi-res-src", "data-img-url", "data-full-url", "data-orig-file", "data-large-file",
)  # fmt: skip
"""Attributes that hold the address, the surest first. The last ones are of galleries, and of some pictures in full."""
_SETS = ("data-lazy-srcset", "data-srcset", "data-wpfc-original-srcset", "srcset")
_BACKGROUNDS = ("data-bg", "data-background-image", "data-lazy-bg", "data-bg-image", "data-bgset")
_with_background = cast(
    Callable[[etree._Element], list[etree._Element]],
    etree.XPath("descendant::*[" + " or ".join(f"@{name}" for name in _BACKGROUNDS) + "]"),
)
_ELEMENTS = {
    **dict.fromkeys(("lite-youtube", "youtube-lite"), ("videoid", "https://www.youtube.com/embed/{}")),
    "amp-youtube": ("data-videoid", "https://www.youtube.com/embed/{}"),
    "lite-vimeo": ("videoid", "https://player.vimeo.com/video/{}"),
    "amp-vimeo": ("data-videoid", "https://player.vimeo.com/video/{}"),
    "amp-img": ("src", ""),
}
"""Elements of scripts -> the attribute with the id, and the player's address."""
_ID = re.compile(r"[\w-]{6,20}")
_POSTERS = ("data-poster", "data-lazy-poster")
_PLACEHOLDER = re.compile(
    r"[\w.-]*?(?:placeholder|blank|1x1|trans(?:parent)?|spacer|pixel|gr[ae]y|load(?:ing|er)|lazy|dummy|empty)"
    r"[\w.-]*\.(?:gif|png|svg|jpe?g|webp)",
    re.I,
)
"""Names of files that only keep a picture's place."""
_LONGEST_NAME = 80
_NOTHING = ("data:", "about:", "javascript:")
_PENDING = re.compile(r"[?&]is-pending-load=1(?=$|&)")
_LAZY_CLASS = re.compile(r"lazy", re.I)


_HINTS = ("data-", "<noscript", "<NOSCRIPT", "<lite-", "<youtube-", "<amp-")


def may_wait(text: str) -> bool:
    """May there be something to load? A text without any hint is not walked through."""
    return any(hint in text for hint in _HINTS)


def load(root: etree._Element) -> None:
    """Give everything below `root` the address it waited for, and take away copies of what is then shown."""
    for element in list(root.iter(*_ELEMENTS)):
        _plain_element(element, *_ELEMENTS[str(element.tag)])
    for element in root.iter(*_LOADED):
        if element.attrib:
            _load(element)
    for element in _with_background(root):
        _background(element)
    _copies(root)


def _plain_element(element: etree._Element, key: str, page: str) -> None:
    """An element that a script defines as the one it draws."""
    value = str(element.get(key) or "").strip()
    if not value or (page and not _ID.fullmatch(value)):
        return
    shown = etree.Element("iframe" if page else "img", src=page.format(value) if page else value)
    for name in ("alt", "title", "width", "height", "class", "srcset"):
        if element.get(name):
            shown.set(name, str(element.get(name)))
    tree.replace(element, shown)


def _background(element: etree._Element) -> None:
    """The picture behind an element, in its style, where others have it."""
    found = next((str(element.attrib.pop(name)) for name in _BACKGROUNDS if element.get(name)), "")
    url = found.strip().removeprefix("url(").removesuffix(")").strip("\"' ")
    style = str(element.get("style") or "")
    if _is_address(url) and "url(" not in style and not set(url) & set("\"'();\\"):
        element.set("style", f"{style.rstrip('; ')}; background-image: url({url})".lstrip("; "))


def _load(element: etree._Element) -> None:
    shown = attribute(element, "src")
    waiting = [name for name in _WAITING if _is_address(element.get(name))]
    if waiting and _waits(element, shown, waiting[0]):
        shown = _PENDING.sub("", str(element.get(waiting[0])).strip())
        element.set("src", shown)
    if element.tag == "img" and (not shown or (shown.startswith("data:") and element.get("data-srcset"))):
        candidates = next((str(element.get(name)) for name in _SETS if _is_address(element.get(name))), "")
        if candidates and (largest := urls.largest(candidates)):
            element.set("src", largest)
    if element.tag == "video" and not element.get("poster"):
        poster = next((str(element.get(name)) for name in _POSTERS if _is_address(element.get(name))), "")
        if poster:
            element.set("poster", poster)
    for name in (*_WAITING, *_SETS[:-1], *_POSTERS):
        if name in element.attrib and name not in ("data-url", "data-full-url"):
            del element.attrib[name]


def _waits(element: etree._Element, shown: str, name: str) -> bool:
    """Is what the element shows nothing yet, or nothing but a place?"""
    if not shown or shown.startswith(_NOTHING) or name == "data-lazy-src":
        return True
    return _keeps_place(shown) or (name == "data-src" and any(map(_LAZY_CLASS.match, classes(element))))


def _keeps_place(shown: str) -> bool:
    name = re.split(r"[?#]", shown, maxsplit=1)[0].rpartition("/")[2]
    return len(name) <= _LONGEST_NAME and _PLACEHOLDER.fullmatch(name) is not None


def _is_address(value: object) -> bool:
    text = str(value or "").strip()
    return bool(text) and not {"{", "<"} & set(text) and not text.startswith(_NOTHING)


def _copies(root: etree._Element) -> None:
    """The pictures in `noscript`."""
    copies = list(root.iter("noscript"))
    if not copies:
        return
    shown = {str(one.get("src")) for one in root.iter("img", "iframe", "video") if not is_inside(one, "noscript")}
    for noscript in copies:
        inside = list(noscript.iter("img", "iframe", "video"))
        if not inside or tree.plain_text(noscript).strip():
            continue
        counting = all(_counts(one) for one in inside)
        if counting or shown.issuperset(str(one.get("src")) for one in inside):
            tree.remove(noscript)
            continue
        for neighbour in (noscript.getprevious(), noscript.getnext()):
            if neighbour is not None and neighbour.tag == inside[0].tag and _shows_nothing(neighbour):
                tree.remove(neighbour)
        tree.unwrap(noscript)


def _counts(picture: etree._Element) -> bool:
    """Does it count readers, and show nothing?"""
    hidden = "display:none" in attribute(picture, "style").replace(" ", "").lower()
    return hidden or (attribute(picture, "width") in ("0", "1") and attribute(picture, "height") in ("0", "1"))


def _shows_nothing(element: etree._Element) -> bool:
    shown = attribute(element, "src")
    return not shown or shown.startswith(_NOTHING) or _keeps_place(shown)
