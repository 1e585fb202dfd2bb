"""What stands around the content of a source that is a Hugo site itself: its settings and files, as they are.

Start layouts are written only where the source brings none: a folder of content, or a site whose layouts are only
shortcodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from converters.exporters.hugo import shortcodes, starter
from converters.frontmatter import write
from converters.model import Entry, Role
from converters.notices import Log
from converters.output import OutFile
from converters.paths import Allocator
from converters.plugin import SiteLookup

_PARTS = ("layouts/shortcodes/", "layouts/_shortcodes/", "layouts/partials/", "layouts/_partials/", "layouts/_markup/")
_THEMES = ("themes/", "_vendor/")


def files(lookup: SiteLookup, settings: Mapping[str, Any], log: Log) -> Iterator[OutFile]:
    taken = Allocator()
    laid_out = bool(settings.get("theme") or settings.get("module"))
    yield OutFile("hugo.toml", write.toml(settings or _defaults(lookup)).encode())
    taken.claim("hugo.toml")
    for entry in lookup.entries():
        if entry.role is not Role.MEDIA or not entry.home:
            continue
        laid_out = laid_out or _lays_out(entry.home)
        asset = lookup.asset(entry.id)
        path = _path(entry, lookup)
        if asset is None or not path:
            continue
        if taken.claim(path):
            yield OutFile(path, b"", copy=asset.file, stamp=entry.locator.stamp)
        else:
            log("path.collision", entry.home)
    if not laid_out:
        for path, data in (*shortcodes.files(), *starter.files()):
            if taken.claim(path):
                yield OutFile(path, data)


def _lays_out(home: str) -> bool:
    return home.startswith(_THEMES) or (home.startswith("layouts/") and not home.startswith(_PARTS))


def _path(entry: Entry, lookup: SiteLookup) -> str:
    """Where a file goes: beside its page. Empty where its page is left out, which would make the file public."""
    home = entry.home.replace("\\", "-")
    page = lookup.entry(entry.parent) if entry.parent else None
    if page is None:
        return home
    place = lookup.place(page.id)
    if place is None:
        return ""
    before, after = page.home.rpartition("/")[0], place.path.rpartition("/")[0]
    return after + home[len(before) :] if before != after and home.startswith(f"{before}/") else home


def _defaults(lookup: SiteLookup) -> dict[str, Any]:
    """For content without a site: raw HTML in the texts is shown."""
    site = lookup.site
    others = any(
        not entry.home.endswith((".md", ".markdown")) for entry in lookup.entries() if entry.role is Role.CONTENT
    )
    values = {
        "baseURL": site.base_url + "/",
        "title": site.title,
        "locale": site.language or "en",
        "timeZone": site.time_zone,
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
        "pagination": {"pagerSize": 10},
        "security": {"allowContent": [".*"]} if others else {},  # newer Hugo takes HTML and Org only when told to
    }
    return {key: value for key, value in values.items() if value}
