"""A source is read more than once: surveyed first, then item by item. What is read again has to be what was surveyed.

Two means, since each sees what the other does not. The *digest* of an item proves that its bytes are those that were
surveyed, whatever the file system tells: on other machines, too, and for a file whose time was set back. The *stamp* of
a file tells that something about it has changed, also outside of the items that are read again (a download that is
still growing), and that another file has taken its place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from converters.errors import ChangedSourceError, MissingSourceError, SourceError

if TYPE_CHECKING:
    from converters.plugin import SourceFile

_SIZE = 8
_INODE = 2**63 - 1
"""Some file systems of Windows number files with 128 bits."""


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """What the file system tells of a file. Times are in nanoseconds."""

    size: int
    modified: int
    inode: int
    """0 where there are none."""
    touched: int
    """When bytes, name or rights changed last. Nobody can set it back; backups and links change it, too."""

    def is_of(self, other: Stamp) -> bool:
        """Is it the same file with the same bytes, as far as can be told? Rights and further names do not matter."""
        return (self.size, self.modified, self.inode) == (other.size, other.modified, other.inode)


def stamp_of(file: Path | int) -> Stamp:
    """Of a path (links are followed) or an open file. Raises OSError."""
    status = file.stat() if isinstance(file, Path) else os.fstat(file)
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino & _INODE, status.st_ctime_ns)


def digest_of(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SIZE).digest()


def changed(name: str) -> ChangedSourceError:
    return ChangedSourceError(f"{name} changed while it was read. Run the same command again when it is complete.")


@contextmanager
def there(name: str) -> Iterator[None]:
    """Raises MissingSourceError for a file that is gone since it was surveyed."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingSourceError(
            f"{name} is not there any more. Put it back and run the same command again."
        ) from error


def check_digest(data: bytes, digest: bytes, name: str) -> bytes:
    """The data. Raises ChangedSourceError where they are not those with this digest; an empty one fits everything."""
    if digest and digest_of(data) != digest:
        raise changed(name)
    return data


def check_stamp(file: Path | int, stamp: Stamp | None, name: str) -> None:
    """Raises ChangedSourceError for a file that is not as it was, MissingSourceError for one that is gone."""
    with there(name):
        if stamp is not None and not stamp_of(file).is_of(stamp):
            raise changed(name)


def check_sources(sources: Sequence[SourceFile]) -> None:
    """Raises ChangedSourceError for the first that is not as it was."""
    for source in sources:
        check_stamp(Path(source.path), source.stamp, source.name)


def are_untouched(sources: Sequence[SourceFile]) -> bool:
    """Has nothing at all happened to the files, not even something that was undone?"""
    try:
        return all(source.stamp is None or stamp_of(Path(source.path)) == source.stamp for source in sources)
    except OSError:
        return False


@contextmanager
def unchanging(sources: Sequence[SourceFile]) -> Iterator[None]:
    """All that is read of the sources meanwhile is of one state. Raises ChangedSourceError when it is not, also where
    something else was thought to be wrong with them."""
    try:
        yield
    except (SourceError, OSError):
        check_sources(sources)
        raise
    check_sources(sources)


def file_name(source: SourceFile, path: str) -> str:
    """What the user calls a file below a source that is a folder."""
    return f"{source.name}/{path}" if path else source.name


class Digesting:
    """A binary file whose bytes are counted in a digest as they are read, for parsers that read by themselves."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest = file, blake2b(digest_size=_SIZE)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._digest.update(data)
        return data

    def digest(self) -> bytes:
        """Of the whole file, the part that was not asked for among it."""
        while self.read(1024 * 1024):
            pass
        return self._digest.digest()
