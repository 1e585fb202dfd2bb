"""Tasks in several processes of this machine, each with a pipe of its own: when one dies, its task is known.

A process ends with the one that began it, however that ends, so that a killed run leaves nobody who goes on writing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, NamedTuple

from pipelines.run import garbage
from pipelines.run.executors import Ended, Task, Value, attempt

_PATIENCE = 5.0
"""Seconds for an idle process to end by itself."""


class _Worker(NamedTuple):
    process: multiprocessing.process.BaseProcess
    pipe: Connection


class Processes:
    """Begins a process when there is a task for it. They may have children of their own."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._context = multiprocessing.get_context("spawn")
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, int]] = {}

    def map_unordered(self, function: Callable[[Task], Value], tasks: Iterable[Task]) -> Iterator[Ended[Value]]:
        waiting = enumerate(tasks)
        while True:
            while len(self._busy) < self.size and (following := next(waiting, None)) is not None:
                number, task = following
                worker = self._given((function, task))
                self._busy[worker.pipe] = worker, number
            if not self._busy:
                return
            for pipe in wait(list(self._busy)):
                assert isinstance(pipe, Connection)
                yield self._ended(pipe)

    def _given(self, work: tuple[Callable[[Any], Any], Any]) -> _Worker:
        """A process that has the work."""
        while self._idle:
            worker = self._idle.pop()
            try:
                worker.pipe.send(work)
                return worker
            except OSError:  # it died while it was idle
                _stop(worker)
        worker = self._begun()
        worker.pipe.send(work)
        return worker

    def _begun(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,))
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _ended(self, pipe: Connection) -> Ended[Any]:
        worker, number = self._busy.pop(pipe)
        try:
            value, error = pipe.recv()
        except (EOFError, OSError):
            _stop(worker)
            status = worker.process.exitcode
            error = f"Its process ended all at once (status {status}); the machine may be out of memory."
            return Ended(number, None, error)
        self._idle.append(worker)
        return Ended(number, value, error)

    def close(self) -> None:
        for worker, _ in self._busy.values():
            worker.process.kill()
            _stop(worker)
        for worker in self._idle:
            _stop(worker)
        self._busy.clear()
        self._idle.clear()


def _stop(worker: _Worker) -> None:
    worker.pipe.close()  # which tells an idle process that there is no more
    worker.process.join(_PATIENCE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _serve(pipe: Connection) -> None:
    """What such a process does. An interruption is the business of the process that began it."""
    garbage.look_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    with suppress(EOFError, BrokenPipeError):
        while True:
            function, task = pipe.recv()
            pipe.send(attempt(function, task))


def end_with_parent() -> None:
    """End this process at once when the one that began it is gone. Pools of Python's own would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: Any) -> None:
    parent.join()
    os._exit(1)
