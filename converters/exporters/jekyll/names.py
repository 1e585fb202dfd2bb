"""What the old site's kinds and taxonomies are called in Jekyll: collections, and keys of front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from converters.exporters.jekyll.keys import JEKYLL
from converters.frontmatter.unique_keys import note_renamed, taxonomy_keys
from converters.model import Site, Term
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.never import plain
from converters.paths import safe_name
from converters.remembered import remembered

_TAXONOMIES = {"category": "categories", "post_tag": "tags"}
_FOLDERS = frozenset("cache data drafts includes layouts moved pages plugins posts sass site terms".split())
"""Names of collections that mean something else, to Jekyll or in a site of ours."""

_FRONT_MATTER = frozenset(
    {key.name for key in JEKYLL}
    | {*_TAXONOMIES.values()}
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


def taxonomy(name: str, site: Site) -> str:
    """The key of a taxonomy in front matter."""
    return taxonomies(site).get(name) or taxonomies(site, (name,))[name]


def taxonomies(site: Site, more: Iterable[str] = ()) -> dict[str, str]:
    """taxonomy -> key, of those of the site and of `more`."""
    known = _of_terms(site.terms)
    new = [name for name in more if name not in known]
    return taxonomy_keys(new, known, _plain, _is_reserved) if new else known


@remembered
def _of_terms(terms: Sequence[Term]) -> dict[str, str]:
    return taxonomy_keys(dict.fromkeys(term.taxonomy for term in terms), _TAXONOMIES, _plain, _is_reserved)


def _plain(name: str) -> str:
    return safe_name(_NO_WORD.sub("-", name.lower()), limit=DEFAULT.file_name_bytes).replace("-", "_") or "terms"


def _is_reserved(key: str) -> bool:
    return key in _FRONT_MATTER or (key.startswith(("twitter_", "og_")) and "_terms" not in key)


def note_taxonomies(site: Site, log: Log) -> None:
    """Name those with another key than their own name."""
    note_renamed(taxonomies(site), _TAXONOMIES, _plain, log)
