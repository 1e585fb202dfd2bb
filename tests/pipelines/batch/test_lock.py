"""Two runs at one place: the second is refused, says who holds it, and the lock ends with its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from converters.errors import LockedError
from pipelines.batch.run import state_files
from pipelines.batch.work import Batch
from pipelines.output.lock import held
from tests import children
from tests.hostile.cases import case
from tests.pipelines.batch.batches import batch, exports, jobs, states
from tests.support import command

HOLD = """
import sys
from pathlib import Path
from pipelines.output.lock import held
with held(Path(sys.argv[1]), "it"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until it ends."""
    process = children.start(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.stdin.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    exports(tmp_path, "in/a.xml", "in/b.xml")
    jobs(tmp_path, '[[site]]\nsource = "in/*.xml"\noutput = "out/{stem}"\n')
    return tmp_path


@case(
    "process-two-runs",
    "two runs into one folder",
    "the second one is refused with exit status 75 and says who is at it, and since when",
)
def test_a_second_run_is_refused_and_says_who_is_at_it(folder: Path) -> None:
    with holder(folder / "out/a/.postferry/lock") as process:
        done = command("in/a.xml", "-o", "out/a", cwd=folder)
        assert done.returncode == 75
        assert f"out/a is in use by another run: process {process.pid} on {os.uname().nodename}, since 2" in done.stderr
        assert not (folder / "out/a/hugo.toml").exists()
        assert command("in/a.xml", "-o", "out/a", "--dry-run", cwd=folder).returncode == 0
    assert command("in/a.xml", "-o", "out/a", cwd=folder).returncode == 0
    assert not (folder / "out/a/.postferry/lock").exists()


@case("process-stale-lock", "the lock of a run that was killed", "taken over")
def test_a_killed_run_holds_nothing(folder: Path) -> None:
    with holder(folder / "out/a/.postferry/lock") as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (folder / "out/a/.postferry/lock").exists()
        assert command("in/a.xml", "-o", "out/a", cwd=folder).returncode == 0


def test_a_site_in_use_fails_and_is_done_the_next_time(folder: Path) -> None:
    with holder(folder / "out/a/.postferry/lock"):
        assert batch(folder).returncode == 75
        assert states(folder) == {"a": "failed", "b": "carried"}
    assert batch(folder).returncode == 0
    assert states(folder) == {"a": "carried", "b": "unchanged"}


def test_a_batch_in_use_is_refused(folder: Path) -> None:
    with holder(state_files(Batch(folder / "jobs.toml")).lock):
        done = batch(folder)
        assert done.returncode == 75
        assert "jobs.toml is in use by another run" in done.stderr
        assert not (folder / "jobs-report.json").exists()
    assert batch(folder).returncode == 0


def test_a_run_that_writes_nothing_leaves_nothing(folder: Path) -> None:
    (folder / "text.xml").write_text("no export")
    assert command("--from", "wordpress", "text.xml", "-o", "new", cwd=folder).returncode == 65
    assert not (folder / "new").exists()
    (folder / "empty").mkdir()
    assert command("--from", "wordpress", "text.xml", "-o", "empty", cwd=folder).returncode == 65
    assert list((folder / "empty").iterdir()) == []


def test_one_at_a_time_also_among_many(tmp_path: Path) -> None:
    """The file goes away with each holder, which must not let two in."""
    inside, most, refused = 0, 0, 0
    guard = threading.Lock()

    def try_often() -> None:
        nonlocal inside, most, refused
        for _ in range(200):
            try:
                with held(tmp_path / "f/lock", "it"):
                    with guard:
                        inside += 1
                        most = max(most, inside)
                    with guard:
                        inside -= 1
            except LockedError:
                with guard:
                    refused += 1

    threads = [threading.Thread(target=try_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert most == 1
    assert refused < 800
