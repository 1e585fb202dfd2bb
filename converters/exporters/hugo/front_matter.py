"""A post's front matter for Hugo. The keys and their order stand in `converters/frontmatter/keys.py`."""

from __future__ import annotations

from typing import Any

from converters import tree
from converters.archives import nicename
from converters.exporters.hugo import names
from converters.frontmatter.keys import ORDER
from converters.model import Asset, Enclosure, Place, Post, Site, Status

_PUBLIC = (Status.PUBLISHED, Status.FUTURE)


def front_matter(post: Post, place: Place, site: Site, aliases: list[str], translation_key: str = "") -> dict[str, Any]:
    """All values, in the order of the table; taxonomies of the site's own come after tags."""
    values: dict[str, Any] = {"title": post.title}
    values |= _dates(post) | _visibility(post) | _address(post, place, aliases)
    values["translationKey"] = translation_key
    if post.order:
        values["weight"] = post.order
    values |= {"authors": _author_names(post, site)} | _terms(post, site)
    values |= _texts(post) | _pictures(post) | _extras(post)
    said = {key: value for key, value in values.items() if value not in ("", [], {}, None, ())}
    said.setdefault("title", post.title)
    middle = ORDER["tags"] + 0.5
    return dict(sorted(said.items(), key=lambda pair: ORDER.get(pair[0], middle)))


def kept(front: dict[str, Any]) -> dict[str, Any]:
    """The front matter of a Hugo source, its keys in the order of the table, those not in it where taxonomies are."""
    middle = ORDER["tags"] + 0.5
    return dict(sorted(front.items(), key=lambda pair: ORDER.get(pair[0], middle)))


def _dates(post: Post) -> dict[str, Any]:
    changed = post.modified if post.modified and post.modified != post.date else None
    return {"date": post.date, "lastmod": changed}


def _visibility(post: Post) -> dict[str, Any]:
    """Whatever was not public is a draft: Hugo leaves it out unless asked."""
    if post.status in _PUBLIC:
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
    stray = post.kind == "page" and "/" in inside
    return {
        "slug": slug,
        "url": place.url if place.explicit else "",
        "aliases": aliases,
        "type": "page" if stray and "/_index." not in inside else "",
    }


def _author_names(post: Post, site: Site) -> list[str]:
    known = {author.login: author.name for author in site.authors}
    alike = {nicename(author.login): author.name for author in site.authors}
    found = (known.get(login) or alike.get(nicename(login)) or login for login in post.authors)
    return list(dict.fromkeys(found))


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
        "summary": _line(post.excerpt),
        "keywords": list(seo.keywords),
        "seo_title": seo.title,
        "canonical": seo.canonical,
        "noindex": seo.noindex or None,
        "og_title": seo.og_title,
        "og_description": seo.og_description,
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
    """`images` is what Hugo's own templates for Open Graph and X read: the picture chosen for them first."""
    featured = post.featured
    images = [post.seo.og_image, featured.url if featured else ""]
    return {
        "featured_image": _picture(featured) if featured else None,
        "images": list(dict.fromkeys(image for image in images if image)),
        "enclosures": [_enclosure(file) for file in post.enclosures],
    }


def _enclosure(file: Enclosure) -> dict[str, Any]:
    values = {"url": file.url, "length": file.length, "type": file.type, "duration": file.duration}
    return {key: value for key, value in values.items() if value}


def _picture(asset: Asset) -> dict[str, Any]:
    values = {
        "src": asset.url,
        "alt": asset.alt,
        "caption": _line(asset.caption),
        "width": asset.width,
        "height": asset.height,
    }
    return {key: value for key, value in values.items() if value}


def _extras(post: Post) -> dict[str, Any]:
    return {
        "post_format": post.format,
        "sticky": post.sticky or None,
        "comments_open": None if post.comments_open else False,
        "source_id": int(post.id) if post.id.isdecimal() and post.id.isascii() else post.id,
        "guid": post.guid,
        "params": post.params,
    }
