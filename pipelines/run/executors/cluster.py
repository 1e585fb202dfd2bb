"""Tasks on the workers of a Dask cluster (https://distributed.dask.org).

Dask begins a task again on another worker when the one that had it dies, and gives it up (`KilledWorker`) after several
workers died with it: `distributed.scheduler.allowed-failures`, 3 unless the cluster says otherwise. Since a task may
have stood beside the one that killed them, it gets one more round of its own. Which worker does a task changes nothing
in what comes of it; sources and outputs lie in folders that all machines see under the same path.

distributed is imported here and nowhere earlier: it is an extra, `pip install 'postferry[dask]'`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from converters import __version__
from converters.errors import UnavailableError, UsageError
from pipelines.run.executors import Ended, Task, Value, attempt

CONNECT = 15.0
"""Seconds for the scheduler to answer."""
WORKERS = 60.0
"""Seconds for a worker to be there, at first and after the last one died: those with a nanny come back."""
_LOOK = 1.0
"""Seconds after which it is looked up anew how many workers there are."""
_FETCH = 600.0
"""Seconds for a result to come, which is done anew when the worker that had it died just then."""
_RETRIES = 2
"""For what a worker cannot even begin with, which another one may."""
_ROUNDS = 2
"""How often a task may be given up by the scheduler since workers died."""


class UnfitWorkerError(Exception):
    """A worker that cannot do our tasks."""


class _Work(NamedTuple):
    """A task that is under way."""

    number: int
    function: Callable[[Any], Any]
    task: Any
    round: int
    future: Any = None
    why: str = ""
    """Why there is no future."""


class Cluster:
    """As many tasks are under way as the workers have threads, also when workers come and go."""

    def __init__(self, scheduler: str, *, most: int = 0, ahead: int = 0, sees: Sequence[Path] = ()) -> None:
        """`most`: tasks under way at once; 0 for as many as there are threads. `ahead`: how many times as many tasks
        may have ended before the first one that has not; 0 for any. `sees`: what all workers have to see.

        Raises UsageError without distributed, or when a worker lacks something; UnavailableError when no scheduler
        or no worker answers.
        """
        self._scheduler, self._most, self._ahead = scheduler, most, ahead
        self._busy: dict[str, _Work] = {}
        self._over: SimpleQueue[str] = SimpleQueue()
        self._looked = 0.0
        self._lost = ""
        self.size = 0
        self._client = _connected(scheduler)
        try:
            self._wait_for_workers()
            self._check(sees)
        except BaseException:
            self.close()
            raise

    def _wait_for_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=WORKERS)
        except TimeoutError as error:
            raise UnavailableError(
                f"The scheduler {self._scheduler} has no worker. Begin some: dask worker {self._scheduler} --nthreads 1"
            ) from error
        self._look()

    def _check(self, sees: Sequence[Path]) -> None:
        """Raises UsageError when a worker is not fit; one that does not answer is the scheduler's business."""
        answers = self._client.run(_unfit, __version__, [str(path) for path in sees], on_error="return")
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, Exception) and not isinstance(answer, OSError):  # it cannot import what it is to do
                raise UsageError(
                    f"The worker {worker} cannot run postferry ({answer}). Install postferry {__version__} in the "
                    "environment of all workers."
                )
            if isinstance(answer, str) and answer:
                raise UsageError(f"The worker {worker} {answer}")

    def map_unordered(self, function: Callable[[Task], Value], tasks: Iterable[Task]) -> Iterator[Ended[Value]]:
        waiting, following = iter(tasks), 0
        more = True
        while True:
            while more and self._room(following):
                try:
                    task = next(waiting)
                except StopIteration:
                    more = False
                    break
                self._submit(following, function, task, 1)
                following += 1
            if not self._busy:
                return
            ended = self._next()
            if ended is not None:
                yield ended

    def _room(self, following: int) -> bool:
        """May a task with this number begin?"""
        if not self._busy:
            return True
        self._look()
        if self._ahead and following - min(work.number for work in self._busy.values()) >= self._ahead * self.size:
            return False
        return len(self._busy) < self.size

    def _look(self) -> None:
        """How many tasks can be under way."""
        if time.monotonic() - self._looked < _LOOK:
            return
        with suppress(OSError, TimeoutError):
            threads = sum(self._client.nthreads().values())
            self.size = min(threads, self._most) if self._most else threads
        self._looked = time.monotonic()

    def _submit(self, number: int, function: Callable[[Any], Any], task: Any, round: int) -> None:
        future, why = None, self._lost
        if not why:
            try:
                future = self._client.submit(_done, __version__, function, task, pure=False, retries=_RETRIES)
            except Exception as error:  # whatever a connection that is just being lost makes of it
                why = f"{type(error).__name__}: {error}"
        key = str(future.key) if future is not None else f"not begun: {number}"
        self._busy[key] = _Work(number, function, task, round, future, why)
        if future is None:
            self._over.put(key)
        else:
            future.add_done_callback(lambda future: self._over.put(str(future.key)))

    def _next(self) -> Ended[Any] | None:
        """The next task that is over; None when it was begun anew."""
        alone_since: float | None = None
        while True:
            try:
                key = self._over.get(timeout=_LOOK)
            except Empty:
                self._look()
            else:
                if key in self._busy:  # and not given up
                    return self._ended(self._busy.pop(key))
            alone_since = None if self.size else alone_since or time.monotonic()
            if alone_since is not None and time.monotonic() - alone_since > WORKERS:
                return self._given_up(f"The scheduler {self._scheduler} has no worker any more.")

    def _given_up(self, why: str) -> Ended[Any]:
        """One of those under way, which nobody does any more. The others, and all that follow, are over, too."""
        self._lost = why
        first, *others = self._busy.values()
        self._busy.clear()
        for work in others:
            self._submit(work.number, work.function, work.task, work.round)
        return Ended(first.number, None, why)

    def _ended(self, work: _Work) -> Ended[Any] | None:
        from distributed.scheduler import KilledWorker

        if work.future is None:
            return Ended(work.number, None, work.why)
        if work.future.status in ("cancelled", "lost"):
            return self._without(work)
        try:
            value, error = work.future.result(timeout=_FETCH)
        except KilledWorker as killed:
            if work.round < _ROUNDS:
                self._submit(work.number, work.function, work.task, work.round + 1)
                return None
            deaths = work.round * (killed.allowed_failures + 1)
            return Ended(work.number, None, f"{deaths} workers died while they were at it; they may be out of memory.")
        except CancelledError:
            return self._without(work)
        except Exception as raised:  # what the worker could not begin with, or could not send
            return Ended(work.number, None, f"{type(raised).__name__}: {raised}")
        return Ended(work.number, value, error)

    def _without(self, work: _Work) -> Ended[Any]:
        self._lost = self._lost or f"The connection to the scheduler {self._scheduler} was lost."
        return Ended(work.number, None, self._lost)

    def close(self) -> None:
        """What is under way is given up; what a worker is just at, it does to its end."""
        with suppress(Exception):  # there may be no connection
            self._client.cancel([work.future for work in self._busy.values() if work.future is not None])
        self._busy.clear()
        with suppress(Exception):
            self._client.close(timeout=CONNECT)


def _connected(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(f"--executor dask needs Dask ({error}): pip install 'postferry[dask]'.") from error
    try:
        asyncio.run(_greeted(scheduler))
        return Client(scheduler, timeout=CONNECT, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise UnavailableError(
            f"No Dask scheduler answers at {scheduler} within {CONNECT:.0f} seconds. Is `dask scheduler` running "
            "there, and can this machine reach it?"
        ) from error
    except ValueError as error:
        raise UsageError(f"--scheduler {scheduler} is no address of a scheduler: {error}.") from error


async def _greeted(scheduler: str) -> None:
    """Does Dask answer there? Its client would wait for ever for something else that listens and says nothing."""
    from distributed.comm import connect
    from distributed.security import Security

    arguments = Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(scheduler, timeout=CONNECT, **arguments), CONNECT)
    await comm.close()


def _unfit(version: str, paths: Sequence[str]) -> str:
    """On a worker: what it lacks; empty when it can do our tasks."""
    if __version__ != version:
        return f"has postferry {__version__}, this is {version}. Install the same in all environments."
    unseen = next((path for path in paths if not Path(path).exists()), "")
    if unseen:
        return f"does not see {unseen}. Sources and outputs have to lie in folders that all share, under the same path."
    return ""


def _done(version: str, function: Callable[[Any], Any], task: Any) -> tuple[Any, str]:
    """On a worker, which may have come after the others were looked at."""
    lacks = _unfit(version, ())
    if lacks:
        raise UnfitWorkerError(f"The worker {lacks}")
    return attempt(function, task)
