"""Files and URLs of a Hugo site, and what Hugo derives from them.

Posts go to `content/posts/<slug>.md`, custom kinds to sections of their own name, pages to the place their parents give
them; a page with children is the `_index.md` of its folder. Where Hugo would not derive an old URL from the file and
the permalink patterns (https://gohugo.io/configuration/permalinks/), it is written into the front matter.
"""

from __future__ import annotations

import re

from converters.exporters.hugo import authors, names
from converters.exporters.hugo.languages import HugoLanguages, Owners
from converters.exporters.site.planner import PlannedFile, Planner, section
from converters.model import Entry, Place
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log
from converters.old_site.permalinks import SERVER_FILES, old_path
from converters.paths import cut, shortened
from converters.plugin import SiteLookup

FIXED = ("/404.html", "/index.xml", "/sitemap.xml", "/start.css", *SERVER_FILES)
"""URLs of files that come with the site, in every language."""

_PLAIN_PATH = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*")
_UNWRITABLE = re.compile(r"-?(?:[%#?\\\x00-\x1f]|\.{2,})+-?")
_OF_LISTS = ("index", "_index")
"""Slugs that Hugo leaves out of a URL that it derives, which then is that of the folder."""
_PLAIN_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")


class HugoPlanner(Planner):
    """Plans one site. `about.md` and `about/_index.md` are one page to Hugo."""

    ends_items = True

    fixed = FIXED
    reserved = frozenset({"index", "_index"})
    has_patterns = True

    def __init__(
        self, lookup: SiteLookup, *, keep_permalinks: bool, bundles: bool = False, limits: Limits = DEFAULT
    ) -> None:
        """`bundles`: a page that is no list gets a folder (`about/index.md`)."""
        super().__init__(lookup, keep_permalinks=keep_permalinks, limits=limits)
        self._index = "/index" if bundles else ""
        self.posts_url = ""
        """Where the page is that lists the posts, in the first language; empty where none does."""
        self._marks, self._owners = HugoLanguages(lookup.site), Owners()
        taxonomies = {names.TAXONOMIES.key(term.taxonomy, lookup.site) for term in lookup.site.terms}
        sections = {section(kind) for kind in lookup.site.kinds if kind != "page"}
        self._lists = sections | taxonomies | {"categories", "tags", *authors.taxonomy(lookup.site).values()}

    def writable(self, path: str) -> str:
        return writable(path)

    def place(self, entry: Entry, log: Log) -> Place:
        return self._at_home(entry, log) if entry.source_path else super().place(entry, log)

    def _at_home(self, entry: Entry, log: Log) -> Place:
        """The file where a Hugo source has it: its texts name others by their paths. Its URL follows as it did."""
        path = entry.source_path.replace("\\", "-")
        stem, dot, ending = path.rpartition(".")
        number = 1
        while not self._files.claim(path):
            number += 1
            path = f"{stem}-{number}{dot}{ending}"
        if number > 1:
            log("path.collision", entry.source_path, new=path)
        return Place(path, old_path(entry.permalink, self._site))

    def file(self, entry: Entry, wanted: str, log: Log) -> PlannedFile:
        folder, mark = self._languages.folder(entry.language), self._marks.mark(entry.language)
        if entry.id in self._site.posts_pages and self.claim_file("posts", entry):  # the section's own page
            self._folders[entry.id] = "posts"
            self.posts_url = self.posts_url if mark else wanted.removeprefix(folder)
            return PlannedFile(f"content/posts/_index{mark}.md", f"{folder}/posts/")
        if wanted == f"{folder}/" and self._files.claim(f"content/{mark}"):
            return PlannedFile(f"content/_index{mark}.md", wanted)
        path = self.path(entry, log)
        is_list = entry.id in self._folders
        pattern = self.patterns.get(path.split("/", 1)[0]) if "/" in path and not is_list else None
        plain = f"/{path}/" if _PLAIN_PATH.fullmatch(path) else ""
        inside = expand(pattern, entry, entry.slug) if pattern else plain
        name = "/_index" if is_list else self._index
        usual = inside and folder + inside
        derived = usual if entry.slug not in _OF_LISTS else ""
        return PlannedFile(f"content/{path}{name}{mark}.md", derived, usual)

    def claim_file(self, path: str, entry: Entry) -> bool:
        if self._languages.all and not self._owners.claim(path, entry.group or entry.id):
            return False
        return self._files.claim(path + self._marks.mark(entry.language))

    def is_folder(self, entry: Entry) -> bool:
        """Has it children, or is it where a section or a taxonomy has its list?"""
        return super().is_folder(entry) or (entry.kind == "page" and not entry.parent and entry.slug in self._lists)

    def list_url(self, key: str, *candidates: str) -> str:
        """Where the list of a section or taxonomy is: the first of the URLs that no item has.

        Where an item is that list's own page, it has decided.
        """
        if self.is_page(key):
            return f"/{key}/"
        return next((url for url in candidates if self.claim_in_all_languages(url)), candidates[-1])

    def is_page(self, key: str) -> bool:
        """Is an item where the section has its list?"""
        return key in self._folders.values()


def writable(path: str) -> str:
    """The path as Hugo and a file system can write it.

    Hugo takes `%`, `#` and `?` for marks of an address, even when they are encoded; two dots lead out of the folder, or
    make a file without an ending; a segment over 255 bytes fits no file system, nor does a path over some thousands.
    """
    path = shortened(path, limit=DEFAULT.path_bytes, name_limit=DEFAULT.file_name_bytes)
    return "/".join(_segment(segment) for segment in path.split("/"))


def _segment(text: str) -> str:
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub("-", text).strip("-") or "-"
    return cut(text, DEFAULT.file_name_bytes) if text.strip(".") or not text else "-"


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
