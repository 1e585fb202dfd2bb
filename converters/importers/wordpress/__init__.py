"""WordPress exports (WXR, the WordPress eXtended RSS format, versions 1.0 to 1.2), whoever wrote them."""

from __future__ import annotations

from pathlib import Path


def recognizes(path: Path, head: bytes) -> bool:
    """See `converters.importers.base.Importer`. Here, so that a look at a file does not load the importer."""
    wordpress = b"wordpress.org/export" in head or b"<wp:" in head
    return wordpress and (b"<rss" in head or b"<item" in head or b"<channel" in head)
