"""What is taken for a WordPress export. Apart from the importer, so that a look at a file does not load all of it."""

from __future__ import annotations

from pathlib import Path


def recognizes(path: Path, head: bytes) -> bool:
    """See `converters.plugin.Importer`."""
    wordpress = b"wordpress.org/export" in head or b"<wp:" in head
    return wordpress and (b"<rss" in head or b"<item" in head or b"<channel" in head)
