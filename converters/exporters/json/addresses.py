"""URLs as a feed has to have them: absolute, whatever the field. The site is asked for its URL in one place.

https://www.jsonfeed.org/version/1.1/ asks for URLs of pages, pictures and files, which relative ones are not. Where the
source does not tell where its site is, they stay as they are, `home_page_url` and `feed_url` are left out, and a notice
says so: a URL that nobody has is worse than none.
"""

from __future__ import annotations

from urllib.parse import quote

from lxml import etree
from msgspec.structs import replace

from converters import new_site, urls
from converters.html.absolute import absolute, absolute_html, make_absolute
from converters.model import Asset, Author, Comment, Menu, Place, Post, Seo, Site, Term
from converters.plugin import SiteLookup

_LEGAL = "/%?=&:@!$'()*+,;~#-._"
"""What stays as it is in a URL that may be encoded already."""
SHARED_HOSTS = frozenset({"medium.com"})
"""Hosts of the blogs of many: their root is nobody's home page, and no feed can be put there."""
_NOBODYS = "example.org"
"""What a configuration without a URL of its own is read as; reserved by RFC 2606, section 3."""


def base_of(site: Site) -> str:
    """The URL of the new site without a slash at the end; empty where the source does not tell its host."""
    unknown = not site.base_url or (site.settings is not None and urls.host_of(site.base_url) == _NOBODYS)
    return "" if unknown else new_site.url_of(site)


def home_of(site: Site) -> str:
    """The URL below which the files of the site can be put, with a slash at the end; empty where there is none."""
    base = base_of(site)
    shared = urls.host_of(base) in SHARED_HOSTS and not urls.root_of(base)
    return f"{base}/" if base and not shared else ""


def url_of(place: Place, site: Site) -> str:
    """The URL of an item; empty where it has none."""
    base = base_of(site)
    return base + quote(place.url, _LEGAL) if place.url and base else ""


def page_of(post: Post, place: Place, site: Site) -> str:
    """The page as seen from which the URLs of a post's texts are meant: its old one, else its new one."""
    base = base_of(site)
    old = urls.own(post.permalink, urls.host_of(base)) if base and "://" in post.permalink else None
    if old is not None and not old.query:
        return post.permalink
    return url_of(place, site) if "?" not in place.url else f"{base}/"


class Addresses:
    """The URLs of one site."""

    def __init__(self, lookup: SiteLookup, *, whole: bool) -> None:
        """`whole`: those in texts and of files are made absolute; without it they stay as they are."""
        self._lookup, self._whole = lookup, whole
        self._base = base_of(lookup.site)
        self.root = f"{self._base}/" if self._base else ""

    def url(self, url: str, base: str) -> str:
        return absolute(url, base) if self._whole and url else url

    def html(self, html: str, base: str) -> str:
        return absolute_html(html, base) if self._whole else html

    def tree(self, root: etree._Element, base: str) -> None:
        if self._whole:
            make_absolute(root, base)

    def asset(self, asset: Asset, base: str = "") -> Asset:
        """A file of the media library; one beside a page, which has no URL of its own, has that of its place there."""
        if not self._whole:
            return asset
        base = base or self.root
        url = asset.url or self._beside_page(asset)
        if (
            asset.path and urls.decoded(url) == f"/{asset.path}"
        ):  # below the site, which may lie below the root of its host
            url = self._base + quote(url, _LEGAL)
        return replace(
            asset,
            url=absolute(url, base) if url else "",
            permalink=absolute(asset.permalink, base) if asset.permalink else "",
            caption=absolute_html(asset.caption, base),
            description=absolute_html(asset.description, base),
            comments=tuple(self.comment(comment, base) for comment in asset.comments),
        )

    def comment(self, comment: Comment, base: str) -> Comment:
        if not self._whole:
            return comment
        url, body = self.url(comment.url, base), absolute_html(comment.body, base)
        return comment if (url, body) == (comment.url, comment.body) else replace(comment, url=url, body=body)

    def seo(self, seo: Seo, base: str) -> Seo:
        if not self._whole or seo == Seo():
            return seo
        names = ("canonical", "og_image", "twitter_image")
        return replace(seo, **{name: self.url(getattr(seo, name), base) for name in names})

    def term(self, term: Term) -> Term:
        text = self.html(term.description, self.root)
        return term if text == term.description else replace(term, description=text)

    def author(self, author: Author) -> Author:
        return replace(author, url=self.url(author.url, self.root), bio=self.html(author.bio, self.root))

    def menu(self, menu: Menu) -> Menu:
        rows = (
            replace(item, address=self.url(item.address, self.root), description=self.html(item.description, self.root))
            for item in menu.items
        )
        return replace(menu, items=tuple(rows))

    def _beside_page(self, asset: Asset) -> str:
        entry = self._lookup.entry(asset.id)
        page, place = self._lookup.entry(asset.parent), self._lookup.place(asset.parent)
        if entry is None or page is None or place is None or not place.url:
            return ""
        folder = page.source_path.rpartition("/")[0] + "/"
        if not page.source_path or not entry.source_path.startswith(folder):
            return ""
        above = place.url if place.url.endswith("/") else place.url.rpartition("/")[0] + "/"
        return self._base + quote(above + entry.source_path[len(folder) :], _LEGAL)
