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

from converters.errors import LockedError

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
            path.unlink()
        os.close(file)


def _taken(path: Path, what: str) -> int:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            continue  # a run that wrote nothing took the folder away again
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
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _introduce(file: int) -> None:
    since = time.strftime("%Y-%m-%d %H:%M:%S %z")
    with suppress(OSError):  # only information: a full disk is the business of whoever writes files
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}).encode(), 0)


def _holder(file: int) -> str:
    try:
        told = json.loads(os.pread(file, 4096, 0))
        return f": process {told['pid']} on {told['host']}, since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # it has not introduced itself yet
        return ""
