"""What the old site's kinds and taxonomies are called in Jekyll: collections, and keys of front matter."""

from __future__ import annotations

import re

from converters.limits import DEFAULT
from converters.model import Site
from converters.never import plain
from converters.paths import safe_name

_TAXONOMIES = {"category": "categories", "post_tag": "tags"}
_FOLDERS = frozenset("cache data drafts includes layouts moved pages plugins posts sass site terms".split())
"""Names of collections that mean something else, to Jekyll or in a site of ours."""

_FRONT_MATTER = frozenset(
    """author authors categories category collection comments content date description dir draft enclosures excerpt
    excerpt_separator ext feed guid id image keywords lang last_modified_at layout name next noindex order output
    params path permalink post_format previous private protected published redirect_from redirect_to relative_path
    render_with_liquid sitemap slug source_id status sticky tag tags taxonomy term title translations
    undated url writer""".split()
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


def taxonomy(name: str, site: Site) -> str:
    """The key of a taxonomy in front matter."""
    if name in _TAXONOMIES:
        return _TAXONOMIES[name]
    key = safe_name(_NO_WORD.sub("-", name.lower()), limit=DEFAULT.file_name_bytes).replace("-", "_") or "terms"
    return f"{key}_terms" if key in _FRONT_MATTER or key.startswith(("twitter_", "og_")) else key
