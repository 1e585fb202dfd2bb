"""Where every item goes: its address on the new site, which is the old one, and a file name that says it."""

from __future__ import annotations

from collections.abc import Iterator

from converters import urls
from converters.model import Entry, Role, Site, Status
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log, Notice
from converters.paths import Allocator, safe_name
from converters.plugin import SiteLookup

_ADDRESSED = frozenset({Status.PUBLISHED, Status.FUTURE, Status.PRIVATE, Status.PROTECTED})


class Planner:
    """Plans one site. `stem` is a path without folder of the layout and without extension, different for every item."""

    def __init__(self, lookup: SiteLookup, *, keep_permalinks: bool, limits: Limits = DEFAULT) -> None:
        self._lookup, self._keep, self._limits = lookup, keep_permalinks, limits
        self._stems, self._addresses = Allocator(), Allocator()

    def plan(self) -> Iterator[tuple[Entry, str, str, list[Notice]]]:
        """(entry, stem, address, notices) of everything that is content, in source order."""
        for entry in self._lookup.entries():
            if entry.role is Role.CONTENT:
                log = Log(entry.id)
                old = old_path(entry.permalink, self._lookup.site) if entry.status in _ADDRESSED else ""
                stem = self._stem(old, entry, log)
                yield entry, stem, self._address(old if self._keep else f"/{stem}/", entry, log), log.notices

    def _stem(self, old: str, entry: Entry, log: Log) -> str:
        """`2021/03/first-crossing` for the address `/2021/03/first-crossing/`, `index` for the front page."""
        name = self._name(entry.slug) or self._name(f"{entry.kind}-{entry.id}") or "item"
        parts = [] if "?" in old else [self._name(part) for part in old.split("/")]
        wanted = "/".join(part for part in parts if part) or ("index" if old == "/" else name)
        if len(wanted.encode()) + self._limits.file_name_bytes > self._limits.path_bytes:
            log("path.moved-up", wanted, new=name)
            wanted = name
        if self._stems.claim(wanted):
            return wanted
        other = f"{wanted}-{self._name(entry.id)}"
        log("path.collision", wanted, new=other)
        while not self._stems.claim(other):
            other += "_"
        return other

    def _name(self, text: str) -> str:
        """A file or folder name without dots, so that no folder is called as a file is."""
        return safe_name(urls.decoded(text).replace(".", "-"), limit=self._limits.file_name_bytes)

    def _address(self, wanted: str, entry: Entry, log: Log) -> str:
        path, mark, query = wanted.partition("?")
        if not wanted or self._addresses.claim(urls.key(path) + mark + query):
            return wanted
        other = f"{path.rstrip('/')}-{entry.id}/"
        log("url.collision", wanted, new=other)
        while not self._addresses.claim(urls.key(other)):
            other = f"{other.rstrip('/')}_/"
        return other


def old_path(permalink: str, site: Site) -> str:
    """Path and query of an address below the old site's root, with `/`, as encoded; empty for one elsewhere."""
    address = urls.own(permalink, urls.host_of(site.base_url)) if permalink else None
    if address is None:
        return ""
    root = urls.root_of(site.base_url)
    path = address.path if address.path.startswith("/") else f"/{address.path}"
    path = path[len(root) :] if path.startswith(f"{root}/") else path
    return path + (f"?{address.query}" if address.query else "")
