"""Where every item goes, for all targets: its file and its URL, decided once, each different from all others.

Old URLs stay, where the user wants it. A page lies below its parent, in the same language, and everything else in the
folder of its kind. What a target derives from files and permalink patterns by itself need not be written into an item
(`Place.explicit`). A target says how its files are called, and what it makes of old URLs.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from converters import urls
from converters.model import PUBLIC, Entry, Place, Role, Status
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log, Notice
from converters.old_site.languages import Languages
from converters.old_site.permalinks import (
    SERVER_FILES,
    Permalinks,
    below_renamed,
    noted_if_cut,
    old_path,
    unobeyed,
)
from converters.old_site.slugs import slug_of
from converters.old_site.visibility import day
from converters.paths import Allocator, safe_name
from converters.plugin import SiteLookup

ADDRESSED = frozenset({Status.PUBLISHED, Status.FUTURE, Status.PRIVATE, Status.PROTECTED})
"""Statuses of items that had a URL of their own."""
_PLACEHOLDER = re.compile(r":(?:slug|year|month|day)(?![a-z])")
_SECTIONS = {"post": "posts", "page": ""}


def section(kind: str) -> str:
    """The folder of a kind of post; empty for pages, which lie in the tree of the site itself."""
    if kind in _SECTIONS:
        return _SECTIONS[kind]
    return safe_name(kind.lower(), limit=DEFAULT.file_name_bytes) or "items"


class PlannedFile(NamedTuple):
    """The file of an item, and what the target makes of it."""

    path: str
    derived: str
    """The URL the target gives the file by itself; empty when that cannot be told."""
    usual: str = ""
    """A URL for an item that has no old one and none that the target is sure to derive."""


class Planner(ABC):
    """Plans one site. Files are claimed without extension, and together with the folders of their children."""

    fixed: ClassVar[tuple[str, ...]] = SERVER_FILES
    """URLs of files that come with the site, in every language."""
    reserved: ClassVar[frozenset[str]] = frozenset({"index"})
    """Names of files, in small letters, that mean something to the target."""
    ends_items: ClassVar[bool] = False
    """Does the target cease to show an item on its last day (`Entry.until`)?"""
    has_patterns: ClassVar[bool] = False
    """Does the target derive URLs from a pattern a section?"""

    def __init__(self, lookup: SiteLookup, *, keep_permalinks: bool, limits: Limits = DEFAULT) -> None:
        self._lookup, self._site, self._keep, self._limits = lookup, lookup.site, keep_permalinks, limits
        self._languages = Languages(lookup.site)
        self._files, self._urls = Allocator(), Allocator()
        self._folders: dict[str, str] = {}
        """id -> path of an item that others lie below"""
        self._early: dict[str, Log] = {}
        """id -> what was noted of an item that one of its children named before the source did"""
        self.patterns: dict[str, str] = {}
        """section -> permalink pattern, in the target's own placeholders"""
        for url in self.fixed:
            self.claim_in_all_languages(url)

    def plan(self) -> Iterator[tuple[str, Place, list[Notice]]]:
        """What `Exporter.plan` has to return."""
        self.patterns = self.usual_patterns() | (self._old_patterns() if self._keep and self.has_patterns else {})
        for entry in self._lookup.entries():
            if entry.role is Role.CONTENT:
                log = self._early.pop(entry.id, None) or Log(entry.id)
                yield entry.id, self.place(entry, log), log.notices

    def place(self, entry: Entry, log: Log) -> Place:
        """Where the item goes."""
        if entry.until is not None and entry.status in PUBLIC and not self.ends_items:
            log("date.ends", day(entry.until))
        known = self._keep and entry.status in ADDRESSED and not below_renamed(entry, self._lookup)
        wanted = self._old_url(entry, log) if known else ""
        file = self.file(entry, wanted, log)
        url = self.claim_url(wanted or file.derived or file.usual, entry, log)
        return Place(file.path, url, explicit=url != file.derived)

    @abstractmethod
    def file(self, entry: Entry, wanted: str, log: Log) -> PlannedFile:
        """The item's file, claimed. `wanted`: its old URL, as the target can write it; may be empty."""

    def section(self, kind: str) -> str:
        """What the folder of a kind of post is called; empty for pages, which lie at the root."""
        return section(kind)

    def writable(self, path: str) -> str:
        """The path of an old URL as the target and a file system can write it."""
        return path

    def usual_patterns(self) -> dict[str, str]:
        """section -> permalink pattern, where the old site shows none."""
        return {}

    def pattern(self, pattern: str) -> str:
        """A pattern of `converters/old_site/permalinks.py` in the target's placeholders."""
        return pattern

    def old_list_url(self, section: str) -> str:
        """Where the old site had the list of a section: what is in front of the slugs, or nothing."""
        pattern, slug = self.patterns.get(section, ""), self.pattern(":slug")
        plain = pattern.count(":") == 1 and pattern != f"/{slug}/"
        return pattern.removesuffix(f"{slug}/") if plain else ""

    def _old_patterns(self) -> dict[str, str]:
        permalinks = Permalinks()
        for entry in self._lookup.entries():
            if entry.role is Role.CONTENT and entry.kind != "page":
                permalinks.see(entry, self._languages.below(old_path(entry.permalink, self._site), entry.language))
        patterns = permalinks.patterns().items()
        return {
            self.section(kind): self.pattern(pattern)
            for kind, pattern in patterns
            if ":" not in _PLACEHOLDER.sub("", pattern)  # targets take any `:name` for a placeholder
        }

    def _old_url(self, entry: Entry, log: Log) -> str:
        old = old_path(entry.permalink, self._site)
        return noted_if_cut(old, self.writable(unobeyed(old)), log, self._limits)

    def claim(self, url: str) -> bool:
        """Take the URL; False when another page has it."""
        return self._urls.claim(urls.key(url))

    def claim_in_all_languages(self, url: str) -> bool:
        """Take the URL in every language; False when another page has one of them."""
        folders = [self._languages.folder(language.code) for language in self._languages.all] or [""]
        claimed = [self.claim(folder + url) for folder in folders]
        return all(claimed)

    def claim_url(self, wanted: str, entry: Entry, log: Log) -> str:
        """The URL, or one with the item's id behind it where another page has it; an empty one stays empty."""
        if not wanted or self.claim(wanted):
            return wanted
        other = f"{wanted.partition('?')[0].rstrip('/')}-{entry.id}/"
        if entry.status in ADDRESSED:
            log("url.collision", wanted, new=other)
        while not self.claim(other):
            other = f"{other.rstrip('/')}_/"
        return other

    def claim_file(self, path: str, entry: Entry) -> bool:
        """Take the path, without extension; False when another item has it."""
        return self._files.claim(path)

    def claim_path(self, path: str, entry: Entry, log: Log) -> str:
        """The path, or one with the item's id behind it where another item has it."""
        if self.claim_file(path, entry):
            return path
        other = f"{path}-{safe_name(entry.id, limit=64)}"
        if entry.slug:
            log("path.collision", path, new=other)
        while not self.claim_file(other, entry):
            other += "_"
        return other

    def path(self, entry: Entry, log: Log) -> str:
        """The item's path without extension, claimed. Its children lie below it, and may come before it."""
        if entry.id in self._folders:
            return self._folders[entry.id]
        names = (self.folder(entry, log), self.file_name(entry, log))
        path = self.claim_path("/".join(filter(None, names)), entry, log)
        if self.is_folder(entry):
            self._folders[entry.id] = path
        return path

    def is_folder(self, entry: Entry) -> bool:
        """Do other items lie below it, or below one of its translations, whose children may be in its language?"""
        known = self._lookup.translations(entry.id).values() if self._languages.all else ()
        return any(self._lookup.has_children(id, entry.kind) for id in dict.fromkeys((entry.id, *known)))

    def top_folder(self, entry: Entry) -> str:
        """The folder of an item that has no parent."""
        return self.section(entry.kind)

    def folder(self, entry: Entry, log: Log) -> str:
        """The folder of the item's parent of the same kind; that of its kind where there is none."""
        parent = self._parent(entry, log)
        if parent is None:
            return self.top_folder(entry)
        if parent.id not in self._folders:
            self._folders[parent.id] = self.path(parent, self._early.setdefault(parent.id, Log(parent.id)))
        folder = self._folders[parent.id]
        if len(folder.encode()) + self._limits.file_name_bytes > self._limits.path_bytes:
            log("path.moved-up", folder)
            return self.top_folder(entry)
        return folder

    def file_name(self, entry: Entry, log: Log) -> str:
        """The file's name without extension, from the slug; from the title where there is none yet, as of drafts."""
        limit = self._limits.file_name_bytes
        slug = entry.slug or slug_of(entry.title, self._site.language)
        wanted = self.adapted(safe_name(slug.replace(".", "-"), limit=limit, reserved=self.reserved), entry, log)
        if wanted and len(wanted.encode()) < len(entry.slug.encode()) > limit:
            log("path.cut", wanted, old=entry.slug)
        elif entry.slug and wanted.rstrip("_") != wanted and not entry.slug.endswith("_"):
            log("path.reserved", entry.slug, new=wanted)
        fallback = f"{'draft' if entry.status in (Status.DRAFT, Status.PENDING) else entry.kind}-{entry.id}"
        return wanted or safe_name(fallback, limit=limit)

    def adapted(self, name: str, entry: Entry, log: Log) -> str:
        """The name as the target reads it as that of a page."""
        return name

    def _parent(self, entry: Entry, log: Log) -> Entry | None:
        """The item above it in the same language; None where a chain of parents has to be cut."""
        if not entry.parent:
            return None
        parent = self._lookup.entry(entry.parent)
        if parent is not None and entry.origin:
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
