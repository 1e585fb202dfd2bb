"""What a run that was killed left in its folder is not taken for the user's by the next one."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from converters.output import OutFile
from pipelines.output.sink import Sink
from tests import children

RUN = """
import os, signal, sys
from collections.abc import Iterator
from pathlib import Path
from converters.output import OutFile
from pipelines.output import sink

def chunks(file, root):
    if file.path == "d" and seen.count("d"):
        yield b"half"
        os.kill(os.getpid(), signal.SIGKILL)
    seen.append(file.path)
    yield file.data

seen, out = [], Path(sys.argv[1])
sink._chunks = chunks
run = sink.Sink(out)
run.write([OutFile(name, b"second") for name in "abcd"])
"""


def written(output: Path, files: dict[str, bytes]) -> list[str]:
    """A run that comes to its end; returns the files that it took for the user's."""
    sink = Sink(output)
    sink.write(OutFile(name, data) for name, data in files.items())
    sink.finish()
    sink.save()
    sink.close()
    return sink.kept


def contents(output: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in output.iterdir() if path.is_file()}


def killed(output: Path) -> None:
    done = children.run([sys.executable, "-c", RUN, str(output)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert {name: data for name, data in contents(output).items() if name < "d"} == dict.fromkeys("abc", "second")
    assert [data for name, data in contents(output).items() if name.startswith("d.")] != []


def test_files_of_a_killed_run_are_replaced_and_removed(tmp_path: Path) -> None:
    assert written(tmp_path, {"a": b"first", "d": b"first"}) == []
    killed(tmp_path)
    assert written(tmp_path, {"a": b"third", "b": b"third"}) == []
    assert contents(tmp_path) == {"a": "third", "b": "third"}


def test_files_of_two_killed_runs(tmp_path: Path) -> None:
    killed(tmp_path)
    killed(tmp_path)
    assert written(tmp_path, {"c": b"third"}) == []
    assert contents(tmp_path) == {"c": "third"}


def test_what_the_user_changed_since_is_still_the_users(tmp_path: Path) -> None:
    assert written(tmp_path, {"a": b"first", "b": b"first"}) == []
    killed(tmp_path)
    (tmp_path / "a").write_text("mine")
    (tmp_path / "c").write_text("mine, too")
    assert written(tmp_path, {"a": b"third", "b": b"third"}) == ["a", "c"]
    assert contents(tmp_path) == {"a": "mine", "b": "third", "c": "mine, too"}
