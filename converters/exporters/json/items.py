"""A post as an item of JSON Feed, with everything else it has in the extension."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote

import msgspec
from lxml import etree

from converters import urls
from converters.exporters.json.records import Attachment, Author, Details, Item
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
_MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/opus",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mpg": "video/mpeg",
    "wmv": "video/x-ms-wmv",
    "3gp": "video/3gpp",
}
"""Of sounds and films, by extension: the system's own table differs from one machine to the next."""
_SAME_NAME = tuple(
    name for name in Details.__struct_fields__ if name in Post.__struct_fields__ and name not in ("seo", "comments")
)


class ItemMaker:
    """Makes the items of one site."""

    def __init__(
        self, lookup: SiteLookup, engine: MarkdownEngine, *, absolute: bool, comments: bool, clean: bool = True
    ) -> None:
        """`absolute`: addresses in texts are made absolute. `comments`: they are written. `clean`: HTML of files is."""
        self._lookup, self._site, self._engine = lookup, lookup.site, engine
        self._absolute, self._comments, self._clean = absolute, comments, clean
        self._authors = {author.login: author for author in self._site.authors}

    def item(self, post: Post, place: Place, log: Log) -> Item:
        assert isinstance(post.body, HtmlBody), "the run reads Markdown into trees for exporters that do not take it"
        root = post.body.root
        if self._absolute:
            _make_absolute(root, self._site)
        if post.status is Status.PUBLISHED and post.featured is not None:
            post.featured = self._told(post.featured)
        assets = tuple(clean_asset(asset, log) if self._clean else asset for asset in self._assets(post, root))
        return Item(
            id=post.id,
            url=self._url(post, place),
            external_url=_goal(root, self._site) if post.format == "link" else "",
            title=post.title,
            content_html=tree.inner_html(deepcopy(root)).strip(),
            content_text=plain_text(root),
            summary=_line(post.excerpt) or post.seo.description,
            image=self._image(post),
            date_published=post.date,
            date_modified=post.modified,
            authors=tuple(self._author(login) for login in post.authors),
            tags=tuple(dict.fromkeys(term.name for term in post.terms if term.name)),
            language=post.language,
            attachments=tuple(_attachments(post, root, assets)),
            postferry=self._details(post, root, place, assets, log),
        )

    def _details(self, post: Post, root: etree._Element, place: Place, assets: tuple[Asset, ...], log: Log) -> Details:
        values: dict[str, Any] = {name: getattr(post, name) for name in _SAME_NAME}
        values["path"] = place.url
        values["assets"] = assets
        if post.seo != Seo():
            values["seo"] = post.seo
        if self._comments:
            values["comments"] = post.comments
        # last, since an engine may change the tree
        values["content_markdown"] = self._engine.render(root, dialect="gfm", log=log)
        return msgspec.convert(values, Details, from_attributes=True)

    def _url(self, post: Post, place: Place) -> str:
        return self._site.base_url + quote(place.url, _LEGAL) if place.url and self._site.base_url else ""

    def _image(self, post: Post) -> str:
        image = post.featured.url if post.featured else post.seo.og_image
        return absolute(image, self._site) if self._absolute else image

    def _author(self, login: str) -> Author:
        known = self._authors.get(login)
        return Author(known.name or login, known.url if allowed(known.url) else "") if known else Author(login)

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


_LEGAL = "/%?=&:@!$'()*+,;~#-._"
"""What stays as it is in an address that may be encoded already."""


def absolute(address: str, site: Site) -> str:
    """A root-relative address with the site's scheme and host."""
    base = urls.split(site.base_url)
    if base is None or not base.netloc or not address.startswith("/") or address.startswith("//"):
        return address
    return f"{base.scheme}://{base.netloc}{address}"


def _make_absolute(root: etree._Element, site: Site) -> None:
    for element in root.iter("*"):
        for name in _ADDRESSES:
            address = element.get(name)
            if address is not None:
                element.set(name, absolute(str(address), site))


def _goal(root: etree._Element, site: Site) -> str:
    """What a post of the format `link` points to: its first link to another site."""
    addresses = (str(link.get("href") or "") for link in root.iter("a"))
    host = urls.host_of(site.base_url)
    foreign = (url for url in addresses if url.startswith(("https://", "http://")) and urls.own(url, host) is None)
    return next(foreign, "")


def _attachments(post: Post, root: etree._Element, assets: tuple[Asset, ...]) -> Iterator[Attachment]:
    """What the old feed handed out with an item, then the sounds and films it shows, in its order."""
    titles = {asset.url: asset.title for asset in assets}
    seen: set[str] = set()
    for file in post.enclosures:
        kind = file.type or _MEDIA_TYPES.get(file.url.partition("?")[0].rpartition(".")[2].lower(), "")
        if kind and file.url not in seen:
            seen.add(file.url)
            yield Attachment(file.url, kind, titles.get(file.url, ""))
    for element in root.iter("audio", "video", "source"):
        url = str(element.get("src") or "")
        parts = urls.split(url)
        kind = _MEDIA_TYPES.get(parts.path.rpartition(".")[2].lower(), "") if parts is not None else ""
        if url and kind and url not in seen:
            seen.add(url)
            yield Attachment(url, kind, titles.get(url, ""))


def _line(html: str) -> str:
    return " ".join(plain_text(tree.parse(html)).split()) if html.strip() else ""
