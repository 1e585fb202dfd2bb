"""A whole source read in a process of its own: should a library crash there, or the system end the process, the run
names the item at which that happened, and ends as after any other error.

To begin a process takes about as long as to read a few hundred items. So a conversion does it only where the last run
into its output ended all at once; a look at a source, which leaves nothing behind that could tell, does it always.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from converters.errors import CrashingSourceError
from pipelines.run import progress
from pipelines.run.executors.crash_safe_pool import Crash, CrashSafePool
from pipelines.run.progress import Progress

Value = TypeVar("Value")

_LOOK = 0.2
"""Seconds between two looks whether it has ended."""
_LONGEST = 200
"""Characters of the name of an item: a message is written to the pipe at once, or not at all."""


def isolated(function: Callable[..., Value], arguments: Sequence[Any], tell: Progress) -> Value:
    """What `function(*arguments, progress)` returns or raises in another process. All of it is plain data and functions
    of modules; `tell` is called here.

    Raises CrashingSourceError, which names the item, when the process ends all at once.
    """
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    before = ""
    with ours, theirs, closing(CrashSafePool(1, _begin, (function, theirs), _crashed, ahead=0)) as pool:
        future = pool.submit([tuple(arguments)])
        while not future.done():
            if ours.poll(_LOOK):
                before, reached = ours.recv()
                tell(*reached)
        while ours.poll():
            before, _ = ours.recv()
        (value,) = future.result()
    if isinstance(value, Crash):
        where = f"the item after {before}" if before else "its first item"
        raise CrashingSourceError(
            f"The process that read the source ended all at once ({value.how}), at {where}. Take that item out of the "
            "source, or run the same command again with more memory free."
        )
    made: Value = value
    return made


def _begin(function: Callable[..., Any], pipe: Connection) -> Callable[[Sequence[Any]], Any]:
    def tell(stage: str, done: int, total: int, notices: int | None = None) -> None:
        pipe.send((progress.last_item()[:_LONGEST], (stage, done, total, notices)))

    return lambda arguments: function(*arguments, tell)


def _crashed(arguments: object, crash: Crash) -> Crash:
    return crash
