"""Galleries become one figure of figures: shortcodes, blocks, and the files of the media library they name.

[gallery]                                      all pictures attached to the post
[gallery ids="4,2,9" columns="2" link="file"]  these, in this order (with `orderby`: sorted)
[gallery include="4,2"]                        these, sorted
[gallery id="12"]   [gallery exclude="9" orderby="title" order="DESC"]      all attached to item 12, without some
    orderby="menu_order ID|title|post_date|ID|name|rand|post__in"   order="ASC|DESC|RAND"
[gallery type="slideshow|rectangular|circle|square|columns"]     Jetpack: kept as `data-type`
<!-- wp:gallery --> with nested images, or with <ul class="blocks-gallery-grid"> before WordPress 5.9

See `gallery_shortcode` and `wp_playlist_shortcode` of WordPress. What is random there (`rand`) keeps the order of the
source here, so that two runs give the same site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from lxml import etree

from converters.html import tree
from converters.importers.shared import players
from converters.importers.shared.elements import classes
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode
from converters.model import Asset, Status

_COST = 100
"""What each attached file that is looked at counts for, in characters: it is less than what a picture writes."""
_SEPARATOR = re.compile(r"[\s,]+")
_NUMBER = re.compile(r"\d{1,20}")
_KEYS: dict[str, Callable[[Asset], Any]] = {
    "menu_order": lambda asset: asset.order,
    "id": lambda asset: number(asset.id),
    "title": lambda asset: asset.title.casefold(),
    "post_title": lambda asset: asset.title.casefold(),
    "name": lambda asset: asset.path.rpartition("/")[2].casefold(),
    "date": lambda asset: str(asset.date or ""),
    "post_date": lambda asset: str(asset.date or ""),
}
_TYPES = frozenset("slideshow rectangular circle square tiled columns thumbnails".split())


def is_kind(asset: Asset, kind: str) -> bool:
    """Is this an image, audio or video file? By its media type, else by its name."""
    return asset.type.startswith(kind + "/") or players.is_kind(asset.path, kind)


def number(id: str) -> int:
    return int(id) if id.isdigit() else 0


def pick(code: Shortcode, context: Context, kind: str, missing: str) -> list[Asset]:
    """The files of one kind that the shortcode shows, each once. Named ones not in the export are noted."""
    listed = ids(code.get("ids")) or ids(code.get("include"))
    if listed:
        found = [asset for asset in _named(listed, context, missing) if _may_be(asset, kind)]
    else:
        excluded = frozenset(ids(code.get("exclude")))
        attached = _attached(next(iter(ids(code.get("id"))), context.post), context)
        if not context.budget.take(_COST * len(attached), context.log, code.name):
            return []
        found = [asset for asset in attached if is_kind(asset, kind) and asset.id not in excluded]
    default = "post__in" if code.get("ids") else "menu_order id"
    return _sorted(found, code.get("orderby") or default, code.get("order"))


def _attached(id: str, context: Context) -> Sequence[Asset]:
    """The files attached to an item; none of another one that its visitors could not see (`gallery_shortcode`).

    Galleries of plug-ins are items of types without pages, which show in posts all the same.
    """
    entry = context.lookup.entry(id) if id != context.post else None
    closed = entry is not None and entry.status is not Status.PUBLISHED and not entry.withheld
    return () if closed else context.assets_of(id)


def _named(listed: Iterable[str], context: Context, missing: str) -> Iterable[Asset]:
    for id in listed:
        asset = context.asset(id)
        if asset is None:
            context.log(missing, id)
        else:
            yield asset


def _may_be(asset: Asset, kind: str) -> bool:
    """A file that is plainly of another kind was not shown either; one without type and ending may be anything."""
    return is_kind(asset, kind) or not (asset.type or "." in asset.path.rpartition("/")[2])


def _sorted(assets: list[Asset], orderby: str, order: str) -> list[Asset]:
    keys = [_KEYS[name] for name in _SEPARATOR.split(orderby.lower()) if name in _KEYS]
    if not keys or order.upper() == "RAND":
        return assets
    return sorted(assets, key=lambda asset: [key(asset) for key in keys], reverse=order.upper() == "DESC")


def ids(text: str) -> list[str]:
    """The numbers of a list, each once."""
    found = (_NUMBER.match(part) for part in _SEPARATOR.split(text))
    return list(dict.fromkeys(match[0].lstrip("0") or "0" for match in found if match))


def gallery(code: Shortcode, context: Context) -> str:
    """The figure for a `[gallery]`; see WordPress's `gallery_shortcode`. Pictures not in the export are noted."""
    pictures = pick(code, context, "image", "gallery.missing")
    if not pictures:
        if not (code.get("ids") or code.get("include")):
            context.log("gallery.missing", code.source[:80])
        return ""
    figures = "".join(_picture(asset, code.get("link")) for asset in pictures)
    type = code.get("type").lower()
    layout = f' data-type="{type}"' if type in _TYPES else ""
    text = code.get("columns")
    columns = max(1, int(text)) if text.isdecimal() and len(text) < 4 else 3
    return f'<figure class="gallery" data-columns="{columns}"{layout}>{figures}</figure>'


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
    kinds = classes(element)
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
