"""What stands around the content of a source that is a Hugo site itself: its settings and files, as they are, but for
what would have Hugo run programs or leave the site's folder (`trust`, `kept_settings`).

Start layouts are written only where the source brings none: a folder of content, or a site whose layouts are only
shortcodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from converters import new_site
from converters.exporters.hugo import kept_base_url, kept_settings, trust
from converters.exporters.hugo.theme import shortcode_templates, starter_theme
from converters.frontmatter import write
from converters.model import Entry, Role, Site
from converters.model.notices import Log
from converters.output import OutFile
from converters.paths import Allocator
from converters.plugin import SiteLookup
from converters.source_check import Stamp

_PARTS = ("layouts/shortcodes/", "layouts/_shortcodes/", "layouts/partials/", "layouts/_partials/", "layouts/_markup/")
_THEMES = ("themes/", "_vendor/")


def files(lookup: SiteLookup, settings: Mapping[str, Any], log: Log, *, trusted: bool) -> Iterator[OutFile]:
    """`trusted`: settings come as they are, and files for programs beside Hugo come along."""
    taken = Allocator()
    taken.claim("hugo.toml")
    laid_out = bool(settings.get("theme") or settings.get("module"))
    left: list[str] = []
    asks = False
    for path, file, stamp in _paths(lookup):
        laid_out = laid_out or _lays_out(path)
        if not trusted and kept_settings.is_for_programs(path):
            left.append(path)
        elif taken.claim(path):
            asks = asks or (not trusted and kept_settings.asks_for_programs(path, file))
            kept = OutFile(path, b"", copy=file, stamp=stamp, brought=True)
            yield from _as_it_was(kept, lookup.site, log, trusted=trusted)
        else:
            log("path.collision", path)
    if left:
        log("source.untrusted", f"{len(left)}: {', '.join(left[:8])}", where=kept_settings.PROGRAMS)
    yield _settings(lookup, settings, log, trusted=trusted, asks=asks, starter=not laid_out)
    if not laid_out:
        for path, data in (*shortcode_templates(), *starter_theme()):
            if taken.claim(path):
                yield OutFile(path, data, own=True)


def _paths(lookup: SiteLookup) -> Iterator[tuple[str, str, Stamp | None]]:
    """(path on the new site, file of the source, as it was surveyed) of all that is no page."""
    for entry in lookup.entries():
        if entry.role is Role.MEDIA and entry.source_path:
            asset = lookup.asset(entry.id)
            path = _path(entry, lookup)
            if asset is not None and path:
                yield path, asset.file, entry.locator.stamp


def _as_it_was(file: OutFile, site: Site, log: Log, *, trusted: bool) -> Iterator[OutFile]:
    """A file of the source; settings without what lifts Hugo's limits, unless the source is trusted, and with the URL
    of the new site."""
    data = None if trusted else kept_settings.confined(file.path, file.copy, log)
    data = kept_base_url.in_file(file.path, file.copy, data, site) or data
    if data is None:
        yield file
    elif data:
        yield OutFile(file.path, data, brought=True)


def _settings(
    lookup: SiteLookup, settings: Mapping[str, Any], log: Log, *, trusted: bool, asks: bool, starter: bool
) -> OutFile:
    """`hugo.toml`. `asks`: a layout would have Hugo run programs that run scripts of the site. `starter`: the layouts
    are those of the starter theme, which wants to know for which path the texts were written."""
    kept, gone = (dict(settings), []) if trusted else trust.confined(settings)
    kept_settings.name(gone, "hugo.toml", log)
    if asks:
        log("source.untrusted", "postcss, tailwindcss, babel", where="programs that layouts have Hugo run")
        name = next((key for key in kept if key.lower() == "security"), "security")
        kept[name] = {**kept.get(name, {}), "exec": {"allow": list(trust.PLAIN_PROGRAMS)}}
    if kept and new_site.is_moved(lookup.site):
        kept = kept_base_url.in_settings(kept, lookup.site)
    root = new_site.root_of(lookup.site)
    if kept and starter and root:
        name = next((key for key in kept if key.lower() == "params"), "params")
        kept[name] = {**kept.get(name, {}), "base_path": root}
    return OutFile("hugo.toml", write.toml(kept or _defaults(lookup)).encode(), own=True)


def _lays_out(home: str) -> bool:
    return home.startswith(_THEMES) or (home.startswith("layouts/") and not home.startswith(_PARTS))


def _path(entry: Entry, lookup: SiteLookup) -> str:
    """Where a file goes: beside its page. Empty where its page is left out, which would make the file public."""
    home = entry.source_path.replace("\\", "-")
    page = lookup.entry(entry.parent) if entry.parent else None
    if page is None:
        return home
    place = lookup.place(page.id)
    if place is None:
        return ""
    before, after = page.source_path.rpartition("/")[0], place.path.rpartition("/")[0]
    return after + home[len(before) :] if before != after and home.startswith(f"{before}/") else home


def _defaults(lookup: SiteLookup) -> dict[str, Any]:
    """For content without a site: raw HTML in the texts is shown."""
    site = lookup.site
    others = any(
        not entry.source_path.endswith((".md", ".markdown")) for entry in lookup.entries() if entry.role is Role.CONTENT
    )
    values = {
        "baseURL": new_site.url_of(site) + "/",
        "title": site.title,
        "locale": site.language or "en",
        "timeZone": site.time_zone,
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
        "pagination": {"pagerSize": 10},
        "security": {"allowContent": [".*"]} if others else {},  # newer Hugo takes HTML and Org only when told to
    }
    return {key: value for key, value in values.items() if value}
