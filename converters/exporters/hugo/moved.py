"""Former addresses of a Hugo site, for the servers that answer them: rows of (old, new).

Of items: their number (`/?p=12`), older slugs, an address they could not keep. Of files: their own pages, which lead to
the page they were on, else to the file. Of lists: feeds, numbers of categories and authors, and years, months and days,
which lead to the list of posts. Hugo's aliases answer some of them without a server's help.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from converters import urls
from converters.archives import Archives
from converters.exporters.hugo.permalinks import old_path
from converters.exporters.hugo.terms import TermPages
from converters.model import Entry, Place, Role, Status
from converters.plugin import SiteLookup
from converters.redirects import Redirect

_PUBLIC = frozenset({Status.PUBLISHED, Status.FUTURE})


@dataclass(frozen=True)
class Moved:
    """Makes the rows. `posts` is the address of the list of posts, `front` what stands before the year in theirs."""

    lookup: SiteLookup
    feed: str
    posts: str
    front: str = ""

    @property
    def root(self) -> str:
        base = urls.split(self.lookup.site.base_url)
        return base.path.rstrip("/") if base else ""

    def rows(self) -> Iterator[Redirect]:
        """Those with a query first. No address stands twice for different goals, and none where a page stands now."""
        root, taken = self.root, self._taken()
        archives = Archives(self.lookup.site)
        for query in (True, False):
            for row in chain(self._of_items(query), self._of_archives(archives, query), self._of_dates(query)):
                if bool(row.query) is query and (row.query or urls.key(row.path) not in taken):
                    new = row.new if "://" in row.new else root + row.new
                    yield Redirect(root + row.old, new, row.page)

    def _taken(self) -> set[str]:
        """The addresses of all pages."""
        places = (self.lookup.place(entry.id) for entry in self._content())
        return {urls.key(place.url) for place in places if place is not None and place.url}

    def _content(self) -> Iterator[Entry]:
        return (entry for entry in self.lookup.entries() if entry.role is Role.CONTENT and entry.status in _PUBLIC)

    def _of_items(self, query: bool) -> Iterator[Redirect]:
        for entry in self.lookup.entries():
            if entry.role is Role.MEDIA:
                yield from self._of_file(entry, query)
            elif entry.role is Role.CONTENT and entry.status in _PUBLIC:
                place = self.lookup.place(entry.id)
                if place is not None and place.url:
                    yield from _by_number(entry, place) if query else self._by_path(entry, place)

    def _by_path(self, entry: Entry, place: Place) -> Iterator[Redirect]:
        old = old_path(entry.permalink, self.lookup.site)
        for path in (old, *(self._inside(path) for path in entry.former)):
            if path and urls.key(path) != urls.key(place.url):
                known = self.lookup.address(urls.key(self.root + path))
                if known in (None, place.url):
                    yield Redirect(path, place.url, page=True)

    def _of_file(self, entry: Entry, query: bool) -> Iterator[Redirect]:
        asset = self.lookup.asset(entry.id)
        if asset is None:
            return
        page = self.lookup.entry(entry.parent) if entry.parent else None
        place = self.lookup.place(page.id) if page is not None and page.status in _PUBLIC else None
        parts = urls.split(asset.url)
        goal = place.url if place is not None else self._inside(urls.decoded(parts.path)) if parts is not None else ""
        if not goal:
            return
        if query and entry.id.isdecimal():
            yield Redirect(f"/?attachment_id={entry.id}", goal)
        old = old_path(entry.permalink, self.lookup.site)
        if not query and old.strip("/") and self.lookup.address(urls.key(self.root + old)) in (None, asset.url):
            yield Redirect(old, goal)

    def _of_archives(self, archives: Archives, query: bool) -> Iterator[Redirect]:
        merged = TermPages(self.lookup).merged()
        for old, archive in archives.former():
            if ("?" in old) is query:
                yield Redirect(old, merged.get(archive.path, archive.path) + (self.feed if archive.feed else ""))

    def _of_dates(self, query: bool) -> Iterator[Redirect]:
        dates = {entry.date.date() for entry in self._content() if entry.kind == "post" and entry.date is not None}
        paths = {f"{day:{form}}" for day in dates for form in ("%Y", "%Y/%m", "%Y/%m/%d")} if self.posts else set()
        for path in sorted(paths):
            yield Redirect(f"/?m={path.replace('/', '')}" if query else f"{self.front}/{path}/", self.posts)

    def _inside(self, path: str) -> str:
        return path[len(self.root) :] if path.startswith(f"{self.root}/") else path


def _by_number(entry: Entry, place: Place) -> Iterator[Redirect]:
    if entry.id.isdecimal():
        yield Redirect(f"/?p={entry.id}", place.url)
        if entry.kind == "page":
            yield Redirect(f"/?page_id={entry.id}", place.url)
