"""A post's front matter for Jekyll. The keys and their order stand in `keys.py`."""

from __future__ import annotations

from html import escape
from typing import Any

from converters.exporters.jekyll import names
from converters.exporters.jekyll.keys import ORDER
from converters.exporters.jekyll.languages import Languages
from converters.exporters.site import values as said
from converters.model import PUBLIC, Place, Post, Site, Status
from converters.plugin import SiteLookup

_NAMED = {Status.PRIVATE: {"private": True}, Status.PROTECTED: {"protected": True}, Status.DRAFT: {}}


def front_matter(post: Post, place: Place, lookup: SiteLookup, former: list[str]) -> dict[str, Any]:
    """All values, in the order of the table; taxonomies of the site's own come after tags."""
    site = lookup.site
    values: dict[str, Any] = {
        "title": post.title,
        **_dates(post, place),
        **_visibility(post, place),
        **_address(post, place, former),
        **_language(post, lookup),
        "order": post.order or None,
        **_authors(post, site),
        **said.term_names(post, names.taxonomies(site, (term.taxonomy for term in post.terms))),
        **_texts(post),
        **_pictures(post),
        **_extras(post),
    }
    kept = {key: value for key, value in values.items() if key == "title" or value not in ("", [], {}, None, ())}
    middle = ORDER["tags"] + 0.5
    return dict(sorted(kept.items(), key=lambda pair: ORDER.get(pair[0], middle)))


def _dates(post: Post, place: Place) -> dict[str, Any]:
    changed = post.modified if post.modified and post.modified != post.date else None
    undated = post.date is None and place.path.startswith("_posts/")
    return {"date": post.date, "undated": undated or None, "last_modified_at": changed}


def _visibility(post: Post, place: Place) -> dict[str, Any]:
    """What was not public is not built unless asked for: `--drafts` for `_drafts`, `--unpublished` for the rest."""
    if post.status in PUBLIC:
        return {}
    values = _NAMED.get(post.status, {"status": str(post.status)})
    return values if place.path.startswith("_drafts/") else {"published": False, **values}


def _address(post: Post, place: Place, former: list[str]) -> dict[str, Any]:
    name = place.path.rpartition("/")[2].removesuffix(".md")
    named = name[11:] if place.path.startswith("_posts/") else name
    return {
        "slug": post.slug if post.slug != named and post.kind != "page" else "",
        "permalink": place.url if place.explicit else "",
        "redirect_from": former,
    }


def _language(post: Post, lookup: SiteLookup) -> dict[str, Any]:
    """Its language, and the addresses of public translations."""
    if not lookup.site.languages:
        return {}
    found = {}
    for language, id in sorted(post.translations.items()):
        entry, place = lookup.entry(id), lookup.place(id)
        if id != post.id and entry is not None and place is not None and entry.status in PUBLIC and place.url:
            found[language] = place.url
    return {"lang": Languages(lookup.site).of(post.language), "translations": found}


def _authors(post: Post, site: Site) -> dict[str, Any]:
    found = said.author_names(post, site)
    return {"author": found[0] if found else "", "authors": found if len(found) > 1 else []}


def _texts(post: Post) -> dict[str, Any]:
    seo = post.seo
    return {
        "description": seo.description,
        "excerpt": escape(said.one_line(post.excerpt), quote=False),
        "keywords": list(seo.keywords),
        "seo_title": seo.title,
        "canonical_url": seo.canonical,
        "noindex": seo.noindex or None,
        **said.cards(seo),
        "og_image": said.other_than(post.featured.url if post.featured else "", seo.og_image),
    }


def _pictures(post: Post) -> dict[str, Any]:
    return {"image": said.picture(post.featured, "path") if post.featured else None}


def _extras(post: Post) -> dict[str, Any]:
    return {
        "enclosures": said.enclosures(post),
        "post_format": post.format,
        "sticky": post.sticky or None,
        "comments": None if post.comments_open else False,
        "source_id": said.source_id(post),
        "guid": post.guid,
        "params": post.params,
    }
