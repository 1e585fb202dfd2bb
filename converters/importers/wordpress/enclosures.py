"""The episodes of podcasts, as `Enclosure`.

`enclosure` is WordPress's own field (`do_enclose`): address, length and type, a line each. PowerPress puts PHP data
with the duration behind them, and keeps those of further channels as `_channel:enclosure`
(https://blubrry.com/support/powerpress-documentation/). Seriously Simple Podcasting has `audio_file`, `filesize_raw`
and `duration` (https://support.castos.com).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from converters.importers.wordpress import php
from converters.model import Enclosure

_ADDRESSES = ("http://", "https://", "/")
_SIMPLE = frozenset({"audio_file", "filesize", "filesize_raw"})


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
