"""Pages of HTML: saved ones, whole static sites, and exports whose posts are HTML (Medium, Substack, Blogger)."""

from __future__ import annotations

from pathlib import Path

from converters.importers.html import file_kinds
from converters.importers.html.file_kinds import FileKind

_BLOGGER = (b"schemas.google.com/blogger", b"tag:blogger.com,1999:blog-")
_READ = frozenset({FileKind.PAGE, FileKind.MHTML, FileKind.WEBARCHIVE})


def recognizes(path: Path, head: bytes) -> bool:
    """See `converters.importers.base.Importer`. Here, so that a look at a file does not load the importer."""
    name = path.name if path.suffix not in (".part", ".member") else "page.html"
    return file_kinds.kind_of(name, head) in _READ or is_blogger(head)


def is_blogger(head: bytes) -> bool:
    return file_kinds.is_feed(head) and any(mark in head for mark in _BLOGGER)
