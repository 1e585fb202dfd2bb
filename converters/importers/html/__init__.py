"""Pages of HTML: saved ones, whole static sites, and exports whose posts are HTML (Medium, Substack, Blogger)."""

from __future__ import annotations

from pathlib import Path

from converters.importers.html.page import looks_like_page

_BLOGGER = (b"schemas.google.com/blogger", b"tag:blogger.com,1999:blog-")


def recognizes(path: Path, head: bytes) -> bool:
    """See `converters.importers.base.Importer`. Here, so that a look at a file does not load the importer."""
    name = path.name if path.suffix not in (".part", ".member") else "page.html"
    return looks_like_page(name, head) or is_blogger(head)


def is_blogger(head: bytes) -> bool:
    return b"<feed" in head and any(mark in head for mark in _BLOGGER)
