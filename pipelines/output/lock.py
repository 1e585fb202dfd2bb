"""One run at a time on a folder: a lock of the system on a file in `.postferry`, which ends with the process.

The kernel lets go of it when its holder ends, however it ends; what stands in the file only says who that is. On
Windows, and on file systems without such locks, runs are not kept apart.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import msgspec

from converters.errors import LockedError
from pipelines.output.single_files import remove_lock, to_lock

if sys.platform != "win32":
    import fcntl

_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}


@contextmanager
def held(path: Path, what: str) -> Iterator[None]:
    """Hold the lock at `path`, whose folder is made, on `what`.

    Raises LockedError, which says who holds it, when another run does; OSError when the file cannot be made.
    """
    file = _taken(path, what)
    try:
        _introduce(file)
        yield
    finally:
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


def _introduce(file: int) -> None:
    since = time.strftime("%Y-%m-%d %H:%M:%S %z")
    with suppress(OSError):  # only information: a full disk is the business of whoever writes files
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}).encode(), 0)


def _holder(file: int) -> str:
    try:
        told = msgspec.json.decode(os.pread(file, 4096, 0), type=_Holder)
    except (OSError, msgspec.MsgspecError, RecursionError):  # it has not introduced itself yet, or is none of ours
        return ""
    return f": process {told.pid} on {told.host}, since {told.since}"


class _Holder(msgspec.Struct, frozen=True):
    pid: int
    host: Annotated[str, msgspec.Meta(max_length=255)]
    since: Annotated[str, msgspec.Meta(max_length=40)]
