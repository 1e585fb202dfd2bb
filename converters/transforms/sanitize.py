"""What a post and a site have of strangers' HTML and addresses, made harmless: `converters/sanitize/` says how.

Each thing that is removed is a notice: a reader may have seen it.
"""

from __future__ import annotations

from msgspec.structs import replace

from converters.model import MenuItem, Post, Site, Term
from converters.notices import Log
from converters.sanitize import allowed, clean_html, runs, sanitize

__all__ = ["clean_html", "runs", "sanitize", "sanitize_fields", "sanitize_site"]


def sanitize_fields(post: Post, log: Log) -> None:
    """The same for what a post has beside its text: HTML in its excerpt and its terms, addresses."""
    post.excerpt = clean_html(post.excerpt, log)
    post.terms = tuple(_term(term, Log()) for term in post.terms)  # the site's own log names what is wrong
    if post.featured is not None and _refused(post.featured.url, "featured image", log):
        post.featured = None
    if post.enclosures:
        post.enclosures = tuple(file for file in post.enclosures if not _refused(file.url, "enclosure", log))
    for name in ("canonical", "og_image", "twitter_image"):
        if _refused(getattr(post.seo, name), name, log):
            post.seo = replace(post.seo, **{name: ""})


def sanitize_site(site: Site, log: Log) -> Site:
    """The same for the site's own texts: descriptions of terms and menus, lives of authors, addresses in menus."""
    return replace(
        site,
        icon="" if _refused(site.icon, "icon", log) else site.icon,
        terms=tuple(_term(term, log) for term in site.terms),
        authors=tuple(
            replace(author, bio=clean_html(author.bio, log)) if "<" in author.bio else author for author in site.authors
        ),
        menus=tuple(replace(menu, items=tuple(_entry(item, log) for item in menu.items)) for menu in site.menus),
    )


def _term(term: Term, log: Log) -> Term:
    return replace(term, description=clean_html(term.description, log)) if "<" in term.description else term


def _entry(item: MenuItem, log: Log) -> MenuItem:
    """WordPress shows no such address either (`esc_url`): the words stay."""
    if _refused(item.address, "menu", log):
        item = replace(item, address="#")
    return replace(item, description=clean_html(item.description, log)) if "<" in item.description else item


def _refused(address: str, what: str, log: Log) -> bool:
    if allowed(address):
        return False
    log("html.active", f"address: {what}", old=address[:80])
    return True
