"""The site as a whole: of `site.json` where there is one; else of what the feeds and their items say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from converters import urls
from converters.importers.json import items, records
from converters.importers.json.items import Found
from converters.importers.json.places import Kind, Place
from converters.importers.json.records import Feed, SiteFile
from converters.importers.shared import links
from converters.model import PUBLIC, Asset, Author, Entry, Listing, MenuItem, Site, Term
from converters.model.notices import Log
from converters.old_site.uploads import folder_of

_MOST_FOLDERS = 10
DESCRIPTIONS, COMMENTS = "media descriptions", "media comments"
"""As exporters and the sums of a run call them."""


class SiteReader:
    """Gathers what is known of the site while its files are gone through."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._site: Site | None = None
        self._feed = Feed()
        self._asked_for_site = False
        self._next: dict[str, str] = {}
        """name of a page of a feed -> where it says that the next one is"""
        self.links = 0
        self._kinds: dict[str, None] = {}
        self._terms: dict[tuple[str, str], Term] = {}
        self._authors: dict[str, Author] = {}
        self._hosts: dict[str, None] = {}
        self._uploads = Counter[str]()
        self._media = Counter[str]()

    @property
    def has_library(self) -> bool:
        """Is there a list of all files?"""
        return self._site is not None

    def take(self, values: Mapping[str, Any]) -> None:
        """`site.json`; of several, the first counts."""
        read = records.read(SiteFile, values, self._log, "site.")
        if self._site is None:
            known = {name: getattr(read, name) for name in SiteFile.__struct_fields__}
            known["base_url"] = urls.of_web(read.base_url).rstrip("/")
            known["time_zone"] = read.time_zone if _is_zone(read.time_zone) else ""
            known["terms"] = tuple(_with_page(term) for term in read.terms if term.taxonomy and term.slug)
            known["lists"] = tuple(_with_page(row) for row in read.lists)
            known["posts_pages"] = tuple(map(items.id_of, read.posts_pages))
            known["menus"] = tuple(replace(menu, items=tuple(map(_entry, menu.items))) for menu in read.menus)
            self._site = Site(**known)

    def take_feed(self, values: Mapping[str, Any], place: Place) -> None:
        read = records.read(Feed, values, self._log, "feed.")
        if not place.hidden and self._feed == Feed():
            self._feed = read
        self._asked_for_site = self._asked_for_site or read.postferry is not None
        if read.next_url:
            self._next[place.name] = read.next_url

    def see(self, found: Found, entry: Entry) -> None:
        """An item that is converted."""
        self._kinds.setdefault(entry.kind)
        if entry.status in PUBLIC:
            for term in items.terms_of(found):
                self._terms.setdefault((term.taxonomy, term.slug), term)
        if found.details is None:
            for author in items.authors_of(found):
                self._authors.setdefault(author.login, author)
        else:
            names = [person.name for person in found.item.authors]
            for login, name in zip(found.details.authors, names, strict=False):
                self._authors.setdefault(login, Author(login, login, name or login))

    @property
    def feed_authors(self) -> tuple[Author, ...]:
        """Who wrote what in a feed of another program names nobody."""
        feed = self._feed
        named = (*feed.authors, *([feed.author] if feed.author else ()))
        return tuple(filter(None, map(items.as_author, named))) if feed.postferry is None else ()

    def take_asset(self, asset: Asset) -> None:
        self._media[DESCRIPTIONS] += bool(asset.description.strip())
        self._media[COMMENTS] += len(asset.comments)
        host = urls.host_of(asset.url)
        if host:
            self._hosts.setdefault(host)
        if folder := folder_of(asset.url, asset.path):
            self._uploads[folder] += 1

    def note(self, places: Iterable[Place]) -> None:
        """What the files lead to and is not there."""
        names = {place.name.rpartition("/")[2] for place in places if place.kind is Kind.FEED}
        if self._asked_for_site and self._site is None:
            self._log("json.site-missing")
        for name, address in self._next.items():
            path, query, _ = address.partition("?")
            if query or urls.decoded(path).rpartition("/")[2] not in names:
                self._log("json.more", address, where=name)

    def site(self, time_zone: str) -> Site:
        """The site; `time_zone` is the user's own."""
        found = self._site if self._site is not None else self._of_feed()
        known = {author.login: author for author in self.feed_authors} | self._authors
        found = replace(
            found,
            time_zone=time_zone or found.time_zone,
            kinds=found.kinds or tuple(self._kinds),
            terms=found.terms or tuple(self._terms.values()),
            authors=found.authors or tuple(known.values()),
        )
        counted = {links.ATTRIBUTES: self.links, "terms": len(found.terms), "authors": len(found.authors)}
        return replace(found, counted={**counted, **self._media})

    def _of_feed(self) -> Site:
        feed = self._feed
        return Site(
            title=feed.title,
            description=feed.description,
            base_url=urls.of_web(feed.home_page_url.partition("?")[0].partition("#")[0]).rstrip("/"),
            language=feed.language,
            icon=feed.icon,
            media_hosts=tuple(self._hosts),
            uploads=tuple(folder for folder, _ in self._uploads.most_common(_MOST_FOLDERS)),
        )


Row = TypeVar("Row", Term, Listing)


def _with_page(row: Row) -> Row:
    return replace(row, page=items.id_of(row.page)) if row.page else row


def _entry(item: MenuItem) -> MenuItem:
    return replace(item, target=items.id_of(item.target)) if item.kind == "post_type" else item


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # unknown, or no name of a zone at all
        return False
    return True
