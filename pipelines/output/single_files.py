"""Single files: written beside their places and renamed, opened only where they are plain, and the files of locks. What
an output folder needs of it goes by way of `output_folder.py`; reports and locks may be elsewhere."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from converters.errors import OutputError
from pipelines.output.held_folder import (
    ANEW,
    APPEND,
    READ,
    UPDATE,
    UPDATE_ANEW,
    HeldFolder,
    held,
    is_link,
    is_plain,
)

FOLDER = ".postferry"
"""The folder of our own records in an output."""
PART = ".postferry-part"
"""The end of the name under which a file is written, to be moved to its place when it is whole."""


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


def fresh(path: Path) -> BinaryIO:
    """A new file of our own, in place of one that a run has left: see `HeldFolder.open`."""
    with held(str(path.parent)) as folder:
        if folder.look(path.name) is not None:
            folder.unlink(path.name)
        return open(folder.open(path.name, ANEW), "wb")


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
