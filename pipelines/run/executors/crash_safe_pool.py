"""Batches in several processes of this machine. A process that dies, or that is silent for too long, costs the one item
it was at: the items of its batch are done again, one at a time, in fresh processes.

Each process is supervised by a thread, which keeps a batch ahead of it, so that it never waits. A process reports that
it is alive when it has ended an item and has sent nothing for a second. A process ends with the one that began it,
however that ends, so that a killed run leaves nobody who goes on writing.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any, Generic, NamedTuple, TypeVar

from converters.errors import OutputError, PostferryError
from pipelines.run import interrupts
from pipelines.run.executors import Ended, Executor, Inline, Task, attempt, collect_garbage_seldom

Item = TypeVar("Item")
Value = TypeVar("Value")

_BEAT = 1.0
"""Seconds of silence after which a process that is alive says so."""
_GRACE = 3.0
"""More seconds than an item may take, before a process is taken for one that hangs."""
_IN_A_ROW = 50
"""Items that each end a process, and none between them that does not: then it is no matter of the items."""
_LOOK = 0.2
_NO_MEMORY = 71

_READY, _ALIVE, _DONE, _RAISED = range(4)
"""What a process says first; what comes with it second."""


class Crash(NamedTuple):
    """Why an item could not be done."""

    timed_out: bool
    how: str
    """How the process ended."""


class _BrokenError(Exception):
    """The process is gone."""

    def __init__(self, crash: Crash) -> None:
        super().__init__(crash.how)
        self.crash = crash


_OVER = OutputError("The run is over.")
"""Heard by nobody: whoever waited has gone."""


class CrashSafePool(Generic[Item, Value]):
    """`begin(*arguments)` is called in each process and returns what does an item; `lost` makes the value of one that
    could not be done. All of it is plain data and functions of modules.

    limit: the seconds that an item may take; 0 for any number. ahead: batches that wait in a process for the one it is
    at; with none, a batch of one item is not done again when its process dies.
    """

    def __init__(
        self,
        size: int,
        begin: Callable[..., Callable[[Item], Value]],
        arguments: Sequence[Any],
        lost: Callable[[Item, Crash], Value],
        *,
        limit: float = 0.0,
        ahead: int = 1,
    ) -> None:
        self.begin, self.arguments, self.lost, self.ahead = begin, arguments, lost, ahead
        self.silence = limit + _BEAT + _GRACE if limit else None
        self.tasks: SimpleQueue[tuple[Sequence[Item], Future[Sequence[Value]]] | None] = SimpleQueue()
        self.closing = False
        self.in_a_row = 0
        """Items that each ended a process, with none between them that did not."""
        self._supervisors = [_Supervisor(self) for _ in range(size)]
        for supervisor in self._supervisors:
            supervisor.start()

    def submit(self, items: Sequence[Item]) -> Future[Sequence[Value]]:
        """The values of the items, to come. What `begin` or an item raises, the future raises."""
        future: Future[Sequence[Value]] = Future()
        self.tasks.put((items, future))
        return future

    def close(self) -> None:
        """What is under way is given up."""
        self.closing = True
        for _ in self._supervisors:
            self.tasks.put(None)
        for supervisor in self._supervisors:
            supervisor.kill()
        for supervisor in self._supervisors:
            supervisor.join()


class _Supervisor(threading.Thread, Generic[Item, Value]):
    """Minds one process at a time."""

    def __init__(self, pool: CrashSafePool[Item, Value]) -> None:
        super().__init__(daemon=True)
        self._pool = pool
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._given: deque[tuple[Sequence[Item], Future[Sequence[Value]]]] = deque()
        self._sent = 0
        """How many of those given, from the first on, the process has."""

    def run(self) -> None:
        try:
            while self._take():
                items, future = self._given[0]
                try:
                    future.set_result(self._answer(items))
                except BaseException as error:
                    future.set_exception(error)
                self._given.popleft()
                self._sent = max(0, self._sent - 1)
        finally:
            self._end()
            for _, future in self._given:
                future.cancel()

    def kill(self) -> None:
        """From another thread: there is nothing to wait for."""
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def _take(self) -> bool:
        """See what is to be done next; False when there is no more to come."""
        while len(self._given) <= self._pool.ahead and not self._pool.closing:
            try:
                task = self._pool.tasks.get(block=not self._given)
            except Empty:
                break
            if task is None:
                return False
            self._given.append(task)
        return not self._pool.closing

    def _answer(self, items: Sequence[Item]) -> Sequence[Value]:
        try:
            self._begin()
            while self._sent < len(self._given):
                self._send(self._given[self._sent][0])
                self._sent += 1
            values: Sequence[Value] = self._reply()
        except _BrokenError as error:
            self._after_the_end()
            if len(items) == 1 and not self._pool.ahead:
                return [self._pool.lost(items[0], error.crash)]
            return [self._alone(item) for item in items]
        self._pool.in_a_row = 0
        return values

    def _alone(self, item: Item) -> Value:
        """One item, in a process that has nothing else to do."""
        try:
            self._begin()
            self._send([item])
            (value,) = self._reply()
        except _BrokenError as error:
            self._after_the_end()
            self._pool.in_a_row += 1
            if self._pool.in_a_row < _IN_A_ROW:
                return self._pool.lost(item, error.crash)
            raise OutputError(
                f"{_IN_A_ROW} processes that were converting ended all at once, each at another item, the last one "
                f"with {error.crash.how}; the machine may be out of memory. Run it again with --workers 1."
            ) from error
        self._pool.in_a_row = 0
        made: Value = value
        return made

    def _begin(self) -> None:
        """See to it that there is a process."""
        if self._process is not None:
            return
        try:
            self._start()
            self._reply(_READY)
        except (_BrokenError, OSError) as error:
            self._after_the_end()
            raise OutputError(
                f"A process that is to convert could not begin ({error}); the machine may be out of memory. Run it "
                "again with --workers 1."
            ) from error

    def _start(self) -> None:
        pool, context = self._pool, multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        with theirs, self._lock:
            if pool.closing:
                ours.close()
                raise _OVER
            process = context.Process(target=_serve, args=(theirs, pool.begin, pool.arguments))
            with interrupts.block():
                process.start()
            self._process, self._pipe, self._sent = process, ours, 0

    def _send(self, items: Sequence[Item]) -> None:
        assert self._pipe is not None, "it has begun"
        try:
            self._pipe.send_bytes(pickle.dumps(items, pickle.HIGHEST_PROTOCOL))
        except OSError as error:
            raise self._broken() from error

    def _reply(self, expected: int = _DONE) -> Any:
        """What the process says next but that it is alive. Raises _BrokenError, and what was raised there."""
        assert self._pipe is not None, "it has begun"
        said, value = _ALIVE, None
        while said == _ALIVE:
            try:
                if not self._pipe.poll(self._pool.silence if expected == _DONE else None):
                    raise _BrokenError(Crash(timed_out=True, how="silence"))
                said, value = pickle.loads(self._pipe.recv_bytes())
            except (EOFError, OSError) as error:
                raise self._broken() from error
        if said == _RAISED:
            assert isinstance(value, Exception)
            raise value
        return value

    def _broken(self) -> _BrokenError:
        assert self._process is not None, "it has begun"
        self._process.join(_LOOK)
        return _BrokenError(Crash(timed_out=False, how=_how(self._process.exitcode)))

    def _after_the_end(self) -> None:
        """A process that ended because the run is to end is not begun anew."""
        self._end()
        time.sleep(_LOOK)  # a signal for all processes comes to the first one, too
        if self._pool.closing:
            raise _OVER
        interrupts.check()

    def _end(self) -> None:
        with self._lock:
            process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        self._sent = 0
        if process is not None and pipe is not None:
            process.kill()
            process.join()
            pipe.close()


def _how(status: int | None) -> str:
    """How a process ended, in a word."""
    if status is None or status >= 0:
        return f"status {status}"
    with suppress(ValueError):
        return signal.Signals(-status).name
    return f"signal {-status}"


def _serve(pipe: Connection, begin: Callable[..., Callable[[Any], Any]], arguments: Sequence[Any]) -> None:
    """What such a process does. An interruption is the business of the process that began it."""
    collect_garbage_seldom()
    interrupts.ignore()
    _end_with_parent()
    with suppress(BrokenPipeError):
        try:
            work = begin(*arguments)
        except Exception as error:
            _say(pipe, _RAISED, _plain(error))
            return
        _say(pipe, _READY, None)
        waiting: SimpleQueue[bytes | None] = SimpleQueue()
        threading.Thread(target=_listen, args=(pipe, waiting), daemon=True).start()
        while (batch := waiting.get()) is not None:
            try:
                _say(pipe, _DONE, _done(pipe, work, pickle.loads(batch)))
            except MemoryError:  # of a batch as a whole; its items are tried one by one
                os._exit(_NO_MEMORY)
            except Exception as error:
                _say(pipe, _RAISED, _plain(error))


def _listen(pipe: Connection, waiting: SimpleQueue[bytes | None]) -> None:
    """Take what comes at any time, so that nobody waits who sends it."""
    with suppress(EOFError, OSError):
        while True:
            waiting.put(pipe.recv_bytes())
    waiting.put(None)


def _done(pipe: Connection, work: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
    values, said = [], time.monotonic()
    for item in items:
        values.append(work(item))
        if time.monotonic() - said > _BEAT:
            _say(pipe, _ALIVE, None)
            said = time.monotonic()
    return values


def _plain(error: Exception) -> Exception:
    """The same, or its words where it cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return PostferryError(f"{type(error).__name__}: {error}")
    return error


def _say(pipe: Connection, what: int, value: Any) -> None:
    pipe.send_bytes(pickle.dumps((what, value), pickle.HIGHEST_PROTOCOL))


def _end_with_parent() -> None:
    """End this process at once when the one that began it is gone. Pools of Python's own would wait for ever."""

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    parent = multiprocessing.parent_process()
    threading.Thread(target=follow, daemon=True).start()


class Processes:
    """The executor for tasks in several processes of this machine, which may have children of their own."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._pool = CrashSafePool(size, _attempts, (), _died, ahead=0)

    def map_unordered(self, function: Callable[[Task], Any], tasks: Iterable[Task]) -> Iterator[Ended[Any]]:
        waiting = enumerate(tasks)
        busy: dict[Future[Sequence[tuple[Any, str]]], int] = {}
        while True:
            while len(busy) < self.size and (following := next(waiting, None)) is not None:
                number, task = following
                busy[self._pool.submit([(function, task)])] = number
            if not busy:
                return
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                ((value, error),) = future.result()
                yield Ended(busy.pop(future), value, error)

    def close(self) -> None:
        self._pool.close()


def _attempts() -> Callable[[tuple[Callable[[Any], Any], Any]], tuple[Any, str]]:
    return lambda work: attempt(*work)


def _died(work: object, crash: Crash) -> tuple[None, str]:
    return None, f"Its process ended all at once ({crash.how}); the machine may be out of memory."


def local(size: int) -> Executor:
    """This process for one task at a time, else as many processes."""
    return Processes(size) if size > 1 else Inline()
