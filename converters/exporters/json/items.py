"""A post as an item of JSON Feed, with everything else it has in the extension."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import msgspec
from lxml import etree

from converters import urls
from converters.exporters.json import content
from converters.exporters.json.addresses import Addresses, page_of, url_of
from converters.exporters.json.attachments import attachments
from converters.exporters.json.records import Author, Details, Item
from converters.exporters.json.text import plain_text
from converters.html import tree
from converters.html.sanitize import allowed
from converters.model import Asset, HtmlBody, Place, Post, Seo, Site, Status
from converters.model.notices import Log
from converters.old_site import uploads
from converters.old_site.visibility import is_published
from converters.passes.sanitize import clean_asset
from converters.plugin import MarkdownEngine, SiteLookup

_ADDRESSES = ("src", "href", "poster", "data", "cite")
_SHOWN = ("img", "audio", "video", "source", "track", "embed", "a")
_SAME_NAME = tuple(
    name for name in Details.__struct_fields__ if name in Post.__struct_fields__ and name not in ("seo", "source")
)


class ItemMaker:
    """Makes the items of one site."""

    def __init__(
        self,
        lookup: SiteLookup,
        engine: MarkdownEngine,
        *,
        absolute: bool,
        comments: bool,
        clean: bool = True,
        source: bool = False,
    ) -> None:
        """`absolute`: addresses in texts are made absolute. `comments`: they are written. `clean`: HTML of files is.
        `source`: the text comes as the source has it, too."""
        self._lookup, self._site, self._engine = lookup, lookup.site, engine
        self._comments, self._clean, self._source = comments, clean, source
        self._urls = Addresses(lookup, whole=absolute)
        self._authors = {author.login: author for author in self._site.authors}

    def item(self, post: Post, place: Place, log: Log) -> Item:
        assert isinstance(post.body, HtmlBody), "the run reads Markdown into trees for exporters that do not take it"
        root, base = post.body.root, page_of(post, place, self._site)
        self._make_absolute(post, root, base)
        assets = tuple(
            self._urls.asset(clean_asset(asset, log) if self._clean else asset, base)
            for asset in self._assets(post, root)
        )
        whole = content.without_machinery(root, log)
        return Item(
            id=post.id,
            url=url_of(place, self._site),
            external_url=_goal(post, root, self._site) if post.format == "link" else "",
            title=post.title,
            content_html=tree.inner_html(deepcopy(root)).strip(),
            content_text=plain_text(root),
            summary=_line(post.excerpt) or post.seo.description,
            image=post.featured.url if post.featured else post.seo.og_image,
            date_published=post.date,
            date_modified=post.modified,
            authors=tuple(self._author(login) for login in post.authors),
            tags=tuple(dict.fromkeys(term.name for term in post.terms if term.name)),
            language=post.language,
            attachments=tuple(attachments(post.enclosures, root, assets)),
            postferry=self._details(post, place, {"assets": assets, "whole_html": whole}, log),
        )

    def _make_absolute(self, post: Post, root: etree._Element, base: str) -> None:
        """All that holds URLs: the text, the fields beside it, and the files it shows."""
        urls = self._urls
        urls.tree(root, base)
        if post.featured is not None:
            featured = self._told(post.featured) if post.status is Status.PUBLISHED else post.featured
            post.featured = urls.asset(featured, base)
        post.excerpt = urls.html(post.excerpt, base)
        post.seo = urls.seo(post.seo, base)
        post.enclosures = tuple(msgspec.structs.replace(file, url=urls.url(file.url, base)) for file in post.enclosures)
        post.comments = tuple(urls.comment(comment, base) for comment in post.comments) if self._comments else ()
        post.terms = tuple(map(urls.term, post.terms))

    def _details(self, post: Post, place: Place, known: dict[str, Any], log: Log) -> Details:
        assert isinstance(post.body, HtmlBody), "as in `item`"
        values: dict[str, Any] = {name: getattr(post, name) for name in _SAME_NAME} | known
        entry = self._lookup.entry(post.id)
        if entry is not None:
            values |= {name: getattr(entry, name) for name in ("origin", "same_as", "withheld", "parent")}
        values["path"] = place.url
        if post.seo != Seo():
            values["seo"] = post.seo
        if self._source:
            values["source"] = post.source.raw() if post.source is not None else post.body.written
        # last, since an engine may change the tree
        values["content_markdown"] = self._engine.render(post.body.root, dialect="gfm", log=log)
        return msgspec.convert(values, Details, from_attributes=True)

    def _author(self, login: str) -> Author:
        known = self._authors.get(login)
        url = self._urls.url(known.url, self._urls.root) if known is not None and allowed(known.url) else ""
        return Author(known.name or login, url) if known is not None else Author(login)

    def _assets(self, post: Post, root: etree._Element) -> Iterator[Asset]:
        """Files of the media library that are attached to the item, then those it shows, each once."""
        seen = {post.featured.id} if post.featured else set()
        for asset in (*self._lookup.assets_of(post.id), *self._shown(root)):
            if asset.id not in seen:
                seen.add(asset.id)
                yield self._told(asset) if post.status is Status.PUBLISHED else asset

    def _told(self, asset: Asset) -> Asset:
        """What a public item says of a file it shows; of one that hangs on a hidden item, no more than a page shows."""
        if is_published(self._lookup, self._lookup.entry(asset.id)):
            return asset
        return msgspec.structs.replace(asset, parent="", permalink="", title="", description="", other={})

    def _shown(self, root: etree._Element) -> Iterator[Asset]:
        for element in root.iter(*_SHOWN):
            for name in _ADDRESSES:
                parts = urls.split(str(element.get(name) or ""))
                path = uploads.below_uploads(parts.path) if parts is not None else ""
                asset = self._lookup.asset_at(path) if path else None
                if asset is not None:
                    yield asset


def _goal(post: Post, root: etree._Element, site: Site) -> str:
    """What a post of the format `link` points to: what a feed said, else its first link to another site."""
    told = post.params.get("external_url")
    addresses = (str(told or ""), *(str(link.get("href") or "") for link in root.iter("a")))
    host = urls.host_of(site.base_url)
    foreign = (url for url in addresses if url.startswith(("https://", "http://")) and urls.own(url, host) is None)
    return next(foreign, "")


def _line(html: str) -> str:
    return " ".join(plain_text(tree.parse(html)).split()) if html.strip() else ""
