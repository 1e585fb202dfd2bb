"""Markdown bodies as trees, for targets that do not take Markdown.

What a text names by file (`ref`) or by key (`param`) is looked up in the site.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from converters import urls
from converters.markdown.read.parse import to_tree
from converters.model import HtmlBody, MarkdownBody, Post
from converters.passes.base import Work
from converters.plugin import SiteLookup
from converters.rules.classes import Classes
from converters.rules.pieces import Pieces

_FILES = (".md", ".markdown", ".mdown")
_ENDINGS = ("", ".md", "/index.md", "/_index.md", ".markdown", ".html", ".org")


def read(work: Work) -> None:
    """Read the post's Markdown, if it has any, into a tree."""
    post, rules = work.post, work.site.read.rules
    if post is not None and isinstance(post.body, MarkdownBody):
        names = _Names(post, work.site.lookup)
        root = to_tree(post.body, names, work.log, rules)
        _link_files(root, names)
        if rules.classes:
            pieces = Pieces()
            Classes(rules.classes).apply(root, work.log, pieces)
            pieces.place(root)
        post.body = HtmlBody(root, post.body.text)


def _link_files(root: etree._Element, names: _Names) -> None:
    """Links to files of the content (`one.md#b`) lead to their pages, as Hugo's own hook for links has them do:
    https://gohugo.io/render-hooks/links/"""
    for link in root.iter("a"):
        path, mark, fragment = str(link.get("href") or "").partition("#")
        if path.endswith(_FILES) and ":" not in path and "//" not in path:
            found = names.address(urls.decoded(path))
            if found is not None:
                link.set("href", found + mark + fragment)


class _Names:
    """What the texts of one post say by name."""

    def __init__(self, post: Post, lookup: SiteLookup) -> None:
        self._post, self._lookup = post, lookup

    def address(self, name: str) -> str | None:
        """As `ref` finds it: below the content for a path from there, else beside the page, else anywhere.

        https://gohugo.io/methods/shortcode/ref/
        """
        root = urls.root_of(self._lookup.site.base_url)
        for id in self._candidates(name):
            entry, place = self._lookup.entry(id), self._lookup.place(id)
            if entry is not None and place is not None and entry.source_path:
                return root + place.url if place.url else None
        return None

    def _candidates(self, name: str) -> Iterator[str]:
        """Ids that a name can mean, which are paths; those in the page's own language first."""
        below = posixpath.dirname(self._post.id)
        inside = posixpath.dirname(below) if posixpath.basename(self._post.id).startswith("index.") else below
        paths = [name] if name.startswith("/") else [posixpath.join(below, name), posixpath.join(inside, name), name]
        for path in paths:
            bare = posixpath.normpath(path.strip("/"))
            for ending in _ENDINGS:
                whole = bare + ending
                stem, dot, last = whole.rpartition(".")
                if self._post.language and dot:
                    yield f"{stem}.{self._post.language}.{last}"
                yield whole

    def param(self, name: str) -> str | None:
        settings: Mapping[str, Any] = self._lookup.site.settings or {}
        front = self._post.front or {}
        for values in (front, front.get("params"), settings.get("params"), settings.get("Params")):
            found: Any = values
            for key in name.split("."):
                small = {str(key).lower(): value for key, value in found.items()} if isinstance(found, Mapping) else {}
                found = small.get(key.lower())
            if isinstance(found, str | int | float):
                return str(found)
        return None
