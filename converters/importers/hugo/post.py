"""Front matter in the terms of the records, for targets of other kinds; and as it was, put in order, for Hugo.

The keys: https://gohugo.io/content-management/front-matter/, and those that our own Hugo sites use. Their case does not
matter.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from converters.frontmatter import dates, read
from converters.importers.hugo.addresses import PagePath, term_address, term_slug
from converters.importers.hugo.config import Config, get
from converters.importers.hugo.files import text_of
from converters.model import Asset, MenuItem, Seo, Status, Term
from converters.model.notices import Log

_DATES = ("date", "publishDate", "lastmod", "expiryDate")
_OURS = """title date lastmod draft private protected status slug url aliases type weight authors categories tags
    description summary keywords seo_title canonical noindex og_title og_description twitter_title twitter_description
    twitter_image featured_image images resources enclosures post_format sticky comments_open source_id guid
    params""".split()
"""Keys that our own Hugo sites use, all in small letters but `translationKey`."""
_SPELLED = {name.lower(): name for name in (*_OURS, *_DATES, "translationKey", "linkTitle", "isCJKLanguage")}
_OTHER_DATES = ("pubdate", "published", "modified", "unpublishdate")
_TEXTS = ("title", "linkTitle", "description", "slug", "url", "type", "translationKey")
_FALSE = ("", "0", "f", "false")
_STATUSES = {"pending": Status.PENDING}
_SEO_TEXTS = """description canonical og_title og_description twitter_title twitter_description
    twitter_image""".split()
_PICTURES = ("featured_image", "featuredimage", "cover", "image", "thumbnail", "images")


def front_matter(data: bytes, name: str, config: Config, log: Log) -> tuple[dict[str, Any], str]:
    """(front matter, text) of a file. Known keys are spelled as in the documentation, dates are dates, texts text.

    An invalid date is kept as `date_text` and the like: Hugo would not build the page. A page whose front matter is
    broken is a draft.
    """
    matter = read.read(text_of(data, name, log), log)
    zone = config.zone
    front: dict[str, Any] = {}
    for key, value in matter.values.items():
        name = _SPELLED.get(key.lower(), key)
        if name in front:
            log("frontmatter.duplicate", key, old=str(front[name])[:200])
        if name in _DATES or (key.lower() in _OTHER_DATES and not isinstance(value, bool)):
            name, value = _date(name, value, zone, log)
        elif name in _TEXTS and value is not None and not isinstance(value, str | Mapping | list):
            value = str(value)
        if name:
            front[name] = value
    if matter.broken and not draft(front):
        front["draft"] = True
    return front, matter.text


def _date(name: str, value: Any, zone: Any, log: Log) -> tuple[str, Any]:
    if value is None or value == "":
        return "", None
    found = dates.parse(value, zone)
    if found is not None:
        return name, found
    log("date.invalid", str(value)[:80], where=name)
    return f"{name}_text", str(value)


_FILE_DATE = re.compile(r"(\d{4}-\d\d-\d\d)\b")


def date_of(front: Mapping[str, Any], config: Config, file: str, kind: str = "date") -> datetime | None:
    """The page's `date`, `publishDate` or `expiryDate`: the first key of Hugo's chain, or of the site's own, that is
    there. `file`: the name of the page's file, or of its folder.

    https://gohugo.io/configuration/front-matter/
    """
    for key in config.date_keys(kind):
        value = (_FILE_DATE.match(file) or [None])[0] if key == ":filename" else get(front, key)
        found = value if isinstance(value, datetime) else dates.parse(value, config.zone)
        if found is not None:
            return found
    return None


def modified_of(front: Mapping[str, Any]) -> datetime | None:
    found = next((get(front, key) for key in ("lastmod", "modified") if get(front, key) is not None), None)
    return found if isinstance(found, datetime) else None


def draft(front: Mapping[str, Any]) -> bool:
    """What cannot be read as yes or no is a draft: nothing becomes public by a mistake."""
    value = get(front, "draft")
    if value is None and isinstance(get(front, "published"), bool):
        return not get(front, "published")
    if isinstance(value, str):
        return value.strip().lower() not in _FALSE
    return bool(value)


def status_of(front: Mapping[str, Any]) -> Status:
    if get(front, "protected") is True:
        return Status.PROTECTED
    if get(front, "private") is True or get(front, "headless") is True or _unrendered(front):
        return Status.PRIVATE
    if not draft(front):
        return Status.PUBLISHED
    return _STATUSES.get(str(get(front, "status")), Status.DRAFT)


def unlisted(front: Mapping[str, Any]) -> bool:
    """Do lists and feeds of the whole site leave the page out? https://gohugo.io/content-management/build-options/"""
    return any(get(front, name, "list") in ("never", "local", False) for name in ("build", "_build"))


def _unrendered(front: Mapping[str, Any]) -> bool:
    return any(get(front, name, "render") in ("never", "link", False) for name in ("build", "_build"))


_CASCADED = ("draft", "private", "protected", "headless", "build", "_build", *_DATES, *_OTHER_DATES)
"""Keys of a cascade that keep a page from the public; the others are left to Hugo."""


def cascades_of(values: Mapping[str, Any]) -> list[Any]:
    found = get(values, "cascade")
    return found if isinstance(found, list) else [found] if isinstance(found, Mapping) else []


def inherited_by(front: Mapping[str, Any], inherited: list[Any], page: PagePath) -> dict[str, Any]:
    """The front matter over what the lists above the page say for all below them, as far as it makes pages private.

    https://gohugo.io/content-management/front-matter/#cascade-1
    """
    values: dict[str, Any] = {}
    path = "/" + "/".join((*page.folders, page.stem))
    for cascade in inherited:
        target = get(cascade, "target") or get(cascade, "_target") or {}
        pattern = str(get(target, "path") or "").replace("**", "*").replace("{", "[").replace("}", "]")
        if pattern and not fnmatchcase(path, pattern):
            continue
        if get(target, "kind") not in (None, page.kind) or get(target, "lang") not in (None, page.language):
            continue
        found = {
            key: get(cascade, key) if get(cascade, key) is not None else get(cascade, "params", key)
            for key in _CASCADED
        }
        values |= {key: value for key, value in found.items() if value is not None}
    return {**values, **front}


def text(values: Mapping[str, Any], key: str) -> str:
    """The value of a key that is text; empty for any other."""
    value = get(values, key)
    return value if isinstance(value, str) else ""


def number(values: Mapping[str, Any], key: str) -> int:
    value = get(values, key)
    return value if isinstance(value, int) else 0


def terms_of(front: Mapping[str, Any], config: Config, language: str) -> tuple[Term, ...]:
    """The terms of a page by their names in its front matter, each with the path of its list."""
    found: dict[tuple[str, str], Term] = {}
    taxonomies = config.taxonomies_in(language)
    for key, value in front.items():
        taxonomy = taxonomies.get(key.lower())
        for name in strings(value) if taxonomy else ():
            slug = term_slug(name, config) or "-".join(name.lower().split())
            link = term_address(name, key.lower(), language, config)
            term = Term(taxonomy or "", slug, name, language=language, link=link)
            found.setdefault((taxonomy or "", slug), term)
    return tuple(found.values())


def strings(value: Any) -> list[str]:
    """A list of texts, or one alone."""
    found = value if isinstance(value, list) else [value]
    return [str(item) for item in found if isinstance(item, str | int | float) and str(item).strip()]


def authors_of(front: Mapping[str, Any]) -> tuple[str, ...]:
    value = get(front, "authors") or get(front, "author")
    rows = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(strings([get(row, "name") if isinstance(row, Mapping) else row for row in rows])))


def former_of(front: Mapping[str, Any], permalink: str, folder: str = "") -> tuple[str, ...]:
    """Aliases: those without a slash in front are meant from the folder above the page, others from that of the
    language. https://gohugo.io/content-management/urls/#aliases"""
    above = posixpath.dirname(permalink.rstrip("/")) or "/"
    found: dict[str, None] = {}
    for alias in strings(get(front, "aliases")):
        inside = not folder or not alias.startswith("/") or f"{alias}/".startswith(f"{folder}/")
        path = posixpath.normpath(posixpath.join(above, alias if inside else folder + alias))
        found[path if path.endswith((".html", ".htm")) else path.rstrip("/") + "/"] = None
    return tuple(found)


def seo_of(front: Mapping[str, Any]) -> Seo:
    return Seo(
        title=text(front, "seo_title"),
        noindex=get(front, "noindex") is True,
        keywords=tuple(strings(get(front, "keywords"))),
        og_image=next(iter(strings(get(front, "images"))), ""),
        **{name: text(front, name) for name in _SEO_TEXTS},
    )


def featured_of(front: Mapping[str, Any]) -> Asset | None:
    """The picture that stands for the page, under the names themes use: an address, or a map that holds one."""
    for key in _PICTURES:
        value = get(front, key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str) and value:
            return Asset(value, value)
        if (urls := _urls(value)) and urls[0]:
            return Asset(
                urls[0],
                urls[0],
                alt=text(value, "alt"),
                caption=html.escape(text(value, "caption"), quote=False),
                width=number(value, "width"),
                height=number(value, "height"),
            )
    return None


def _urls(value: Any) -> list[str]:
    """URLs in a map of an image, the first of which counts."""
    return [url for name in ("src", "url", "image") if isinstance(url := get(value, name), str)]


_MAPPED = frozenset(
    {*_OURS, "translationkey", "linktitle"}
    | set(
        """publishdate pubdate published modified author featuredimage cover image thumbnail menu menus cascade build
        _build headless outputs sitemap layout markup""".split()
    )
) - {"enclosures"}


def params_of(front: Mapping[str, Any], config: Config, language: str) -> dict[str, Any]:
    """What no field of the records holds, and what stands below `params`."""
    inner, taxonomies = get(front, "params"), config.taxonomies_in(language)
    own = {
        key: value
        for key, value in front.items()
        if (key.lower() not in _MAPPED and key.lower() not in taxonomies) or _is_beside(key.lower(), value, front)
    }
    found = dict(inner) if isinstance(inner, Mapping) else {}
    for key, value in own.items():
        name = key
        while name in found:  # what stands below `params` is what Hugo shows under that name
            name += "_"
        found[name] = value
    return found


def _is_beside(key: str, value: Any, front: Mapping[str, Any]) -> bool:
    """Is it one of several pictures, of which another one stands for the page?"""
    if key not in _PICTURES:
        return False
    featured, images = featured_of(front), strings(get(front, "images"))
    shown = {featured.url if featured is not None else "", images[0] if images else ""}
    if isinstance(value, Mapping):
        return not shown & set(_urls(value))
    return not set(strings(value)) <= shown


def menu_items(front: Mapping[str, Any], id: str, title: str) -> Iterator[tuple[str, MenuItem]]:
    """(menu, entry): `menu: main`, a list of menus, or a map of menu to the entry's own values."""
    found = get(front, "menus") or get(front, "menu")
    if isinstance(found, Mapping):
        rows = [(str(name), row if isinstance(row, Mapping) else {}) for name, row in found.items()]
    else:
        rows = [(name, {}) for name in strings(found)] if found else []
    for name, row in rows:
        yield (
            name,
            MenuItem(
                id=str(get(row, "identifier") or get(row, "name") or title or id),
                parent=str(get(row, "parent") or ""),
                title=str(get(row, "name") or title),
                order=number(row if get(row, "weight") else front, "weight"),
                kind="post_type",
                object="page",
                target=id,
            ),
        )
