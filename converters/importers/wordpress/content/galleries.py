"""Galleries become one figure of figures.

[gallery]                                      all pictures attached to the post
[gallery ids="4,2,9" columns="2" link="file"]
[gallery include="4,2"] [gallery exclude="9" orderby="title" order="DESC"] [gallery id="12"]
[gallery type="slideshow|rectangular|circle|square|columns"]     Jetpack: kept as `data-type`
<!-- wp:gallery --> with nested images, or with <ul class="blocks-gallery-grid"> before WordPress 5.9
"""

from __future__ import annotations

from html import escape

from lxml import etree

from converters.html import tree
from converters.importers.wordpress.content import library
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode
from converters.model import Asset

_TYPES = frozenset("slideshow rectangular circle square tiled columns thumbnails".split())


def gallery(code: Shortcode, context: Context) -> str:
    """The figure for a `[gallery]`; see WordPress's `gallery_shortcode`. Pictures not in the export are noted."""
    pictures = library.pick(code, context, "image", "gallery.missing")
    if not pictures:
        if not (code.get("ids") or code.get("include")):
            context.log("gallery.missing", code.source[:80])
        return ""
    figures = "".join(_picture(asset, code.get("link")) for asset in pictures)
    type = code.get("type").lower()
    layout = f' data-type="{type}"' if type in _TYPES else ""
    return f'<figure class="gallery" data-columns="{_columns(code.get("columns"))}"{layout}>{figures}</figure>'


def _columns(text: str) -> str:
    return str(max(1, int(text))) if text.isdecimal() and len(text) < 4 else "3"


def _picture(asset: Asset, link: str) -> str:
    """A picture, linked to its file unless `link="none"`.

    WordPress's default is a link to the picture's own page, which shows the picture: so does its file.
    """
    size = "".join(f' {name}="{value}"' for name, value in (("width", asset.width), ("height", asset.height)) if value)
    image = f'<img src="{escape(asset.url)}" alt="{escape(asset.alt)}"{size}>'
    if link.lower() != "none":
        image = f'<a href="{escape(asset.url)}">{image}</a>'
    caption = f"<figcaption>{asset.caption.strip()}</figcaption>" if asset.caption.strip() else ""
    return f"<figure>{image}{caption}</figure>"


HANDLERS: dict[str, Handler] = {"gallery": gallery}


def gallery_block(element: etree._Element) -> None:
    """A gallery block's element, new or old, as the figure of figures. A gallery that was a list stays one."""
    listed = element.tag == "ul"
    parts = [_as_list(element)] if listed else [part for child in list(element) for part in _parts(child, element)]
    if not listed:
        for child in list(element):
            tree.remove(child)
    kinds = str(element.get("class") or "").split()
    columns = next((kind.removeprefix("columns-") for kind in kinds if kind[8:].isdigit()), "3")
    element.text = None if listed else (element.text or "").strip() or None
    element.tag = "figure"
    element.attrib.clear()
    element.set("class", "gallery")
    element.set("data-columns", columns)
    captions = [part for part in parts if part.tag == "figcaption"]
    for part in [part for part in parts if part.tag != "figcaption"] + captions:
        part.tail = None
        element.append(part)


def _parts(child: etree._Element, gallery: etree._Element) -> list[etree._Element]:
    """What one child of the block becomes: figures for its pictures, itself when it holds none."""
    if child.tag == "ul":
        return [_as_list(child)]
    if child.tag in ("figure", "figcaption"):
        return [child]
    pictures = [child] if child.tag == "img" else list(child.iter("img"))
    if pictures:
        return [_figure_of(picture, gallery) for picture in pictures]
    return [child] if tree.name(child) and tree.plain_text(child).strip() else []


def _as_list(listed: etree._Element) -> etree._Element:
    new = etree.Element("ul")
    for item in list(listed.iterchildren("li")):
        item.attrib.clear()
        item.tail = None
        new.append(item)
    return new


def _figure_of(image: etree._Element, gallery: etree._Element) -> etree._Element:
    """The figure around a picture with its link; made where it stands in the gallery without one."""
    parent = image.getparent()
    if parent is not None and parent.tag == "a":
        image, parent = parent, parent.getparent()
    if parent is not None and parent is not gallery and parent.tag == "figure":
        return parent
    figure = etree.Element("figure")
    image.tail = None
    figure.append(image)
    return figure
