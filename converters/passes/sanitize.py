"""What a post and a site have of strangers' HTML and addresses, made harmless: `converters/html/sanitize/` says how.

Each thing that is removed is a notice: a reader may have seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from converters.html.sanitize import Use, allowed, clean_html, clean_value, is_clean, is_simple, sanitize
from converters.model import Asset, Author, Comment, MarkdownBody, MenuItem, Post, Seo, Site
from converters.model.notices import Log
from converters.passes.base import Fragment, Work, mapped


def harmless(work: Work) -> None:
    """Texts, fields and URLs of a post, or HTML of the site. Only `--raw-html safe` touches a text that stays Markdown,
    and what belongs to it."""
    post = work.post
    if post is not None and isinstance(post.body, MarkdownBody):
        if work.site.write.raw_html != "safe":
            return
        from converters.passes.sanitize_markdown import sanitize_source

        sanitize_source(post, work.site.lookup.site.settings or {}, work.log, highlight=not work.site.has_highlight)
    for text in work.texts:
        clean(text, work.log)
    if post is not None:
        _fields(post, work.log)


def site(site: Site, raw_html: str, log: Log) -> Site:
    """The site with its settings and URLs made harmless, by `--raw-html`."""
    if raw_html == "safe" and site.settings:
        from converters.passes.sanitize_markdown import sanitize_settings

        site = replace(site, settings=sanitize_settings(site.settings, log))
    return site if raw_html == "keep" else _site(site, log)


def clean(fragment: Fragment, log: Log) -> None:
    """The fragment without what is not on the lists; a text byte for byte as it was where all of it is."""
    if fragment.is_body:
        sanitize(fragment.root, log)
    elif not is_simple(html := fragment.text) and not is_clean(html, fragment.root):
        sanitize(fragment.root, log)
        fragment.write()


def _fields(post: Post, log: Log) -> None:
    """What a post has beside its HTML: custom fields and URLs."""
    if post.featured is not None:
        refused = _refused(post.featured.url, "featured image", log, Use.FILE)
        post.featured = None if refused else clean_asset(post.featured, log)
    if post.enclosures:
        post.enclosures = tuple(file for file in post.enclosures if not _refused(file.url, "enclosure", log))
    post.comments = tuple(_cleared(comment, log) for comment in post.comments)
    post.seo = _cleared(post.seo, log)
    # custom fields: a theme may write any of them into a page as it is
    post.params, post.extra = (
        mapped(values, lambda text, _: clean_value(text, log)) for values in (post.params, post.extra)
    )


def _site(site: Site, log: Log) -> Site:
    """URLs of the site's icon, in menus and of authors, and texts of menus in several languages."""
    return replace(
        _cleared(site, log),
        authors=tuple(_cleared(author, log) for author in site.authors),
        menus=tuple(replace(menu, items=tuple(_entry(item, log) for item in menu.items)) for menu in site.menus),
    )


def clean_asset(asset: Asset, log: Log) -> Asset:
    """A file of the media library; without its address where that is none for a file."""
    texts: dict[str, Any] = {
        name: clean_html(text, log) for name in ("caption", "description") if "<" in (text := getattr(asset, name))
    }
    if asset.comments:
        comments = (replace(one, body=clean_html(one.body, log)) for one in asset.comments)
        texts["comments"] = tuple(_cleared(comment, log) for comment in comments)
    asset = _cleared(replace(asset, **texts) if texts else asset, log)
    return replace(asset, other=_of_languages(asset.other, log)) if asset.other else asset


_URLS: dict[type[msgspec.Struct], dict[str, tuple[str, Use]]] = {
    Asset: {"url": ("file", Use.FILE), "permalink": ("page of a file", Use.LINK)},
    Author: {"url": ("author", Use.LINK)},
    Comment: {"url": ("author of a comment", Use.LINK)},
    Seo: {name: (name, Use.LINK) for name in ("canonical", "og_image", "twitter_image")},
    Site: {"icon": ("icon", Use.FILE)},
}
"""Record -> its fields that are URLs, what a notice calls them, and what they are for."""
Record = TypeVar("Record", bound=msgspec.Struct)


def _cleared(record: Record, log: Log) -> Record:
    """The record without the URLs that are not allowed."""
    rows = _URLS[type(record)].items()
    refused = [name for name, (what, use) in rows if _refused(getattr(record, name), what, log, use)]
    return replace(record, **dict.fromkeys(refused, "")) if refused else record


def _entry(item: MenuItem, log: Log) -> MenuItem:
    """WordPress shows no such address either (`esc_url`): the title stays."""
    if _refused(item.address, "menu", log):
        item = replace(item, address="#")
    if item.other:
        item = replace(item, other=_of_languages(item.other, log))
    return item


def _of_languages(texts: Mapping[str, Mapping[str, str]], log: Log) -> dict[str, dict[str, str]]:
    return {code: {name: clean_html(text, log) for name, text in fields.items()} for code, fields in texts.items()}


def _refused(address: str, what: str, log: Log, use: Use = Use.LINK) -> bool:
    if not address or allowed(address, use):
        return False
    log("html.active", f"address: {what}", old=address[:80])
    return True
