"""Files: items of the media library as `Asset`, and the episodes of podcasts as `Enclosure`.

`enclosure` is WordPress's own field (`do_enclose`): address, length and type, a line each. PowerPress puts PHP data
with the duration behind them, and keeps those of further channels as `_channel:enclosure`
(https://blubrry.com/support/powerpress-documentation/). Seriously Simple Podcasting has `audio_file`, `filesize_raw`
and `duration` (https://support.castos.com).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from converters.importers.wordpress import php
from converters.importers.wordpress.rawitem import RawItem, integer, plain
from converters.model import Asset, Enclosure, Variant
from converters.model.notices import Log
from converters.old_site.uploads import below_uploads
from converters.urls import decoded, split

_ADDRESSES = ("http://", "https://", "/")
_SIMPLE = frozenset({"audio_file", "filesize", "filesize_raw"})


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
        width=integer(meta.get("width")),
        height=integer(meta.get("height")),
        parent=item["wp:post_parent"],
        permalink=item["link"],
        order=integer(item["wp:menu_order"]),
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
    value = php.read(text, log, "_wp_attachment_metadata") if text else None
    return value if isinstance(value, dict) else {}


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


def read_enclosures(meta: Sequence[tuple[str, str]]) -> tuple[Enclosure, ...]:
    """All enclosures of an item, each address once, WordPress's own first."""
    fields = dict(reversed(meta))
    found: dict[str, Enclosure] = {}
    for enclosure in (*_own(meta), *_simple(fields)):
        known = found.get(enclosure.url)
        if known is None or (enclosure.length and not known.length):
            found[enclosure.url] = enclosure
    return tuple(found.values())


def is_enclosure(key: str, value: str, meta: Mapping[str, str]) -> bool:
    """Is this field said by `read_enclosures`?"""
    if _names_enclosure(key):
        return bool(_lines(value))
    return key in _SIMPLE and meta.get("audio_file", "").startswith(_ADDRESSES)


def _names_enclosure(key: str) -> bool:
    return key == "enclosure" or (key.startswith("_") and key.endswith(":enclosure"))


def _lines(value: str) -> list[str]:
    lines = [line.strip() for line in value.strip().splitlines()]
    return lines if lines and lines[0].startswith(_ADDRESSES) else []


def _own(meta: Sequence[tuple[str, str]]) -> Iterator[Enclosure]:
    for key, value in sorted(meta, key=lambda pair: pair[0] != "enclosure"):
        lines = _lines(value) if _names_enclosure(key) else []
        if lines:
            url, length, type = [*lines, "", ""][:3]
            yield Enclosure(url, _number(length), type, _duration("\n".join(lines[3:])))


def _simple(fields: Mapping[str, str]) -> Iterator[Enclosure]:
    url = fields.get("audio_file", "").strip()
    if url.startswith(_ADDRESSES):
        yield Enclosure(url, _number(fields.get("filesize_raw", "")), "", fields.get("duration", "").strip())


def _duration(data: str) -> str:
    values = php.read(data) if php.looks_serialized(data) else None
    return str(values.get("duration", "")) if isinstance(values, dict) else ""


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
