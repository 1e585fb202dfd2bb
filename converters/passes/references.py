"""Links and pictures: from addresses on the old site to addresses on the new one.

The site's own files get root-relative addresses that keep their path, resized copies become their original where the
media index knows it, and links to pages become the pages' new addresses. Whatever lies elsewhere is left alone.
"""

from __future__ import annotations

import re
from html import escape, unescape
from posixpath import dirname
from typing import TypeVar, cast
from urllib.parse import urlunsplit

import msgspec
from lxml import etree

from converters import new_site, urls
from converters.markdown.scan import spans
from converters.markdown.scan.spans import Span
from converters.model import PUBLIC, Comment, MarkdownBody, Post
from converters.model.notices import Log
from converters.passes.base import Surroundings, Work, mapped
from converters.passes.files import FILE, SiteFiles
from converters.passes.pages import Pages
from converters.passes.relative import Relative
from converters.passes.rules import Addresses

MEDIA_ATTRIBUTES = {
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
}
MEDIA_ATTRIBUTES |= {"track": ("src",), "object": ("data",)}
MEDIA_ATTRIBUTES |= dict.fromkeys(("table", "thead", "tbody", "tr", "td", "th"), ("background",))  # of HTML 4
_SCANNED = ("goldmark", "html")
"""Dialects whose addresses the scanner finds."""
ADDRESSED = re.compile(r"href|src|poster|data|background|url\(", re.I)
"""What a text has to hold to hold an address."""
_OF_ITS_SITE = ("aliases", "url")
"""Keys of a Hugo page that name paths as seen from the site, which Hugo puts below its root itself."""
_BY_NAME = ("ref", "relref")
"""Shortcodes of Hugo that name a page by its file."""
_SIZES = ("srcset", "sizes")
_styled = etree.XPath("descendant::*[contains(@style, 'url(')]")
_CSS_URL = re.compile(r"url\(\s*+(['\"]?)([^'\"()<>\s]++)\1\s*+\)", re.I)


Record = TypeVar("Record", bound=msgspec.Struct)


class References:
    """Rewrites the addresses of one post after the other; made once a site."""

    def __init__(self, around: Surroundings) -> None:
        site = around.lookup.site
        self._pages = Pages(around.lookup, around.feed)
        self._lookup, self._rewrite_media = around.lookup, around.write.media != "keep"
        self._addresses = Addresses(around.read.rules.addresses)
        self.relative = Relative(None, around.lookup)
        self._drops_sizes = self._rewrite_media and site.settings is None  # a source of files has them all
        self.moves_files = self._rewrite_media or bool(self._addresses)
        self._host = urls.host_of(site.base_url)
        self._root = new_site.root_of(site)
        """Where the new site is on its host: a link inside a text has to name it."""
        settings = site.settings or {}
        canonified = any(value is True for name, value in settings.items() if name.lower() == "canonifyurls")
        self.moves_site = new_site.is_moved(site) and not (around.takes_markdown and canonified)
        """Is the new site below another path than the old one, and does nothing but the texts say so?"""
        self._files, self._base = SiteFiles(around.lookup, around.files, moves=self.moves_site), ""

    @property
    def asked(self) -> int:
        """How often somebody was asked for a file that comes along."""
        return self._files.asked

    def begin(self, post: Post | None) -> None:
        """What follows is of this post; of the site as a whole where there is none."""
        self._base = post.permalink if post is not None else ""
        self.relative = Relative(post, self._lookup)
        self._pages.hidden = self._files.hidden = post is not None and post.status not in PUBLIC
        place = self._lookup.place(post.id) if post is not None and self._files.come_along else None
        self._files.folder = "/" if post is None else dirname(place.path) if place else ""
        self._files.own = post.own_files if post is not None else set()

    def fields(self, post: Post, log: Log) -> None:
        if isinstance(post.body, MarkdownBody) and post.body.dialect in _SCANNED:
            post.body.text = spans.rewrite(post.body.text, lambda span, url: self._span(span, url, log))
        post.comments = tuple(self._comment(comment, log) for comment in post.comments)
        if self.moves_site and post.seo.canonical:
            canonical = self._at_new_place(post.seo.canonical) or post.seo.canonical
            post.seo = msgspec.structs.replace(post.seo, canonical=canonical)
        if not self.moves_files:
            return
        post.front = mapped(post.front, lambda text, key: self._of_front(text, key, log))
        post.params, post.extra = (
            mapped(values, lambda text, _: self._of_field(text, log)) for values in (post.params, post.extra)
        )
        if post.featured is not None:
            post.featured = self._moved(post.featured, log, "url")
        post.seo = self._moved(post.seo, log, "og_image", "twitter_image")
        post.enclosures = tuple(self._moved(file, log, "url") for file in post.enclosures)

    def _moved(self, record: Record, log: Log, *names: str) -> Record:
        """The record with the new URLs of the files that these fields name."""
        known = {name: str(getattr(record, name)) for name in names}
        moved = {name: new for name, url in known.items() if url and (new := self._file_at(url, log))}
        return msgspec.structs.replace(record, **moved) if moved else record

    def _comment(self, comment: Comment, log: Log) -> Comment:
        url = self.page(comment.url, log) or comment.url
        return comment if url == comment.url else msgspec.structs.replace(comment, url=url)

    def styles(self, root: etree._Element, log: Log) -> None:
        for element in cast(list[etree._Element], _styled(root)):
            element.set("style", _CSS_URL.sub(lambda found: self._css(found, log), str(element.get("style"))))

    def file(self, element: etree._Element, log: Log) -> None:
        tag = str(element.tag)
        if tag == "img" and not element.get("src") and element.get("srcset"):
            element.set("src", urls.largest(str(element.get("srcset"))))
        for name in MEDIA_ATTRIBUTES[tag]:
            value = element.get(name)
            new = self._file_at(str(value), log) if value else None
            if tag == "img" and value and self._rewrite_media:
                self._files.size(element, str(value))
            if new is not None:
                element.set(name, new)
        for name in _SIZES if self._drops_sizes else ():  # copies in other sizes of what is now one file
            if name in element.attrib:
                del element.attrib[name]

    def _css(self, found: re.Match[str], log: Log) -> str:
        new = self._file_at(found[2].strip(), log)
        return found[0] if new is None else f"url({found[1]}{new}{found[1]})"

    def _span(self, span: Span, url: str, log: Log) -> str | None:
        """The new address of a file of the site, or of a page that has moved; all others stay as they are written."""
        if "\\" in url or "{{" in url:
            return None
        plain = unescape(url)
        new = self._addresses.moved(plain, log)
        if new is None:
            new = self._of_site(span, plain, log)
        if new is None or new == plain:
            return None
        return escape(new, quote=True) if span.kind == spans.ATTRIBUTE else new

    def _of_site(self, span: Span, plain: str, log: Log) -> str | None:
        if self._lookup.site.settings is not None and self.moves_site:
            return None if span.name.partition(" ")[0] in _BY_NAME else self._at_new_place(plain)
        stays = span.kind in (spans.IMAGE, spans.ARGUMENT) or self._lookup.site.settings is not None
        new = None if stays else self._moved_page(plain)  # a site that stays of its kind keeps its redirects, too
        if new is None and self._rewrite_media and self._is_file(span, plain):
            new = self._files.moved(plain, log)
        return new

    def _at_new_place(self, url: str) -> str | None:
        """An address of a site that stays of its kind and is moved to another path: with that path in place of the old
        one, whatever is there. None for one of another site, and for one as seen from its page."""
        parts = urls.split(url)
        own = urls.own(url, self._host) if parts is not None and parts.path.startswith("/") else None
        if parts is None or own is None:
            return None
        return urlunsplit(parts._replace(path=new_site.moved(parts.path, self._lookup.site)))

    @staticmethod
    def _is_file(span: Span, url: str) -> bool:
        tag, _, attribute = span.name.partition(" ")
        if span.kind == spans.IMAGE or (span.kind == spans.ATTRIBUTE and attribute in MEDIA_ATTRIBUTES.get(tag, ())):
            return True
        return span.kind != spans.AUTOLINK and bool(FILE.search(url.partition("?")[0]))

    def _moved_page(self, url: str) -> str | None:
        new = self.page(url)
        address = urls.own(url, self._host) if new is not None else None
        if new is None or address is None or urls.key(new.partition("#")[0]) == urls.key(address.path):
            return None
        return new

    def _of_front(self, text: str, key: str, log: Log) -> str:
        """A text of front matter that stays as it was, in a site of the same kind: what its layouts show to others
        (`og:image`) needs the whole address."""
        if self._files.come_along:
            return self._of_field(text, log)
        new = self._addresses.moved(text, log)
        if new is None and self.moves_site and text.startswith("/") and FILE.search(text) and key not in _OF_ITS_SITE:
            new = self._at_new_place(text)
        return text if new is None else new

    def _of_field(self, text: str, log: Log) -> str:
        """A text of front matter; the site's own files are named from its root."""
        start = ("http://", "https://", "/") if self.moves_site else ("http://", "https://")
        if not text.startswith(start) or not FILE.search(text.partition("?")[0]):
            return text
        return self._file_at(text, log) or text

    def link(self, element: etree._Element, log: Log) -> None:
        href = str(element.get("href") or "")
        if not href or href.startswith("#"):
            return
        new = self.page(href, log)
        if new is None and FILE.search(href.partition("?")[0].partition("#")[0]):
            new = self._files.moved(href, log) if self._rewrite_media else None
        elif new is None and self._pages.find(href, self._base).missing:
            log("link.missing", href)
        if new is not None:
            element.set("href", new)

    def _file_at(self, url: str, log: Log) -> str | None:
        """The new address of a file: by the user's rules, or since it is one of the site's own."""
        new = self._addresses.moved(url, log)
        return new if new is not None or not self._rewrite_media else self._files.moved(url, log)

    def new_place(self, url: str, log: Log) -> str | None:
        """The new address of a page or a file of the site."""
        new = self.page(url)
        if new is None and self._rewrite_media and FILE.search(url.partition("?")[0]):
            new = self._files.moved(url, log)
        return new

    def page(self, url: str, log: Log | None = None) -> str | None:
        """The new address of a page of the old site, with the fragment, or the one of the user's rules; None for
        everything else."""
        new = self._addresses.moved(url, log)
        if new is not None:
            return new
        link = self._pages.find(url, self._base)
        if link.file:
            return (self._files.moved(link.file, Log()) if self._rewrite_media else None) or link.file
        return self._root + link.page + link.after if link.page else None


def link(element: etree._Element, work: Work) -> None:
    """A link to a page or a file."""
    work.site.references.link(element, work.log)


def file(element: etree._Element, work: Work) -> None:
    """An element that shows a file."""
    work.site.references.file(element, work.log)


def styles(work: Work) -> None:
    """Files in styles."""
    for text in work.texts:
        if text.is_body or "url(" in text.text:
            work.site.references.styles(text.root, work.log)


def fields(work: Work) -> None:
    """URLs in Markdown that stays so, in front matter and in fields."""
    if work.post is not None:
        work.site.references.fields(work.post, work.log)
