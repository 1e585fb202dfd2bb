"""JSON: what `--to json` writes, in each of its layouts, and JSON Feeds (https://www.jsonfeed.org/) of anybody."""

from __future__ import annotations

import re
from pathlib import Path

FEED = b"jsonfeed.org/version/"
OWN = b'"_postferry"'
FEED_FILE, LINES_FILE, INDEX_FILE, SITE_FILE = "feed.json", "posts.jsonl", "index.json", "site.json"
_FILES = (FEED_FILE, LINES_FILE, SITE_FILE)
_HEAD = 64 * 1024
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_ROW = re.compile(rb'\s*\{\s*"id"\s*:\s*"[^"]{1,200}"\s*,\s*"(?:extra"\s*:\s*\{|url"\s*:\s*"[^"]*"\s*,\s*"path")')
"""A line of the files that `--to json` writes beside the others: hidden fields, and files of the media library."""
_SITE = re.compile(rb'\s*\{\s*"version"\s*:\s*\d+\s*,.*"(?:base_url|assets|kinds)"\s*:', re.S)

_INDEX = re.compile(
    rb'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"items"\s*:\s*\[\s*(?:\]|\{\s*"id"\s*:[^{}]{0,2000}?"file"\s*:)'
)
"""The list of the layout that writes a file an item."""


def recognizes(path: Path, head: bytes) -> bool:
    """See `converters.importers.base.Importer`. Here, so that a look at a file does not load the importer.

    A folder is a source where it holds what `--to json` writes; a feed that lies beside pages of HTML belongs to them.
    """
    if not head:
        return path.is_dir() and any(is_own(_head(path / name)) for name in _FILES)
    if not _START.match(head):
        return False
    return is_own(head) or (FEED in head and not (path.parent / "index.html").is_file())


def is_own(head: bytes) -> bool:
    """Does a file begin like one that `--to json` writes?"""
    return OWN in head or is_index(head) or any(form.match(head) for form in (_ROW, _SITE))


def is_index(head: bytes) -> bool:
    """Does a file begin like a list of files of items?"""
    return _INDEX.match(head) is not None


def _head(path: Path) -> bytes:
    try:
        if path.is_symlink() or not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""
