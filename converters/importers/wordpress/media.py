"""Files: items of the media library as `Asset`."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from converters.html.angle_brackets import keep_text
from converters.importers.wordpress import php
from converters.importers.wordpress.comments import read_comments
from converters.importers.wordpress.rawitem import RawItem, integer, plain
from converters.model import Asset, Variant
from converters.model.notices import Log
from converters.old_site.uploads import below_uploads
from converters.urls import decoded, split


def read_asset(item: RawItem, id: str, date: datetime | None, log: Log, zone: tzinfo | None = None) -> Asset:
    """Address, texts, size and resized copies; see WordPress's `wp_get_attachment_metadata` and, of sounds and films,
    `wp_read_audio_metadata`."""
    url = item["wp:attachment_url"] or item["guid"]
    meta = _metadata(item.first_meta("_wp_attachment_metadata"), log)
    path = item.first_meta("_wp_attached_file") or uploads_path(url)
    return Asset(
        id=id,
        url=url,
        path=path,
        title=plain(item["title"]),
        alt=plain(item.first_meta("_wp_attachment_image_alt")),
        caption=keep_text(item["excerpt:encoded"]),
        description=keep_text(item["content:encoded"]),
        type=item["wp:post_mime_type"],
        width=integer(meta.get("width")),
        height=integer(meta.get("height")),
        size=_amount(meta.get("filesize")),
        duration=_amount(meta.get("length")),
        parent=item["wp:post_parent"],
        permalink=item["link"],
        order=integer(item["wp:menu_order"]),
        date=date,
        variants=tuple(_variants(meta)),
        context=item.first_meta("_wp_attachment_context"),
        comments=read_comments(item.comments, log, zone) if item.comments else (),
    )


def uploads_path(url: str) -> str:
    """The path below the uploads folder, decoded; on hosts that serve nothing else, the whole path."""
    parts = split(url)
    path = decoded(parts.path) if parts is not None else url
    return below_uploads(path) or path.lstrip("/")


def _metadata(text: str, log: Log) -> dict[Any, Any]:
    value = php.read(text, log, "_wp_attachment_metadata") if text else None
    return value if isinstance(value, dict) else {}


def _amount(value: object) -> int:
    """Bytes or seconds; 0 for what is no such number."""
    return number if 0 < (number := integer(value)) < 2**53 else 0


def _variants(meta: dict[Any, Any]) -> list[Variant]:
    found = []
    sizes = meta.get("sizes")
    for size in sizes.values() if isinstance(sizes, dict) else ():
        if isinstance(size, dict) and isinstance(size.get("file"), str):
            found.append(Variant(size["file"], integer(size.get("width")), integer(size.get("height"))))
    original = meta.get("original_image")
    if isinstance(original, str) and original:
        found.append(Variant(original))
    return found
