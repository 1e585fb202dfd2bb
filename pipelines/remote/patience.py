"""How long a store is waited for: everything that is asked of one ends, by a clock that does not mind what comes.

fsspec and the libraries below it limit silence at most, so a server that sends a byte now and then would hold a run up
for ever. What is given up is cancelled where that is possible; a library that cannot be cancelled goes on in a thread
that nothing waits for.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as StillAtItError
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from pipelines.run import interrupts

_LOOK = 0.25


class Patience(msgspec.Struct, frozen=True):
    """Times are in seconds."""

    answer: float = 300.0
    """For what is small: is it there, how large is it, a manifest."""
    listing: float = 1800.0
    """For a list of all that is there, which comes in pages."""
    begin: float = 120.0
    """Until the first byte of a file comes."""
    window: float = 60.0
    """In each of these, `least_bytes` of a file have to come."""
    least_bytes: int = 4096
    transfer: float = 600.0
    """For a file, in any case."""
    rate: float = 1024.0
    """Bytes a second, on the average, that earn a file more time than that."""
    longest: float = 86_400.0
    """For a file, however much comes."""


PATIENCE = Patience()


class TooSlowError(Exception):
    """It took too long."""


class Coming:
    """A file on its way here: how much has come, and until when more has to."""

    def __init__(self, target: Path) -> None:
        self._target, self._told = target, 0
        self._begun = self._marked = time.monotonic()
        self._mark = 0

    def tell(self, size: int) -> None:
        self._told += size

    def left(self) -> float:
        """Seconds. Some file systems do not tell what comes, but the file grows."""
        now, patience = time.monotonic(), PATIENCE
        try:
            came = max(self._told, self._target.stat().st_size)
        except OSError:
            came = self._told
        if came - self._mark >= patience.least_bytes:
            self._mark, self._marked = came, now
        window = patience.window if self._mark else max(patience.begin, patience.window)
        most = min(patience.transfer + came / patience.rate, patience.longest)
        until = min(self._marked + window, self._begun + most)
        return until - now


def within(seconds: float) -> Callable[[], float]:
    """How much of them is left."""
    until = time.monotonic() + seconds
    return lambda: until - time.monotonic()


def for_an_answer() -> Callable[[], float]:
    return within(PATIENCE.answer)


def for_a_list() -> Callable[[], float]:
    return within(PATIENCE.listing)


def to_send(size: int) -> Callable[[], float]:
    """For a file of that size to go there: what has arrived is not known before all of it has."""
    return within(min(PATIENCE.transfer + size / PATIENCE.rate, PATIENCE.longest))


def call(fs: Any, name: str, *arguments: Any, left: Callable[[], float], ending: bool = False, **named: Any) -> Any:
    """What `fs.name(...)` returns or raises. Raises TooSlowError when no time is `left`.

    `ending`: it may be broken off when the run is asked to end.
    """
    future = _begun(fs, name, arguments, named)
    try:
        while True:
            seconds = left()
            if seconds <= 0 and not future.done():
                raise TooSlowError
            try:
                return future.result(timeout=max(0.0, min(_LOOK, seconds)))
            except StillAtItError:
                if future.done():  # just now, or this is what was raised there
                    return future.result()
            if ending:
                interrupts.check()
    finally:
        future.cancel()


def _begun(fs: Any, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> Future[Any]:
    method = getattr(fs, f"_{name}", None)
    loop = getattr(fs, "loop", None) if getattr(fs, "async_impl", False) else None
    if loop is not None and inspect.iscoroutinefunction(method):
        return asyncio.run_coroutine_threadsafe(method(*arguments, **named), loop)
    future: Future[Any] = Future()

    def work() -> None:
        try:
            result = getattr(fs, name)(*arguments, **named)
        except BaseException as error:
            with suppress(InvalidStateError):  # given up meanwhile
                future.set_exception(error)
        else:
            with suppress(InvalidStateError):
                future.set_result(result)

    threading.Thread(target=work, daemon=True).start()
    return future
