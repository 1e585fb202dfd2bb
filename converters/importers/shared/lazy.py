"""Pictures, frames and films that a script would have loaded: their address goes where a reader without it looks.

    <img class="lazyload" src="data:image/gif;base64,…" data-src="https://…">                   Smush, EWWW, SiteGround
    <img src="data:image/svg+xml,…" data-lazy-src="https://…"><noscript><img src="https://…"></noscript>    WP Rocket
    <noscript><img src="https://…"></noscript><img src="data:…" data-src="https://…">                     Autoptimize
    <img data-lazyloaded="1" src="data:…" data-src="https://…" data-srcset="…">                              LiteSpeed
    <img src="https://…/lazy_placeholder.gif" data-lazy-type="image" data-src="https://…">   a3 Lazy Load, BJ Lazy Load
    <img src="https://…/1x1.trans.gif" data-lazy-src="https://…">                                    Lazy Load, Jetpack
    <img data-original="https://…">     <img data-srcset="https://… 400w, https://… 800w">        jQuery, lazysizes
    <iframe src="about:blank" data-lazy-src="https://…">     <video data-src="https://…" data-poster="https://…">
    <img nitro-lazy-src="https://…" nitro-lazy-srcset="…" src="data:image/svg+xml;nitro-empty-id=…">      NitroPack
    <div class="lazyload" data-bg="https://…">     <lite-youtube videoid="…">     <amp-img src="https://…">

The copy in `<noscript>` is for readers without scripts: it goes where the picture is there by now, and stands in for
the picture where it is not. A picture that has an address of its own keeps it: `data-src` beside it may be what a
click opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import cast

from lxml import etree

from converters import urls
from converters.html import tree
from converters.importers.shared import image_urls
from converters.importers.shared.elements import attribute, classes, is_inside

_LOADED = ("img", "iframe", "video", "audio", "source", "embed")
_WAITING = (
    "data-lazy-src", "data-src", "data-original", "data-orig-src", "data-lazy", "data-lazyload", "data-echo",
    "data-wpfc-original-src", "data-pagespeed-lazy-src", "data-breeze", "data-ezsrc", "data-cfsrc", "data-url",
    "nitro-lazy-src", "data-actualsrc", "data-srv", "data-img-src", "data-image-src", "data-flickity-lazyload",
    "data-flickity-lazyload-src", "data-defer-src", "data-load-src", "data-td-src", "data-native-src",
    "data-src-cmplz", "data-cmplz-src", "data-cookieblock-src", "data-suppressedsrc", "data-consent-src",
    "data-privacy-src", "data-uc-src", "data-iframe-src",
    "data-hi-res-src", "data-high-res-src", "data-image", "data-img-url", "data-full-url", "data-orig-file",
    "data-large-file",
)  # fmt: skip
"""Attributes that hold the address, the surest first; after those of pictures, those of players that wait for consent.
The last ones are of galleries, and of some pictures in full."""
_SETS = ("data-lazy-srcset", "data-srcset", "nitro-lazy-srcset", "data-wpfc-original-srcset", "srcset")
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
    "amp-anim": ("src", ""),
}
"""Elements of scripts -> the attribute with the id, and the player's address."""
_ID = re.compile(r"[\w-]{6,20}")
_POSTERS = ("data-poster", "data-lazy-poster")
_LATE = frozenset((*_WAITING, *_SETS[:-1], *_POSTERS))
_KEPT = frozenset({"data-url", "data-full-url"})
"""Others read these, too."""
_PLACEHOLDER = re.compile(
    r"[\w.-]*?(?:placeholder|blank|1x1|trans(?:parent)?|spacer|pixel|gr[ae]y|load(?:ing|er)|lazy|dummy|empty)"
    r"[\w.-]*\.(?:gif|png|svg|jpe?g|webp)",
    re.I,
)
"""Names of files that only keep a picture's place."""
_NEWER = ("image/avif", "image/jxl", "image/heic")
"""Forms that not everybody can show."""
_MANY_SOURCES = 30
_LONGEST_NAME = 80
_NOTHING = ("data:", "about:", "javascript:")
_PENDING = re.compile(r"[?&]is-pending-load=1(?=$|&)")
_LAZY_CLASS = re.compile(r"lazy", re.I)


_HINTS = ("data-", "nitro-lazy-", "<noscript", "<NOSCRIPT", "<lite-", "<youtube-", "<amp-")


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
    _previews(root)


def _previews(root: etree._Element) -> None:
    """Small copies go where the image itself is there by now, wherever its script put it."""
    images = list(root.iter("img"))
    previews = [image for image in images if image_urls.is_preview(attribute(image, "src"))]
    if previews:
        small = set(previews)
        others = {_name(image) for image in images if image not in small} - {""}
        tree.remove_all(root, [image for image in previews if _name(image) in others])


def _name(image: etree._Element) -> str:
    return image_urls.identity(attribute(image, "src")).rpartition("/")[2]


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
    late = _LATE.intersection(cast(list[str], element.keys()))
    waiting = [name for name in _WAITING if name in late and _is_address(element.get(name))] if late else []
    if waiting and _waits(element, shown, waiting[0]):
        shown = _PENDING.sub("", str(element.get(waiting[0])).strip())
        element.set("src", shown)
    if element.tag == "img":
        _load_image(element, shown)
    if not late:
        return
    if element.tag == "source" and (sizes := _sizes(element)):
        element.set("srcset", sizes)
    if element.tag == "video" and not element.get("poster"):
        poster = next((str(element.get(name)) for name in _POSTERS if _is_address(element.get(name))), "")
        if poster:
            element.set("poster", poster)
    for name in late - _KEPT:
        del element.attrib[name]


def _load_image(image: etree._Element, shown: str) -> None:
    """What a browser would choose where `src` only keeps a place; the original where a service makes sizes of it."""
    if not shown or shown.startswith("data:") or _keeps_place(shown) or image_urls.is_preview(shown):
        candidates = _sizes(image) or _sizes_of_picture(image)
        largest = urls.largest(candidates)
        if _is_address(largest) and not image_urls.is_preview(largest):
            shown = largest
            image.set("src", shown)
    if (full := image_urls.in_full(shown)) != shown:
        image.set("src", full)


def _sizes(element: etree._Element) -> str:
    return next((str(element.get(name)) for name in _SETS if _is_address(element.get(name))), "")


def _sizes_of_picture(image: etree._Element) -> str:
    """Those of the `<picture>` around the image, in a form that everybody can show where there is one."""
    picture = image.getparent()
    if picture is None or picture.tag != "picture":
        return ""
    sources = [source for source in islice(picture.iterchildren("source"), _MANY_SOURCES) if _sizes(source)]
    sources.sort(key=lambda source: attribute(source, "type") in _NEWER)
    return _sizes(sources[0]) if sources else ""


def _waits(element: etree._Element, shown: str, name: str) -> bool:
    """Is what the element shows nothing yet, or nothing but a place?"""
    if not shown or shown.startswith(_NOTHING) or name == "data-lazy-src":
        return True
    if _keeps_place(shown) or image_urls.is_preview(shown):
        return True
    return name == "data-src" and any(map(_LAZY_CLASS.match, classes(element)))


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
    shown = {
        image_urls.identity(attribute(one, "src"))
        for one in root.iter("img", "iframe", "video")
        if not is_inside(one, "noscript") and not _shows_nothing(one)
    }
    for noscript in copies:
        inside = list(noscript.iter("img", "iframe", "video"))
        if not inside or tree.plain_text(noscript).strip():
            continue
        for one in inside:
            _load(one)
        counting = all(_counts(one) for one in inside)
        if counting or shown.issuperset(image_urls.identity(attribute(one, "src")) for one in inside):
            tree.remove(noscript)
            continue
        for neighbour in (noscript.getprevious(), noscript.getnext()):
            if neighbour is not None and _only_keeps_place(neighbour, str(inside[0].tag)):
                tree.remove(neighbour)
        shown.update(image_urls.identity(attribute(one, "src")) for one in inside)
        tree.unwrap(noscript)


def _only_keeps_place(element: etree._Element, tag: str) -> bool:
    """Is it, or does it hold nothing but, an image or a frame that shows nothing yet?"""
    found = [element] if element.tag == tag else list(islice(element.iterdescendants(tag), 2))
    if len(found) != 1 or not _shows_nothing(found[0]):
        return False
    return element.tag in (tag, "div", "span", "picture", "a", "figure") and not tree.plain_text(element).strip()


def _counts(picture: etree._Element) -> bool:
    """Does it count readers, and show nothing?"""
    hidden = "display:none" in attribute(picture, "style").replace(" ", "").lower()
    return hidden or (attribute(picture, "width") in ("0", "1") and attribute(picture, "height") in ("0", "1"))


def _shows_nothing(element: etree._Element) -> bool:
    shown = attribute(element, "src")
    return not shown or shown.startswith(_NOTHING) or _keeps_place(shown) or image_urls.is_preview(shown)
