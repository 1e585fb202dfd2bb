"""A time limit for one item at a time, by the alarm clock of the system: setting it costs less than a microsecond.

It rings in the middle of whatever Python is at, regular expressions included. A loop in a C library is not interrupted
by it: where that matters, another process watches (`pipelines.executors.guarded`). On Windows, and in other threads
than the first one, there is no such clock, and no limit.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 1.0
"""Seconds after which it rings again: what runs while an object is destroyed swallows whatever is raised in it."""


class OverdueError(BaseException):
    """The time is over. No `Exception`, which the code of a construct may catch."""


class _Clock:
    seconds = 0.0
    armed = False


def limit(seconds: float) -> bool:
    """What lies between `begin` and `end` may take so many seconds from now on, in this process; 0: any number. False
    where there is no limit, or another one already."""
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
            _Clock.seconds, _Clock.armed = 0.0, False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)


def begin() -> None:
    """The time for an item begins, where there is a limit."""
    if _Clock.seconds:
        signal.setitimer(signal.ITIMER_REAL, _Clock.seconds, _AGAIN)
        _Clock.armed = True


def end() -> None:
    """It is over; the clock may ring, and nobody hears it."""
    _Clock.armed = False


def _ring(number: int, frame: FrameType | None) -> None:
    if _Clock.armed:
        raise OverdueError
