"""Former URLs of posts and of a whole site, for the servers that answer them: rows of (old, new), whatever the target.

Of items: their number (`/?p=12`), older slugs, an address they could not keep. Of files: their own pages, which lead to
the page they were on, else to the file. Of lists: feeds, numbers of categories and authors, and years, months and days,
which lead to the list of posts. Some of them a target answers without a server's help.

Nothing leads to what was not published on the day of the export, and nothing names it: what is scheduled, or hidden,
had no address that anybody could have kept. That goes for the pages of files attached to it, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from converters import never, urls
from converters.exporters.site.redirects import url_suffixes
from converters.exporters.site.redirects.row import Redirect
from converters.model import PUBLIC, Entry, Place, Post, Role, Status
from converters.model.limits import DEFAULT
from converters.old_site.archives import Archives
from converters.old_site.permalinks import inside, old_path
from converters.old_site.visibility import is_published
from converters.plugin import SiteLookup

_PAGE = 10
"""Posts on a page, in WordPress as it is installed; an export does not say how many a site had."""


def former_paths(post: Post, place: Place, lookup: SiteLookup) -> list[str]:
    """Former paths of a post that no other item has, and the old one where it could not be kept as it was."""
    root = urls.root_of(lookup.site.base_url)
    free = (path for path in dict.fromkeys(post.former) if lookup.address(urls.key(path)) in (None, place.url))
    found = [inside(path, root) for path in free]
    old = old_path(post.permalink, lookup.site)
    if old and place.url and urls.key(old) != urls.key(place.url) and lookup.address(urls.key(root + old)) == place.url:
        found.append(old)
    return found


def can_be_page(path: str) -> bool:
    """Can a page be at a former path, as far as the file system and servers are concerned?"""
    parts = path.split("/")
    return len(path.encode()) <= DEFAULT.path_bytes and not any(never.obeyed(part, folder=True) for part in parts)


@dataclass(frozen=True)
class LegacyUrls:
    """Makes the rows."""

    lookup: SiteLookup
    feed: str
    """What the feed of a list is called behind the list's address."""
    posts: str
    """The address of the list of posts."""
    pattern: str = ""
    """Of the addresses of posts, as `converters/old_site/permalinks.py` has them."""
    whole: bool = False
    """Lists are not cut into pages: those of the old front page lead to the list of posts."""

    @cached_property
    def root(self) -> str:
        return urls.root_of(self.lookup.site.base_url)

    @property
    def _front(self) -> str:
        """What stands before the year in the addresses of posts."""
        front, year, _ = self.pattern.partition("/:year/")
        return front if year else ""

    def rows(self) -> Iterator[Redirect]:
        """Those with a query first. No address stands twice for different goals, and none where a page stands now."""
        root, taken = self.root, self._taken()
        archives = Archives(self.lookup.site)
        for query in (True, False):
            lists = chain(self._of_archives(archives, query), self._of_dates(query), self._of_pages(query))
            for row in chain(self._of_items(query), lists):
                if bool(row.query) is query and (row.query or urls.key(row.path) not in taken):
                    new = row.new if "://" in row.new else root + urls.decoded(row.new)
                    yield row._replace(old=root + row.old, new=new)

    def _taken(self) -> set[str]:
        """The addresses of all pages."""
        places = (self.lookup.place(entry.id) for entry in self._content())
        return {urls.key(place.url) for place in places if place is not None and place.url}

    def _content(self) -> Iterator[Entry]:
        return (entry for entry in self.lookup.entries() if entry.role is Role.CONTENT and entry.status in PUBLIC)

    def _of_items(self, query: bool) -> Iterator[Redirect]:
        for entry in self.lookup.entries():
            if entry.role is Role.MEDIA:
                yield from self._of_file(entry, query)
            elif entry.role is Role.CONTENT and entry.status is Status.PUBLISHED:
                place = self.lookup.place(entry.id)
                if place is not None and place.url:
                    yield from _by_number(entry, place) if query else self._by_path(entry, place)

    def _by_path(self, entry: Entry, place: Place) -> Iterator[Redirect]:
        old = old_path(entry.permalink, self.lookup.site)
        for path in (old, *(inside(path, self.root) for path in entry.former)):
            if path and urls.key(path) != urls.key(place.url):
                known = self.lookup.address(urls.key(self.root + path))
                if known in (None, place.url):
                    behind = url_suffixes.OF_ITEM if path.endswith("/") else ()
                    yield Redirect(path, place.url, page=True, behind=behind)

    def _of_file(self, entry: Entry, query: bool) -> Iterator[Redirect]:
        asset = self.lookup.asset(entry.id)
        if asset is None or not is_published(self.lookup, entry):
            return
        place = self.lookup.place(entry.parent) if entry.parent else None
        parts = urls.split(asset.url)
        file = inside(urls.decoded(parts.path), self.root) if parts is not None else ""
        goal = place.url if place is not None else file
        if not goal:
            return
        if query and entry.id.isdecimal():
            yield Redirect(f"/?attachment_id={entry.id}", goal)
        old = old_path(entry.permalink, self.lookup.site)
        if not query and old.strip("/") and self.lookup.address(urls.key(self.root + old)) in (None, asset.url):
            yield Redirect(old, goal)

    def _of_archives(self, archives: Archives, query: bool) -> Iterator[Redirect]:
        for old, archive in archives.former():
            if ("?" in old) is query:
                other = not (archive.feed or query)  # where a term may have stood, too: exporters write a page there
                yield Redirect(old, archive.path + (self.feed if archive.feed else ""), page=other)

    def _of_pages(self, query: bool) -> Iterator[Redirect]:
        if self.whole and self.posts and not query:
            posts = sum(entry.kind == "post" for entry in self._content())
            yield from (Redirect(f"/page/{number + 1}/", self.posts) for number in range(1, -(-posts // _PAGE)))

    def _of_dates(self, query: bool) -> Iterator[Redirect]:
        posts = (entry for entry in self._content() if entry.kind == "post" and entry.status is Status.PUBLISHED)
        dates = {entry.date.date() for entry in posts if entry.date is not None}
        paths = {f"{day:{form}}" for day in dates for form in ("%Y", "%Y/%m", "%Y/%m/%d")} if self.posts else set()
        for path in sorted(paths):
            old = f"/?m={path.replace('/', '')}" if query else f"{self._front}/{path}/"
            yield Redirect(old, self.posts, behind=() if query else url_suffixes.OF_LIST)


def _by_number(entry: Entry, place: Place) -> Iterator[Redirect]:
    if entry.id.isdecimal():
        yield Redirect(f"/?p={entry.id}", place.url)
        if entry.kind == "page":
            yield Redirect(f"/?page_id={entry.id}", place.url)
