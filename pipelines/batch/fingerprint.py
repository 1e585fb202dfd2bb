"""What a site was made of, in one digest: a site whose digests are the same would come out the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any

import msgspec

from pipelines.remote.address import is_remote

_SIZE = 20
_READ = 4 << 30
"""Bytes of the largest file that is read for it; a larger one is told by size and time. Files may be mostly holes."""


def of_sources(names: Sequence[str]) -> str:
    """Of all files behind the names, and of what they are called below a folder; read in pieces."""
    digest = blake2b(digest_size=_SIZE)
    for name in names:
        if is_remote(name):
            from pipelines.remote.fetch import fingerprint

            _put(digest, b"address", fingerprint(name))
            continue
        path = Path(name)
        _put(digest, b"source", path.name.encode(errors="surrogateescape"))
        for inside, file in _files(path):
            _put(digest, inside.encode(errors="surrogateescape"), _content(file))
    return digest.hexdigest()


def of_options(shown: dict[str, Any], values: dict[str, Any]) -> str:
    """Of the options as written, and of the files that they name: rules, classes, the folder media are copied from."""
    digest = blake2b(digest_size=_SIZE)
    _put(digest, b"options", msgspec.json.encode(shown, order="sorted"))
    for key in ("from", "to"):
        module, _, _ = str(values.get(key, "")).rpartition(":")
        if module and Path(module).is_file():
            _put(digest, key.encode(), _content(Path(module)))
    if values.get("rules"):
        _put(digest, b"rules", _content(Path(values["rules"])))
    way, _, folder = str(values.get("media", "")).partition(":")
    if way == "copy":  # by size and time: all pictures of a site are too much to be read each time
        for inside, file in _files(Path(folder)):
            status = file.lstat()
            _put(digest, inside.encode(errors="surrogateescape"), f"{status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def size(names: Sequence[str]) -> int:
    """Bytes of all files behind the names; what cannot be looked at counts nothing."""
    try:
        here = (Path(name) for name in names if not is_remote(name))
        return sum(file.lstat().st_size for path in here for _, file in _files(path))
    except OSError:
        return 0


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """(name below the folder or pattern, file), sorted; links as they are."""
    if path.is_file():
        yield "", path
    elif path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_symlink() and file.is_dir():  # what it leads to is looked at, once
                inside = (inner for inner in sorted(file.rglob("*")) if inner.is_file())
                yield from ((inner.relative_to(path).as_posix(), inner) for inner in inside)
            elif file.is_symlink() or file.is_file():
                yield file.relative_to(path).as_posix(), file
    elif not path.exists():
        start = Path(path.anchor or ".")
        for file in sorted(start.glob(str(path.relative_to(path.anchor)))):
            if file.is_file():
                yield str(file.relative_to(_fixed(path))), file


def _fixed(pattern: Path) -> Path:
    """The part of a pattern before its first mark."""
    parts = pattern.parts
    end = next((place for place, part in enumerate(parts) if any(mark in part for mark in "*?[")), len(parts) - 1)
    return Path(*parts[:end])


def _content(file: Path) -> bytes:
    if file.is_symlink() and not file.is_file():  # to nothing, or to a pipe or a device, which may have no end
        return b"link " + os.fsencode(file.readlink())
    status = file.stat()
    if status.st_size > _READ:
        return f"{status.st_size} {status.st_mtime_ns}".encode()
    with file.open("rb") as opened:
        return file_digest(opened, lambda: blake2b(digest_size=_SIZE)).digest()


def _put(digest: blake2b, *parts: bytes) -> None:
    """With their lengths, so that no two lists of parts give the same."""
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
