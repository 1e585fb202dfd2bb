"""Files and URLs of a Jekyll site, and what Jekyll derives from them.

Posts go to `_posts/YYYY-MM-DD-slug.md`, unfinished ones to `_drafts/`, custom kinds to collections of their own name,
pages to the place their parents give them. Where Jekyll would not derive an old URL from the file and the permalink
pattern (https://jekyllrb.com/docs/permalinks/), it is written into the front matter.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from converters import urls
from converters.exporters.jekyll import names
from converters.exporters.site.planner import ADDRESSED, PlannedFile, Planner
from converters.model import Entry, Place, Status
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log
from converters.old_site.permalinks import SERVER_FILES
from converters.old_site.visibility import is_ahead
from converters.paths import cut, safe_name, shortened
from converters.plugin import SiteLookup

FIXED = ("/feed.xml", "/404.html", "/assets", *SERVER_FILES)
"""URLs of files that come with the site, in every language."""
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
        self._days = Days(lookup.site.time_zone)
        self._scheduled = False
        self.ahead: list[str] = []
        """Titles of what was public although its date is later."""

    @property
    def future(self) -> bool:
        """Is what is public shown whatever its date? Jekyll's `future`; not where something is scheduled.

        A Hugo site leaves items of the future out itself, unless it says `buildFuture`.
        """
        settings = self._site.settings
        shown = settings is None or any(settings[key] is True for key in settings if key.lower() == "buildfuture")
        return shown and not self._scheduled

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
        self._scheduled = self._scheduled or entry.status is Status.FUTURE
        if entry.kind != "page" and is_ahead(entry, self._site):
            self.ahead.append(entry.title)
        return super().place(entry, log)

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
            usual = writable(filled(pattern, title, entry.date or _NO_DATE))
        return PlannedFile(f"{path}.md", derived, usual if entry.status in ADDRESSED else "")

    def top_folder(self, entry: Entry) -> str:
        name = "_drafts" if entry.kind == "post" and entry.status not in ADDRESSED else ""
        section = name or (f"_{names.collection(entry.kind)}" if entry.kind != "page" else "")
        return "/".join(filter(None, (section, self._languages.mark(entry.language))))

    def folder(self, entry: Entry, log: Log) -> str:
        return self.top_folder(entry) if entry.kind == "post" else super().folder(entry, log)

    def file_name(self, entry: Entry, log: Log) -> str:
        name = super().file_name(entry, log)
        if entry.kind != "post" or entry.status not in ADDRESSED:
            return name
        day = entry.date or _NO_DATE
        return f"{day.year:04}-{day:%m-%d}-{name}"

    def adapted(self, name: str, entry: Entry, log: Log) -> str:
        """Jekyll passes over names with `_` in front, and takes a date in front for that of a post."""
        bare = name.lstrip("_")
        name = f"{entry.kind}-{bare or entry.id}" if not bare or bare.casefold() in self.reserved else bare
        if (entry.kind != "post" or entry.status not in ADDRESSED) and _DATED.match(name):
            name = f"{entry.kind}-{name}"
        if entry.kind == "page" and name.lower().startswith(_PASSED_OVER):
            name = f"page-{name}"
            log("path.reserved", entry.slug, new=name)
        return name


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


class Days:
    """The day Jekyll counts a moment to: that of the site's time zone, or of the computer where none is known."""

    def __init__(self, time_zone: str) -> None:
        try:
            self._zone = ZoneInfo(time_zone) if time_zone else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._zone = None

    def of(self, date: datetime) -> datetime | None:
        return date.astimezone(self._zone) if self._zone is not None and date.tzinfo is not None else None


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
