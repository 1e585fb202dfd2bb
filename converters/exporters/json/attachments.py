"""Attachments of an item: what the old feed handed out with it, then the sounds and films it shows, in its order.

https://www.jsonfeed.org/version/1.1/#attachments-a-name-attachments-a: `url` and `mime_type` have to be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from converters import urls
from converters.exporters.json.records import Attachment
from converters.model import Asset, Enclosure

MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/opus",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mpg": "video/mpeg",
    "wmv": "video/x-ms-wmv",
    "3gp": "video/3gpp",
}
"""Of sounds and films, by extension: the system's own table differs from one machine to the next."""
_CLOCK = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,7})(?:[.,]\d+)?")
"""`1:02:03`, `31:05`, `1865`: the forms of `itunes:duration`
(https://help.apple.com/itc/podcasts_connect/#/itcb54353390)."""


def attachments(enclosures: Iterable[Enclosure], root: etree._Element, assets: Iterable[Asset]) -> Iterator[Attachment]:
    """Each URL once; `assets` are the files that are known of the item."""
    known = {asset.url: asset for asset in assets}
    seen: set[str] = set()
    for file in enclosures:
        asset = known.get(file.url)
        kind = file.type or (asset.type if asset else "") or _type(file.url)
        if kind and file.url not in seen:
            seen.add(file.url)
            size = file.length or (asset.size if asset else 0)
            time = seconds(file.duration) or (asset.duration if asset else 0)
            yield Attachment(file.url, kind, asset.title if asset else "", size, time)
    for element in root.iter("audio", "video", "source"):
        url = str(element.get("src") or "")
        kind = _type(url)
        if url and kind and url not in seen:
            seen.add(url)
            asset = known.get(url)
            yield Attachment(url, kind, asset.title, asset.size, asset.duration) if asset else Attachment(url, kind)


def seconds(text: str) -> int:
    """The seconds of a duration as podcasts write it; 0 for what is none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return 0
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def _type(url: str) -> str:
    parts = urls.split(url)
    return MEDIA_TYPES.get(parts.path.rpartition(".")[2].lower(), "") if parts is not None else ""
