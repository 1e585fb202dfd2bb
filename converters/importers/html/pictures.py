"""Images that a finished page shows without an `<img>`, and images that show nothing.

<div role="img" aria-label="The weir" style="background-image: url(weir.jpg)"></div>
<figure><div class="cover" style="background-image:url(…)"></div><figcaption>…</figcaption></figure>
<picture><source srcset="…"></picture>
<figure itemtype="http://schema.org/ImageObject" itemid="https://….jpg">
<img data-placeholder-image src="data:…">, <img src="data:image/gif;base64,R0lGODlhAQAB…">, <img src="spacer.gif">
<img class="emoji" alt="🐟" src="https://s.w.org/images/core/emoji/…">
<amp-carousel>, <amp-video src>, <amp-audio src>; <amp-ad>, <amp-analytics> and their kin show nothing of the page
"""

from __future__ import annotations

import re
from itertools import islice
from typing import cast

from lxml import etree

from converters import urls
from converters.html import tree
from converters.importers.shared import image_urls
from converters.importers.shared.elements import attribute, classes
from converters.model.notices import Log

_behind = etree.XPath(
    "descendant::*[contains(@style, 'url(')][@role = 'img' or parent::figure or ancestor::figure]"
    "[self::div or self::span or self::a or self::i]"
)
_described = etree.XPath("descendant::figure[contains(@itemtype, 'ImageObject')]")
_IMAGE = re.compile(r"(?:https?:)?//[^\s\"'<>]{3,2000}\.(?:jpe?g|png|webp|gif|avif)(?:\?[^\s\"'<>]*)?$", re.I)
_URL = re.compile(r"""background(?:-image)?\s*:[^;]*?url\(\s*(["']?)(.+?)\1\s*\)""", re.I | re.S)
_LONGEST = 20_000
_AMP_UNSEEN = tuple(
    """amp-ad amp-analytics amp-pixel amp-auto-ads amp-sticky-ad amp-consent amp-user-notification amp-social-share
    amp-sidebar amp-install-serviceworker amp-embed amp-story-auto-ads amp-geo amp-state""".split()
)
_AMP = {"amp-video": "video", "amp-audio": "audio", "amp-carousel": "div", "amp-base-carousel": "div",
        "amp-stream-gallery": "div", "amp-inline-gallery": "div"}  # fmt: skip
_EMOJI = frozenset({"emoji", "wp-smiley", "twemoji", "emojione"})
_WAITS = re.compile(r"lazy|placeholder|blur|lqip", re.I)


def show(root: etree._Element, log: Log) -> None:
    """Change the tree in place; what was loaded late has its address by now."""
    tree.remove_all(root, list(root.iter(*_AMP_UNSEEN)))
    for element in list(root.iter(*_AMP)):
        _amp(element)
    for picture in root.iter("picture"):
        _without_image(picture)
    for figure in cast(list[etree._Element], _described(root)):
        _by_its_data(figure)
    for element in cast(list[etree._Element], _behind(root)):
        _behind_a_box(element)
    for image in list(root.iter("img")):
        _image(image, log)


def _amp(element: etree._Element) -> None:
    kind = _AMP[str(element.tag)]
    if kind == "div" and len(list(islice(element.iter("img"), 2))) > 1:
        element.set("class", "gallery")
    for fallback in [
        child for child in element if child.get("fallback") is not None or child.get("placeholder") is not None
    ]:
        tree.remove(fallback)
    element.tag = kind


def _without_image(picture: etree._Element) -> None:
    if next(picture.iter("img"), None) is not None:
        return
    own = attribute(picture, "data-src") or next(
        (attribute(one, "src") for one in picture.iterchildren("data-img")), ""
    )
    sets = [attribute(source, "srcset") for source in islice(picture.iterchildren("source", "data-src"), 30)]
    if largest := own or next((url for url in map(urls.largest, sets) if url), ""):
        etree.SubElement(picture, "img", src=image_urls.in_full(largest), alt=attribute(picture, "alt"))


def _by_its_data(figure: etree._Element) -> None:
    """An image that only the microdata of its figure name (https://schema.org/ImageObject): a script draws it."""
    if next(figure.iter("img", "video", "iframe", "picture"), None) is not None:
        return
    named = (
        attribute(one, "content") or attribute(one, "href")
        for one in islice(figure.iter("meta", "link"), 20)
        if attribute(one, "itemprop") in ("url", "contentUrl")
    )
    url = attribute(figure, "itemid") or next(named, "")
    if _IMAGE.match(url):
        figure.insert(0, etree.Element("img", src=image_urls.in_full(url), alt=""))


def _behind_a_box(box: etree._Element) -> None:
    """The image behind a box that holds no words, and is an image by its role or as the only one of a figure."""
    style = attribute(box, "style")
    found = _URL.search(style) if len(style) <= _LONGEST else None
    if found is None or tree.plain_text(box).strip() or next(box.iter("img", "video", "iframe"), None) is not None:
        return
    url = found[2].strip().replace("&quot;", "")
    if image_urls.is_blank(url) or url.startswith(("data:", "javascript:")):
        return
    figure = next(box.iterancestors("figure"), None)
    if box.get("role") != "img" and (figure is None or next(figure.iter("img", "video"), None) is not None):
        return
    image = etree.Element(
        "img", src=image_urls.in_full(url), alt=attribute(box, "aria-label") or attribute(box, "title")
    )
    if box.tag == "a" and box.get("href"):
        box.attrib.pop("style")
        box.append(image)
    else:
        tree.replace(box, image)


def _image(image: etree._Element, log: Log) -> None:
    """Emoji are characters; what shows nothing goes, and is named where an image was meant."""
    url, alt = attribute(image, "src"), attribute(image, "alt").strip()
    if not _EMOJI.isdisjoint(classes(image)) and 0 < len(alt) <= 8 and not alt.isascii():
        span = etree.Element("span")
        span.text = alt
        tree.replace(image, span)
        return
    if image.get("data-placeholder-image") is not None:
        tree.remove(image)
    elif url and image_urls.is_blank(url):
        if alt or _WAITS.search(attribute(image, "class")):
            log("html.image", alt or "without a description", where=url[:60])
        tree.remove(image)
