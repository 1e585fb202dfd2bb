"""What a post and a site have of strangers' HTML and addresses, made harmless: `converters/html/sanitize/` says how.

Each thing that is removed is a notice: a reader may have seen it.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from converters.html.sanitize import Use, allowed, clean_html, clean_value, runs, sanitize
from converters.model import Asset, Author, Comment, MenuItem, Post, Seo, Site, Term
from converters.model.notices import Log

__all__ = ["clean_asset", "clean_html", "runs", "sanitize", "sanitize_fields", "sanitize_site"]


def sanitize_fields(post: Post, log: Log) -> None:
    """What a post has beside its text: HTML in its excerpt, terms, comments and fields; addresses."""
    post.excerpt = clean_html(post.excerpt, log)
    post.terms = tuple(_term(term, Log()) for term in post.terms)  # the site's own log names what is wrong
    if post.featured is not None:
        refused = _refused(post.featured.url, "featured image", log, Use.FILE)
        post.featured = None if refused else clean_asset(post.featured, log)
    if post.enclosures:
        post.enclosures = tuple(file for file in post.enclosures if not _refused(file.url, "enclosure", log))
    if post.comments:
        post.comments = tuple(_comment(comment, log) for comment in post.comments)
    if post.seo != _NO_SEO:
        for name in ("canonical", "og_image", "twitter_image"):
            if _refused(getattr(post.seo, name), name, log):
                post.seo = replace(post.seo, **{name: ""})
    post.params = _values(post.params, log)
    post.extra = _values(post.extra, log)


def sanitize_site(site: Site, log: Log) -> Site:
    """The site's own texts: descriptions of terms and menus, lives of authors; addresses in menus and of authors."""
    return replace(
        site,
        icon="" if _refused(site.icon, "icon", log, Use.FILE) else site.icon,
        terms=tuple(_term(term, log) for term in site.terms),
        authors=tuple(_author(author, log) for author in site.authors),
        menus=tuple(replace(menu, items=tuple(_entry(item, log) for item in menu.items)) for menu in site.menus),
    )


def clean_asset(asset: Asset, log: Log) -> Asset:
    """A file of the media library; without its address where that is none for a file."""
    texts: dict[str, Any] = {
        name: clean_html(text, log) for name in ("caption", "description") if "<" in (text := getattr(asset, name))
    }
    if _refused(asset.url, "file", log, Use.FILE):
        texts["url"] = ""
    if _refused(asset.permalink, "page of a file", log):
        texts["permalink"] = ""
    if asset.other:
        texts["other"] = {code: _texts(fields, log) for code, fields in asset.other.items()}
    return replace(asset, **texts) if texts else asset


_NO_SEO = Seo()


def _comment(comment: Comment, log: Log) -> Comment:
    body = clean_html(comment.body, log)
    url = "" if comment.url and _refused(comment.url, "author of a comment", log) else comment.url
    return comment if body is comment.body and url is comment.url else replace(comment, body=body, url=url)


def _author(author: Author, log: Log) -> Author:
    url = "" if _refused(author.url, "author", log) else author.url
    return replace(author, url=url, bio=clean_html(author.bio, log))


def _term(term: Term, log: Log) -> Term:
    return replace(term, description=clean_html(term.description, log)) if "<" in term.description else term


def _entry(item: MenuItem, log: Log) -> MenuItem:
    """WordPress shows no such address either (`esc_url`): the title stays."""
    if _refused(item.address, "menu", log):
        item = replace(item, address="#")
    if item.other:
        item = replace(item, other={code: _texts(fields, log) for code, fields in item.other.items()})
    return replace(item, description=clean_html(item.description, log)) if "<" in item.description else item


def _texts(fields: dict[str, str], log: Log) -> dict[str, str]:
    return {name: clean_html(text, log) for name, text in fields.items()}


def _values(values: dict[str, Any], log: Log) -> dict[str, Any]:
    """Custom fields: a theme may write any of them into a page as it is."""
    return {name: _value(value, log) for name, value in values.items()} if values else values


def _value(value: Any, log: Log) -> Any:
    if isinstance(value, str):
        return clean_value(value, log)
    if isinstance(value, dict):
        return {key: _value(inner, log) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_value(inner, log) for inner in value]
    return value


def _refused(address: str, what: str, log: Log, use: Use = Use.LINK) -> bool:
    if not address or allowed(address, use):
        return False
    log("html.active", f"address: {what}", old=address[:80])
    return True
