"""Files of the media library that a shortcode names, or means by naming none: galleries, playlists, lone players.

ids="4,2,9"                    these, in this order (with `orderby`: sorted)
include="4,2"                  these, sorted
id="12"   exclude="9"          all attached to item 12 (or to the post itself), without some
orderby="menu_order ID|title|post_date|ID|name|rand|post__in"   order="ASC|DESC|RAND"

See `gallery_shortcode` and `wp_playlist_shortcode` of WordPress. What is drawn by lot there (`rand`) keeps the order of
the source here, so that two runs give the same site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Shortcode
from converters.model import Asset, Status

_COST = 100
"""What each attached file that is looked at counts for, in characters: it is less than what a picture writes."""
_SEPARATOR = re.compile(r"[\s,]+")
_NUMBER = re.compile(r"\d{1,20}")
_EXTENSIONS = {
    "image": tuple(".jpg .jpeg .jpe .png .gif .webp .avif .svg .bmp .ico .heic .tif .tiff".split()),
    "audio": tuple(".mp3 .ogg .oga .flac .m4a .m4b .wav .wma .aac .opus .mka".split()),
    "video": tuple(".mp4 .m4v .webm .ogv .flv .wmv .mov .avi .mpg .mpeg .3gp .mkv".split()),
}
_KEYS: dict[str, Callable[[Asset], Any]] = {
    "menu_order": lambda asset: asset.order,
    "id": lambda asset: number(asset.id),
    "title": lambda asset: asset.title.casefold(),
    "post_title": lambda asset: asset.title.casefold(),
    "name": lambda asset: asset.path.rpartition("/")[2].casefold(),
    "date": lambda asset: str(asset.date or ""),
    "post_date": lambda asset: str(asset.date or ""),
}


def is_kind(asset: Asset, kind: str) -> bool:
    """Is this an image, audio or video file? By its media type, else by its name."""
    return asset.type.startswith(kind + "/") or asset.path.lower().endswith(_EXTENSIONS[kind])


def kind_of(path: str) -> str:
    """`image`, `audio` or `video` by the end of a file's name; empty for anything else."""
    path = path.lower()
    return next((kind for kind, ends in _EXTENSIONS.items() if path.endswith(ends)), "")


def number(id: str) -> int:
    return int(id) if id.isdigit() else 0


def pick(code: Shortcode, context: Context, kind: str, missing: str) -> list[Asset]:
    """The files of one kind that the shortcode shows, each once. Named ones not in the export are noted."""
    listed = ids(code.get("ids")) or ids(code.get("include"))
    if listed:
        found = [asset for asset in _named(listed, context, missing) if _may_be(asset, kind)]
    else:
        excluded = frozenset(ids(code.get("exclude")))
        attached = _attached(_first(code.get("id")) or context.post, context)
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
    return () if closed else context.lookup.assets_of(id)


def _named(listed: Iterable[str], context: Context, missing: str) -> Iterable[Asset]:
    for id in listed:
        asset = context.lookup.asset(id)
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


def _first(text: str) -> str:
    return next(iter(ids(text)), "")
