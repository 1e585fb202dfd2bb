"""Links and pictures: from addresses on the old site to addresses on the new one.

The site's own files get root-relative addresses that keep their path, resized copies become their original where the
media index knows it, and links to pages become the pages' new addresses. Whatever lies elsewhere is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from posixpath import dirname
from typing import Any, cast

import msgspec
from lxml import etree

from converters import urls
from converters.html import tree
from converters.markdown.scan import spans
from converters.markdown.scan.spans import Span
from converters.model import PUBLIC, Asset, Comment, HtmlBody, MenuItem, Post, Site, Term
from converters.model.notices import Log
from converters.passes.addresses import Addresses
from converters.passes.files import FILE, Files, SiteFiles
from converters.passes.pages import Pages
from converters.plugin import SiteLookup

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


class References:
    """Rewrites the addresses of one post after the other; made once a site."""

    def __init__(
        self,
        lookup: SiteLookup,
        *,
        rewrite_media: bool,
        feed: str = "",
        files: Files | None = None,
        addresses: Mapping[str, str] | None = None,
    ) -> None:
        """`feed`: see `Pages`. `files` knows what became of files that come along; None when none do. `addresses`: the
        user's own rules, which go first."""
        site = lookup.site
        self._pages = Pages(lookup, feed)
        self._files, self._base = SiteFiles(lookup, files), ""
        self._lookup, self._rewrite_media = lookup, rewrite_media
        self._addresses = Addresses(addresses or {})
        self._moves_files = rewrite_media or bool(self._addresses)
        self._host = urls.host_of(site.base_url)
        self._root = urls.root_of(site.base_url)
        """Where the site lies on its host: a link inside a text has to name it."""

    def apply(self, post: Post, log: Log) -> None:
        """Rewrite the post's body in place, and the addresses of its featured image and of pictures for cards."""
        self._base, hidden = post.permalink, post.status not in PUBLIC
        self._pages.hidden = self._files.hidden = hidden
        place = self._lookup.place(post.id) if self._files.come_along else None
        self._files.folder, self._files.own = (dirname(place.path) if place else ""), post.own_files
        if isinstance(post.body, HtmlBody):
            self._tree(post.body.root, log)
        elif post.body.dialect in _SCANNED:
            post.body.text = spans.rewrite(post.body.text, lambda span, url: self._span(span, url, log))
        if post.front is not None and self._moves_files:
            post.front = self._front(post.front, log)
        if self._moves_files:
            post.params = self._front(post.params, log)
            post.extra = self._front(post.extra, log)
        if post.featured is not None and self._moves_files:
            post.featured = _moved(post.featured, self._file_at(post.featured.url, log) or post.featured.url)
        if self._moves_files and (post.seo.og_image or post.seo.twitter_image):
            pictures = {name: getattr(post.seo, name) for name in ("og_image", "twitter_image")}
            moved = {name: self._file_at(url, log) or url for name, url in pictures.items()}
            post.seo = msgspec.structs.replace(post.seo, **moved)
        post.excerpt = self.html(post.excerpt, log)
        post.terms = tuple(self._term(term, Log()) for term in post.terms)  # the site's own log names what is wrong
        post.comments = tuple(self._comment(comment, log) for comment in post.comments)
        if post.enclosures and self._moves_files:
            post.enclosures = tuple(
                msgspec.structs.replace(file, url=self._file_at(file.url, log) or file.url) for file in post.enclosures
            )

    def site(self, site: Site, log: Log) -> Site:
        """The site with the addresses in its own texts rewritten: descriptions of terms and of menus, lives of
        authors."""
        self._base, self._files.folder, self._files.own = "", "/", set()
        self._pages.hidden = self._files.hidden = False
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
        body, url = self.html(comment.body, log), self.page(comment.url, log) or comment.url
        same = (body, url) == (comment.body, comment.url)
        return comment if same else msgspec.structs.replace(comment, body=body, url=url)

    def _tree(self, root: etree._Element, log: Log) -> None:
        for element in root.iter("a", *_MEDIA_ATTRIBUTES):
            self._element(element, log)
        for element in cast(list[etree._Element], _styled(root)) if self._moves_files else ():
            element.set("style", _CSS_URL.sub(lambda found: self._css(found, log), str(element.get("style"))))

    def _element(self, element: etree._Element, log: Log) -> None:
        tag = str(element.tag)
        if tag == "a":
            self._link(element, log)
        elif self._moves_files:
            self._file(element, tag, log)

    def _file(self, element: etree._Element, tag: str, log: Log) -> None:
        """An element that shows a file."""
        if tag == "img" and not element.get("src") and element.get("srcset"):
            element.set("src", urls.largest(str(element.get("srcset"))))
        for name in _MEDIA_ATTRIBUTES[tag]:
            value = element.get(name)
            new = self._file_at(str(value), log) if value else None
            if tag == "img" and value and self._rewrite_media:
                self._files.size(element, str(value))
            if new is not None:
                element.set(name, new)
        for name in _SIZES if self._rewrite_media else ():  # copies in other sizes of what is now one file
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
        new = self._moved_page(plain) if span.kind not in (spans.IMAGE, spans.ARGUMENT) else None
        if new is None and self._rewrite_media and self._is_file(span, plain):
            new = self._files.moved(plain, log)
        return new

    @staticmethod
    def _is_file(span: Span, url: str) -> bool:
        tag, _, attribute = span.name.partition(" ")
        if span.kind == spans.IMAGE or (span.kind == spans.ATTRIBUTE and attribute in _MEDIA_ATTRIBUTES.get(tag, ())):
            return True
        return span.kind != spans.AUTOLINK and bool(FILE.search(url.partition("?")[0]))

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
        return (self._file_at(value, log) or value) if FILE.search(value.partition("?")[0]) else value

    def _link(self, element: etree._Element, log: Log) -> None:
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


def _moved(asset: Asset, url: str) -> Asset:
    return Asset(**{name: getattr(asset, name) for name in asset.__struct_fields__ if name != "url"}, url=url)
