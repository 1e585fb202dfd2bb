"""Links to pages of the old site, in every form a site links to itself: where they lead now.

The forms: either scheme, with or without `www.`, from the root or from the page (`../fares/`); by number (`?p=20`,
`?page_id=20`, `?attachment_id=9`); with a query that chooses nothing (`?utm_source=…`, `?replytocom=7`); to a further
page, the feed or the comments of a post (`/2/`, `/feed/`, `/comment-page-2/#comment-5`); to a file's page; to lists.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin

from converters import new_site, urls
from converters.model import PUBLIC
from converters.old_site.archives import Archives, chooses, feed_path
from converters.old_site.visibility import is_published
from converters.plugin import SiteLookup

_NEVER_READ = ("/wp-admin", "/wp-login.php", "/xmlrpc.php", "/wp-json", "/wp-cron.php", "/wp-includes/")
"""Addresses of the old site's machinery."""
_TAIL = re.compile(r"/(?:comment-page-\d+|page/\d+|\d+|feed(?:/\w+)?|trackback|amp|embed)$")
_LOST_FRAGMENT = re.compile(r"more-\d+|respond")
"""Marks that WordPress put into every page, and that no new page has: where the teaser ends, the form for comments."""
_NO_ADDRESS = re.compile(r"[\[\]{}<>\s]")


class Link(NamedTuple):
    """Where a link leads. `page` is a path of the new site, `file` the address of a file of the old one."""

    page: str = ""
    file: str = ""
    after: str = ""
    """Query and fragment, with their marks."""
    missing: bool = False
    """It led to something of the old site that has no place on the new one."""


_ELSEWHERE = Link()


class Pages:
    """Finds what links lead to; made once a site, when it is planned: what is known of an address does not change."""

    def __init__(self, lookup: SiteLookup, feed: str = "") -> None:
        """`feed`: what the feed of a list is called behind the list's address; without it, lists are looked up only
        where the site moves to another path."""
        self._lookup, self._feed = lookup, feed
        self.hidden = False
        """Do the links stand on a page that is not public, which may name others that are not?"""
        self._address = lru_cache(maxsize=4096)(lookup.address)
        self._archives = Archives(lookup.site)
        self._host = urls.host_of(lookup.site.base_url)
        self._root = urls.root_of(lookup.site.base_url)
        self._moved = new_site.is_moved(lookup.site)

    def find(self, url: str, base: str = "") -> Link:
        """`base` is the old address of the page the link stands on: some are said as seen from there."""
        address = urls.own(_absolute(url.strip(), base), self._host)
        if address is None:
            return _ELSEWHERE
        kept = self._kept_query(address)
        after = kept + ("" if _LOST_FRAGMENT.fullmatch(address.fragment) else _mark("#", address.fragment))
        place = self._by_id(address) if address.id else self._by_path(address, bool(kept or not address.query))
        if place is not None:
            return Link(place, after=after) if place.startswith("/") else Link(file=place, after=after)
        archive = self._archives.find(address)
        if archive is not None:
            found = Link(feed_path(archive.path, self._feed) if archive.feed else archive.path, after=after)
            return found if self._feed or self._moved else _ELSEWHERE
        below = not self._root or address.path.startswith(f"{self._root}/")
        silent = not below or address.path.startswith(_NEVER_READ) or _NO_ADDRESS.search(urls.decoded(address.path))
        return _ELSEWHERE if silent else Link(missing=True)

    @staticmethod
    def _kept_query(address: urls.OwnAddress) -> str:
        """The query, where it does not choose what is shown."""
        return f"?{address.query}" if address.query and not chooses(address.query) else ""

    def _by_id(self, address: urls.OwnAddress) -> str | None:
        id = self._lookup.meant(address.id, address.kind)
        place, asset = self._lookup.place(id), self._lookup.asset(id)
        if place is not None:
            entry = None if self.hidden else self._lookup.entry(id)
            return (place.url or None) if entry is None or entry.status in PUBLIC else None
        seen = self.hidden or (asset is not None and is_published(self._lookup, self._lookup.entry(asset.id)))
        return asset.url or None if asset is not None and seen else None

    def _by_path(self, address: urls.OwnAddress, by_path: bool) -> str | None:
        known = urls.key(address.path) if by_path else urls.place_of(address)
        if not known:
            return None
        found = self._address(known)
        if found is None and known.startswith(f"{self._root}/index.php/"):
            known = self._root + known[len(f"{self._root}/index.php") :]
            found = self._address(known)
        if found is None and (tail := _TAIL.search(known)):
            found = self._address(known[: tail.start()])
        return found or None


def _absolute(url: str, base: str) -> str:
    """The address from the root, where it is said as seen from the page at `base`."""
    parts = urls.split(url)
    relative = parts is not None and not parts.scheme and not parts.netloc and parts.path and parts.path[0] != "/"
    return urljoin(base, url) if relative and base and "?" not in base else url


def _mark(mark: str, text: str) -> str:
    return mark + text if text else ""
