"""Ctrl-C (SIGINT) and SIGTERM: the run ends between two items, tidily, and says how to go on.

The first signal is only noted. A run asks for it wherever it tells how far it is, which is where everything it has
written is whole and noted. A second signal ends at once, as does the first one where nothing is written yet.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from converters.errors import PostferryError
from pipelines.run.progress import Progress

_HANDLED = (signal.SIGINT, signal.SIGTERM)
_WHAT = {signal.SIGINT: "interrupted", signal.SIGTERM: "ended by SIGTERM"}


class InterruptionError(PostferryError):
    """The run was asked to end. Its exit status is what shells give: 130 for Ctrl-C, 143 for SIGTERM."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"{_WHAT[signal.Signals(number)]}. What was written stays; run the same command again to go on."
        )
        self.exit_status = 128 + number


class _Requested:
    """Signals are the process's, and so is this."""

    number = 0
    deferred = False
    answer = b""


def requested() -> int:
    """The signal that asks the run to end; 0 when none has come."""
    return _Requested.number


def check() -> None:
    """Raises InterruptionError when the run is asked to end."""
    if _Requested.number:
        raise InterruptionError(_Requested.number)


def check_cancelled(progress: Progress) -> Progress:
    """The same progress, which raises InterruptionError when the run is asked to end."""

    def tell(stage: str, done: int, total: int, notices: int | None = None) -> None:
        progress(stage, done, total, notices)
        check()

    return tell


@contextmanager
def handle_signals() -> Iterator[None]:
    """Signals raise InterruptionError, until `defer` says that they may wait.

    What was ignored when the program was begun, as it is for a job in the background of a script, stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _HANDLED}
    _Requested.number, _Requested.deferred = 0, False
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _handle)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _Requested.number = 0


@contextmanager
def defer(answer: bytes = b"") -> Iterator[None]:
    """The first signal waits for the run to ask. `answer` is written to stderr when it comes."""
    _Requested.deferred, _Requested.answer = True, answer
    try:
        yield
    finally:
        _Requested.deferred = False


def _handle(number: int, frame: FrameType | None) -> None:
    first = not _Requested.number
    _Requested.number = _Requested.number or number
    if first and _Requested.deferred:
        with suppress(OSError):  # past Python's own buffers, which whatever was interrupted may hold
            os.write(2, _Requested.answer)
        return
    _end_children()
    raise InterruptionError(_Requested.number)


def _end_children() -> None:
    """Nobody waits for what they are at."""
    if "multiprocessing" in sys.modules:
        import multiprocessing

        for child in multiprocessing.active_children():
            child.kill()


@contextmanager
def block() -> Iterator[None]:
    """Ctrl-C comes after this, not during it: it goes to all processes of a terminal, also to those being begun here,
    which cannot ignore it yet. They inherit that it is held back; `ignore` is what they say first."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore() -> None:
    """In a process that helps: Ctrl-C is the business of the one that began the run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
