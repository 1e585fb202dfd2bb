"""Which files a source is, and what each of them holds: told by how it begins, since an archive may rename it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from converters.importers.json import FEED, FEED_FILE, INDEX_FILE, LINES_FILE, OWN, SITE_FILE, is_index, is_own
from converters.importers.json.scan import refuse
from converters.importers.shared.hidden import no_plain_file
from converters.model.notices import Log
from converters.plugin import SourceFile

_HEAD = 64 * 1024
HIDDEN = "not-public"
"""What the names of files begin with that hold what was not public."""
_FURTHER = re.compile(r"feed-(\d{1,9})\.json")
"""Further pages of a feed."""
_BESIDE = (SITE_FILE, FEED_FILE, LINES_FILE, f"{HIDDEN}.json", f"{HIDDEN}.jsonl", f"{HIDDEN}-media.jsonl")
_FOLDERS = ("posts", HIDDEN)
"""Of the layout that writes a file an item."""
_FIELDS = f"{HIDDEN}-fields.jsonl"


class Kind(IntEnum):
    """What a file holds, in the order in which they are read."""

    SITE = 0
    MEDIA = 1
    FIELDS = 2
    FEED = 3
    ITEMS = 4
    """One item, or several behind each other."""
    INDEX = 5
    """A list of files of items."""


class Place(NamedTuple):
    """A file of a source."""

    kind: Kind
    source: int
    path: str
    """Below the source, where that is a folder; beside it, where it is a file; empty for the source itself."""
    file: Path
    name: str
    """What the user calls it."""
    hidden: bool
    """It holds what was not public."""


def places_of(sources: Sequence[SourceFile], log: Log) -> list[Place]:
    """The files of all sources, each once. Raises SourceError for one that is no JSON object."""
    found: dict[Path, Place] = {}
    for number, source in enumerate(sources):
        for place in _of_source(number, source, log):
            found.setdefault(place.file.resolve(), place)
    return list(found.values())


def file_of(source: SourceFile, path: str) -> Path:
    """Where a file of a source is on this machine."""
    root = Path(source.path)
    return (root if root.is_dir() else root.parent) / path if path else root


def _of_source(number: int, source: SourceFile, log: Log) -> Iterator[Place]:
    root = Path(source.path)
    if root.is_dir():
        yield from _of_folder(number, source, root, log)
        return
    head = _head(root)
    refuse(source.name, head)
    name = PurePosixPath(source.name.replace("\\", "/")).name
    kind = _kind(head)
    if kind is not Kind.INDEX:
        yield Place(kind, number, "", root, source.name, _is_hidden(name))
    if root.name == name and (kind is Kind.INDEX or (FEED in head and OWN in head)):
        yield from _of_folder(number, source, root.parent, log)


def _of_folder(number: int, source: SourceFile, folder: Path, log: Log) -> Iterator[Place]:
    """What `--to json` wrote there; other files are none of a feed."""
    pages = sorted((file.name for file in folder.glob("feed-*.json") if _FURTHER.fullmatch(file.name)), key=_number)
    names = [*_BESIDE[:2], *pages, *_BESIDE[2:]]
    if not _is_plain(folder / FEED_FILE) and not _is_plain(folder / LINES_FILE):
        names += list(_listed(folder, log))
    for name in names:
        file = folder / name
        if file.is_symlink() or (file.exists() and no_plain_file(file)):
            log("source.skipped", name, where=no_plain_file(file))
        elif file.is_file() and (is_own(head := _head(file)) or FEED in head) and not is_index(head):
            called = f"{source.name}/{name}" if Path(source.path).is_dir() else name
            yield Place(_kind(head), number, name, file, called, _is_hidden(name))


def _listed(folder: Path, log: Log) -> Iterator[str]:
    """The items of the layout that writes a file each, in the order of its lists; then those that no list names."""
    seen: dict[str, None] = {}
    for name in (INDEX_FILE, f"{HIDDEN}.json"):
        if _is_plain(folder / name):
            try:
                rows = msgspec.json.decode((folder / name).read_bytes(), type=_Index).items
            except (msgspec.MsgspecError, RecursionError):
                log("json.field", "items", where=name)
                continue
            seen.update(dict.fromkeys(row.file for row in rows))
    below = {
        path.relative_to(folder).as_posix()
        for name in _FOLDERS
        if (folder / name).is_dir() and not (folder / name).is_symlink()
        for path in (folder / name).rglob("*.json")
    }
    yield from (name for name in seen if name in below)
    yield from sorted(below - seen.keys())


class _Row(msgspec.Struct):
    file: str = ""


class _Index(msgspec.Struct):
    items: list[_Row] = []


def _kind(head: bytes) -> Kind:
    if is_index(head):
        return Kind.INDEX
    if FEED in head[:1000] or (FEED in head and b'"items"' in head):
        return Kind.FEED
    if re.match(rb'\s*\{\s*"version"\s*:\s*\d', head):
        return Kind.SITE
    if OWN in head or b'"content_' in head:
        return Kind.ITEMS
    return Kind.FIELDS if re.match(rb'\s*\{\s*"id"\s*:\s*"[^"]*"\s*,\s*"extra"', head) else Kind.MEDIA


def _is_hidden(name: str) -> bool:
    return name.startswith(HIDDEN)


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _number(name: str) -> int:
    found = _FURTHER.fullmatch(name)
    return int(found[1]) if found else 0


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD)
