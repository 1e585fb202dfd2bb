"""Files and URLs of a Jekyll site, and what Jekyll derives from them.

Posts go to `_posts/YYYY-MM-DD-slug.md`, unfinished ones to `_drafts/`, custom kinds to collections of their own name,
pages to the place their parents give them. Where Jekyll would not derive an old URL from the file and the permalink
pattern (https://jekyllrb.com/docs/permalinks/), it is written into the front matter.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b

from msgspec.structs import replace

from converters import urls
from converters.exporters.jekyll import names
from converters.exporters.jekyll.days import Days
from converters.exporters.site.planner import ADDRESSED, PlannedFile, Planner
from converters.model import Entry, Place, Role
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log
from converters.old_site.permalinks import SERVER_FILES
from converters.old_site.visibility import appears, day, is_ahead
from converters.paths import cut, safe_name, shortened
from converters.plugin import SiteLookup

FIXED = ("/feed.xml", "/404.html", "/assets", *SERVER_FILES)
"""URLs of files that come with the site, in every language."""
UNLISTED = "_unlisted"
"""The collection of what is in no list: its items are neither posts nor pages, so that no layout names them."""
USUAL = "/:year/:month/:day/:title/"
"""Where the old site shows no structure, or none of its URLs is to be kept."""

_PASSED_OVER = ("gemfile", "node_modules")
"""Jekyll passes over whatever begins so: https://jekyllrb.com/docs/configuration/options/ (`exclude`)."""
_PLAIN_PATH = re.compile(r"[a-z0-9]+(?:[_/-][a-z0-9]+)*")
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-")
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = len("1970-01-01-")
_SPECIAL = re.compile(r"[%?#:]|\.(?=\.|/|$)")
_UNWRITABLE = re.compile(r"-?[\\\x00-\x1f\x7f]+-?")
_NAME = re.compile(r"(?!at-)[^\W_]")
_PLACEHOLDER = re.compile(":(?:title|year|month|day)")


class JekyllPlanner(Planner):
    """Plans one site."""

    fixed = FIXED
    reserved = frozenset({"index", "vendor"})
    has_patterns = True

    def __init__(self, lookup: SiteLookup, *, keep_permalinks: bool, limits: Limits = DEFAULT) -> None:
        super().__init__(lookup, keep_permalinks=keep_permalinks, limits=limits)
        self._days = Days(lookup.site)
        self.has_unlisted = False

    @cached_property
    def future(self) -> bool:
        """Jekyll's `future`: are posts and items of collections shown whatever their date? Where one is to be seen
        before its own date; then whatever is scheduled is held back by its own front matter."""
        content = (entry for entry in self._lookup.entries() if entry.role is Role.CONTENT)
        return any(entry.kind != "page" and is_ahead(entry, self._site) for entry in content)

    def _is_held(self, entry: Entry) -> bool:
        """Can Jekyll not tell when the day of a scheduled item has come? It leaves out posts of the future
        (`PostReader`); of pages it knows no day, items of other collections it only does not write (`Document#write?`)
        while lists and neighbours name them, and of the files beside an item it knows nothing."""
        shown = appears(entry)
        if shown is None:
            return False
        early = entry.date is None or entry.date < shown
        waits = _is_post(entry) and not early and not self.future
        return not waits or any(asset.file for asset in self._lookup.assets_of(entry.id))

    def section(self, kind: str) -> str:
        return names.collection(kind)

    def writable(self, path: str) -> str:
        return writable(path)

    def usual_patterns(self) -> dict[str, str]:
        kinds = (names.collection(kind) for kind in self._site.kinds if kind != "page")
        return {name: f"/{name}/:title/" for name in kinds} | {"posts": USUAL}

    def pattern(self, pattern: str) -> str:
        return pattern.replace(":slug", ":title")

    def place(self, entry: Entry, log: Log) -> Place:
        place = super().place(entry, log)
        if not self._is_held(entry):
            return place
        log("date.held", day(appears(entry)), where=place.path)
        return replace(place, held=True)

    def file(self, entry: Entry, wanted: str, log: Log) -> PlannedFile:
        mark = self._languages.mark(entry.language)
        front = "/".join(filter(None, (mark, "index")))
        is_front = entry.kind == "page" and wanted in ("/", f"/{mark}/") and self._files.claim(front)
        path = front if is_front else self.path(entry, log)
        if entry.kind == "page":
            derived = f"/{path}/" if _PLAIN_PATH.fullmatch(path) else ""
            usual = writable(f"/{path}/")
        else:
            pattern = self.patterns[names.collection(entry.kind)]
            title = path.rpartition("/")[2][_DATE if path.startswith("_posts/") else 0 :]
            derived = expand(pattern, entry.slug or title, entry.date, self._days)  # `slug` counts more than the name
            derived = "" if entry.unlisted else derived
            usual = writable(filled(pattern, title, entry.date or _NO_DATE))
        return PlannedFile(f"{path}.md", derived, usual if entry.status in ADDRESSED else "")

    def top_folder(self, entry: Entry) -> str:
        name = "_drafts" if entry.kind == "post" and entry.status not in ADDRESSED else ""
        if entry.unlisted and entry.kind != "page" and not name:
            self.has_unlisted = True
            name = UNLISTED
        section = name or (f"_{names.collection(entry.kind)}" if entry.kind != "page" else "")
        return "/".join(filter(None, (section, self._languages.mark(entry.language))))

    def folder(self, entry: Entry, log: Log) -> str:
        return self.top_folder(entry) if entry.kind == "post" else super().folder(entry, log)

    def file_name(self, entry: Entry, log: Log) -> str:
        name = super().file_name(entry, log)
        if not _is_post(entry):
            return name
        day = entry.date or _NO_DATE
        return f"{day.year:04}-{day:%m-%d}-{name}"

    def adapted(self, name: str, entry: Entry, log: Log) -> str:
        """Jekyll passes over names with `_` in front, and takes a date in front for that of a post."""
        bare = name.lstrip("_")
        name = f"{entry.kind}-{bare or entry.id}" if not bare or bare.casefold() in self.reserved else bare
        if not _is_post(entry) and _DATED.match(name):
            name = f"{entry.kind}-{name}"
        if entry.kind == "page" and name.lower().startswith(_PASSED_OVER):
            name = f"page-{name}"
            log("path.reserved", entry.slug, new=name)
        return name


def _is_post(entry: Entry) -> bool:
    """Is it in `_posts`?"""
    return entry.kind == "post" and entry.status in ADDRESSED and not entry.unlisted


def writable(path: str) -> str:
    """The path (decoded) as a `permalink` that Jekyll writes at just that place.

    Jekyll decodes a permalink before it makes a file of it, takes `:name` for a placeholder, and takes `..` and `./`
    out. What ends in no `.html` gets a slash, so that a server finds the page without one as well.
    """
    if not path:
        return ""
    path = shortened(path, limit=DEFAULT.path_bytes, name_limit=DEFAULT.file_name_bytes)
    segments = [_segment(segment) for segment in path.split("/") if segment]
    ending = "" if segments and segments[-1].endswith(".html") and not path.endswith("/") else "/"
    return "/" + "/".join(segments) + (ending if segments else "")


def _segment(text: str) -> str:
    text = _UNWRITABLE.sub("-", text)
    if not text.strip("."):
        text = "-"
    return _SPECIAL.sub(lambda found: f"%{ord(found[0]):02X}", cut(text, DEFAULT.file_name_bytes))


def file_path(address: str) -> str:
    """A file's path without ending that says the address: folders for its segments. Two addresses never share one."""
    return "/".join(_file_name(segment) for segment in urls.decoded(address).strip("/").split("/"))


def _file_name(segment: str) -> str:
    name = safe_name(segment, limit=DEFAULT.file_name_bytes)
    if name == segment == segment.lower() and _NAME.match(segment) and not _DATED.match(segment):
        return segment
    return f"at-{name}-{blake2b(segment.encode(), digest_size=4).hexdigest()}"


def expand(pattern: str, slug: str, date: datetime | None, days: Days) -> str:
    """The address that Jekyll derives; empty when that cannot be told for certain."""
    if not _PLAIN_SLUG.fullmatch(slug) or len(slug) > DEFAULT.file_name_bytes:
        return ""
    address = pattern.replace(":title", slug)
    if ":" not in address:
        return address
    day = days.of(date) if date is not None else None
    return filled(pattern, slug, day) if day is not None else ""


def filled(pattern: str, slug: str, day: datetime) -> str:
    """The pattern with a slug and a day in it."""
    date = {":year": f"{day.year:04}", ":month": f"{day:%m}", ":day": f"{day:%d}"}
    return _PLACEHOLDER.sub(lambda found: slug if found[0] == ":title" else date[found[0]], pattern)
