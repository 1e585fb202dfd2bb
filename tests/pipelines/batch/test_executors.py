"""Executors: results by number, errors that stay with their task, processes that die with a task or a parent."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.run.executors import Ended, Executor, in_order
from pipelines.run.executors.crash_safe_pool import local
from tests import children
from tests.folders import ROOT
from tests.limits import until


def work(task: int) -> int:
    """7 kills its process, 5 raises."""
    if task == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 5:
        raise ValueError("five")
    return task * task


@pytest.fixture(params=[1, 3])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    made = local(request.param)
    yield made
    made.close()


def test_each_task_ends_once(executor: Executor) -> None:
    ended = list(executor.map_unordered(work, [0, 1, 2, 3, 4, 5, 6]))
    assert sorted(each.number for each in ended) == list(range(7))
    values = {each.number: each.value for each in ended}
    assert values == {0: 0, 1: 1, 2: 4, 3: 9, 4: 16, 5: None, 6: 36}
    (error,) = (each.error for each in ended if each.error)
    assert error.startswith("ValueError: five (tests.pipelines.batch.test_executors:")
    assert [each.value for each in executor.map_unordered(work, [8])] == [64]  # it can be used again


def test_no_task_is_taken_before_it_can_begin(executor: Executor) -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for task in range(4):
            taken.append(task)
            yield task

    for ended, _ in enumerate(executor.map_unordered(work, tasks())):
        assert len(taken) <= executor.size + ended
    assert taken == [0, 1, 2, 3]


def test_a_process_that_dies_costs_its_task_alone() -> None:
    executor = local(2)
    try:
        ended = {each.number: each for each in executor.map_unordered(work, [1, 7, 2, 7, 3])}
    finally:
        executor.close()
    assert [ended[number].value for number in range(5)] == [1, None, 4, None, 9]
    assert "(SIGKILL)" in ended[1].error


def test_in_order() -> None:
    ended = [Ended(2, "c"), Ended(0, "a"), Ended(1, None, "no"), Ended(3, "d")]
    assert [each.number for each in in_order(ended)] == [0, 1, 2, 3]


PARENT = """
import sys, time
from pipelines.run.executors.crash_safe_pool import local
from tests.pipelines.batch.test_executors import linger
if __name__ == "__main__":
    for _ in local(2).map_unordered(linger, [sys.argv[1] + "/1", sys.argv[1] + "/2"]):
        pass
"""


def linger(path: str) -> None:
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    root = ROOT
    parent = children.start([sys.executable, str(script), str(tmp_path)], env={**os.environ, "PYTHONPATH": str(root)})
    files = [tmp_path / "1", tmp_path / "2"]
    assert until(lambda: all(file.exists() and file.read_text() for file in files))
    begun = [int(file.read_text()) for file in files]
    assert all(map(_alive, begun))
    parent.kill()
    parent.wait()
    assert until(lambda: not any(map(_alive, begun)))
