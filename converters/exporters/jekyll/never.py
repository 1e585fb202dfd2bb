"""What nothing of a source may be in a Jekyll site: what Jekyll, Ruby and Bundler run or obey.

Jekyll loads `_plugins/*.rb`, and obeys some files and folders at the root that begin with `_`; Ruby reads `Gemfile`,
Bundler `vendor/cache`; caches (`.jekyll-cache`, `.jekyll-metadata`) are loaded as objects. The published folder is
the root of the project, so that whatever lies there is at hand for build services, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from converters import never

JEKYLL = "a name at the site's root that means something to Jekyll"
POSTS = "a folder of posts to Jekyll"
STATIC = "_static"
"""The collection of files that would mean something to Jekyll or to tools where they are published."""
_MADE = (".md", ".html", ".xml")
"""Endings of the files that are made of items."""
_COMMENTS = re.compile(r"_data/comments/[\w-]+\.yml")
_DEEP = frozenset({"_posts", "_drafts"})
"""Folders that mean something to Jekyll wherever they are."""
_OBEYED = frozenset("_cache _data _drafts _includes _layouts _plugins _posts _sass _site".split())
_SETTINGS = "_config"
_FRONT = re.compile(rb"---[ \t\r\f\v]*\n")


def refuses(path: str, folders: Collection[str], *, brought: bool) -> str:
    """Why nothing of a source may be written there; empty when it may. `folders`: those of the site's collections."""
    if brought and path.startswith(f"{STATIC}/"):
        path = path.removeprefix(f"{STATIC}/")
        return POSTS if not _DEEP.isdisjoint(never.parts_of(path)) else never.served(path)
    parts = never.parts_of(path)
    if not _DEEP.isdisjoint(parts[1:]):
        return POSTS
    if parts[0].startswith("_"):
        own = not brought and path.partition("/")[0] in folders and path.endswith(_MADE) and "/" in path
        ours = own or (not brought and _COMMENTS.fullmatch(path))
        if ours:
            return never.hidden(path)
        first = parts[0].replace("\u0131", "i")  # which is `I` in capital letters, as `i` is
        if not brought or first in _OBEYED or first in folders or first.startswith(_SETTINGS):
            return JEKYLL
        if never.of_tools(parts[-1]) and "." in parts[-1]:
            return never.SERVICE
    return never.at_root(path)


def runs(head: bytes) -> bool:
    """Does a file that begins so have front matter (`Utils.has_yaml_header?`)? Then Jekyll runs Liquid on it, and Sass
    or CoffeeScript."""
    return _FRONT.match(head) is not None
