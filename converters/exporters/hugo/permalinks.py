"""The old site's permalink structure in Hugo's terms, found by looking at the addresses it gave its posts.

The structures: https://wordpress.org/documentation/article/customize-permalinks/; the tokens:
https://gohugo.io/configuration/permalinks/. What Hugo cannot say (`%post_id%`, `%category%`, an ending `.html`) is
written into each post instead.
"""

from __future__ import annotations

import re
from collections import Counter

from converters import urls
from converters.limits import DEFAULT
from converters.model import Entry, Site, Status
from converters.paths import cut

_UNWRITABLE = re.compile(r"-?[%#?\\\x00-\x1f]+-?")
_PLAIN_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")


def old_path(permalink: str, site: Site) -> str:
    """The decoded path of an address below the old site's root, with `/`; empty for short links (`?p=20`)."""
    address = urls.own(permalink, urls.host_of(site.base_url)) if permalink else None
    if address is None or address.query:
        return ""
    base = urls.split(site.base_url)
    root = base.path.rstrip("/") if base else ""
    path = address.path[len(root) :] if address.path.startswith(root + "/") else address.path
    return urls.decoded(path)


def writable(path: str) -> str:
    """The path as Hugo and a file system can write it.

    Hugo takes `%`, `#` and `?` for marks of an address, even when they are encoded; dots lead out of the folder; a
    segment over 255 bytes fits no file system.
    """
    return "/".join(_segment(segment) for segment in path.split("/"))


def _segment(text: str) -> str:
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub("-", text).strip("-") or "-"
    return cut(text, DEFAULT.file_name_bytes) if text.strip(".") or not text else "-"


def structure(entry: Entry, path: str) -> str:
    """The pattern that gives `path` (below the site's root, with `/`) for this entry; empty when there is none."""
    if not path.endswith("/") or not entry.slug or entry.date is None:
        return ""
    segments = urls.decoded(path).strip("/").split("/")
    if segments[-1] != entry.slug:
        return ""
    date = entry.date
    wanted = [(f"{date:%Y}", ":year"), (f"{date:%m}", ":month"), (f"{date:%d}", ":day")]
    found = []
    for segment in segments[:-1]:
        if wanted and segment == wanted[0][0]:
            found.append(wanted.pop(0)[1])
        elif segment.isdigit():
            return ""
        else:
            found.append(segment)
    return "/" + "/".join([*found, ":slug"]) + "/"


class Permalinks:
    """The pattern of each kind of post, by majority of its public addresses."""

    def __init__(self) -> None:
        self._votes: dict[str, Counter[str]] = {}

    def see(self, entry: Entry, path: str) -> None:
        if entry.status is Status.PUBLISHED and path:
            self._votes.setdefault(entry.kind, Counter())[structure(entry, path)] += 1

    def patterns(self) -> dict[str, str]:
        """kind -> pattern, for every kind of which more than half of the addresses follow one."""
        found = {}
        for kind, votes in sorted(self._votes.items()):
            pattern, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
            if pattern and count * 2 > votes.total():
                found[kind] = pattern
        return found


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
