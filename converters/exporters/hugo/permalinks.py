"""Addresses in Hugo's terms: what it can write, and what it derives from a pattern of the old site.

Its tokens have the names of ours: https://gohugo.io/configuration/permalinks/. An address that no pattern gives is
written into the post.
"""

from __future__ import annotations

import re

from converters.model import Entry
from converters.model.limits import DEFAULT
from converters.paths import cut, shortened

_UNWRITABLE = re.compile(r"-?(?:[%#?\\\x00-\x1f]|\.{2,})+-?")
_PLAIN_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")


def writable(path: str) -> str:
    """The path as Hugo and a file system can write it.

    Hugo takes `%`, `#` and `?` for marks of an address, even when they are encoded; two dots lead out of the folder, or
    make a file without an ending; a segment over 255 bytes fits no file system, nor does a path over some thousands.
    """
    path = shortened(path, limit=DEFAULT.path_bytes, name_limit=DEFAULT.file_name_bytes)
    return "/".join(_segment(segment) for segment in path.split("/"))


def _segment(text: str) -> str:
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub("-", text).strip("-") or "-"
    return cut(text, DEFAULT.file_name_bytes) if text.strip(".") or not text else "-"


def expand(pattern: str, entry: Entry, slug: str) -> str:
    """The address that Hugo derives; empty when that cannot be told for certain."""
    if (
        not _PLAIN_SLUG.fullmatch(slug)
        or len(slug) > DEFAULT.file_name_bytes
        or (entry.date is None and ":year" in pattern)
    ):
        return ""
    date = entry.date
    address = pattern.replace(":slug", slug)
    if date is None:
        return address
    return address.replace(":year", f"{date:%Y}").replace(":month", f"{date:%m}").replace(":day", f"{date:%d}")
