"""Ctrl-C and SIGTERM, sent to real processes at several moments: what is at hand is finished, nothing stray is left,
and the same command ends in the bytes of a run that nobody disturbed.

With more moments: `POSTFERRY_SIGNALS=40 pytest -m slow tests/pipelines/run/test_interrupted.py`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, ClassVar, NamedTuple

import pytest

from tests import children
from tests.hostile.cases import case
from tests.limits import until
from tests.support import command
from tests.wxr import export, item

POSTS = 300
SIGNALS = int(os.environ.get("POSTFERRY_SIGNALS", "12"))
TEXT = "<p>Text <b>of</b> <a href='/post-{0}/'>it</a>.</p><ul><li>one</li></ul>"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "export.xml"
    posts = (item(id, content=TEXT.format(id + 1) * 12, terms=[("category", "c", "C")]) for id in range(POSTS))
    path.write_text(export(*posts))
    return path


@pytest.fixture(scope="module")
def whole(source: Path) -> dict[str, bytes]:
    """What a run writes that nobody disturbs."""
    folder = source.parent / "whole"
    assert command("-q", str(source), "-o", str(folder), "--workers", "1").returncode == 0
    return tree(folder)


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "state.db")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


class Run:
    """The command in a group of processes of its own, as a terminal begins it."""

    begun: ClassVar[list[Run]] = []

    def __init__(self, source: Path, folder: Path, workers: int, *before: str) -> None:
        """`before`: the words of a command that begins it."""
        self._workers, self._spool = workers, folder / "tmp"
        self._spool.mkdir(exist_ok=True)
        self.output = folder / "out"
        arguments = [str(source), "-o", str(self.output), "--workers", str(workers), "--log-format", "json"]
        self.process = children.start(
            [*before, str(Path(sys.executable).with_name("postferry")), *arguments],
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(self._spool)},
            start_new_session=True,
        )
        assert self.process.stderr is not None
        self._told: IO[bytes] = self.process.stderr
        self.last: dict[str, Any] = {}
        self.begun.append(self)

    def until(self, what: str) -> bool:
        """Wait until the stage or the event has come; False when the run is over."""
        while line := self._told.readline():
            self.last = json.loads(line)
            if what in (self.last.get("stage"), self.last["event"]):
                return True
        return False

    def interrupt(self, number: int) -> None:
        """Ctrl-C goes to all processes of a terminal, `kill` to one."""
        if number == signal.SIGINT:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)

    def end(self) -> int:
        for line in self._told:
            self.last = json.loads(line)  # no trace of a worker that was hit as well
        self._told.close()
        return self.process.wait()

    def works(self) -> None:
        """Wait until its processes are in the middle of an item, however slow the machine: they have used CPU since."""
        before, wanted = self._used(), 0.7 if self._workers == 1 else 1.5  # another process has to begin
        assert until(lambda: self.process.poll() is not None or self._used() - before >= wanted)

    def _used(self) -> float:
        """Seconds of CPU of all its processes; where the system does not say, seconds of the clock."""
        if not Path("/proc/self/stat").exists():
            return time.monotonic()
        used = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError, IndexError):
                fields = stat.read_text(errors="replace").rpartition(")")[2].split()
                used += (int(fields[11]) + int(fields[12])) if int(fields[2]) == self.process.pid else 0
        return used / os.sysconf("SC_CLK_TCK")

    def left(self) -> list[str]:
        """What should not be there: processes, spools, files that are half written."""
        until(lambda: not self._has_processes())
        found = [str(path) for path in self._spool.iterdir()] + ["a process"] * self._has_processes()
        if self.output.exists():
            odd = (".postferry-part", ".part", ".part.part", "lock", "parts")
            found += [str(path) for path in self.output.rglob("*") if path.name.endswith(odd)]
        return found

    def kill(self) -> None:
        """Where a test failed on the way."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._told.close()

    def _has_processes(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    while Run.begun:
        Run.begun.pop().kill()


class Moment(NamedTuple):
    workers: int
    signal: int
    stage: str
    wait: float = 0.0
    """Seconds after the stage has begun."""


def disturbed(source: Path, folder: Path, moment: Moment) -> None:
    """A run that gets a signal."""
    run, number = Run(source, folder, moment.workers), moment.signal
    run.until(moment.stage)
    time.sleep(moment.wait)
    if run.process.poll() is None:
        run.interrupt(number)
    status = run.end()
    assert run.left() == []
    if run.last["event"] == "summary":  # it came too late
        return
    assert status == 128 + number
    assert (run.last["event"], run.last["status"]) == ("error", 128 + number)
    assert "run the same command again to go on" in run.last["message"]


@case(
    "process-ctrl-c",
    "Ctrl-C or SIGTERM at several moments",
    "what is at hand is finished, nothing else is left, exit status 130 or 143; the same command ends in those bytes",
)
@pytest.mark.parametrize(
    "moment",
    [
        Moment(1, signal.SIGTERM, "reading", 0.05),
        Moment(1, signal.SIGINT, "converting", 0.3),
        pytest.param(Moment(1, signal.SIGTERM, "finishing"), marks=pytest.mark.slow),
        Moment(2, signal.SIGINT, "converting"),
        pytest.param(Moment(2, signal.SIGTERM, "converting", 2.0), marks=pytest.mark.slow),
    ],
)
def test_the_same_command_goes_on(source: Path, whole: dict[str, bytes], tmp_path: Path, moment: Moment) -> None:
    disturbed(source, tmp_path, moment)
    run = Run(source, tmp_path, 1)
    assert run.end() == 0
    assert tree(run.output) == whole
    assert run.left() == []


@pytest.mark.slow
@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_many_interruptions_end_in_the_same_bytes(
    source: Path, whole: dict[str, bytes], tmp_path: Path, workers: int
) -> None:
    numbers = random.Random(workers)
    for _ in range(SIGNALS):
        stage = numbers.choice(["opening", "planning", "converting", "converting", "converting", "finishing"])
        wait = numbers.random() * (2.5 if stage == "converting" else 0.1)
        disturbed(source, tmp_path, Moment(workers, numbers.choice([signal.SIGINT, signal.SIGTERM]), stage, wait))
    run = Run(source, tmp_path, workers)
    assert run.end() == 0
    assert tree(run.output) == whole


@case(
    "process-ctrl-c-twice",
    "Ctrl-C twice in the middle of a large item",
    "it ends at once with exit status 130 and leaves nothing stray",
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_ctrl_c_ends_at_once(tmp_path: Path, workers: int) -> None:
    source = tmp_path / "large.xml"
    source.write_text(export(item(1, content=TEXT.format(2) * 50_000)))
    run = Run(source, tmp_path, workers)
    assert run.until("converting")
    run.works()
    run.interrupt(signal.SIGINT)
    assert run.until("stopping")
    assert run.process.poll() is None, "it finishes what is at hand"
    run.interrupt(signal.SIGINT)
    assert run.end() == 130
    assert list(run.output.rglob("*.md")) == [], "it did not wait for the item"
    assert run.left() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_ignored_from_the_beginning_stays_ignored(tmp_path: Path, workers: int) -> None:
    """As a shell begins what a script runs in the background, and `nohup` what is to outlive the terminal."""
    source = tmp_path / "large.xml"
    source.write_text(export(*(item(id, content=TEXT.format(id) * 200) for id in range(1, 40))))
    run = Run(source, tmp_path, workers, "sh", "-c", 'trap "" INT HUP; exec "$@"', "sh")
    assert run.until("converting")
    run.interrupt(signal.SIGINT)
    run.process.send_signal(signal.SIGHUP)
    assert run.end() == 0
    assert run.last["event"] == "summary"
    assert run.left() == []


def test_a_signal_for_all_processes_is_no_crash(tmp_path: Path) -> None:
    source = tmp_path / "large.xml"
    source.write_text(export(item(1, content=TEXT.format(2) * 50_000)))
    run = Run(source, tmp_path, 2)
    assert run.until("converting")
    run.works()
    os.killpg(run.process.pid, signal.SIGTERM)
    assert run.end() == 143
    assert run.left() == []
