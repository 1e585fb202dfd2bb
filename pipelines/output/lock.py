"""One run at a time on a folder that may be written: a lock of the system on a file in `.postferry`, which ends with
the process.

The kernel lets go of it when its holder ends, however it ends; what stands in the file only says who that is. On
Windows, and on file systems without such locks, runs are not kept apart.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Annotated

import msgspec

from converters.errors import CrashingSourceError, LockedError, OutputError
from pipelines.output.held_folder import leave_nothing, remove_lock, to_lock
from pipelines.output.output_folder import FOLDER, OutputFolder, output_error

if sys.platform != "win32":
    import fcntl

_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}


@contextmanager
def held(path: Path, what: str) -> Iterator[bool]:
    """Hold the lock at `path`, whose folder is made, on `what`. Yields whether its last holder ended all at once, or
    with CrashingSourceError: then the file is still there.

    Raises LockedError, which says who holds it, when another run does; OSError when the file cannot be made.
    """
    file = _taken(path, what)
    crashed = os.fstat(file).st_size > 0
    try:
        _introduce(file)
        yield crashed
        _leave(file, path)
    except BaseException as error:
        if isinstance(error, CrashingSourceError):
            os.close(file)
        else:
            _leave(file, path)
        raise


def _leave(file: int, path: Path) -> None:
    with suppress(OSError):  # while it is held: who opens it from now on finds that it is gone, and begins anew
        remove_lock(path)
    os.close(file)


def _taken(path: Path, what: str) -> int:
    while True:
        file = to_lock(path)
        if not _lock(file):
            who = _holder(file)
            os.close(file)
            raise LockedError(f"{what} is in use by another run{who}. Try again when it has ended.")
        if _is_at(file, path):
            return file
        os.close(file)  # its holder ended between our opening it and our locking it, and took it away


def _lock(file: int) -> bool:
    """False when another holds it; True when we do, or where there are no locks."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in _HELD
    return True


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.lstat())
    except FileNotFoundError:
        return False


class LockHolder(msgspec.Struct, frozen=True):
    """The run that holds a lock, as it has introduced itself in the lock's file."""

    pid: Annotated[int, msgspec.Meta(ge=0, le=(1 << 31) - 1)] = 0
    host: Annotated[str, msgspec.Meta(max_length=255)] = ""
    since: Annotated[str, msgspec.Meta(max_length=40)] = ""

    def __str__(self) -> str:
        """For the end of a sentence; empty for one that nothing is known of."""
        return f": process {self.pid} on {self.host}, since {self.since}" if self.host else ""


def this_process() -> LockHolder:
    return LockHolder(os.getpid(), socket.gethostname(), time.strftime("%Y-%m-%d %H:%M:%S %z"))


def _introduce(file: int) -> None:
    with suppress(OSError):  # only information: a full disk is the business of whoever writes files
        os.ftruncate(file, 0)
        os.pwrite(file, msgspec.json.encode(this_process()), 0)


def _holder(file: int) -> LockHolder:
    try:
        return msgspec.json.decode(os.pread(file, 4096, 0), type=LockHolder)
    except (OSError, msgspec.MsgspecError, RecursionError):  # it has not introduced itself yet, or is none of ours
        return LockHolder()


@contextmanager
def claimed(output: Path, *, force: bool = False) -> Iterator[bool]:
    """The folder is made, and no other run writes there while this lasts; when nothing was written, it is gone again.
    Yields whether the last run there ended all at once, see `held`.

    Raises LockedError when another run is at it, OutputError when it is not empty and none of ours, or cannot be made.
    """
    if output.exists() and not output.is_dir():
        raise OutputError(f"{output} is a file. Name a folder with --output.")
    there = output.exists()
    with ExitStack() as stack:
        try:
            if there:
                folder = stack.enter_context(closing(OutputFolder(output)))
                folder.check_own()
                if not force and not folder.is_ours() and any(name != FOLDER for name in folder.names()):
                    raise OutputError(f"{output} holds files that are not ours. Name another folder, or add --force.")
            stack.callback(_leave_nothing, output, there=there)
            crashed = stack.enter_context(held(output / FOLDER / "lock", str(output)))
        except OSError as error:
            raise output_error(error, output) from error
        yield crashed


def _leave_nothing(output: Path, *, there: bool) -> None:
    """Take empty folders away that the lock has made."""
    with suppress(OSError, OutputError):
        leave_nothing(output, whole=not there)


def refuse_inside(output: Path, sources: Sequence[str]) -> None:
    """Raises OutputError when the output lies in a source folder, or is one."""
    target = output.resolve()
    for source in sources:
        folder = Path(source).resolve()
        if folder.is_dir() and (target == folder or folder in target.parents):
            raise OutputError(f"{output} lies inside the source {source}. Choose another folder with --output.")
