"""Files that come with the program: templates of targets, and one stylesheet for all starter themes.

A starter theme needs no download, no script and no request to anywhere. A theme of the user's own takes over when its
folders are emptied; nothing in the content depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


def templates(package: str, folder: str, below: str = "") -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file of a package's folder, in the order of names; `below` is put before the paths."""
    yield from _walk(files(package).joinpath(folder), below)


def stylesheet(folder: str) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of the stylesheet of starter themes, in the site's folder of files that are published."""
    yield f"{folder}/start.css", files(__name__).joinpath("start.css").read_bytes()


def _walk(folder: Traversable, below: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _walk(entry, f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry.read_bytes()
