"""The start layouts that come with a new site: no theme to download, no plug-in, no request to anywhere.

A theme of the user's own takes over when `_layouts/`, `_includes/` and `assets/` are emptied. Nothing in the content
depends on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files as resources
from importlib.resources.abc import Traversable

from converters.exporters.site import look

_OWN = (".py", ".pyc")


def files() -> Iterator[tuple[str, bytes]]:
    """(path in the site, bytes) of every file."""
    yield from _walk(resources(__name__), "")
    yield f"assets/{look.NAME}", look.stylesheet()


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _walk(entry, f"{path}{entry.name}/")
        elif entry.is_file() and not entry.name.endswith(_OWN):
            yield f"{path}{entry.name}", entry.read_bytes()
