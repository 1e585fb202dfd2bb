"""What is said when there is no cluster to carry anything, or none was meant."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipelines.cli.options import OPTIONS
from pipelines.run.executors import NAMES
from tests import children
from tests.pipelines.batch.batches import exports, jobs
from tests.pipelines.run.clusters import dask, needs_dask, silence
from tests.pipelines.run.test_cluster import run
from tests.support import command

COMMANDS = pytest.mark.parametrize("given", [("batch", "jobs.toml"), ("in/a.xml", "-o", "out")], ids=["batch", "site"])
WITHOUT = """
import sys
sys.modules["distributed"] = None
from pipelines.cli.main import main
main(sys.argv[1:])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    exports(tmp_path, "in/a.xml")
    jobs(tmp_path, '[[site]]\nsource = "in/*.xml"\noutput = "out/{stem}"\n')
    return tmp_path


@COMMANDS
@pytest.mark.parametrize(
    "options, says",
    [
        (("--executor", "dask"), "needs the address of a scheduler: --scheduler tcp://"),
        (("--scheduler", "tcp://127.0.0.1:1"), "use it with --executor dask"),
        (("--executor", "inline", "--workers", "2"), "leave --workers out"),
        (("--executor", "cloud"), "'cloud' is not one of 'local', 'inline', 'dask'"),
    ],
)
def test_what_does_not_agree(folder: Path, given: tuple[str, ...], options: tuple[str, ...], says: str) -> None:
    done = command(*given, *options, cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert not (folder / "out").exists()


@COMMANDS
def test_the_extra_is_named(folder: Path, given: tuple[str, ...]) -> None:
    arguments = [sys.executable, "-c", WITHOUT, *given, "--executor", "dask", "--scheduler", "tcp://127.0.0.1:1"]
    done = children.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'postferry[dask]'" in done.stderr
    assert not (folder / "out").exists()


@needs_dask
@pytest.mark.parametrize("answers", ["nobody", pytest.param("silence", marks=pytest.mark.slow)])
def test_no_scheduler(folder: Path, answers: str) -> None:
    """Within a bounded time (which `run` makes short), also when something else listens there and says nothing."""
    with silence(listening=answers == "silence") as address:
        ended = run(folder, "batch", "jobs.toml", "--executor", "dask", "--scheduler", address)
    assert ended.status == 69
    assert f"No Dask scheduler answers at {address} within 3 seconds." in ended.said
    assert not (folder / "out").exists()


@needs_dask
@pytest.mark.parametrize("address", ["nonsense://x", "tcp://host:port"])
def test_no_address(folder: Path, address: str) -> None:
    ended = run(folder, "batch", "jobs.toml", "--executor", "dask", "--scheduler", address)
    assert ended.status == 2
    assert f"--scheduler {address} is no address of a scheduler" in ended.said


@needs_dask
@pytest.mark.slow
def test_no_worker(folder: Path) -> None:
    with dask(folder / "dask") as cluster:
        ended = run(folder, "in/a.xml", "-o", "out", "--executor", "dask", "--scheduler", cluster.address)
    assert ended.status == 69
    assert f"The scheduler {cluster.address} has no worker." in ended.said
    assert not (folder / "out").exists()


def test_both_commands_offer_the_same_executors() -> None:
    (option,) = (option for option in OPTIONS if option.name == "executor")
    assert option.choices == NAMES
    assert f"[{'|'.join(NAMES)}]" in command("batch", "--help").stdout
