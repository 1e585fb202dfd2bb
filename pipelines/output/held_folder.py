"""One folder that is held while files in it are touched: by its descriptor where the system has such calls, else by its
path, each step of which was looked at. Nothing here follows a link.

See openat(2) and O_NOFOLLOW in open(2). Windows has no calls relative to a folder: there, what stands at a name is
looked at right before it is used, so that only somebody who changes it in that moment gets through.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

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
