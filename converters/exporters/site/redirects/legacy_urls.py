"""Former URLs of posts and of a whole site, for the servers that answer them: rows of (old, new), whatever the target.

Of items: their number (`/?p=12`), older slugs, an address they could not keep. Of files: their own pages, which lead to
the page they were on, else to the file. Of lists: feeds, numbers of categories and authors, and years, months and days,
which lead to the list of posts. Some of them a target answers without a server's help.

Nothing leads to what was not published on the day of the export, and nothing names it: what is scheduled, or hidden,
had no address that anybody could have kept. That goes for the pages of files attached to it, too.

Where the new site is below another path than the old one (`--base-path`), everything has a new address: then items,
lists and files lead from their old place to the new one, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from converters import never, new_site, urls
from converters.exporters.site.redirects import url_suffixes
from converters.exporters.site.redirects.row import Redirect
from converters.model import PUBLIC, Entry, Place, Post, Role, Status
from converters.model.limits import DEFAULT
from converters.old_site.archives import Archives, feed_path
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
    lists: tuple[str, ...] = ()
    """The addresses of the lists of kinds of posts that the site made for itself."""
    whole: bool = False
    """Lists are not cut into pages: pages lead on from those of the old front page, from feeds, years and months."""

    @cached_property
    def root(self) -> str:
        return urls.root_of(self.lookup.site.base_url)

    @cached_property
    def _moved(self) -> bool:
        return new_site.is_moved(self.lookup.site)

    @property
    def _told(self) -> bool:
        """Has the source told its addresses? Then nothing answered by number or date, nor at WordPress's feeds."""
        return bool(self.lookup.site.feed_file)

    @property
    def _front(self) -> str:
        """What stands before the year in the addresses of posts."""
        front, year, _ = self.pattern.partition("/:year/")
        return front if year else ""

    def rows(self) -> Iterator[Redirect]:
        """Those with a query first. No address stands twice for different goals, and none where a page stands now."""
        root, goal, taken = self.root, new_site.root_of(self.lookup.site), self._taken()
        archives = Archives(self.lookup.site)
        for query in (True, False):
            kept = self._of_moved_lists(archives) if self._moved and not query else ()
            lists = chain(
                self._of_archives(archives, query),
                self._of_lists(query),
                self._of_pages(query),
                self._of_dates(query),
                kept,
            )
            for row in chain(self._of_items(query), lists):
                if bool(row.query) is query and (row.query or urls.key(root + row.path) not in taken):
                    new = row.new if "://" in row.new else goal + urls.decoded(row.new)
                    yield row._replace(old=root + row.old, new=new, page=row.page and not self._moved)

    def _taken(self) -> set[str]:
        """The addresses of all pages, from the root of the host."""
        root = new_site.root_of(self.lookup.site)
        places = (self.lookup.place(entry.id) for entry in self._content())
        found = {urls.key(root + place.url) for place in places if place is not None and place.url}
        return found | ({urls.key(root)} if root else set())

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
            if path and (self._moved or urls.key(path) != urls.key(place.url)):
                known = self.lookup.address(urls.key(self.root + path))
                if known in (None, place.url):
                    behind = url_suffixes.OF_ITEM if path.endswith("/") and not self._told else ()
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
        if self._moved and not query:
            folder = file.rpartition("/")[0]
            yield from (Redirect(f"{folder}/{copy.file}", file) for copy in asset.variants if copy.file and folder)
            yield Redirect(file, file)
        if query and entry.id.isdecimal():
            yield Redirect(f"/?attachment_id={entry.id}", goal)
        old = old_path(entry.permalink, self.lookup.site)
        if not query and old.strip("/") and self.lookup.address(urls.key(self.root + old)) in (None, asset.url):
            yield Redirect(old, goal)

    def _of_archives(self, archives: Archives, query: bool) -> Iterator[Redirect]:
        for old, archive in archives.former() if self.whole or not self._told else ():
            if ("?" in old) is query:
                # where a term may have stood, too, exporters write a page; some do for feeds
                other = not (query or (archive.feed and not (self.whole and old.endswith("/feed/"))))
                new = feed_path(archive.path, self.feed) if archive.feed else archive.path
                yield Redirect(old, new, page=other)

    def _of_moved_lists(self, archives: Archives) -> Iterator[Redirect]:
        """Lists that have the same address as before, but for the path of the site. The front page of a host is left
        alone: something else may be there now."""
        for path in archives.paths():
            if path != "/" or self.root:
                yield Redirect(path, path)

    def _of_lists(self, query: bool) -> Iterator[Redirect]:
        for path in self.lists if not (query or self._told) else ():
            yield Redirect(f"{path}feed/", feed_path(path, self.feed), page=self.whole)

    def _of_pages(self, query: bool) -> Iterator[Redirect]:
        for old in self.led_on() if self.whole and not query else ():
            yield Redirect(old, self.posts, page=True, behind=() if "/page/" in old else url_suffixes.OF_LIST)

    def led_on(self) -> Iterator[str]:
        """Further pages of the front page, years and months: what pages can lead on from, where a target has no such
        lists."""
        if self.posts and not self._told:
            posts = sum(entry.kind == "post" for entry in self._content())
            yield from (f"/page/{number + 1}/" for number in range(1, -(-posts // _PAGE)))
            yield from (f"{self._front}/{path}/" for path in self._dates("%Y", "%Y/%m"))

    def _of_dates(self, query: bool) -> Iterator[Redirect]:
        if not self.posts or self._told:
            return
        for path in self._dates("%Y", "%Y/%m", "%Y/%m/%d"):
            old = f"/?m={path.replace('/', '')}" if query else f"{self._front}/{path}/"
            yield Redirect(old, self.posts, behind=() if query else url_suffixes.OF_LIST)

    def _dates(self, *forms: str) -> list[str]:
        posts = (entry for entry in self._content() if entry.kind == "post" and entry.status is Status.PUBLISHED)
        days = {entry.date.date() for entry in posts if entry.date is not None}
        return sorted({f"{day:{form}}" for day in days for form in forms})


def _by_number(entry: Entry, place: Place) -> Iterator[Redirect]:
    if entry.id.isdecimal():
        yield Redirect(f"/?p={entry.id}", place.url)
        if entry.kind == "page":
            yield Redirect(f"/?page_id={entry.id}", place.url)
