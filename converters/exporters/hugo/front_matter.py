"""A post's front matter for Hugo. The keys and their order stand in `converters/frontmatter/keys.py`."""

from __future__ import annotations

from typing import Any

from converters.exporters.hugo import names
from converters.exporters.site import values as said
from converters.frontmatter.keys import ORDER
from converters.frontmatter.unique_keys import field_keys
from converters.model import PUBLIC, Place, Post, Site, Status
from converters.model.notices import Log


def front_matter(
    post: Post, place: Place, site: Site, aliases: list[str], *, translation_key: str, log: Log
) -> dict[str, Any]:
    """All values, in the order of the table; taxonomies of the site's own come after tags."""
    values: dict[str, Any] = {"title": post.title}
    values |= _dates(post) | _visibility(post) | _address(post, place, aliases)
    values["translationKey"] = translation_key
    if post.order:
        values["weight"] = post.order
    values |= {"authors": said.author_names(post, site)}
    keys = names.taxonomies(site, (term.taxonomy for term in post.terms)) if post.terms else {}
    values |= said.term_names(post, keys)
    values |= _texts(post) | _pictures(post) | _extras(post)
    if post.params:
        values["params"] = field_keys(post.params, names.KEYS | {*names.taxonomies(site).values()}, log)
    given = {key: value for key, value in values.items() if value not in ("", [], {}, None, ())}
    given.setdefault("title", post.title)
    return in_order(given)


def in_order(front: dict[str, Any]) -> dict[str, Any]:
    """Front matter, its keys in the order of the table, those not in it where taxonomies are."""
    middle = ORDER["tags"] + 0.5
    return dict(sorted(front.items(), key=lambda pair: ORDER.get(pair[0], middle)))


def _dates(post: Post) -> dict[str, Any]:
    changed = post.modified if post.modified and post.modified != post.date else None
    return {"date": post.date, "lastmod": changed}


def _visibility(post: Post) -> dict[str, Any]:
    """Whatever was not public is a draft: Hugo leaves it out unless asked."""
    if post.status in PUBLIC:
        return {}
    values: dict[str, Any] = {"draft": True}
    if post.status is Status.PRIVATE:
        values["private"] = True
    elif post.status is Status.PROTECTED:
        values["protected"] = True
    elif post.status is not Status.DRAFT:
        values["status"] = str(post.status)
    return values


def _address(post: Post, place: Place, aliases: list[str]) -> dict[str, Any]:
    slug = post.slug if post.kind != "page" and not place.explicit else ""
    inside = place.path.removeprefix("content/")
    folder = inside.rpartition("/index.")[0]
    stray = post.kind == "page" and "/" in (folder or inside)
    return {
        "slug": slug,
        "url": place.url if place.explicit else "",
        "aliases": aliases,
        "type": "page" if stray and "/_index." not in inside else "",
    }


def _texts(post: Post) -> dict[str, Any]:
    seo = post.seo
    return {
        "description": seo.description,
        "summary": said.one_line(post.excerpt),
        "keywords": list(seo.keywords),
        "seo_title": seo.title,
        "canonical": seo.canonical,
        "noindex": seo.noindex or None,
        **said.cards(seo),
    }


def _pictures(post: Post) -> dict[str, Any]:
    """`images` is what Hugo's own templates for Open Graph and X read: the picture chosen for them first."""
    featured = post.featured
    images = [post.seo.og_image, featured.url if featured else ""]
    return {
        "featured_image": said.picture(featured, "src") if featured else None,
        "images": list(dict.fromkeys(image for image in images if image)),
        "enclosures": said.enclosures(post),
    }


def _extras(post: Post) -> dict[str, Any]:
    return {
        "post_format": post.format,
        "sticky": post.sticky or None,
        "comments_open": None if post.comments_open else False,
        "source_id": said.source_id(post),
        "guid": post.guid,
    }
