"""What the old site's kinds and taxonomies are called in Jekyll: collections, and keys of front matter."""

from __future__ import annotations

from converters.exporters.jekyll.collections import collection as collection
from converters.exporters.jekyll.keys import KEYS
from converters.exporters.site.taxonomies import FIXED, Taxonomies, plain_key
from converters.model import Site

_FRONT_MATTER = frozenset(
    KEYS.names
    | {*FIXED.values()}
    | set(
        """category collection content defaults dir draft excerpt_separator ext feed home id layout lists locale name
        next output path previous redirect_to relative_path render_with_liquid robots seo sitemap subterms tag taxonomy
        term twitter type url writer""".split()
    )
)
"""Keys of front matter that mean something else, to Jekyll, to its common plugins or in a site of ours."""


def _is_reserved(key: str, site: Site) -> bool:
    return key in _FRONT_MATTER or (key.startswith(("twitter_", "og_")) and "_terms" not in key)


TAXONOMIES = Taxonomies(plain_key, _is_reserved)
