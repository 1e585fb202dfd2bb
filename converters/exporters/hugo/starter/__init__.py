"""The start layouts that come with a new site: no theme to download, no script, no request to anywhere.

They stand in `layouts/` and `static/` of the site; a theme of the user's own takes over when these folders are emptied.
Nothing in the content depends on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files as resources
from importlib.resources.abc import Traversable

from converters.exporters.site import look


def files() -> Iterator[tuple[str, bytes]]:
    """(path in the site, bytes) of every file, in the order of their paths."""
    yield from _walk(resources(__name__).joinpath("layouts"), "layouts")
    yield f"static/{look.NAME}", look.stylesheet()


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _walk(entry, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry.read_bytes()
