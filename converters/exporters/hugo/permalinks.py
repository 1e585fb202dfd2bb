"""The old site's permalink structure in Hugo's terms, found by looking at the addresses it gave its posts.

The structures: https://wordpress.org/documentation/article/customize-permalinks/; the tokens:
https://gohugo.io/configuration/permalinks/. What Hugo cannot say (`%post_id%`, `%category%`, an ending `.html`) is
written into each post instead.
"""

from __future__ import annotations

import re
from collections import Counter

from converters.model import Entry, Status
from converters.urls import decoded

_PLAIN_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")


def structure(entry: Entry, path: str) -> str:
    """The pattern that gives `path` (below the site's root, with `/`) for this entry; empty when there is none."""
    if not path.endswith("/") or not entry.slug or entry.date is None:
        return ""
    segments = decoded(path).strip("/").split("/")
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
    if not _PLAIN_SLUG.fullmatch(slug) or (entry.date is None and ":year" in pattern):
        return ""
    date = entry.date
    address = pattern.replace(":slug", slug)
    if date is None:
        return address
    return address.replace(":year", f"{date:%Y}").replace(":month", f"{date:%m}").replace(":day", f"{date:%d}")
