"""Where tasks are done: in this process, in processes of this machine, or wherever else something can be called.

A task, what is to be done with it and what comes of it are plain data and functions of modules, so that they can be
sent anywhere; what is written goes to a file system that all share.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, Protocol, TypeVar

from converters.errors import UsageError

Task = TypeVar("Task")
Value = TypeVar("Value")

NAMES = ("local", "inline", "dask")
"""Processes of this machine, this process, a Dask cluster."""
_NEW_OBJECTS = 20_000


class Ended(NamedTuple, Generic[Value]):
    """A task that is over."""

    number: int
    """Which of the tasks it was, from 0."""
    value: Value | None
    error: str = ""
    """Why there is no value: what was raised, or how its process ended."""


class Executor(Protocol):
    """Does tasks. To be closed, also when something was raised; what is under way then is given up."""

    size: int
    """How many tasks are under way at once."""

    def map_unordered(self, function: Callable[[Task], Value], tasks: Iterable[Task]) -> Iterator[Ended[Value]]:
        """Each task as it ends. The next one is taken from `tasks` only when it can begin."""

    def close(self) -> None: ...


class Inline:
    """The executor for one task after the other in this process."""

    size = 1

    def map_unordered(self, function: Callable[[Task], Value], tasks: Iterable[Task]) -> Iterator[Ended[Value]]:
        for number, task in enumerate(tasks):
            yield Ended(number, *attempt(function, task))

    def close(self) -> None: ...


def chosen(name: str, scheduler: str, workers: int) -> tuple[int, str]:
    """(processes or 0, scheduler or nothing) for an executor of `NAMES`. Raises UsageError for what does not agree."""
    if scheduler and name != "dask":
        raise UsageError("--scheduler is the address of a Dask scheduler: use it with --executor dask.")
    if name == "dask" and not scheduler:
        raise UsageError("--executor dask needs the address of a scheduler: --scheduler tcp://HOST:8786.")
    if name == "inline" and workers > 1:
        raise UsageError("--executor inline is one process: leave --workers out.")
    return 1 if name == "inline" else workers, scheduler


def processors() -> int:
    """How many processes this machine runs at once for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def collect_garbage_seldom() -> None:
    """Let this process look for objects that only refer to each other less often than Python does by default, which is
    after 700 new ones: with that, a tenth of a small run is spent on the program's own modules and tables."""
    gc.set_threshold(_NEW_OBJECTS)


def in_order(ended: Iterable[Ended[Value]]) -> Iterator[Ended[Value]]:
    """The same in the order of the tasks; those that wait for an earlier one stay in memory."""
    waiting: dict[int, Ended[Value]] = {}
    following = 0
    for each in ended:
        waiting[each.number] = each
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def attempt(function: Callable[[Task], Value], task: Task) -> tuple[Value | None, str]:
    """What comes of a task, or what it raised, with the place."""
    try:
        return function(task), ""
    except Exception as error:  # a bug in one task must not cost the others
        return None, f"{type(error).__name__}: {error}{_where(error)} Please report this."


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f" ({trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno})" if trace is not None else ""
