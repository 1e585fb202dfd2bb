"""A time limit for one item at a time, by the alarm clock of the system: setting it costs less than a microsecond.

The alarm rings in the middle of whatever Python is at, regular expressions included. Where it may raise is decided by
the stack and by nothing else: only while a frame of `_within` is on it, and no frame of a `shielded` function above
that one. Whoever called `call` is outside of `_within`, so no alarm reaches a handler, a `finally` or a destructor that
runs after the item. What swallows the exception (destructors, callbacks of C libraries, a bare `except`) hears the next
ring a second later.

A loop in a C library is not interrupted: where that matters, another process watches
(`pipelines.run.executors.crash_safe_pool`). On Windows, and in other threads than the first one, there is no such
clock, and no limit.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import CodeType, FrameType, FunctionType
from typing import Any, ParamSpec, TypeVar, cast

from converters.errors import PostferryError

Given = ParamSpec("Given")
Made = TypeVar("Made")

_AGAIN = 1.0
"""Seconds after which it rings again, in case that the exception was swallowed."""
_EARLY = 0.001
"""Seconds by which the two clocks of the system may differ: a ring before its time is that of the item before."""


class ItemTimeout(BaseException):
    """The time of an item is over. No `Exception`, which the code of a construct may catch."""


class _Clock:
    seconds = 0.0
    deadline = 0.0
    running = False


_shields: set[CodeType] = set()


def shielded(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Mark a function as one that is never left halfway: the alarm waits until it has returned."""
    _shields.add(cast(FunctionType, function).__code__)
    return function


def call(function: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
    """What the function returns. Raises ItemTimeout when it takes longer than an item may, where there is a limit.

    Inside of another call, the time of that one counts.
    """
    if not _Clock.seconds or _Clock.running:
        return function(*given, **named)
    try:
        _Clock.running = True
        _Clock.deadline = monotonic() + _Clock.seconds
        signal.setitimer(signal.ITIMER_REAL, _Clock.seconds, _AGAIN)
        return _within(function, *given, **named)
    finally:
        _Clock.running = False


def each(values: Iterable[Made], times: int) -> Iterator[Made]:
    """The values. Raises ItemTimeout when one takes longer than so many items may."""
    following = iter(values)
    over: Any = object()
    while True:
        usual, _Clock.seconds = _Clock.seconds, _Clock.seconds * times
        try:
            value: Made = call(next, following, over)
        finally:
            _Clock.seconds = usual
        if value is over:
            return
        yield value


def failure(function: Callable[Given, object], *given: Given.args, **named: Given.kwargs) -> tuple[str, str] | None:
    """Call the function for one item: (code, particular) of the notice that says why it failed; None when it did not.

    Raises PostferryError and OSError, which concern the whole run.
    """
    try:
        call(function, *given, **named)
    except (PostferryError, OSError):
        raise
    except ItemTimeout:
        return "item.timed-out", ""
    except MemoryError:  # what the item took is free again
        return "item.out-of-memory", ""
    except Exception as error:  # a bug in the code of one construct must not cost the other items
        return "item.failed", f"{type(error).__name__}: {error}"
    return None


def _within(function: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
    """The frame that the alarm looks for."""
    return function(*given, **named)


def limit(seconds: float) -> bool:
    """What is called through `call` may take so many seconds from now on, in this process; 0: any number. False where
    there is no limit, or another one already."""
    can = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not can or signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL:
        return False
    signal.signal(signal.SIGALRM, _ring)
    _Clock.seconds = seconds
    return True


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """The same for a while."""
    ours = limit(seconds)
    try:
        yield
    finally:
        if ours:
            _Clock.seconds = 0.0
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _ring(number: int, frame: FrameType | None) -> None:
    if _Clock.running and monotonic() >= _Clock.deadline - _EARLY and _may_raise(frame):
        raise ItemTimeout


def _may_raise(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code in _shields:
            return False
        if frame.f_code is _within.__code__:
            return True
        frame = frame.f_back
    return False
