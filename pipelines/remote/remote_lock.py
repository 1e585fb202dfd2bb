"""One run at a time on an output elsewhere: an object, `.postferry/lock`, that only one run can make.

A store takes nothing back when a process dies, so the lock is renewed while its run lives, and is void when it has not
been for a while, or when it is of a process of this machine that is no more. Where a store has no conditional
writes, two runs that begin in the same moment may not see each other.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import msgspec

from converters.errors import LockedError, PostferryError
from pipelines.output.lock import LockHolder, this_process
from pipelines.output.output_folder import FOLDER
from pipelines.remote.store import RemoteStore
from pipelines.run.progress import Ticker

LOCK = f"{FOLDER}/lock"
_LARGEST = 64 * 1024
RENEWED, VOID = 20.0, 90.0
"""Seconds between two renewals, and after the last one until the lock is void."""
_AHEAD = 3600.0
"""By how much the clock of another machine may be ahead. A lock from beyond that would be valid for ever."""


class RemoteLockHolder(LockHolder, frozen=True):
    token: str = ""
    renewed: float = 0.0
    """Seconds since 1970, by the clock of the holder."""

    def is_gone(self) -> bool:
        age = time.time() - self.renewed
        ours = self.host == socket.gethostname()
        return not -_AHEAD < age <= VOID or (ours and not _lives(self.pid))


@contextmanager
def leased(store: RemoteStore) -> Iterator[Callable[[], None]]:
    """The place is ours while this lasts. What is yielded raises LockedError when it no longer is.

    Raises LockedError, which says who is at it, when another run is.
    """
    me = RemoteLockHolder(**msgspec.structs.asdict(this_process()), token=uuid.uuid4().hex, renewed=time.time())
    _take(store, me)

    def check() -> None:
        holder = _holder(store)
        if holder is None or holder.token != me.token:
            raise LockedError(
                f"{store.name} was taken over by another run{holder or ''}. Run it again when that has ended."
            )

    def renew() -> None:
        with suppress(PostferryError):  # the next time, or `check` says it
            check()
            store.write(LOCK, _encoded(msgspec.structs.replace(me, renewed=time.time())))

    try:
        with Ticker(RENEWED, renew):
            yield check
    finally:
        with suppress(PostferryError):
            check()
            store.remove([LOCK])


def _take(store: RemoteStore, me: RemoteLockHolder) -> None:
    for _ in range(3):
        if store.create(LOCK, _encoded(me)):
            holder = _holder(store)
            if holder is not None and holder.token == me.token:
                return
        holder = _holder(store)
        if holder is not None and not holder.is_gone():
            break
        if holder is not None:
            store.remove([LOCK])
    else:
        holder = None
    raise LockedError(
        f"{store.name} is in use by another run{holder or ''}. Try again when it has ended. The "
        f"lock of a killed one ({LOCK}) is void after {VOID:.0f} seconds."
    )


def _holder(store: RemoteStore) -> RemoteLockHolder | None:
    data = store.read(LOCK, _LARGEST)
    try:
        return None if data is None else msgspec.json.decode(data, type=RemoteLockHolder)
    except (msgspec.MsgspecError, RecursionError):
        return RemoteLockHolder()


def _encoded(holder: RemoteLockHolder) -> bytes:
    return msgspec.json.encode(holder)


def _lives(pid: int) -> bool:
    if not 0 < pid < 2**31:
        return False
    if os.name != "posix":  # where a signal would be sent
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
