"""A post's front matter for Jekyll. The keys and their order stand in `keys.py`."""

from __future__ import annotations

from html import escape
from typing import Any

from converters import tree
from converters.exporters.jekyll import names
from converters.exporters.jekyll.keys import ORDER
from converters.exporters.jekyll.languages import Languages
from converters.model import Asset, Enclosure, Place, Post, Site, Status
from converters.plugin import SiteLookup

_PUBLIC = (Status.PUBLISHED, Status.FUTURE)
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
        **_terms(post, site),
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
    if post.status in _PUBLIC:
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
        if id != post.id and entry is not None and place is not None and entry.status in _PUBLIC and place.url:
            found[language] = place.url
    return {"lang": Languages(lookup.site).of(post.language), "translations": found}


def _authors(post: Post, site: Site) -> dict[str, Any]:
    known = {author.login: author.name for author in site.authors}
    found = [known.get(login, login) for login in post.authors]
    return {"author": found[0] if found else "", "authors": found if len(found) > 1 else []}


def _terms(post: Post, site: Site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for term in post.terms:
        values = found.setdefault(names.taxonomy(term.taxonomy, site), [])
        if term.name and term.name not in values:
            values.append(term.name)
    return found


def _texts(post: Post) -> dict[str, Any]:
    seo = post.seo
    return {
        "description": seo.description,
        "excerpt": escape(_line(post.excerpt), quote=False),
        "keywords": list(seo.keywords),
        "seo_title": seo.title,
        "canonical_url": seo.canonical,
        "noindex": seo.noindex or None,
        "og_title": seo.og_title,
        "og_description": seo.og_description,
        "og_image": _other(seo.og_image, post.featured.url if post.featured else ""),
        "twitter_title": _other(seo.twitter_title, seo.og_title),
        "twitter_description": _other(seo.twitter_description, seo.og_description),
        "twitter_image": _other(seo.twitter_image, seo.og_image),
    }


def _other(text: str, one: str) -> str:
    """The text, where it says something else."""
    return "" if text == one else text


def _line(html: str) -> str:
    """HTML as one line of plain text; block elements do not run into each other."""
    if not html.strip():
        return ""
    root = tree.parse(html)
    for element in root.iter("p", "br", "div", "li"):
        element.tail = " " + (element.tail or "")
    return " ".join(tree.plain_text(root).split())


def _pictures(post: Post) -> dict[str, Any]:
    return {"image": _picture(post.featured) if post.featured else None}


def _picture(asset: Asset) -> dict[str, Any]:
    values = {
        "path": asset.url,
        "alt": asset.alt,
        "caption": _line(asset.caption),
        "width": asset.width,
        "height": asset.height,
    }
    return {key: value for key, value in values.items() if value}


def _enclosure(file: Enclosure) -> dict[str, Any]:
    values = {"url": file.url, "length": file.length, "type": file.type, "duration": file.duration}
    return {key: value for key, value in values.items() if value}


def _extras(post: Post) -> dict[str, Any]:
    return {
        "enclosures": [_enclosure(file) for file in post.enclosures],
        "post_format": post.format,
        "sticky": post.sticky or None,
        "comments": None if post.comments_open else False,
        "source_id": int(post.id) if post.id.isdecimal() and post.id.isascii() else post.id,
        "guid": post.guid,
        "params": post.params,
    }
