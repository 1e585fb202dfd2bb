"""One folder that is held while files in it are touched: by its descriptor where the system has such calls, else by its
path, each step of which was looked at. Nothing here follows a link.

See openat(2) and O_NOFOLLOW in open(2). Windows has no calls relative to a folder: there, what stands at a name is
looked at right before it is used, so that only somebody who changes it in that moment gets through.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from converters.errors import OutputError

BY_DESCRIPTOR = (
    {os.open, os.stat, os.unlink, os.mkdir, os.rmdir, os.rename} <= os.supports_dir_fd
    and os.listdir in os.supports_fd
    and hasattr(os, "O_NOFOLLOW")
    and hasattr(os, "O_DIRECTORY")
)
_ALWAYS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_REPARSE = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400)
READ, ANEW = os.O_RDONLY, os.O_WRONLY | os.O_CREAT | os.O_EXCL
UPDATE_ANEW, UPDATE, APPEND = os.O_RDWR | os.O_CREAT | os.O_EXCL, os.O_RDWR, os.O_WRONLY | os.O_APPEND
FOLDER = ".postferry"
"""The folder of our own records in an output."""
PART = ".postferry-part"
"""The end of the name under which a file is written, to be moved to its place when it is whole."""


class HeldFolder:
    """A folder. Each method takes one name in it; all raise OSError."""

    def __init__(self, path: str, descriptor: int | None) -> None:
        self.path, self._descriptor = path, descriptor

    @classmethod
    def at(cls, path: str) -> HeldFolder:
        """The folder at a path that the user named: links in it are the user's."""
        if not BY_DESCRIPTOR:
            path = os.path.realpath(path)
            if not os.path.isdir(path):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
            return cls(path, None)
        return cls(path, os.open(path, _FOLDER))

    def enter(self, name: str) -> HeldFolder:
        """A folder in it. Raises NotADirectoryError for a link, whatever it leads to."""
        path = f"{self.path}{os.sep}{name}"
        if self._descriptor is not None:
            return HeldFolder(path, os.open(name, _FOLDER | _ALWAYS, dir_fd=self._descriptor))
        seen = os.lstat(path)
        if is_link(seen) or not stat.S_ISDIR(seen.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        return HeldFolder(path, None)

    def _at(self, name: str) -> str:
        return name if self._descriptor is not None else f"{self.path}{os.sep}{name}"

    def look(self, name: str) -> os.stat_result | None:
        """What stands there itself; None for nothing."""
        try:
            return os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def open(self, name: str, flags: int) -> int:
        """A descriptor of a plain file. Raises OSError(ELOOP) for whatever is none: it is not opened, or not kept."""
        if not flags & os.O_EXCL:  # to open a device may do something already
            _refuse_odd(os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False), name)
        file = os.open(self._at(name), flags | _ALWAYS | _NO_WAIT, 0o666, dir_fd=self._descriptor)
        if flags & os.O_EXCL:
            return file
        try:
            _refuse_odd(os.fstat(file), name)
        except OSError:
            os.close(file)
            raise
        return file

    def make(self, name: str) -> None:
        os.mkdir(self._at(name), dir_fd=self._descriptor)

    def unlink(self, name: str) -> None:
        os.unlink(self._at(name), dir_fd=self._descriptor)

    def rmdir(self, name: str) -> None:
        """Raises OSError where it is not empty, or no folder."""
        os.rmdir(self._at(name), dir_fd=self._descriptor)

    def replace(self, name: str, folder: HeldFolder, goal: str) -> None:
        """Move a file to a place in that folder, over a file that is there."""
        os.replace(self._at(name), folder._at(goal), src_dir_fd=self._descriptor, dst_dir_fd=folder._descriptor)

    def names(self) -> list[str]:
        return sorted(os.listdir(self.path if self._descriptor is None else self._descriptor))

    def sync(self) -> None:
        """What was made, renamed and removed in it is on the disk. File systems without such a call have no need."""
        if self._descriptor is not None:
            try:
                os.fsync(self._descriptor)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                    raise

    def sync_all(self) -> None:
        """All that was written on its file system is on the disk."""
        if (self._descriptor is None or not _syncfs(self._descriptor)) and hasattr(os, "sync"):
            os.sync()

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)


@contextmanager
def held(path: str) -> Iterator[HeldFolder]:
    """See `HeldFolder.at`."""
    folder = HeldFolder.at(path)
    try:
        yield folder
    finally:
        folder.close()


def is_link(seen: os.stat_result) -> bool:
    """Also Windows' junctions, which are no links to Python."""
    return stat.S_ISLNK(seen.st_mode) or bool(getattr(seen, "st_file_attributes", 0) & _REPARSE)


def is_plain(seen: os.stat_result | None) -> bool:
    return seen is not None and stat.S_ISREG(seen.st_mode) and not is_link(seen)


def _refuse_odd(seen: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(seen.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    if not is_plain(seen):
        raise OSError(errno.ELOOP, "it is no plain file", name)


def _syncfs(descriptor: int) -> bool:
    """syncfs(2) of Linux: one file system, however many files; sync(2) would wait for all disks. False without it."""
    try:
        import ctypes

        call = ctypes.CDLL(None, use_errno=True).syncfs
    except (ImportError, AttributeError, OSError, TypeError):
        return False
    if call(descriptor) != 0:
        number = ctypes.get_errno()
        if number not in (errno.EIO, errno.ENOSPC, errno.EDQUOT):  # not there, or not allowed
            return False
        raise OSError(number, os.strerror(number))
    return True


class PathError(OutputError):
    """A path that would lead out of the output folder."""


class LinkError(OutputError):
    """A link stands where a folder should be."""


def is_own(path: str) -> bool:
    """Is it in our own folder? In any case, as some file systems have it."""
    return path.partition("/")[0].casefold() == FOLDER


def part_of(name: str) -> str:
    return f"{name[:60]}{PART}"


def fill(file: int, chunks: Iterable[bytes]) -> None:
    """Bare system calls: a site has many small files, and buffers double what each costs."""
    for chunk in chunks:
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(file, rest) :]


@contextmanager
def beside(folder: HeldFolder, name: str, shown: str) -> Iterator[int]:
    """A new file, which comes to stand at its place when this ends well, and is gone when it does not."""
    part = part_of(name)
    try:
        file = folder.open(part, ANEW)
    except FileExistsError:
        if not is_plain(folder.look(part)):
            raise OutputError(f"{shown}: {part} in its folder is no plain file. Remove it.") from None
        folder.unlink(part)  # of a run that was killed
        file = folder.open(part, ANEW)
    try:
        try:
            yield file
        finally:
            os.close(file)
        folder.replace(part, folder, name)
    except BaseException:  # a disk that is full, or a second Ctrl-C
        with suppress(OSError):
            folder.unlink(part)
        raise


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file in place of the one that the user named, once it is whole and on the disk. A link there is replaced,
    and nothing is written through it. Raises OutputError where a folder, a pipe or a device is there, and OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with held(str(path.parent)) as folder:
        seen = folder.look(path.name)
        if seen is not None and not is_plain(seen) and not is_link(seen):
            raise OutputError(f"{path} is no plain file. Remove it, or name another place with --report.")
        with beside(folder, path.name, str(path)) as file, open(file, "wb", closefd=False) as opened:
            yield opened
            opened.flush()
            os.fsync(file)
        folder.sync()


def opened(path: Path) -> BinaryIO:
    """To read a file of ours that may be at a place the user named. Raises OSError for what is no plain file."""
    with held(str(path.parent)) as folder:
        return open(folder.open(path.name, READ), "rb")


def more(path: Path) -> FileIO:
    """A file of our own to write more to its end, made where there is none. One with another name (a hard link) is
    refused with OSError, as is what is no plain file."""
    with held(str(path.parent)) as folder:
        seen = folder.look(path.name)
        file = folder.open(path.name, ANEW if seen is None else APPEND)
        if seen is not None and seen.st_nlink > 1:
            os.close(file)
            raise OSError(errno.EMLINK, "it has another name", str(path))
        return FileIO(file, "ab")


def to_lock(path: Path) -> int:
    """The descriptor of a file to be locked, made where there is none; its folder is made as well. Raises OSError where
    a link or anything else is there, or a file that has another name."""
    if is_own(path.parent.name) and path.parent.is_symlink():
        raise LinkError(f"{path.parent} is a link to another place. Remove it, or write elsewhere.")
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with held(str(path.parent)) as folder:
                seen = folder.look(path.name)
                file = folder.open(path.name, UPDATE_ANEW if seen is None else UPDATE)
        except (FileNotFoundError, FileExistsError):
            continue  # a run that wrote nothing took the folder away again, or another one has just made the file
        if os.fstat(file).st_nlink > 1:
            os.close(file)
            raise OSError(errno.EMLINK, "it has another name (a hard link); remove it", str(path))
        return file


def remove_lock(path: Path) -> None:
    """Raises OSError."""
    with held(str(path.parent)) as folder:
        folder.unlink(path.name)


def leave_nothing(root: Path, *, whole: bool) -> None:
    """Remove our own folder where it is empty, and then, if asked to, the output. Raises OSError where one is not."""
    with held(str(root)) as folder:
        folder.rmdir(FOLDER)
    if whole:
        with held(str(root.parent)) as above:
            above.rmdir(root.name)
