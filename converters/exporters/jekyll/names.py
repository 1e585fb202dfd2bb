"""What the old site's kinds and taxonomies are called in Jekyll: collections, and keys of front matter."""

from __future__ import annotations

import re

from converters.exporters.jekyll.keys import KEYS
from converters.exporters.site.taxonomies import FIXED, Taxonomies, plain_key
from converters.model import Site
from converters.model.limits import DEFAULT
from converters.never import plain
from converters.paths import safe_name

_FOLDERS = frozenset("cache data drafts includes layouts moved pages plugins posts sass site terms".split())
"""Names of collections that mean something else, to Jekyll or in a site of ours."""

_FRONT_MATTER = frozenset(
    KEYS.names
    | {*FIXED.values()}
    | set(
        """category collection content defaults dir draft excerpt_separator ext feed id layout lists locale name next
        output path previous redirect_to relative_path render_with_liquid robots seo sitemap tag taxonomy term twitter
        type url writer""".split()
    )
)
"""Keys of front matter that mean something else, to Jekyll, to its common plugins or in a site of ours."""

_NO_WORD = re.compile(r"[^\w-]+")


def collection(kind: str) -> str:
    """The collection for a kind of post; empty for pages, which stand in the tree of the site itself."""
    if kind == "page":
        return ""
    if kind == "post":
        return "posts"
    name = safe_name(_NO_WORD.sub("-", kind.lower()), limit=DEFAULT.file_name_bytes).strip("_-") or "items"
    return f"{name}_items" if plain(name) in _FOLDERS else name


def _is_reserved(key: str, site: Site) -> bool:
    return key in _FRONT_MATTER or (key.startswith(("twitter_", "og_")) and "_terms" not in key)


TAXONOMIES = Taxonomies(plain_key, _is_reserved)
