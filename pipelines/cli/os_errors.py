"""Errors of the system wherever they come up, as what a user can do something about."""

from __future__ import annotations

import errno
import sqlite3

from converters.errors import (
    DiskError,
    MissingSourceError,
    OutputError,
    PostferryError,
    SourceError,
    SystemLimitError,
)

_FULL = {errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG, errno.EROFS}
_TOO_MANY = {errno.EMFILE, errno.ENFILE}
_NO_ROOM = {errno.ENOMEM, errno.EAGAIN}
_MANY = "This system lets the program open no more files. Raise the limit (`ulimit -n`) and run the same command again."
_MEMORY = "There is not enough memory. Free some, or use --workers 1, and run the same command again."
_OPEN = "unable to open database file"


def named(error: BaseException) -> PostferryError | None:
    """The error in words, with its exit status; None for one that is no system's."""
    if isinstance(error, MemoryError):
        return SystemLimitError(_MEMORY)
    if isinstance(error, sqlite3.OperationalError):
        return SystemLimitError(_MANY) if _OPEN in str(error) else _of_disk("A file that the program keeps", str(error))
    if isinstance(error, sqlite3.DatabaseError):
        return OutputError(f"A file in .postferry is damaged: {error}. Name another folder with --output.")
    return _of_system(error) if isinstance(error, OSError) else None


def _of_system(error: OSError) -> PostferryError:
    name, reason = str(error.filename or "A file"), error.strerror or str(error)
    if error.errno in _TOO_MANY:
        return SystemLimitError(_MANY)
    if error.errno in _NO_ROOM:
        return SystemLimitError(_MEMORY)
    if error.errno in _FULL:
        return _of_disk(name, reason)
    if error.errno == errno.ENOENT:
        return MissingSourceError(f"{name} is not there any more. Put it back and run the same command again.")
    return SourceError(f"{name} cannot be used: {reason}.")


def _of_disk(name: str, reason: str) -> DiskError:
    return DiskError(
        f"{name} cannot be written: {reason}. Free some space, also for temporary files (TMPDIR), and run the same "
        "command again."
    )
