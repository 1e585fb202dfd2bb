"""Galleries of blocks of plug-ins, which lay their images out by boxes of their own: a figure of figures, as any other.

<div class="wp-block-jetpack-tiled-gallery is-style-square"><div class="tiled-gallery__row">…<figure><img data-url>
<div class="wp-block-jetpack-slideshow"><ul class="…swiper-wrapper"><li><figure><img><figcaption>
<div class="wp-block-coblocks-gallery-masonry"><ul><li><figure><img>
<div class="wp-block-kadence-advancedgallery"><ul><li><figure><div><img></div><figcaption>
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute, classes

_BLOCK = re.compile(
    r"wp-block-(?:jetpack-(?P<tiled>tiled-gallery)|jetpack-(?P<slides>slideshow)|coblocks-gallery-(?P<coblocks>\w+)"
    r"|kadence-advancedgallery|getwid-(?P<getwid>images-slider|images-stack)|meow-gallery-block"
    r"|ub-(?P<ub>image-slider)|essential-blocks-image-gallery|themeisle-blocks-(?P<themeisle>slider)"
    r"|premium-(?P<premium>image-slider)|nextgen-gallery|envira-gallery|foogallery\w*)"
)
_SLIDES = frozenset({"slideshow", "carousel", "images-slider", "image-slider", "slider"})
_STYLE = re.compile(r"is-style-(rectangular|square|circle|columns)")
_COLUMNS = re.compile(r"(?:columns|has-columns)-(\d)")


def kind(box: etree._Element) -> re.Match[str] | None:
    """Which plug-in's gallery the box is; None for any other box."""
    return next((found for name in classes(box) if (found := _BLOCK.fullmatch(name))), None)


def gallery(box: etree._Element, found: re.Match[str]) -> None:
    """Make a figure of the box. What it held beside images, such as arrows, goes; captions stay."""
    images = list(box.iter("img"))
    if not images:
        return
    listed = next(images[0].iterancestors("li"), None) in set(box.iter("li"))
    figures = [_figure(image, box) for image in images]
    caption = next((child for child in box.iterchildren("figcaption", "p") if tree.plain_text(child).strip()), None)
    names = attribute(box, "class")
    columns, layout = _COLUMNS.search(names), _layout(found, names)
    tail = box.tail
    box.clear()
    box.tag, box.tail = "figure", tail
    box.set("class", "gallery")
    box.set("data-columns", columns[1] if columns else "3")
    if layout:
        box.set("data-type", layout)
    parts = etree.SubElement(box, "ul") if listed else box  # a gallery that was a list stays one
    for figure in figures:
        (etree.SubElement(parts, "li") if listed else parts).append(figure)
    if caption is not None:
        caption.tag, caption.tail = "figcaption", None
        box.append(caption)


def _layout(found: re.Match[str], names: str) -> str:
    given = next((value for value in found.groups() if value), "")
    if given in _SLIDES:
        return "slideshow"
    style = _STYLE.search(names)
    return style[1] if style else "rectangular" if given == "tiled-gallery" else ""


def _figure(image: etree._Element, box: etree._Element) -> etree._Element:
    """The image with its link and its caption."""
    within = []
    for above in image.iterancestors():
        if above is box:
            break
        within.append(above)
    holder = next((above for above in within if above.tag in ("figure", "li")), None)
    alone = holder is not None and next(iter(holder.iterdescendants("img"))) is image
    caption = next(holder.iter("figcaption"), None) if holder is not None and alone else None
    link = next((above for above in within if above.tag == "a" and above.get("href")), None)
    figure = etree.Element("figure")
    address = attribute(image, "data-full-url") or attribute(image, "data-url")
    if address.startswith(("http://", "https://")):
        image.set("src", address)
    image.tail = None
    if link is not None:
        etree.SubElement(figure, "a", href=attribute(link, "href")).append(image)
    else:
        figure.append(image)
    if caption is not None and tree.plain_text(caption).strip():
        caption.tail = None
        figure.append(caption)
    return figure
