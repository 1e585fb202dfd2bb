"""Where every item goes: its URL on the new site, which is the old one, and a file name that says it."""

from __future__ import annotations

from converters import urls
from converters.exporters.json.layouts import Layout
from converters.exporters.site.planner import ADDRESSED, PlannedFile, Planner
from converters.model import Entry, Place, Site
from converters.model.notices import Log
from converters.old_site.slugs import slug_of
from converters.paths import safe_name
from converters.plugin import SiteLookup


class JsonPlanner(Planner):
    """Plans one site; `layout` says which file an item goes to."""

    fixed = ()

    def __init__(self, lookup: SiteLookup, layout: Layout, *, keep_permalinks: bool) -> None:
        super().__init__(lookup, keep_permalinks=keep_permalinks)
        self._layout = layout
        layout.plan(lookup)

    def place(self, entry: Entry, log: Log) -> Place:
        old = old_path(entry.permalink, self._site) if entry.status in ADDRESSED else ""
        file = self.file(entry, old, log)
        return Place(file.path, self.claim_url(old if self._keep else file.usual, entry, log))

    def file(self, entry: Entry, wanted: str, log: Log) -> PlannedFile:
        """`2021/03/first-crossing` for the URL `/2021/03/first-crossing/`, `index` for the front page."""
        slug = entry.slug or slug_of(entry.title, self._site.language)
        name = self._name(slug) or self._name(f"{entry.kind}-{entry.id}") or "item"
        parts = [] if "?" in wanted else [self._name(part) for part in wanted.split("/")]
        path = "/".join(part for part in parts if part) or ("index" if wanted == "/" else name)
        if len(path.encode()) + self._limits.file_name_bytes > self._limits.path_bytes:
            log("path.moved-up", path, new=name)
            path = name
        stem = self.claim_path(path, entry, log)
        return PlannedFile(self._layout.path(entry, stem), "", f"/{stem}/")

    def claim(self, url: str) -> bool:
        path, mark, query = url.partition("?")
        return self._urls.claim(urls.key(path) + mark + query)

    def _name(self, text: str) -> str:
        """A file or folder name without dots, so that no folder is called as a file is."""
        return safe_name(urls.decoded(text).replace(".", "-"), limit=self._limits.file_name_bytes)


def old_path(permalink: str, site: Site) -> str:
    """Path and query of an address below the old site's root, with `/`, as encoded; empty for one elsewhere."""
    address = urls.own(permalink, urls.host_of(site.base_url)) if permalink else None
    if address is None:
        return ""
    root = urls.root_of(site.base_url)
    path = address.path if address.path.startswith("/") else f"/{address.path}"
    path = path[len(root) :] if path.startswith(f"{root}/") else path
    return path + (f"?{address.query}" if address.query else "")
