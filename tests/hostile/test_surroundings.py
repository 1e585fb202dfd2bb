"""What stands around a run changes nothing in what it writes: clocks, zones, languages, seeds, closed terminals."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import children
from tests.folders import ROOT
from tests.hostile.broken_off import arguments, make_source, run, tree
from tests.hostile.cases import case

JUMPS = """
import itertools, sys, time
real, steps = time.time, itertools.cycle((0, 3600, -86400, 10**9))
time.time = lambda: real() + next(steps)
from pipelines.cli.main import main
if __name__ == "__main__":
    main()
"""
SURROUNDINGS = [
    {"TZ": "Pacific/Chatham", "PYTHONHASHSEED": "1"},
    {"TZ": "no/such/zone", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
    {"TZ": "UTC+25", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "3", "PYTHONOPTIMIZE": "1"},
]


def begun(source: Path, output: Path, workers: int, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TMPDIR": str(output.parent), **more}
    words = arguments(source, output, workers)
    return children.run(words, env=environment, capture_output=True, text=True, check=False)


@case(
    "process-surroundings",
    "odd zones, languages and hash seeds, a clock that jumps",
    "the same bytes",
)
@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_the_same_bytes_everywhere(tmp_path: Path, workers: int) -> None:
    source = make_source(tmp_path, 30)
    run(source, tmp_path / "whole", 1, tmp_path)
    whole = tree(tmp_path / "whole")
    for number, more in enumerate(SURROUNDINGS):
        done = begun(source, tmp_path / f"site{number}", workers, **more)
        assert done.returncode == 0, done.stderr
        assert tree(tmp_path / f"site{number}") == whole
    program = tmp_path / "jumps.py"
    program.write_text(JUMPS)
    words = [sys.executable, str(program), *arguments(source, tmp_path / "jumps", workers)[1:]]
    root = {"PYTHONPATH": str(ROOT)}
    assert children.run(words, env={**os.environ, **root}, check=False).returncode == 0
    assert tree(tmp_path / "jumps") == whole


@case(
    "process-closed-pipe",
    "the reader of its output is gone (`| head -1`), or there is no terminal at all",
    "it comes to its end quietly, with no traceback",
)
@pytest.mark.parametrize("words", [["formats"], ["--help"]])
def test_a_reader_that_is_gone(words: list[str]) -> None:
    script = str(Path(sys.executable).with_name("postferry"))
    reader, writer = os.pipe()
    os.close(reader)
    done = children.run([script, *words], stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize("closed", ["stderr", "all"])
def test_a_terminal_that_is_gone(tmp_path: Path, closed: str) -> None:
    source = make_source(tmp_path, 30)
    words = [word for word in arguments(source, tmp_path / "site", 1) if word != "-q"]
    if closed == "all":
        done = children.run(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *words], check=False)
    else:
        reader, writer = os.pipe()
        os.close(reader)
        done = children.run(words, stderr=writer, check=False)
        os.close(writer)
    assert done.returncode == 0
    run(source, tmp_path / "whole", 1, tmp_path)
    assert tree(tmp_path / "site") == tree(tmp_path / "whole")


def cut(file: Path) -> None:
    os.truncate(file, 2048)


def gone(file: Path) -> None:
    file.unlink()


def overwritten(file: Path) -> None:
    file.write_bytes(b"no database" * 100)


@case(
    "process-media-state-damaged",
    "the list of files that came along is gone, no database, or one cut off",
    "made anew from what is there; the same bytes",
)
@pytest.mark.parametrize("spoil", [cut, gone, overwritten])
def test_a_damaged_list_of_files(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    source = make_source(tmp_path, 3, pictures=True)
    run(source, tmp_path / "site", 1, tmp_path, pictures=True)
    whole = tree(tmp_path / "site")
    spoil(tmp_path / "site/.postferry/media.db")
    run(source, tmp_path / "site", 1, tmp_path, pictures=True)
    assert tree(tmp_path / "site") == whole
