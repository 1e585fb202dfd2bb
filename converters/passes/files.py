"""The site's own pictures and files: from their addresses on the old site to those on the new one.

They keep their path and are named from the root; a resized copy becomes its original where the media index knows it. In
a run that takes files along, they go where they came to lie, and keep their full old address where they did not come.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import splitext
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlunsplit

import msgspec
from lxml import etree

from converters import new_site, urls
from converters.model import Asset
from converters.model.notices import Log
from converters.old_site import uploads
from converters.plugin import SiteLookup

FILE = re.compile(r"\.(?!html?$|php$|aspx?$)[a-z0-9]{2,5}$", re.I)
"""The end of an address that is a file's."""
_MADE = re.compile(r"\.(?:xml|rss|atom|json|txt|md|markdown|cgi|jsp|cfm)$", re.I)
"""Files that the old site made when they were asked for, outside of its uploads: the new one makes its own."""


class Wanted(msgspec.Struct, frozen=True):
    """A file of the site that a text refers to, for a run that takes files along."""

    address: str
    """Absolute, without a query."""
    path: str
    """Of that address, as it is written."""
    original: str = ""
    """The address of the file it is a resized copy of, where the media index knows it."""
    known: bool = False
    """The media index knows it."""
    by: str = ""
    """The folder of the item that refers to it; `/` where that is the site."""
    hidden: bool = False
    """It is not for everybody: the item that refers to it is not public."""


TOO_LARGE = "larger than the limit"
NOT_PUBLIC = "only what is not public shows it"
_CODES = {TOO_LARGE: "media.too-large", NOT_PUBLIC: "media.not-public"}
"""Reasons of answers that have a notice of their own."""


class Answer(NamedTuple):
    """Where a file that came along lies, as a path below the site's root; or why it did not come."""

    place: str
    reason: str
    alone: bool = False
    """Nothing outside of the folder of one item refers to it."""


Files = Callable[[Wanted], Answer | None]


class SiteFiles:
    """Finds where files lie on the new site; made once a site."""

    def __init__(self, lookup: SiteLookup, files: Files | None = None, *, moves: bool = False) -> None:
        """`files` knows what became of files that come along; None when none do. `moves`: addresses from the root are
        those of a new site below another path."""
        self._moves = moves
        self._lookup, self._files = lookup, files
        self.come_along, self.asked = files is not None, 0
        self._host = urls.plain_host(urls.host_of(lookup.site.base_url))
        self._hosts = {self._host, *map(urls.plain_host, lookup.site.media_hosts)} - {""}
        self._all_known, self._root = lookup.site.settings is not None, urls.root_of(lookup.site.base_url)
        """Does the source hold all files of its site? Then another one is of something else on the same host."""
        self.folder = ""
        """Of the item at hand; `/` where that is the site."""
        self.hidden = False
        """Is the item at hand not public?"""
        self.own: set[str] = set()
        """Gathers the files that nothing but the item at hand refers to."""

    def moved(self, url: str, log: Log) -> str | None:
        """The address of a file of the site from its root, of the original where the index knows it, or None."""
        plain = uploads.behind_image_service(url)
        parts = urls.split(plain)
        if parts is None or parts.scheme not in ("", "http", "https"):
            return None
        if parts.netloc and urls.plain_host(parts.hostname or "") not in self._hosts:
            return None
        if not parts.netloc and not parts.path.startswith("/"):
            return None
        if parts.netloc and self._all_known and not self._files and not self._is_there(parts.path):
            return None
        own_upload = uploads.below_uploads(parts.path)
        if not own_upload and urls.plain_host(parts.hostname or "") in ("", self._host):
            if not FILE.search(parts.path):
                return None
            asset = self._lookup.asset_at(parts.path.lstrip("/")) if self._files else None
            if self._files and not (asset and asset.file) and not _MADE.search(parts.path):
                return self._taken_along(parts, None, log)
            return self._at_new_place(parts) if parts.netloc or self._moves else None
        asset = self._lookup.asset_at(own_upload or parts.path.lstrip("/"))
        if self._files and not (asset and asset.file):
            return self._taken_along(parts, asset, log)
        path = self._original(parts.path, asset, log)
        query = "" if asset or uploads.only_resizes(parts.query) or not parts.query else "?" + parts.query
        foreign = urls.plain_host(parts.hostname or "") not in ("", self._host)
        return self._moved(path, foreign=foreign) + query

    def _moved(self, path: str, *, foreign: bool = False) -> str:
        return new_site.moved(path, self._lookup.site, foreign=foreign) if self._moves else path

    def _at_new_place(self, parts: SplitResult) -> str:
        """A file as it is called, from the root of the new site's host; what is behind a path stays behind it."""
        path = self._moved(parts.path)
        behind = "" if parts.netloc else urlunsplit(("", "", "", parts.query, parts.fragment))
        return path + behind

    def _is_there(self, path: str) -> bool:
        """Is it a file of the source: a static one, or one beside a page?"""
        below = urls.decoded(path).removeprefix(self._root).lstrip("/")
        if self._lookup.asset_at(below) is not None:
            return True
        page = self._lookup.address(urls.key(f"{self._root}/{below.rpartition('/')[0]}"))
        return "/" in below and page is not None

    def _taken_along(self, parts: SplitResult, asset: Asset | None, log: Log) -> str | None:
        """The address of the file on the new site; its old one, in full, when it could not be had."""
        base = urls.split(self._lookup.site.base_url)
        scheme, host = (base.scheme, base.netloc) if base else ("", "")
        address = f"{parts.scheme or scheme or 'https'}://{parts.netloc or host}{parts.path}"
        original = self._original(parts.path, asset, Log())
        original = asset.url if asset and original != parts.path else ""
        found = Wanted(address, parts.path, original, asset is not None, self.folder, self.hidden)
        answer = self._files(found) if self._files else None
        self.asked += 1
        if answer is None:
            return None
        if not answer.place:
            not_had(log, address, answer.reason)
            return address
        new = "/" + quote(answer.place, safe="/!$&'()*+,;=:@~")
        same = urls.decoded(new) == urls.decoded(parts.path)
        if not same:
            log("image.variant", parts.path.rpartition("/")[2], old=parts.path, new=new)
        new = self._moved(parts.path if same else new)
        if answer.alone:
            self.own.add(new)
        return new

    def _original(self, path: str, asset: Asset | None, log: Log) -> str:
        if asset is None:
            return path
        parts = urls.split(asset.url)
        original = parts.path if parts else path
        if splitext(original)[1].lower() != splitext(path)[1].lower() or original == path:
            return path
        log("image.variant", path.rpartition("/")[2], old=path, new=original)
        return original

    def size(self, image: etree._Element, url: str) -> None:
        """The width and height of the copy that was shown, so that a page does not jump while it loads."""
        parts = urls.split(uploads.behind_image_service(url))
        path = uploads.below_uploads(parts.path) if parts is not None and not parts.query else ""
        asset = self._lookup.asset_at(path) if path else None
        if asset is None or any(image.get(name) for name in ("width", "height", "style")) or _is_resized(image):
            return
        name = path.rpartition("/")[2]
        sizes = [(copy.width, copy.height) for copy in asset.variants if copy.file == name]
        width, height = sizes[0] if sizes else (asset.width, asset.height)
        if width > 0 and height > 0 and (sizes or asset.path == path):
            image.set("width", str(width))
            image.set("height", str(height))


def not_had(log: Log, address: str, reason: str) -> None:
    """Note a file that did not come along."""
    log(_CODES.get(reason, "media.missing-file"), address, where=reason)


def _is_resized(image: etree._Element) -> bool:
    """Has its author given the picture a size of its own?"""
    around = (image, *image.iterancestors("figure"))
    return any("is-resized" in str(element.get("class") or "") for element in around)
