"""Processes that tests begin: all of them here, so that they begin alike wherever the tests run.

A process inherits what its parent ignores. Where tests run in the background of a script, Ctrl-C is ignored; under
`nohup`, the end of the terminal is. A child that is meant to be interrupted has to begin as from a terminal, with the
defaults. And a child that hangs must not hang the tests: after `LONG` seconds it is killed, whatever waits for it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

LONG = 300.0
"""Seconds that nothing takes which is in order, on the slowest machine."""
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM")
    if hasattr(signal, name)
)  # fmt: skip
Word = str | Path


def default_signals() -> None:
    """In a process of tests: what is ignored because of how it was begun is not, so that its children hear it.

    Does nothing in a thread that is not the main one, where it cannot be done.
    """
    if threading.current_thread() is threading.main_thread():
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


@contextmanager
def _defaults() -> Iterator[None]:
    """Nothing is ignored while a child begins."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ignored = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)


class Child(subprocess.Popen[Any]):
    """A process that cannot outlive `limit`: waiting for it, or for what it says, comes to an end."""

    def __init__(self, command: Sequence[Word], limit: float = LONG, **options: Any) -> None:
        with _defaults():
            super().__init__(command, **options)
        self.limit = limit
        self.ended_by_limit = False
        self._guard = threading.Timer(limit, self._too_late)
        self._guard.daemon = True
        self._guard.start()

    def wait(self, timeout: float | None = None) -> int:
        status = super().wait(self.limit if timeout is None else timeout)
        self._guard.cancel()
        return status

    def communicate(self, input: Any = None, timeout: float | None = None) -> tuple[Any, Any]:
        return super().communicate(input, self.limit if timeout is None else timeout)

    def _too_late(self) -> None:
        if self.poll() is None:
            self.ended_by_limit = True
            with suppress(OSError):
                if os.name == "posix" and os.getpgid(self.pid) == self.pid:
                    os.killpg(self.pid, signal.SIGKILL)
            self.kill()


def start(command: Sequence[Word], *, limit: float = LONG, **options: Any) -> Child:
    """Begin a process, with the options of `subprocess.Popen`."""
    return Child(command, limit, **options)


def _no_end(command: Sequence[Word], limit: float) -> str:
    return f"no end after {limit:.0f} s: {' '.join(map(str, command))}"


def run(
    command: Sequence[Word],
    *,
    limit: float = LONG,
    input: Any = None,
    capture_output: bool = False,
    check: bool = False,
    **options: Any,
) -> subprocess.CompletedProcess[Any]:
    """As `subprocess.run`. Raises AssertionError for a process that does not end."""
    if capture_output:
        options |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    if input is not None:
        options["stdin"] = subprocess.PIPE
    with start(command, limit=limit, **options) as process:
        try:
            out, err = process.communicate(input)
        except subprocess.TimeoutExpired as error:
            process.kill()
            with suppress(subprocess.TimeoutExpired):  # its own children may still hold the pipes
                process.communicate(timeout=5)
            raise AssertionError(_no_end(command, limit)) from error
        except BaseException:
            process.kill()
            raise
    if process.ended_by_limit:  # before this process noticed that its own limit is over
        raise AssertionError(_no_end(command, limit))
    done = subprocess.CompletedProcess(process.args, process.returncode, out, err)
    if check:
        done.check_returncode()
    return done
