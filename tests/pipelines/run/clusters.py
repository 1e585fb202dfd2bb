"""A Dask scheduler and its workers, as processes of their own on the loopback interface."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests import children
from tests.folders import ROOT
from tests.limits import until

needs_dask = pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="distributed is not installed")
PATIENCE = 60.0
"""Seconds for a process to be there."""


class Dask:
    """`workers` are processes without nannies: one that is killed stays away."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._logs: dict[int, Path] = {}
        (folder / "tmp").mkdir(parents=True)
        file = folder / "scheduler.json"
        self.scheduler = self._begin("scheduler", "--port", "0", "--scheduler-file", str(file))
        wait_for(lambda: file.exists() and file.read_text().endswith("}"))
        self.address: str = json.loads(file.read_text())["address"]
        self.workers: list[subprocess.Popen[bytes]] = []

    def add(self, *, threads: int = 1, preload: str = "") -> subprocess.Popen[bytes]:
        given = ["--nthreads", str(threads), "--no-nanny", "--local-directory", str(self._folder / "tmp")]
        if preload:
            file = self._folder / f"preload{len(self.workers)}.py"
            file.write_text(preload)
            given += ["--preload", str(file)]
        self.workers.append(self._begin("worker", self.address, *given))
        return self.workers[-1]

    @contextmanager
    def guest(self, preload: str) -> Iterator[None]:
        """One more worker, known to the scheduler, as long as the context lasts."""
        worker = self.add(preload=preload)
        try:
            wait_for(lambda: b"Registered to:" in self._logs[worker.pid].read_bytes())
            yield
        finally:
            self.workers.remove(worker)
            _end(worker)

    def _begin(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments]
        file = self._folder / f"{what}{time.monotonic_ns()}.log"
        log = self._stack.enter_context(file.open("wb"))
        process = children.start(
            [*command, "--host", "127.0.0.1", "--no-dashboard"],
            stdout=log,
            stderr=log,
            cwd=self._folder,  # so that nobody gets at anything by a relative path
            env={
                **os.environ,
                "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
                "PYTHONPATH": str(ROOT),
            },
        )
        self._logs[process.pid] = file
        self._stack.callback(_end, process)
        return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@contextmanager
def dask(folder: Path, workers: int = 0) -> Iterator[Dask]:
    with ExitStack() as stack:
        made = Dask(folder, stack)
        for _ in range(workers):
            made.add()
        yield made


def wait_for(happens: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Until it is true."""
    assert until(happens, seconds), "it did not happen in time"


@contextmanager
def silence(*, listening: bool) -> Iterator[str]:
    """An address where nobody is, or where one listens and says nothing."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        if listening:
            place.listen()
        yield f"tcp://127.0.0.1:{place.getsockname()[1]}"
