"""What the kinds of content are called in Jekyll: collections."""

from __future__ import annotations

import re

from converters.model.limits import DEFAULT
from converters.never import plain
from converters.paths import safe_name

_FOLDERS = frozenset(
    """cache data draft drafts includes layouts moved pages plugins posts sass site static terms unlisted
    verbatim""".split()
)
"""Names of collections that mean something else, to Jekyll or in a site of ours."""

_NO_WORD = re.compile(r"[^\w-]+")


def collection(kind: str) -> str:
    """The collection for a kind of post; empty for pages, which stand in the tree of the site itself."""
    if kind == "page":
        return ""
    if kind == "post":
        return "posts"
    name = safe_name(_NO_WORD.sub("-", kind.lower()), limit=DEFAULT.file_name_bytes).strip("_-") or "items"
    return f"{name}_items" if plain(name) in _FOLDERS else name
