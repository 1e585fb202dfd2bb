"""A batch that is killed at random moments, and begun again each time, ends in the bytes of one that was not.

By hand with more: `POSTFERRY_SITES=200 POSTFERRY_KILLS=20 pytest -m slow tests/pipelines/batch/test_kill.py`.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import children
from tests.limits import until
from tests.pipelines.batch.batches import jobs, states, tree
from tests.wxr import export, item

SITES = int(os.environ.get("POSTFERRY_SITES", "20"))
KILLS = int(os.environ.get("POSTFERRY_KILLS", "8"))
PATTERNS = "".join(
    f'[[site]]\nsource = "{target}/*.xml"\noutput = "out/{target}/{{stem}}"\nto = "{target}"\nredirects = "nginx"\n'
    for target in ("hugo", "jekyll", "json")
)


def begin(folder: Path, workers: int) -> subprocess.Popen[bytes]:
    script = Path(sys.executable).with_name("postferry")
    return children.start(
        [str(script), "batch", "jobs.toml", "--workers", str(workers), "-q"],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder / "tmp")},
    )


def prepare(folder: Path, numbers: random.Random) -> None:
    (folder / "tmp").mkdir(parents=True)
    for number in range(SITES):
        target = ("hugo", "jekyll", "json")[number % 3]
        items = (
            item(id, content=f"<p>Text {id} of {number}.</p>" * numbers.randint(1, 30), terms=[("category", "c", "C")])
            for id in range(1, numbers.randint(2, 40))
        )
        (folder / target).mkdir(exist_ok=True)
        (folder / target / f"s{number:03}.xml").write_text(export(*items))
    jobs(folder, PATTERNS)


def at_work(folder: Path, process: subprocess.Popen[bytes]) -> float:
    """The time at which the run has begun with a site: before that there is nothing to kill."""
    begun = time.time()
    locks = "out/*/*/.postferry/lock"
    assert until(lambda: process.poll() is not None or any(_younger(lock, begun) for lock in folder.glob(locks)))
    return time.monotonic()


def _younger(file: Path, moment: float) -> bool:
    try:
        return file.stat().st_mtime > moment
    except FileNotFoundError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_runs_end_in_the_same_bytes(tmp_path: Path, workers: int) -> None:
    for name in ("whole", "killed"):
        prepare(tmp_path / name, random.Random(7))
    whole = begin(tmp_path / "whole", workers)
    begun = at_work(tmp_path / "whole", whole)
    assert whole.wait() == 0
    lasts = time.monotonic() - begun
    numbers, killed = random.Random(workers), 0
    while killed < KILLS:
        process = begin(tmp_path / "killed", workers)
        at_work(tmp_path / "killed", process)
        try:
            status = process.wait(timeout=numbers.random() * lasts / KILLS * 2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        else:
            assert status == 0
            break
    assert begin(tmp_path / "killed", workers).wait() == 0
    assert killed >= KILLS // 2
    assert "unchanged" in states(tmp_path / "killed").values()
    assert tree(tmp_path / "killed/out") == tree(tmp_path / "whole/out")
    assert begin(tmp_path / "killed", workers).wait() == 0
    assert set(states(tmp_path / "killed").values()) == {"unchanged"}
