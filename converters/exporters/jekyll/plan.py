"""Where every item goes in a Jekyll site: its file and its address, decided once, each different from all others.

Posts go to `_posts/YYYY-MM-DD-slug.md`, unfinished ones to `_drafts/`, custom kinds to collections of their own name,
pages to the place their parents give them. Old addresses stay: where Jekyll would not derive one from the file and the
permalink pattern, it is written into the front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from converters import urls
from converters.exporters.jekyll import names
from converters.exporters.jekyll.languages import Languages
from converters.exporters.jekyll.permalinks import USUAL, Days, expand, filled, in_jekyll, writable
from converters.model import Entry, Place, Role, Status
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log, Notice
from converters.old_site.permalinks import (
    SERVER_FILES,
    Permalinks,
    below_renamed,
    noted_if_cut,
    old_path,
    unobeyed,
)
from converters.paths import Allocator, safe_name
from converters.plugin import SiteLookup

FIXED = ("/feed.xml", "/404.html", "/assets", *SERVER_FILES)
"""Addresses of files that come with the site."""

_RESERVED = frozenset({"index", "vendor"})
_PASSED_OVER = ("gemfile", "node_modules")
"""Jekyll passes over whatever begins so: https://jekyllrb.com/docs/configuration/options/ (`exclude`)."""
_PLAIN_PATH = re.compile(r"[a-z0-9]+(?:[_/-][a-z0-9]+)*")
_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-")
_ADDRESSED = frozenset({Status.PUBLISHED, Status.FUTURE, Status.PRIVATE, Status.PROTECTED})
_NO_DATE = "1970-01-01"


class Planner:
    """Plans one site."""

    def __init__(self, lookup: SiteLookup, *, keep_permalinks: bool, limits: Limits = DEFAULT) -> None:
        self._lookup, self._keep, self._limits = lookup, keep_permalinks, limits
        self._files, self._addresses = Allocator(), Allocator()
        self._languages, self._days = Languages(lookup.site), Days(lookup.site.time_zone)
        self._stems: dict[str, str] = {}
        self.patterns: dict[str, str] = {}
        """collection -> permalink pattern"""
        self._scheduled = False
        for address in FIXED:
            self._addresses.claim(address)

    def plan(self) -> Iterator[tuple[str, Place, list[Notice]]]:
        kinds = (names.collection(kind) for kind in self._lookup.site.kinds if kind != "page")
        self.patterns = {name: f"/{name}/:title/" for name in kinds} | {"posts": USUAL}
        if self._keep:
            self.patterns |= self._find_patterns()
        for entry in self._lookup.entries():
            if entry.role is Role.CONTENT:
                log = Log(entry.id)
                self._scheduled = self._scheduled or entry.status is Status.FUTURE
                yield entry.id, self._place(entry, log), log.notices

    @property
    def future(self) -> bool:
        """Is what is public shown whatever its date? Jekyll's `future`; not where something waits for its day.

        A Hugo site leaves items of the future out itself, unless it says `buildFuture`.
        """
        settings = self._lookup.site.settings
        shown = settings is None or any(settings[key] is True for key in settings if key.lower() == "buildfuture")
        return shown and not self._scheduled

    def claim(self, address: str) -> bool:
        """Take the address for a page that is no item's; False when something stands there."""
        return self._addresses.claim(urls.key(address))

    def _find_patterns(self) -> dict[str, str]:
        permalinks = Permalinks()
        for entry in self._lookup.entries():
            if entry.role is Role.CONTENT and entry.kind != "page":
                permalinks.see(entry, self._languages.below(self._old_path(entry), entry.language))
        return {names.collection(kind): in_jekyll(pattern) for kind, pattern in permalinks.patterns().items()}

    def _old_path(self, entry: Entry) -> str:
        return old_path(entry.permalink, self._lookup.site)

    def _wanted(self, entry: Entry, log: Log) -> str:
        old = self._old_path(entry)
        return noted_if_cut(old, writable(unobeyed(old)), log, self._limits)

    def _place(self, entry: Entry, log: Log) -> Place:
        known = self._keep and entry.status in _ADDRESSED and not below_renamed(entry, self._lookup)
        wanted = self._wanted(entry, log) if known else ""
        path, stem = self._path(entry, wanted, log)
        derived = self._derived(path, stem, entry)
        made = self._made(path, stem, entry) if entry.status in _ADDRESSED else ""
        url = self._address(wanted or derived or made, entry, log)
        return Place(path, url, explicit=url != derived)

    def _path(self, entry: Entry, wanted: str, log: Log) -> tuple[str, str]:
        """(file, the part of its name that Jekyll calls the title)."""
        mark = self._languages.mark(entry.language)
        if entry.kind == "page" and wanted in ("/", f"/{mark}/") and self._files.claim(f"{mark}/index"):
            return "/".join(filter(None, (mark, "index.md"))), "index"
        stem = self._stem(entry, log)
        folder = "/".join(filter(None, (self._folder(entry, log), mark if entry.kind != "page" else "")))
        date = ""
        if folder.startswith("_posts"):
            date = f"{entry.date.year:04}-{entry.date:%m-%d}-" if entry.date else f"{_NO_DATE}-"
        if entry.kind == "page" and not entry.parent and mark:
            folder = mark
        name = stem
        path = f"{folder}/{date}{name}" if folder else name
        if not self._files.claim(path):
            name = f"{stem}-{safe_name(entry.id, limit=64)}"
            log("path.collision", path, new=name)
            while not self._files.claim(f"{folder}/{date}{name}"):
                name += "_"
            path = f"{folder}/{date}{name}" if folder else name
        return f"{path}.md", name

    def _stem(self, entry: Entry, log: Log) -> str:
        """The file's name without date and ending, from the slug."""
        if entry.id in self._stems:  # a child that came earlier in the source has asked for it
            return self._stems[entry.id]
        wanted = safe_name(entry.slug.replace(".", "-"), limit=self._limits.file_name_bytes, reserved=_RESERVED)
        wanted = wanted.lstrip("_")  # Jekyll passes such files over
        if entry.kind != "post" or entry.status not in _ADDRESSED:
            wanted = f"{entry.kind}-{wanted}" if _DATED.match(wanted) else wanted  # no date to be taken for one
        if entry.kind == "page" and wanted.lower().startswith(_PASSED_OVER):
            wanted = f"page-{wanted}"
            log("path.reserved", entry.slug, new=wanted)
        if wanted and len(wanted.encode()) < len(entry.slug.encode()) > self._limits.file_name_bytes:
            log("path.cut", wanted, old=entry.slug)
        elif wanted.rstrip("_") != wanted and not entry.slug.endswith("_"):
            log("path.reserved", entry.slug, new=wanted)
        fallback = f"{'draft' if entry.status in (Status.DRAFT, Status.PENDING) else entry.kind}-{entry.id}"
        self._stems[entry.id] = wanted or safe_name(fallback, limit=self._limits.file_name_bytes)
        return self._stems[entry.id]

    def _folder(self, entry: Entry, log: Log) -> str:
        """The folder the item's file lies in, without its language's."""
        if entry.kind == "post":
            return "_posts" if entry.status in _ADDRESSED else "_drafts"
        name = names.collection(entry.kind)
        parts = [f"_{name}"] if name else []
        above = self._line(entry, log)
        if len("/".join(above).encode()) + self._limits.file_name_bytes > self._limits.path_bytes:
            log("path.moved-up", "/".join(above))
            return "/".join(parts)
        return "/".join(parts + above)

    def _line(self, entry: Entry, log: Log) -> list[str]:
        """The names of the items above this one, from the topmost down."""
        found: list[str] = []
        seen = {entry.id}
        language = self._languages.mark(entry.language)
        while entry.parent:
            above = self._lookup.entry(entry.parent)
            if above is None or above.role is not Role.CONTENT or above.kind != entry.kind:
                break
            if above.id in seen:
                log("item.parent-cycle", above.id)
                break
            if len(seen) > self._limits.content_depth:
                log("path.moved-up", above.id)
                break
            seen.add(above.id)
            found.insert(0, self._stem(above, Log(above.id)))
            entry = above
        if language and entry.kind == "page" and found:
            found.insert(0, language)
        return found

    def _derived(self, path: str, stem: str, entry: Entry) -> str:
        """The address Jekyll gives the file by itself; empty when that cannot be told."""
        if entry.kind != "page":
            pattern = self.patterns[names.collection(entry.kind)]
            return expand(pattern, entry.slug or stem, entry.date, self._days)  # its `slug` counts more than the name
        inside = path.removesuffix(".md")
        return f"/{inside}/" if _PLAIN_PATH.fullmatch(inside) else ""

    def _made(self, path: str, stem: str, entry: Entry) -> str:
        """An address for what has none of old and none that Jekyll is sure to derive."""
        if entry.kind == "page":
            return writable(f"/{path.removesuffix('.md')}/")
        pattern = self.patterns[names.collection(entry.kind)]
        return writable(filled(pattern, stem, entry.date or datetime(1970, 1, 1, tzinfo=UTC)))

    def _address(self, wanted: str, entry: Entry, log: Log) -> str:
        if not wanted or self.claim(wanted):
            return wanted
        other = f"{wanted.rstrip('/')}-{entry.id}/"
        if entry.status in _ADDRESSED:
            log("url.collision", wanted, new=other)
        while not self.claim(other):
            other = f"{other.rstrip('/')}_/"
        return other
