"""Runs a program and measures it: seconds, seconds of the processor, peak memory of all its processes.

Memory is the sum over the program and everything it started, sampled every 50 ms under /proc: PSS, in which memory that
processes share counts once, or RSS where the kernel does not tell PSS. Sampling costs time of its own, so a run that is
timed is not sampled, and the other way round.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
INTERVAL = 0.05


@dataclass(frozen=True)
class Run:
    seconds: float
    cpu: float
    peak: int | None
    """bytes; None when not sampled"""
    status: int | None
    """None: stopped because it took too long"""
    output: str


def tree(pid: int) -> Iterator[int]:
    """The process and all below it."""
    waiting = [pid]
    while waiting:
        pid = waiting.pop()
        yield pid
        for children in PROC.glob(f"{pid}/task/*/children"):
            try:
                waiting += map(int, children.read_text().split())
            except OSError:
                continue  # the thread ended in between


def memory_kind() -> str:
    """What `memory` sums: `PSS`, `RSS`, or nothing where there is no /proc."""
    if (PROC / "self/smaps_rollup").exists():
        return "PSS"
    return "RSS" if (PROC / "self/statm").exists() else ""


def memory(pid: int, kind: str) -> int:
    """Bytes one process holds; 0 when it has ended."""
    try:
        if kind == "RSS":
            return int((PROC / f"{pid}/statm").read_text().split()[1]) * resource.getpagesize()
        rows = (PROC / f"{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:")), 0)


class Sampler(threading.Thread):
    """Watches a program until `stop`; `peak` is the most it and its children held at one time."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.kind = pid, 0, memory_kind()
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(INTERVAL):
            self.peak = max(self.peak, sum(memory(pid, self.kind) for pid in tree(self.pid)))

    def stop(self) -> int:
        self.done.set()
        self.join()
        return self.peak


def end(process: subprocess.Popen[str]) -> None:
    """Stop a program that took too long, with all it started: it leads a process group of its own."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def surroundings(cwd: Path, more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a measured program. Where bytecode is not to be written, Python would compile all modules anew
    at each start, which no installed program does; so it is written, and kept beside the output."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(cwd / "bytecode"), **more}


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    limit: float,
    environment: Mapping[str, str] | None = None,
    sample: bool = False,
) -> Run:
    """Run `command` to its end, or for `limit` seconds. What it says goes to a file: a full pipe cannot stop it."""
    log = cwd / "output.txt"
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=surroundings(cwd, environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        sampler = Sampler(process.pid) if sample and memory_kind() else None
        if sampler:
            sampler.start()
        try:
            status: int | None = process.wait(timeout=limit)
        except subprocess.TimeoutExpired:
            status = None
        except KeyboardInterrupt:
            end(process)
            raise
        seconds = time.perf_counter() - start
        peak = sampler.stop() if sampler else None
        if status is None:
            end(process)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, peak, status, log.read_text(encoding="utf-8", errors="replace")[-2000:])
