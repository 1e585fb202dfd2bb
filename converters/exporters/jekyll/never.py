"""What nothing of a source may be in a Jekyll site: what Jekyll, Ruby and Bundler run or obey.

Jekyll loads `_plugins/*.rb` and takes every root folder that begins with `_` for its own; Ruby reads `Gemfile`, Bundler
`vendor/cache`; caches (`.jekyll-cache`, `.jekyll-metadata`) are loaded as objects. The published folder is the root of
the project, so that whatever lies there is at hand for build services, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from converters import never

JEKYLL = "a folder with `_` at the site's root, which Jekyll would run"
POSTS = "a folder of posts to Jekyll"
_MADE = (".md", ".html", ".xml")
"""Endings of the files that are made of items."""
_COMMENTS = re.compile(r"_data/comments/[\w-]+\.yml")
_DEEP = frozenset({"_posts", "_drafts"})
"""Folders that mean something to Jekyll wherever they are."""
_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---(?:\s|\Z)")


def refuses(path: str, folders: Collection[str], *, brought: bool) -> str:
    """Why nothing of a source may be written there; empty when it may. `folders`: those of the site's collections."""
    parts = never.parts_of(path)
    if not _DEEP.isdisjoint(parts[1:]):
        return POSTS
    if parts[0].startswith("_"):
        own = not brought and path.partition("/")[0] in folders and path.endswith(_MADE) and "/" in path
        ours = own or (not brought and _COMMENTS.fullmatch(path))
        return never.hidden(path) if ours else JEKYLL
    return never.at_root(path)


def runs(head: bytes) -> bool:
    """Does a file that begins so have front matter? Then Jekyll runs Liquid on it, and Sass or CoffeeScript."""
    return _FRONT.match(head) is not None
