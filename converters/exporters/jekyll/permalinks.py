"""Addresses in Jekyll's terms: what it can write, and what it derives from a pattern of the old site.

Its placeholders: https://jekyllrb.com/docs/permalinks/. An address that no pattern gives is written into the post.
"""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from converters import urls
from converters.model.limits import DEFAULT
from converters.paths import cut, safe_name, shortened

_SPECIAL = re.compile(r"[%?#:]|\.(?=\.|/|$)")
_UNWRITABLE = re.compile(r"-?[\\\x00-\x1f\x7f]+-?")
_NAME = re.compile(r"(?!at-)[^\W_]")
_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-")
_PLACEHOLDER = re.compile(":(?:title|year|month|day)")
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
USUAL = "/:year/:month/:day/:title/"
"""Where the old site shows no structure, or none of its addresses is to be kept."""


def writable(path: str) -> str:
    """The path (decoded) as a `permalink` that Jekyll writes at just that place.

    Jekyll decodes a permalink before it makes a file of it, takes `:name` for a placeholder, and takes `..` and `./`
    out. What ends in no `.html` gets a slash, so that a server finds the page without one as well.
    """
    if not path:
        return ""
    path = shortened(path, limit=DEFAULT.path_bytes, name_limit=DEFAULT.file_name_bytes)
    segments = [_segment(segment) for segment in path.split("/") if segment]
    ending = "" if segments and segments[-1].endswith(".html") and not path.endswith("/") else "/"
    return "/" + "/".join(segments) + (ending if segments else "")


def _segment(text: str) -> str:
    text = _UNWRITABLE.sub("-", text)
    if not text.strip("."):
        text = "-"
    return _SPECIAL.sub(lambda found: f"%{ord(found[0]):02X}", cut(text, DEFAULT.file_name_bytes))


def file_path(address: str) -> str:
    """A file's path without ending that says the address: folders for its segments. Two addresses never share one."""
    return "/".join(_file_name(segment) for segment in urls.decoded(address).strip("/").split("/"))


def _file_name(segment: str) -> str:
    name = safe_name(segment, limit=DEFAULT.file_name_bytes)
    if name == segment == segment.lower() and _NAME.match(segment) and not _DATED.match(segment):
        return segment
    return f"at-{name}-{blake2b(segment.encode(), digest_size=4).hexdigest()}"


def in_jekyll(pattern: str) -> str:
    """A pattern of `converters/old_site/permalinks.py` in Jekyll's placeholders."""
    return pattern.replace(":slug", ":title")


class Days:
    """The day Jekyll counts a moment to: that of the site's time zone, or of the computer where none is known."""

    def __init__(self, time_zone: str) -> None:
        try:
            self._zone = ZoneInfo(time_zone) if time_zone else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._zone = None

    def of(self, date: datetime) -> datetime | None:
        return date.astimezone(self._zone) if self._zone is not None and date.tzinfo is not None else None


def expand(pattern: str, slug: str, date: datetime | None, days: Days) -> str:
    """The address that Jekyll derives; empty when that cannot be told for certain."""
    if not _PLAIN_SLUG.fullmatch(slug) or len(slug) > DEFAULT.file_name_bytes:
        return ""
    address = pattern.replace(":title", slug)
    if ":" not in address:
        return address
    day = days.of(date) if date is not None else None
    return filled(pattern, slug, day) if day is not None else ""


def filled(pattern: str, slug: str, day: datetime) -> str:
    """The pattern with a slug and a day in it."""
    date = {":year": f"{day.year:04}", ":month": f"{day:%m}", ":day": f"{day:%d}"}
    return _PLACEHOLDER.sub(lambda found: slug if found[0] == ":title" else date[found[0]], pattern)
