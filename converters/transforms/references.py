"""Links and pictures: from addresses on the old site to addresses on the new one.

The site's own files get root-relative addresses that keep their path, resized copies become their original where the
media index knows it, and links to pages become the pages' new addresses. Whatever lies elsewhere is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from posixpath import dirname, splitext
from typing import Any, NamedTuple, cast
from urllib.parse import SplitResult, quote

import msgspec
from lxml import etree

from converters import tree, urls
from converters.markdown import spans
from converters.markdown.spans import Span
from converters.model import Asset, Comment, HtmlBody, MenuItem, Post, Site, Term
from converters.notices import Log
from converters.plugin import SiteLookup
from converters.transforms.pages import Pages

_MEDIA_ATTRIBUTES = {
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
}
_MEDIA_ATTRIBUTES |= {"track": ("src",), "object": ("data",)}
_MEDIA_ATTRIBUTES |= dict.fromkeys(("table", "thead", "tbody", "tr", "td", "th"), ("background",))  # of HTML 4
_SCANNED = ("goldmark", "html")
"""Dialects whose addresses the scanner finds."""
_ADDRESSED = re.compile(r"href|src|poster|data|background|url\(", re.I)
"""What a text has to hold to hold an address."""
_SIZES = ("srcset", "sizes")
_styled = etree.XPath("descendant::*[contains(@style, 'url(')]")
_CSS_URL = re.compile(r"url\(\s*+(['\"]?)([^'\"()<>\s]++)\1\s*+\)", re.I)
_MADE = re.compile(r"\.(?:xml|rss|atom|json|txt|md|markdown|cgi|jsp|cfm)$", re.I)
"""Files that the old site made when they were asked for, outside of its uploads: the new one makes its own."""
_FILES = re.compile(r"\.(?!html?$|php$|aspx?$)[a-z0-9]{2,5}$", re.I)


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


TOO_LARGE = "larger than the limit"
"""The reason of an answer that has a notice of its own."""


class Answer(NamedTuple):
    """Where a file that came along lies, as a path below the site's root; or why it did not come."""

    place: str
    reason: str
    alone: bool = False
    """Nothing outside of the folder of one item refers to it."""


Files = Callable[[Wanted], Answer | None]


class References:
    """Rewrites the addresses of one post after the other; made once a site."""

    def __init__(self, lookup: SiteLookup, *, rewrite_media: bool, feed: str = "", files: Files | None = None) -> None:
        """`feed`: see `Pages`. `files` knows what became of files that come along; None when none do."""
        site = lookup.site
        self._pages = Pages(lookup, feed)
        self._files = files
        self._base = self._folder = ""
        self._own: set[str] = set()
        self._lookup, self._rewrite_media = lookup, rewrite_media
        self._host = urls.host_of(site.base_url)
        self._root = urls.root_of(site.base_url)
        """Where the site lies on its host: a link inside a text has to name it."""
        self._media_hosts = {self._host, *(host.removeprefix("www.") for host in site.media_hosts)} - {""}

    def apply(self, post: Post, log: Log) -> None:
        """Rewrite the post's body in place, and the addresses of its featured image and of pictures for cards."""
        self._base = post.permalink
        place = self._lookup.place(post.id) if self._files else None
        self._folder, self._own = (dirname(place.path) if place else ""), post.own_files
        if isinstance(post.body, HtmlBody):
            self._tree(post.body.root, log)
        elif post.body.dialect in _SCANNED:
            post.body.text = spans.rewrite(post.body.text, lambda span, url: self._span(span, url, log))
        if post.front is not None and self._rewrite_media:
            post.front = self._front(post.front, log)
        if self._rewrite_media:
            post.params = self._front(post.params, log)
            post.extra = self._front(post.extra, log)
        if post.featured is not None and self._rewrite_media:
            post.featured = _moved(post.featured, self.media(post.featured.url, log) or post.featured.url)
        if self._rewrite_media and (post.seo.og_image or post.seo.twitter_image):
            pictures = {name: getattr(post.seo, name) for name in ("og_image", "twitter_image")}
            moved = {name: self.media(url, log) or url for name, url in pictures.items()}
            post.seo = msgspec.structs.replace(post.seo, **moved)
        post.excerpt = self.html(post.excerpt, log)
        post.terms = tuple(self._term(term, Log()) for term in post.terms)  # the site's own log names what is wrong
        post.comments = tuple(self._comment(comment, log) for comment in post.comments)
        if post.enclosures and self._rewrite_media:
            post.enclosures = tuple(
                msgspec.structs.replace(file, url=self.media(file.url, log) or file.url) for file in post.enclosures
            )

    def site(self, site: Site, log: Log) -> Site:
        """The site with the addresses in its own texts rewritten: descriptions of terms and of menus, lives of
        authors."""
        self._base, self._folder, self._own = "", "/", set()
        terms = (self._term(term, log) for term in site.terms)
        authors = (msgspec.structs.replace(author, bio=self.html(author.bio, log)) for author in site.authors)
        menus = tuple(msgspec.structs.replace(menu, items=self._entries(menu.items, log)) for menu in site.menus)
        return msgspec.structs.replace(site, terms=tuple(terms), authors=tuple(authors), menus=menus)

    def _entries(self, items: tuple[MenuItem, ...], log: Log) -> tuple[MenuItem, ...]:
        texts = [self.html(item.description, log) for item in items]
        return tuple(
            item if text == item.description else msgspec.structs.replace(item, description=text)
            for item, text in zip(items, texts, strict=True)
        )

    def _term(self, term: Term, log: Log) -> Term:
        text = self.html(term.description, log)
        return term if text == term.description else msgspec.structs.replace(term, description=text)

    def html(self, text: str, log: Log) -> str:
        """A piece of HTML with its addresses rewritten; byte for byte as it was where none of them moved."""
        if not _ADDRESSED.search(text):
            return text
        root = tree.parse(text)
        before = tree.inner_html(root)
        self._tree(root, log)
        after = tree.inner_html(root)
        return text if after == before else after

    def _comment(self, comment: Comment, log: Log) -> Comment:
        body, url = self.html(comment.body, log), self.page(comment.url) or comment.url
        same = (body, url) == (comment.body, comment.url)
        return comment if same else msgspec.structs.replace(comment, body=body, url=url)

    def _tree(self, root: etree._Element, log: Log) -> None:
        for element in root.iter("a", *_MEDIA_ATTRIBUTES):
            self._element(element, log)
        for element in cast(list[etree._Element], _styled(root)) if self._rewrite_media else ():
            element.set("style", _CSS_URL.sub(lambda found: self._css(found, log), str(element.get("style"))))

    def _element(self, element: etree._Element, log: Log) -> None:
        tag = str(element.tag)
        if tag == "a":
            self._link(element, log)
        elif self._rewrite_media:
            self._file(element, tag, log)

    def _file(self, element: etree._Element, tag: str, log: Log) -> None:
        """An element that shows a file."""
        if tag == "img" and not element.get("src") and element.get("srcset"):
            element.set("src", urls.largest(str(element.get("srcset"))))
        for name in _MEDIA_ATTRIBUTES[tag]:
            value = element.get(name)
            new = self.media(str(value), log) if value else None
            if tag == "img" and value:
                self._size(element, str(value))
            if new is not None:
                element.set(name, new)
        for name in _SIZES:  # copies in other sizes of what is now one file
            if name in element.attrib:
                del element.attrib[name]

    def _css(self, found: re.Match[str], log: Log) -> str:
        new = self.media(found[2].strip(), log)
        return found[0] if new is None else f"url({found[1]}{new}{found[1]})"

    def _size(self, image: etree._Element, url: str) -> None:
        """The width and height of the copy that was shown, so that a page does not jump while it loads."""
        parts = urls.split(urls.behind_image_service(url))
        path = urls.below_uploads(parts.path) if parts is not None and not parts.query else ""
        asset = self._lookup.asset_at(path) if path else None
        if asset is None or any(image.get(name) for name in ("width", "height", "style")) or _is_resized(image):
            return
        name = path.rpartition("/")[2]
        sizes = [(copy.width, copy.height) for copy in asset.variants if copy.file == name]
        width, height = sizes[0] if sizes else (asset.width, asset.height)
        if width > 0 and height > 0 and (sizes or asset.path == path):
            image.set("width", str(width))
            image.set("height", str(height))

    def _span(self, span: Span, url: str, log: Log) -> str | None:
        """The new address of a file of the site, or of a page that has moved; all others stay as they are written."""
        if "\\" in url or "{{" in url:
            return None
        plain = unescape(url)
        new = self._moved_page(plain) if span.kind not in (spans.IMAGE, spans.ARGUMENT) else None
        if new is None and self._rewrite_media and self._is_file(span, plain):
            new = self.media(plain, log)
        if new is None or new == plain:
            return None
        return escape(new, quote=True) if span.kind == spans.ATTRIBUTE else new

    @staticmethod
    def _is_file(span: Span, url: str) -> bool:
        tag, _, attribute = span.name.partition(" ")
        if span.kind == spans.IMAGE or (span.kind == spans.ATTRIBUTE and attribute in _MEDIA_ATTRIBUTES.get(tag, ())):
            return True
        return span.kind != spans.AUTOLINK and bool(_FILES.search(url.partition("?")[0]))

    def _moved_page(self, url: str) -> str | None:
        new = self.page(url)
        address = urls.own(url, self._host) if new is not None else None
        if new is None or address is None or urls.key(new.partition("#")[0]) == urls.key(address.path):
            return None
        return new

    def _front(self, value: Any, log: Log) -> Any:
        """Front matter, with the site's own files named from its root."""
        if isinstance(value, Mapping):
            return {key: self._front(item, log) for key, item in value.items()}
        if isinstance(value, list):
            return [self._front(item, log) for item in value]
        if not isinstance(value, str) or not value.startswith(("http://", "https://")):
            return value
        return (self.media(value, log) or value) if _FILES.search(value.partition("?")[0]) else value

    def _link(self, element: etree._Element, log: Log) -> None:
        href = str(element.get("href") or "")
        if not href or href.startswith("#"):
            return
        new = self.page(href)
        if new is None and _FILES.search(href.partition("?")[0].partition("#")[0]):
            new = self.media(href, log) if self._rewrite_media else None
        elif new is None and self._pages.find(href, self._base).missing:
            log("link.missing", href)
        if new is not None:
            element.set("href", new)

    def page(self, url: str) -> str | None:
        """The new address of a page of the old site, with the fragment; None for everything else."""
        link = self._pages.find(url, self._base)
        if link.file:
            return (self.media(link.file, Log()) if self._rewrite_media else None) or link.file
        return self._root + link.page + link.after if link.page else None

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
            if not _FILES.search(parts.path):
                return None
            asset = self._lookup.asset_at(parts.path.lstrip("/")) if self._files else None
            if self._files and not (asset and asset.file) and not _MADE.search(parts.path):
                return self._taken_along(parts, None, log)
            return parts.path if parts.netloc else None
        asset = self._lookup.asset_at(own_upload or parts.path.lstrip("/"))
        if self._files and not (asset and asset.file):
            return self._taken_along(parts, asset, log)
        path = self._original(parts.path, asset, log)
        query = "" if asset or urls.only_resizes(parts.query) or not parts.query else "?" + parts.query
        return path + query

    def _taken_along(self, parts: SplitResult, asset: Asset | None, log: Log) -> str | None:
        """The address of the file on the new site; its old one, in full, when it could not be had."""
        base = urls.split(self._lookup.site.base_url)
        scheme, host = (base.scheme, base.netloc) if base else ("", "")
        address = f"{parts.scheme or scheme or 'https'}://{parts.netloc or host}{parts.path}"
        original = self._original(parts.path, asset, Log())
        original = asset.url if asset and original != parts.path else ""
        found = Wanted(address, parts.path, original, asset is not None, self._folder)
        answer = self._files(found) if self._files else None
        if answer is None:
            return None
        if not answer.place:
            not_had(log, address, answer.reason)
            return address
        new = "/" + quote(answer.place, safe="/!$&'()*+,;=:@~")
        same = urls.decoded(new) == urls.decoded(parts.path)
        if answer.alone:
            self._own.add(parts.path if same else new)
        if same:
            return parts.path
        log("image.variant", parts.path.rpartition("/")[2], old=parts.path, new=new)
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


def not_had(log: Log, address: str, reason: str) -> None:
    """Note a file that did not come along."""
    log("media.too-large" if reason == TOO_LARGE else "media.missing-file", address, where=reason)


def _is_resized(image: etree._Element) -> bool:
    """Has its author given the picture a size of its own?"""
    around = (image, *image.iterancestors("figure"))
    return any("is-resized" in str(element.get("class") or "") for element in around)


def _moved(asset: Asset, url: str) -> Asset:
    return Asset(**{name: getattr(asset, name) for name in asset.__struct_fields__ if name != "url"}, url=url)
