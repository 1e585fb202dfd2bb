"""Files that a Hugo site publishes as they are, at their addresses, for targets of other kinds."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from converters.model import PUBLIC, Entry, Role
from converters.output import OutFile
from converters.plugin import SiteLookup


def files(lookup: SiteLookup) -> Iterator[OutFile]:
    """Static files from the root; those of a bundle below the address of its page, if that is public."""
    taken: set[str] = set()
    for entry in lookup.entries():
        asset = lookup.asset(entry.id) if entry.role is Role.MEDIA and entry.home else None
        if asset is None:
            continue
        path = asset.path or _beside_page(entry, lookup)
        if path and path not in taken:
            taken.add(path)
            yield OutFile(path, b"", copy=asset.file, stamp=entry.locator.stamp)


def _beside_page(entry: Entry, lookup: SiteLookup) -> str:
    page = lookup.entry(entry.parent) if entry.parent else None
    place = lookup.place(entry.parent) if entry.parent else None
    if page is None or place is None or not place.url or page.status not in PUBLIC:
        return ""
    folder = page.home.rpartition("/")[0] + "/"
    if not entry.home.startswith(folder):
        return ""
    above = place.url if place.url.endswith("/") else posixpath.dirname(place.url) + "/"
    return unquote(above).strip("/") + "/" * bool(above.strip("/")) + entry.home[len(folder) :]
