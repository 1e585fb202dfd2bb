"""Where every item goes in a Hugo site: its file and its address, decided once, each different from all others.

Posts go to `content/posts/<slug>.md`, custom kinds to sections of their own name, pages to the place their parents give
them; a page with children is the `_index.md` of its folder. Old addresses stay: where Hugo would not derive one from
the file and the permalink patterns, it is written into the front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from converters import urls
from converters.exporters.hugo import authors, names
from converters.exporters.hugo.languages import Languages, Owners
from converters.exporters.hugo.permalinks import expand, writable
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

FIXED = ("/404.html", "/index.xml", "/sitemap.xml", "/start.css", *SERVER_FILES)
"""Addresses of files that come with the site, in every language."""

_RESERVED = frozenset({"index", "_index"})
_PLAIN_PATH = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*")
_ADDRESSED = frozenset({Status.PUBLISHED, Status.FUTURE, Status.PRIVATE, Status.PROTECTED})


class Planner:
    """Plans one site. Files are claimed without extension: `about.md` and `about/_index.md` are one page to Hugo."""

    def __init__(
        self, lookup: SiteLookup, *, keep_permalinks: bool, bundles: bool = False, limits: Limits = DEFAULT
    ) -> None:
        """`bundles`: a page that is no list gets a folder (`about/index.md`)."""
        self._lookup, self._keep, self._limits = lookup, keep_permalinks, limits
        self._index = "/index" if bundles else ""
        self._files, self._addresses = Allocator(), Allocator()
        self._languages, self._owners = Languages(lookup.site), Owners()
        self._folders: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self.patterns: dict[str, str] = {}
        """section -> permalink pattern"""
        for address in FIXED:
            self._claim_list(address)
        taxonomies = {names.taxonomy(term.taxonomy, lookup.site) for term in lookup.site.terms}
        sections = {names.section(kind) for kind in lookup.site.kinds if kind != "page"}
        self._lists = sections | taxonomies | {"categories", "tags", *authors.taxonomy(lookup.site).values()}

    def plan(self) -> Iterator[tuple[str, Place, list[Notice]]]:
        if self._keep:
            self.patterns = self._find_patterns()
        for entry in self._lookup.entries():
            if entry.role is Role.CONTENT:
                log = Log(entry.id)
                yield entry.id, self._place(entry, log), log.notices

    def list_address(self, key: str, *candidates: str) -> str:
        """Where the list of a section or taxonomy stands: the first of the addresses that no item has.

        Where an item is that list's own page, it has decided.
        """
        if key in self._folders.values():
            return f"/{key}/"
        return next((address for address in candidates if self._claim_list(address)), candidates[-1])

    def is_page(self, key: str) -> bool:
        """Does an item stand where the section has its list?"""
        return key in self._folders.values()

    def _claim_list(self, address: str) -> bool:
        """Claim the address of a list in every language."""
        folders = [self._languages.folder(language.code) for language in self._languages.all] or [""]
        claimed = [self._addresses.claim(urls.key(folder + address)) for folder in folders]
        return all(claimed)

    def _find_patterns(self) -> dict[str, str]:
        permalinks = Permalinks()
        for entry in self._lookup.entries():
            if entry.role is Role.CONTENT and entry.kind != "page":
                permalinks.see(entry, self._languages.below(self._old_path(entry), entry.language))
        return {names.section(kind): pattern for kind, pattern in permalinks.patterns().items()}

    def _old_path(self, entry: Entry) -> str:
        return old_path(entry.permalink, self._lookup.site)

    def _wanted(self, entry: Entry, log: Log) -> str:
        old = self._old_path(entry)
        return noted_if_cut(old, writable(unobeyed(old)), log, self._limits)

    def _at_home(self, entry: Entry, log: Log) -> Place:
        """The file where a Hugo source has it: its texts name others by their paths. Its address follows as it did."""
        path = entry.home.replace("\\", "-")
        stem, dot, ending = path.rpartition(".")
        number = 1
        while not self._files.claim(path):
            number += 1
            path = f"{stem}-{number}{dot}{ending}"
        if number > 1:
            log("path.collision", entry.home, new=path)
        return Place(path, self._old_path(entry))

    def _place(self, entry: Entry, log: Log) -> Place:
        if entry.home:
            return self._at_home(entry, log)
        known = self._keep and entry.status in _ADDRESSED and not below_renamed(entry, self._lookup)
        wanted = self._wanted(entry, log) if known else ""
        folder, mark = self._languages.folder(entry.language), self._languages.mark(entry.language)
        if wanted == f"{folder}/" and self._files.claim(f"content/{mark}"):
            self._addresses.claim(urls.key(wanted))
            return Place(f"content/_index{mark}.md", wanted)
        path = self._path(entry, log)
        derived = self._derived(path, entry)
        url = self._address(wanted or derived, entry, log)
        return Place(path, url, explicit=bool(wanted or url != derived) and url != derived)

    def _path(self, entry: Entry, log: Log) -> str:
        mark = self._languages.mark(entry.language)
        if entry.id in self._folders:  # a child that came earlier in the source has asked for it
            folder = self._folders[entry.id]
            return f"content/{folder}/_index{mark}.md"
        if self._is_folder(entry):
            return f"content/{self._folder(entry, log)}/_index{mark}.md"
        return f"content/{self._claim(entry, log)}{self._index}{mark}.md"

    def _is_folder(self, entry: Entry) -> bool:
        """A page with children, or one that stands where a section or a taxonomy has its list.

        Hugo ties a folder's page to no other page, so that a translation of one is one too.
        """
        known = self._lookup.translations(entry.id).values() if self._languages.all else ()
        if any(self._lookup.has_children(id, entry.kind) for id in (entry.id, *known)):
            return True
        return entry.kind == "page" and not entry.parent and entry.slug in self._lists

    def _folder(self, entry: Entry, log: Log) -> str:
        if entry.id not in self._folders:
            self._folders[entry.id] = self._claim(entry, log)
        return self._folders[entry.id]

    def _claim(self, entry: Entry, log: Log) -> str:
        """A path below `content/`, without extension, that nobody else has."""
        parent = self._parent_folder(entry, log)
        fallback = f"{'draft' if entry.status in (Status.DRAFT, Status.PENDING) else entry.kind}-{entry.id}"
        wanted = safe_name(entry.slug.replace(".", "-"), limit=self._limits.file_name_bytes, reserved=_RESERVED)
        stem = wanted or safe_name(fallback, limit=self._limits.file_name_bytes)
        if (
            wanted
            and len(wanted.encode()) < len(entry.slug.encode())
            and len(entry.slug.encode()) > self._limits.file_name_bytes
        ):
            log("path.cut", wanted, old=entry.slug)
        elif wanted.rstrip("_") != wanted and not entry.slug.endswith("_"):
            log("path.reserved", entry.slug, new=wanted)
        path = f"{parent}/{stem}" if parent else stem
        if self._claim_file(path, entry):
            return path
        other = f"{path}-{safe_name(entry.id, limit=64)}"
        log("path.collision", path, new=other)
        while not self._claim_file(other, entry):
            other += "_"
        return other

    def _claim_file(self, path: str, entry: Entry) -> bool:
        if self._languages.all and not self._owners.claim(path, entry.group or entry.id):
            return False
        return self._files.claim(path + self._languages.mark(entry.language))

    def _parent_folder(self, entry: Entry, log: Log) -> str:
        """The folder of the item's parent of the same kind; that of the kind where there is none."""
        parent = self._parent(entry, log)
        if parent is None:
            return names.section(entry.kind)
        folder = self._folder(parent, Log(parent.id))
        if len(folder.encode()) + self._limits.file_name_bytes > self._limits.path_bytes:
            log("path.moved-up", folder)
            return names.section(entry.kind)
        return folder

    def _parent(self, entry: Entry, log: Log) -> Entry | None:
        if not entry.parent:
            return None
        parent = self._lookup.entry(entry.parent)
        if parent is not None and entry.origin:  # the page above it in the same language
            parent = self._lookup.entry(self._lookup.translations(parent.id).get(entry.language, parent.id))
        if parent is None:
            log("item.parent-missing", entry.parent)
        elif parent.role is Role.CONTENT and parent.kind == entry.kind:
            broken = self._ends_chain(entry, parent)
            if not broken:
                return parent
            log(broken, parent.id)
        return None

    def _ends_chain(self, entry: Entry, parent: Entry) -> str:
        """Why a chain of parents has to be cut here: the lowest id of a circle, or one too many levels."""
        chain: list[str] = [entry.id]
        current: Entry | None = parent
        while current is not None and current.id not in chain:
            chain.append(current.id)
            if len(chain) > self._limits.content_depth:
                return "path.moved-up"
            current = self._lookup.entry(current.parent) if current.parent else None
        circle = current is not None and current.id == entry.id and entry.id == min(chain, key=lambda id: (len(id), id))
        return "item.parent-cycle" if circle else ""

    def _derived(self, path: str, entry: Entry) -> str:
        """The address Hugo gives the file by itself; empty when that cannot be told."""
        folder = self._languages.folder(entry.language)
        inside = path.removeprefix("content/").removesuffix(f"{self._languages.mark(entry.language)}.md")
        if inside.endswith("/_index"):
            inside = inside.removesuffix("/_index")
            return f"{folder}/{inside}/" if _PLAIN_PATH.fullmatch(inside) else ""
        inside = inside.removesuffix(self._index)
        pattern = self.patterns.get(inside.split("/", 1)[0]) if "/" in inside else None
        if pattern:
            derived = expand(pattern, entry, entry.slug)
            return folder + derived if derived else ""
        return f"{folder}/{inside}/" if _PLAIN_PATH.fullmatch(inside) else ""

    def _address(self, wanted: str, entry: Entry, log: Log) -> str:
        if not wanted or self._addresses.claim(urls.key(wanted)):
            return wanted
        other = f"{wanted.rstrip('/')}-{entry.id}/"
        if entry.status in _ADDRESSED:
            log("url.collision", wanted, new=other)
        while not self._addresses.claim(urls.key(other)):
            other = f"{other.rstrip('/')}_/"
        return other
