"""The gate to the disk: all that is read, written, renamed, removed or locked below an output folder goes this way.

Every path is judged by `judged`, wherever it comes from: a source, a record of an earlier run, a list on a server. Each
folder on the way is opened one by one and never through a link; only plain files are opened; a file is written beside
its place and renamed, so that no other name of it (a hard link) changes. Whatever else stands at a place, such as a
link, a pipe or a device, is `ODD`: callers name it and leave it alone.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import BinaryIO

from converters.errors import DiskError, OutputError
from pipelines.output.held_folder import FOLDER as FOLDER
from pipelines.output.held_folder import READ, UPDATE_ANEW, HeldFolder, beside, fill, is_link, is_plain, part_of
from pipelines.output.held_folder import LinkError as LinkError
from pipelines.output.held_folder import PathError as PathError
from pipelines.output.held_folder import is_own as is_own

ODD = b""
"""The digest of what is no plain file."""
_UNSAFE = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\x00-\x1f\x7f-\x9f\\]" + ("|:" if os.name == "nt" else ""))
_FULL = {errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG}
_NO_NAME = {errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL}
"""What a system says of a name that no file can have."""
_AT_ONCE = 8
"""Folders that are held open: exporters write folder by folder."""
_CHUNK = 1024 * 1024
_LARGE = 64 * _CHUNK
_DEEP = 40
"""Folders in one another that our own may hold."""
_MOST_READ = 1 << 30
"""Bytes of the largest file that is read as a whole."""


def is_safe(path: str) -> bool:
    """Is it relative, below the folder, and the same on every system? Of whatever records and sources may hold."""
    return _UNSAFE.search(path) is None


class OutputFolder:
    """A folder that exists. Paths are relative, with `/`. Methods raise OSError for what the disk says, PathError for a
    path that leads out, LinkError where a folder on the way is a link; those that only look take both for nothing.
    """

    def __init__(self, root: Path) -> None:
        self.name, self.root = root, root.resolve(strict=True)
        self._held: dict[str, HeldFolder] = {"": HeldFolder.at(str(self.root))}
        self._in_use: list[str] = []

    def judged(self, path: str) -> str:
        """The one place that every path passes. Raises PathError."""
        if not is_safe(path):
            raise PathError(f"{path!r} would not be in {self.name}. Please report this.")
        return path

    def full(self, path: str) -> str:
        """The path on the disk; for messages, and for libraries that open files themselves."""
        return f"{self.root}{os.sep}{self.judged(path).replace('/', os.sep)}"

    # Folders

    def _folder(self, path: str, *, make: bool = False) -> HeldFolder:
        """Raises FileNotFoundError where it is not there and not to be made."""
        found = self._held.get(path)
        if found is not None:
            return found
        above, _, name = path.rpartition("/")
        folder = self._folder(above, make=make)
        if make:
            with suppress(FileExistsError):
                folder.make(name)
        try:
            found = folder.enter(name)
        except OSError as error:
            seen = folder.look(name)
            if seen is not None and is_link(seen):
                raise LinkError(
                    f"{self.name / path} is a link to another place. Remove it, or write elsewhere."
                ) from error
            raise
        self._hold(path, found)
        return found

    def _hold(self, path: str, folder: HeldFolder) -> None:
        if len(self._held) > _AT_ONCE:
            needed = [f"{each}/" for each in (path, *self._in_use)]
            idle = (name for name in self._held if name and not any(each.startswith(f"{name}/") for each in needed))
            first = next(idle, "")
            if first:
                self._let_go(first)
        self._held[path] = folder

    def _let_go(self, path: str) -> None:
        for name in [name for name in self._held if name == path or name.startswith(f"{path}/")]:
            self._held.pop(name).close()

    def _place(self, path: str, *, make: bool = False) -> tuple[HeldFolder, str]:
        above, _, name = self.judged(path).rpartition("/")
        return self._folder(above, make=make), name

    @contextmanager
    def _using(self, path: str, *, make: bool = False) -> Iterator[tuple[HeldFolder, str]]:
        """The same, which stays held while others are."""
        place = self._place(path, make=make)
        self._in_use.append(path.rpartition("/")[0])
        try:
            yield place
        finally:
            self._in_use.pop()

    def _seen(self, path: str) -> tuple[HeldFolder | None, str, os.stat_result | None]:
        """The folder, the name in it, and what stands there; nothing where a link or a file is on the way."""
        try:
            folder, name = self._place(path)
            return folder, name, folder.look(name)
        except (FileNotFoundError, NotADirectoryError, PathError, LinkError):
            return None, "", None
        except OSError as error:
            if error.errno in _NO_NAME:
                return None, "", None
            raise

    def make(self, path: str) -> None:
        """Make a folder of our own, and those above it. Raises OutputError where something else is there."""
        with self._instead_of_folder(path):
            self._folder(self.judged(path), make=True)

    @contextmanager
    def _instead_of_folder(self, path: str) -> Iterator[None]:
        try:
            yield
        except NotADirectoryError as error:
            raise OutputError(
                f"{self.name / path} is no folder, but files on their way are kept in one of this name. Remove it, "
                "or write elsewhere."
            ) from error

    def names(self, path: str = "") -> list[str]:
        """What is in a folder, sorted; nothing where there is no such folder."""
        try:
            return self._folder(self.judged(path) if path else "").names()
        except (FileNotFoundError, NotADirectoryError, PathError, LinkError):
            return []

    # Looking

    def size(self, path: str) -> int | None:
        """Bytes of a plain file; None for all else."""
        seen = self._seen(path)[2]
        return seen.st_size if seen is not None and is_plain(seen) else None

    def stamp(self, path: str) -> tuple[int, int] | None:
        """(bytes, time) of a plain file; None for all else."""
        seen = self._seen(path)[2]
        return (seen.st_size, seen.st_mtime_ns) if seen is not None and is_plain(seen) else None

    def is_odd(self, path: str) -> bool:
        """Is something there that is no plain file, or does the way there lead through a link?"""
        try:
            folder, name = self._place(path)
            seen = folder.look(name)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except (LinkError, PathError):
            return True
        return seen is not None and not is_plain(seen)

    def digest(self, path: str) -> bytes | None:
        """16 bytes of BLAKE2b; None for nothing, ODD for what is no plain file, mostly a hole, or behind a link."""
        try:
            folder, name = self._place(path)
            seen = folder.look(name)
            if seen is None:
                return None
            if _is_hollow(seen):
                return ODD
            file = folder.open(name, READ)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except LinkError:
            return ODD
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EISDIR):
                return ODD
            if error.errno in _NO_NAME:
                return None
            raise
        with open(file, "rb", buffering=0) as opened:
            return file_digest(opened, lambda: blake2b(digest_size=16)).digest()

    def last_byte(self, path: str) -> bytes:
        """Of a plain file; nothing where there is none."""
        try:
            with self.open(path) as file:
                file.seek(-1, os.SEEK_END)
                return file.read(1)
        except (OSError, OutputError):
            return b""

    def open(self, path: str) -> BinaryIO:
        """To read. Raises OSError for what is no plain file."""
        folder, name = self._place(path)
        return open(folder.open(name, READ), "rb")

    def read(self, path: str) -> bytes | None:
        """All of a plain file of bearable size; None for all else."""
        seen = self._seen(path)[2]
        if seen is None or not is_plain(seen) or seen.st_size > _MOST_READ or _is_hollow(seen):
            return None
        try:
            with self.open(path) as file:
                return file.read(_MOST_READ)
        except (OSError, OutputError):
            return None

    def is_cut(self, path: str, chunks: Iterable[bytes]) -> bool:
        """Is a plain file only the beginning of these bytes, with or without zeros behind it? Without any bytes: is it
        empty, or all zeros?"""
        with self.open(path) as file:
            for chunk in chunks:
                there = file.read(len(chunk))
                if there != chunk:
                    return chunk.startswith(there.rstrip(b"\0")) and _only_zeros(file)
            return _only_zeros(file)

    def refuse_link(self, path: str) -> None:
        """Raises LinkError where a folder on the way is a link."""
        self._place(path)

    # Writing

    def write(self, path: str, chunks: Iterable[bytes]) -> None:
        """Whole, or not at all: an error leaves what was there. Over a plain file only."""
        with self._using(path, make=True) as (folder, name):
            seen = folder.look(name)
            if seen is not None and not is_plain(seen):
                raise FileExistsError(errno.EEXIST, "what is there is no plain file", self.full(path))
            with beside(folder, name, str(self.name / path)) as file:
                fill(file, chunks)

    def spool(self, path: str) -> BinaryIO:
        """A new file to write and read again. Raises OSError where one is."""
        folder, name = self._place(path, make=True)
        return open(folder.open(name, UPDATE_ANEW), "w+b")

    def move(self, path: str, goal: str) -> None:
        """Move a plain file to another place, over one that is there."""
        with self._using(path) as (folder, name):
            os.close(folder.open(name, READ))
            folder.replace(name, *self._place(goal, make=True))

    def remove(self, path: str) -> bool:
        """Remove a plain file; False when none is there."""
        folder, name, seen = self._seen(path)
        if folder is None or not is_plain(seen):
            return False
        folder.unlink(name)
        return True

    def remove_part(self, path: str) -> None:
        """Remove what a run was writing for this path when it was killed."""
        above, mark, name = path.rpartition("/")
        self.remove(f"{above}{mark}{part_of(name)}")

    def remove_empty(self, path: str) -> None:
        """Remove the folder of a file, and those above it, as far as they are empty; never the root."""
        above = self.judged(path).rpartition("/")[0]
        while above:
            self._let_go(above)
            higher, _, name = above.rpartition("/")
            try:
                self._folder(higher).rmdir(name)
            except (OSError, LinkError):  # something is in it, or it is a link
                return
            above = higher

    def clear(self, path: str) -> None:
        """Remove a folder of our own with all that is in it; of links, only the links. Raises LinkError for a link, and
        OutputError for something else."""
        self._let_go(path)
        with suppress(FileNotFoundError), self._instead_of_folder(path):
            folder, name = self._place(path)
            _emptied(self._folder(path))
            self._let_go(path)
            folder.rmdir(name)

    def unshare(self, path: str, most: int) -> None:
        """Make a file of our own that is changed in its place one without another name, as hard links give it; one of
        more bytes than `most` is removed."""
        seen = self._seen(path)[2]
        if seen is not None and is_plain(seen) and seen.st_size > most:
            self.remove(path)
        elif seen is not None and is_plain(seen) and seen.st_nlink > 1:
            with self.open(path) as old:
                self.write(path, iter(lambda: old.read(_CHUNK), b""))

    # Our own records

    def check_own(self) -> None:
        """Raises LinkError or OutputError where something in our own folder is no plain file and no folder."""
        if self._folder("").look(FOLDER) is None:
            return
        folder = self._folder(FOLDER)
        for name in folder.names():
            seen = folder.look(name)
            if seen is not None and not is_plain(seen) and (is_link(seen) or not stat.S_ISDIR(seen.st_mode)):
                where = self.name / FOLDER / name
                if is_link(seen):
                    raise LinkError(f"{where} is a link to another place. Remove it, or write elsewhere.")
                raise OutputError(f"{where} is no plain file. Remove it, or write elsewhere.")

    def is_ours(self) -> bool:
        """Has a run written here?"""
        return self.size(f"{FOLDER}/state.db") is not None

    def sync(self) -> None:
        """All that was written is on the disk."""
        self._folder("").sync_all()

    def sync_names(self, path: str) -> None:
        """The name of a file, and those of the folders above it, are on the disk."""
        while path:
            path = path.rpartition("/")[0]
            self._folder(path).sync()

    def close(self) -> None:
        while self._held:
            self._held.popitem()[1].close()


def output_error(error: OSError, path: Path) -> OutputError:
    """What the disk says of an output folder, and what to do about it."""
    if error.errno in _FULL:
        return disk_error(error, path)
    return OutputError(f"{path} cannot be written: {error.strerror or error}. Choose another folder with --output.")


def disk_error(error: OSError, path: Path) -> DiskError:
    reason = error.strerror or error
    return DiskError(f"{path} cannot be written: {reason}. Free some space and run the same command again.")


def _only_zeros(file: BinaryIO) -> bool:
    return not any(chunk.strip(b"\0") for chunk in iter(lambda: file.read(_CHUNK), b""))


def _is_hollow(seen: os.stat_result) -> bool:
    """Is it large and almost nothing of it on the disk? Nobody waits for its end, and none of ours is like that."""
    return seen.st_size > _LARGE and getattr(seen, "st_blocks", seen.st_size) * 512 < seen.st_size // 64


def _emptied(folder: HeldFolder, depth: int = 0) -> None:
    if depth > _DEEP:
        raise OutputError(f"{folder.path} is nested too deeply. Remove it, or write elsewhere.")
    for name in folder.names():
        seen = folder.look(name)
        if seen is not None and stat.S_ISDIR(seen.st_mode) and not is_link(seen):
            inner = folder.enter(name)
            try:
                _emptied(inner, depth + 1)
            finally:
                inner.close()
            folder.rmdir(name)
        elif seen is not None:
            folder.unlink(name)
