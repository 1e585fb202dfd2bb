"""SIGKILL at random moments of a conversion: only whole files are there, and the same command ends in the same bytes.

With as many kills as you like: `POSTFERRY_KILLS=100 pytest -m slow tests/hostile/test_kill.py`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests import children
from tests.hostile.broken_off import arguments, half_written, make_source, run, stray, tree
from tests.hostile.cases import case

KILLS = int(os.environ.get("POSTFERRY_KILLS", "100"))
POSTS = 150


def kill_often(folder: Path, workers: int, kills: int, *, pictures: bool, posts: int = POSTS) -> int:
    """Runs that are killed, each with all its processes; the last one is left to end. How many were killed in time."""
    source = make_source(folder, posts, pictures=pictures)
    spool, output = folder / "tmp", folder / "site"
    spool.mkdir()
    began = time.monotonic()  # of a process that loads the program first, as those do that are killed
    children.run(arguments(source, folder / "whole", workers, pictures=pictures), check=True)
    lasts = time.monotonic() - began
    whole = tree(folder / "whole")
    numbers, killed = random.Random(f"{workers} {pictures}"), 0
    for _ in range(kills):
        process = children.start(
            arguments(source, output, workers, pictures=pictures),
            env={**os.environ, "TMPDIR": str(spool)},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(lasts * (0.1 + 0.8 * numbers.random()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
            assert half_written(output, whole) == []
        else:  # it was too late: another begins from nothing
            assert tree(output) == whole
            shutil.rmtree(output)
    run(source, output, workers, spool, pictures=pictures)
    ended = tree(output)
    assert [path for path in whole.keys() | ended.keys() if whole.get(path) != ended.get(path)] == []
    assert stray(output) == []
    return killed


KINDS = pytest.mark.parametrize(
    ("workers", "pictures"),
    [
        pytest.param(1, False, id="one process"),
        pytest.param(2, False, id="two processes"),
        pytest.param(1, True, id="bundles"),
        pytest.param(2, True, id="two and bundles"),
    ],
)


@case(
    "process-killed",
    "SIGKILL at random moments, also while files come along",
    "only whole files are there; the same command ends in the bytes of an undisturbed run, with nothing stray",
)
@pytest.mark.parametrize(("workers", "pictures"), [pytest.param(1, False, marks=pytest.mark.slow), (2, True)])
def test_killed_runs_end_in_the_same_bytes(tmp_path: Path, workers: int, pictures: bool) -> None:
    assert kill_often(tmp_path, workers, 3, pictures=pictures, posts=120) > 0


@pytest.mark.slow
@KINDS
def test_a_hundred_kills(tmp_path: Path, workers: int, pictures: bool) -> None:
    assert kill_often(tmp_path, workers, KILLS, pictures=pictures) > KILLS * 0.3
