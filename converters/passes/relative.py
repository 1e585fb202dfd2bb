"""Addresses seen from the page that a text is on: `pic.jpg`, `../map.pdf`. From the root they are the same everywhere.

A text is shown in other places than its page: as a teaser in lists, in feeds, by other programs. A file that lies
beside its page in the source goes with that page; everything else is where it was for a browser on the old page.
Addresses at which no browser finds anything, such as a host without `https://` or a mark of a template, stay.
https://url.spec.whatwg.org/#relative-url-string, https://gohugo.io/content-management/page-resources/
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TypeVar
from urllib.parse import quote, urljoin

import msgspec
from lxml import etree

from converters import urls
from converters.model import PUBLIC, MarkdownBody, Post, Role
from converters.passes.base import Work
from converters.plugin import SiteLookup

ATTRIBUTES = {
    **dict.fromkeys(("a", "area"), ("href",)),
    **dict.fromkeys(("audio", "embed", "iframe", "input", "track"), ("src",)),
    **dict.fromkeys(("img", "source"), ("src", "srcset")),
    "video": ("src", "poster"),
    "object": ("data",),
}
_RELATIVE = re.compile(r"[^\s/?#:\\][^/?#:]*(?:[/?#]|\Z)")
_HOST = re.compile(
    r".*(?:[\[\]<>]|%5[BD])|www\.|[^/]*@|[^/]+\.[a-z]{2,}/|[^/]+\.(?:com|org|net|edu|gov|info|de|eu|fr|uk)\Z", re.I
)
"""What was meant as a host, as an e-mail address or as a mark of a template."""
_CANDIDATE = re.compile(r"((?:\A|,)\s*)([^\s,]\S*?)(?=,?(?:\s|\Z))")
Record = TypeVar("Record", bound=msgspec.Struct)


class Relative:
    """The addresses of one post; none of the site as a whole, whose texts are on many pages."""

    def __init__(self, post: Post | None, lookup: SiteLookup) -> None:
        self._post, self._lookup = post, lookup

    def address(self, url: str) -> str | None:
        """The address from the root of the host, or None for one that is not relative, or that nobody can tell."""
        url = url.strip()
        if self._post is None or not _RELATIVE.match(url) or "{{" in url:
            return None
        return self._beside(self._post, url) or self._on_page(self._post.permalink, url)

    def _beside(self, post: Post, url: str) -> str | None:
        """The new address of a file beside the page, if the source has it: as Hugo's bundles do."""
        entry = self._lookup.entry(post.id)
        if entry is None or not entry.source_path:
            return None
        path, mark, rest = _parted(url)
        file = self._lookup.entry(normpath(join(dirname(entry.source_path), urls.decoded(path))))
        owner = self._lookup.entry(file.parent) if file is not None and file.role is Role.MEDIA else None
        place = self._lookup.place(owner.id) if owner is not None and owner.status in PUBLIC else None
        if file is None or owner is None or place is None or not place.url:
            return None
        folder = place.url if place.url.endswith("/") else dirname(place.url).rstrip("/") + "/"
        name = file.source_path.removeprefix(dirname(owner.source_path) + "/")
        return f"{urls.root_of(self._lookup.site.base_url)}{folder}{quote(name)}{mark}{rest}"

    @staticmethod
    def _on_page(permalink: str, url: str) -> str | None:
        page = urls.split(permalink)
        if page is None or not page.path or page.query or _HOST.match(url):
            return None
        try:
            return urljoin(page._replace(scheme="", netloc="").geturl(), url)
        except ValueError:  # `http://[`, by the rules of addresses of the network
            return None

    def candidates(self, value: str) -> str:
        """The value of a `srcset`: addresses, each with a width or a density behind it."""
        return _CANDIDATE.sub(lambda found: found[1] + (self.address(found[2]) or found[2]), value)

    def record(self, record: Record, *names: str) -> Record:
        """The record with the new addresses in these fields."""
        new = {name: moved for name in names if (moved := self.address(str(getattr(record, name))))}
        return msgspec.structs.replace(record, **new) if new else record


def _parted(url: str) -> tuple[str, str, str]:
    """(path, `?` or `#` or nothing, what is behind it)"""
    found = re.search(r"[?#]", url)
    return (url[: found.start()], found[0], url[found.end() :]) if found else (url, "", "")


def element(element: etree._Element, work: Work) -> None:
    """An element that shows a file, or leads to a page."""
    for name in ATTRIBUTES[str(element.tag)]:
        value = element.get(name)
        if not value:
            continue
        relative = work.site.references.relative
        new = relative.candidates(str(value)) if name == "srcset" else relative.address(str(value))
        if new is not None and new != value:
            element.set(name, new)


def fields(work: Work) -> None:
    """What a post has beside its text, but for one that stays as it is with its text."""
    post, relative = work.post, work.site.references.relative
    if post is None or isinstance(post.body, MarkdownBody):
        return
    if post.featured is not None:
        post.featured = relative.record(post.featured, "url")
    post.seo = relative.record(post.seo, "og_image", "twitter_image")
    post.enclosures = tuple(relative.record(file, "url") for file in post.enclosures)
