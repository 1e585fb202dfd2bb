"""What Hugo calls the keys of front matter, and the rows that only Hugo has.

The rest is `converters/frontmatter/keys.py`.
https://gohugo.io/content-management/front-matter/
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import UTC, datetime
from typing import Any

from converters.frontmatter.keys import COMMON, Key, KeyInput, nothing
from converters.model import Status
from converters.model.notices import Log
from converters.old_site.visibility import is_ahead
from converters.paths import fold

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def front_matter_url(path: str) -> str:
    """The path as the value of `url`: Hugo takes `:name` for a placeholder, and breaks off for one that it does not
    know, unless a backslash is in front (https://gohugo.io/content-management/urls/#url)."""
    return path.replace(":", "\\:")


def _slug(given: KeyInput) -> str:
    return given.post.slug if given.post.kind != "page" and not given.place.explicit else ""


def _translation_key(given: KeyInput) -> str:
    """What ties a page to translations whose files have other names; empty where the names do."""
    post, lookup = given.post, given.lookup
    places = ((code, lookup.place(id)) for code, id in post.translations.items())
    stems = {place.path.removesuffix(".md").removesuffix(f".{code}") for code, place in places if place is not None}
    return post.translation_group or min(post.translations.values()) if len(stems) > 1 else ""


def _type(given: KeyInput) -> str:
    """Hugo takes the folder for the type: a page in one has to name its own."""
    inside = given.place.path.removeprefix("content/")
    folder = inside.rpartition("/index.")[0]
    below = given.post.kind == "page" and "/" in (folder or inside)
    return "page" if below and "/_index." not in inside else ""


def _publish_date(given: KeyInput) -> datetime | None:
    """Hugo does not build what is published after today; what was public before its own date says since when it was."""
    post, site = given.post, given.lookup.site
    if post.status is Status.FUTURE:
        return post.since if post.since != post.date else None
    if not is_ahead(post, site):
        return None
    known = (date for date in (site.exported, post.modified) if date is not None)
    return next((date for date in known if site.today is None or date <= site.today), _LONG_AGO)


def _build(given: KeyInput) -> dict[str, str]:
    """https://gohugo.io/content-management/build-options/"""
    return {"list": "never"} if given.post.unlisted else {}


def _images(given: KeyInput) -> list[str]:
    """What Hugo's own templates for Open Graph and X read: the image chosen for them first."""
    featured = given.post.featured
    found = (given.post.seo.og_image, featured.url if featured else "")
    return list(dict.fromkeys(image for image in found if image))


def _params(given: KeyInput) -> dict[str, Any]:
    """Layouts read them and all other keys from one map, `.Params`, without regard to case."""
    taken = READ_FROM_ONE_MAP | {*given.taxonomies.values()}
    return field_keys(given.post.params, taken, given.log) if given.post.params else {}


def field_keys(fields: Mapping[str, Any], taken: Container[str], log: Log) -> dict[str, Any]:
    """The custom fields under names that Hugo tells apart, without regard to case: the name of one that is in `taken`
    (in small letters), or that differs from another only in capital letters, gets `_` at its end."""
    plain = {fold(name) for name in fields}
    if len(plain) == len(fields) and not any(name in taken for name in plain):
        return {name: _inside(value, log) for name, value in fields.items()}
    found: dict[str, Any] = {}
    used: set[str] = set()
    for name, value in fields.items():
        own = name
        while fold(own) in taken or fold(own) in used or (own != name and fold(own) in plain):
            own += "_"
        used.add(fold(own))
        found[own] = _inside(value, log)
        if own != name:
            log("field.renamed", name, new=own)
    return found


def _inside(value: Any, log: Log) -> Any:
    """The maps inside of a field: their keys differ, too."""
    if isinstance(value, Mapping):
        if len({fold(str(key)) for key in value}) == len(value):
            return {key: _inside(item, log) for key, item in value.items()}
        return field_keys({str(key): item for key, item in value.items()}, (), log)
    return [_inside(item, log) for item in value] if isinstance(value, list) else value


KEYS = COMMON.adapted(
    renamed={
        "modified": "lastmod",
        "order": "weight",
        "excerpt": "summary",
        "image": "featured_image",
    },
    without=("language", "translations", "og_image"),
    own=(
        Key("slug", "string", _slug, "`post_name`", "posts and custom kinds; pages are named by their file"),
        Key("publish_date", "date", _publish_date, "export date",
            "of what is to be seen although its date is later; the day of what is scheduled for another than its date",
            name="publishDate"),
        Key("expiryDate", "date", lambda of: of.post.until, "", "the day on which it ceases to be shown",
            after="publish_date"),
        Key("unlisted", "map", _build, "", "of what no list names: `list: never`", name="build"),
        Key("permalink", "string", lambda of: front_matter_url(of.place.url) if of.place.explicit else "",
            "permalink", "only where it does not follow from the file", name="url"),
        Key("translationKey", "string", _translation_key, "translations",
            "where the files of translations have different names", after="aliases"),
        Key("type", "string", _type, "post type", "pages that are in a section's folder", after="translationKey"),
        Key("images", "list of strings", _images, "image for Open Graph, `_thumbnail_id`",
            "read by Hugo's own Open Graph template", after="image"),
        Key("resources", "list of maps", nothing, "media library",
            "with `--bundles`: src, title, params (alt, caption)", after="images"),
        Key("params", "map", _params, "custom fields", "values of PHP arrays as lists and maps"),
    ),
)  # fmt: skip
READ_FROM_ONE_MAP = frozenset(name.lower() for name in KEYS.names)
"""Those that this program writes, in small letters."""
