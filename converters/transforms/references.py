"""Links and pictures: from addresses on the old site to addresses on the new one.

The site's own files get root-relative addresses that keep their path, resized copies become their original where the
media index knows it, and links to pages become the pages' new addresses. Whatever lies elsewhere is left alone.
"""

from __future__ import annotations

import re
from posixpath import splitext

import msgspec
from lxml import etree

from converters import urls
from converters.model import Asset, HtmlBody, Post
from converters.notices import Log
from converters.plugin import SiteLookup

_MEDIA_ATTRIBUTES = {
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
}
_MEDIA_ATTRIBUTES |= {"track": ("src",), "object": ("data",)}
_SIZES = ("srcset", "sizes")
_FILES = re.compile(r"\.(?!html?$|php$|aspx?$)[a-z0-9]{2,5}$", re.I)


class References:
    """Rewrites the addresses of one post after the other; made once a site."""

    def __init__(self, lookup: SiteLookup, *, rewrite_media: bool) -> None:
        site = lookup.site
        self._lookup, self._rewrite_media = lookup, rewrite_media
        self._host = urls.host_of(site.base_url)
        base = urls.split(site.base_url)
        self._root = base.path.rstrip("/") if base else ""
        """Where the site lies on its host: a link inside a text has to name it."""
        self._media_hosts = {self._host, *(host.removeprefix("www.") for host in site.media_hosts)} - {""}

    def apply(self, post: Post, log: Log) -> None:
        """Rewrite the post's body in place, and the addresses of its featured image and of pictures for cards."""
        if isinstance(post.body, HtmlBody):
            for element in post.body.root.iter("*"):
                self._element(element, log)
        if post.featured is not None and self._rewrite_media:
            post.featured = _moved(post.featured, self.media(post.featured.url, log) or post.featured.url)
        if self._rewrite_media and (post.seo.og_image or post.seo.twitter_image):
            pictures = {name: getattr(post.seo, name) for name in ("og_image", "twitter_image")}
            moved = {name: self.media(url, log) or url for name, url in pictures.items()}
            post.seo = msgspec.structs.replace(post.seo, **moved)

    def _element(self, element: etree._Element, log: Log) -> None:
        tag = str(element.tag)
        if tag == "a":
            self._link(element, log)
        elif tag in _MEDIA_ATTRIBUTES and self._rewrite_media:
            for name in _MEDIA_ATTRIBUTES[tag]:
                value = element.get(name)
                new = self.media(str(value), log) if value else None
                if new is not None:
                    element.set(name, new)
            for name in _SIZES:  # copies in other sizes of what is now one file
                if name in element.attrib:
                    del element.attrib[name]

    def _link(self, element: etree._Element, log: Log) -> None:
        href = str(element.get("href") or "")
        if not href or href.startswith("#"):
            return
        new = self.page(href)
        if new is None and self._rewrite_media and _FILES.search(href.partition("?")[0]):
            new = self.media(href, log)
        if new is not None:
            element.set("href", new)

    def page(self, url: str) -> str | None:
        """The new address of a page of the old site, with the fragment; None for everything else."""
        address = urls.own(url, self._host)
        if address is None:
            return None
        if address.id:
            place = self._lookup.place(address.id)
            found = place.url if place is not None else ""
        else:
            known = urls.place_of(address)
            found = (self._lookup.address(known) or "") if known else ""
        return self._root + found + ("#" + address.fragment if address.fragment else "") if found else None

    def media(self, url: str, log: Log) -> str | None:
        """The root-relative address of a file of the site, of the original where the index knows it."""
        plain = urls.behind_image_service(url)
        parts = urls.split(plain)
        if parts is None or parts.scheme not in ("", "http", "https"):
            return None
        if parts.netloc and (parts.hostname or "").removeprefix("www.") not in self._media_hosts:
            return None
        if not parts.netloc and not parts.path.startswith("/"):
            return None
        own_upload = urls.below_uploads(parts.path)
        if not own_upload and (parts.hostname or "").removeprefix("www.") in ("", self._host):
            return parts.path if parts.netloc and _FILES.search(parts.path) else None
        asset = self._lookup.asset_at(own_upload or parts.path.lstrip("/"))
        path = self._original(parts.path, asset, log)
        query = "" if asset or urls.only_resizes(parts.query) or not parts.query else "?" + parts.query
        return path + query

    def _original(self, path: str, asset: Asset | None, log: Log) -> str:
        if asset is None:
            return path
        parts = urls.split(asset.url)
        original = parts.path if parts else path
        if splitext(original)[1].lower() != splitext(path)[1].lower() or original == path:
            return path
        log("image.variant", path.rpartition("/")[2], old=path, new=original)
        return original


def _moved(asset: Asset, url: str) -> Asset:
    return Asset(**{name: getattr(asset, name) for name in asset.__struct_fields__ if name != "url"}, url=url)
