"""An item of the media library as an `Asset`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from converters.importers.wordpress import php
from converters.importers.wordpress.rawitem import RawItem
from converters.importers.wordpress.text import plain
from converters.model import Asset, Variant
from converters.model.notices import Log
from converters.urls import below_uploads, decoded, split


def read_asset(item: RawItem, id: str, date: datetime | None, log: Log) -> Asset:
    """Address, texts, size and resized copies; see WordPress's `wp_get_attachment_metadata`."""
    url = item["wp:attachment_url"] or item["guid"]
    meta = _metadata(item.first_meta("_wp_attachment_metadata"), log)
    path = item.first_meta("_wp_attached_file") or uploads_path(url)
    return Asset(
        id=id,
        url=url,
        path=path,
        title=plain(item["title"]),
        alt=plain(item.first_meta("_wp_attachment_image_alt")),
        caption=item["excerpt:encoded"],
        description=item["content:encoded"],
        type=item["wp:post_mime_type"],
        width=_pixels(meta.get("width")),
        height=_pixels(meta.get("height")),
        parent=item["wp:post_parent"],
        permalink=item["link"],
        order=_pixels(item["wp:menu_order"]),
        date=date,
        variants=tuple(_variants(meta)),
        context=item.first_meta("_wp_attachment_context"),
    )


def uploads_path(url: str) -> str:
    """The path below the uploads folder, decoded; on hosts that serve nothing else, the whole path."""
    parts = split(url)
    path = decoded(parts.path) if parts is not None else url
    return below_uploads(path) or path.lstrip("/")


def _metadata(text: str, log: Log) -> dict[Any, Any]:
    if not text:
        return {}
    try:
        value = php.loads(text)
    except php.PhpError as error:
        log("php.invalid", str(error), where="_wp_attachment_metadata")
        return {}
    return value if isinstance(value, dict) else {}


def _variants(meta: dict[Any, Any]) -> list[Variant]:
    found = []
    sizes = meta.get("sizes")
    for size in sizes.values() if isinstance(sizes, dict) else ():
        if isinstance(size, dict) and isinstance(size.get("file"), str):
            found.append(Variant(size["file"], _pixels(size.get("width")), _pixels(size.get("height"))))
    original = meta.get("original_image")
    if isinstance(original, str) and original:
        found.append(Variant(original))
    return found


def _pixels(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
