"""A process that dies or hangs costs the item it was at, and that one is named; all others are carried."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests import children
from tests.folders import ROOT
from tests.hostile.cases import case
from tests.pipelines.cli.test_command import visible
from tests.wxr import export, item

POSTS = 90
PROGRAM = """
import ctypes, os, resource, signal, sys
from pathlib import Path
from converters.importers.wordpress.importer import WordPressImporter
from pipelines.inspect.counts import Counts
from pipelines.run.executors import crash_safe_pool
from pipelines.run.index import IndexWriter
from pipelines.cli.main import main

read = WordPressImporter.read
FAULTS, MET = {faults}, {met}
LOG = Path(__file__).with_name("tried")


def killed(): os.kill(os.getpid(), signal.SIGKILL)
def segfault(): ctypes.string_at(0)
def memory():
    resource.setrlimit(resource.RLIMIT_AS, (2**40, -1))
    bytearray(2**45)
def gone(): os._exit(1)
def loop():
    while True: pass
def stopped(): os.kill(os.getpid(), signal.SIGSTOP)
def once():
    if not LOG.exists():
        LOG.write_text("")
        killed()


def faulty(self, entry, *known):
    if entry.id in FAULTS:
        globals()[FAULTS[entry.id]]()
    return read(self, entry, *known)


def meeting(entry_of):
    def entry(self, entry, *known):
        if entry.id in MET:
            globals()[MET[entry.id]]()
        return entry_of(self, entry, *known)
    return entry


WordPressImporter.read = faulty
IndexWriter.entry, Counts.entry = meeting(IndexWriter.entry), meeting(Counts.entry)
crash_safe_pool._IN_A_ROW = 8
if __name__ == "__main__":
    main()
"""


class Ended(NamedTuple):
    status: int
    said: str
    files: dict[str, bytes]
    report: dict[str, Any]

    def failed(self) -> dict[str, list[tuple[str, str]]]:
        """id of an item that was not carried -> (code, particular) of its notices."""
        return {
            row["id"]: [(notice["code"], notice.get("what", "")) for notice in row["notices"]]
            for row in self.report["items"]
            if row["outcome"] == "failed"
        }


def run(folder: Path, faults: dict[str, str], *arguments: str, met: dict[str, str] | None = None) -> Ended:
    """A conversion, in which the code that converts some of the items has a fault, or that which surveys them."""
    source = folder / "export.xml"
    if not source.exists():
        posts = (item(id, content=f"<p>Text <b>of</b> {id}.</p>") for id in range(1, POSTS + 1))
        source.write_text(export(*posts))
    done = command(folder, faults, str(source), "-o", str(folder / "site"), *arguments, met=met)
    report = folder / "site/.postferry/report.json"
    loaded = json.loads(report.read_text()) if report.exists() else {}
    return Ended(done.returncode, done.stderr, visible(folder / "site"), loaded)


def command(
    folder: Path, faults: dict[str, str], *arguments: str, met: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    program = folder / "faulty.py"
    program.write_text(PROGRAM.format(faults=faults, met=met or {}))
    return children.run(
        [sys.executable, str(program), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is written when nothing has a fault."""
    return run(tmp_path_factory.mktemp("whole"), {}).files


def page(id: int) -> str:
    return f"content/posts/post-{id}.md"


FAULTS = [
    pytest.param("killed", "worker.crashed", "SIGKILL", id="killed"),
    pytest.param("segfault", "worker.crashed", "SIGSEGV", id="segmentation fault"),
    pytest.param("gone", "worker.crashed", "status 1", id="exit", marks=pytest.mark.slow),
    pytest.param("memory", "item.out-of-memory", "", id="memory", marks=pytest.mark.slow),
    pytest.param("loop", "item.timed-out", "", id="loop"),
    pytest.param("stopped", "item.timed-out", "", id="hangs in a library", marks=pytest.mark.slow),
]


@case(
    "process-worker-dies",
    "a process that converts is killed, has a segmentation fault, no memory, or hangs",
    "one item is not carried and named with one notice, all others are; exit status 4",
)
@pytest.mark.parametrize(("fault", "code", "how"), FAULTS)
def test_a_process_that_dies_costs_one_item(
    tmp_path: Path, whole: dict[str, bytes], fault: str, code: str, how: str
) -> None:
    limit = ("--item-timeout", "2") if code == "item.timed-out" else ()
    ended = run(tmp_path, {"70": fault}, "--workers", "2", *limit)
    assert ended.status == 4, ended.said
    assert ended.failed() == {"70": [(code, how)]}
    assert set(whole) - set(ended.files) == {page(70)}
    assert "90 items = 89 carried + 1 NOT CARRIED" in ended.said
    assert run(tmp_path, {}, "--workers", "2").files == whole, "the next run tries again"


@pytest.mark.slow
def test_several_processes_die(tmp_path: Path, whole: dict[str, bytes]) -> None:
    faults = {"3": "killed", "4": "segfault", "64": "memory", "65": "gone", "90": "killed"}
    ended = run(tmp_path, faults, "--workers", "2")
    assert ended.status == 4
    assert ended.failed().keys() == faults.keys()
    assert set(whole) - set(ended.files) == {page(int(id)) for id in faults}


def test_a_process_that_is_killed_from_outside_costs_nothing(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """As by a machine that is short of memory for a moment: its items are done again."""
    ended = run(tmp_path, {"70": "once"}, "--workers", "2")
    assert (ended.status, ended.failed(), ended.files) == (0, {}, whole)


@case(
    "process-item-hangs",
    "an item that takes for ever, in the only process",
    "it is left out after --item-timeout seconds and named; exit status 4",
)
def test_an_item_has_a_time_limit_in_the_only_process(tmp_path: Path, whole: dict[str, bytes]) -> None:
    ended = run(tmp_path, {"70": "loop", "71": "memory"}, "--workers", "1", "--item-timeout", "1")
    assert ended.status == 4, ended.said
    assert ended.failed() == {"70": [("item.timed-out", "")], "71": [("item.out-of-memory", "")]}
    assert set(whole) - set(ended.files) == {page(70), page(71)}


@case(
    "process-crashes-alone",
    "an item that ends the only process there is",
    "the same command goes on: what was at hand is converted in another process, costs itself alone and is named",
)
@pytest.mark.slow
@pytest.mark.parametrize("media", [False, True])
def test_the_run_after_a_crash_names_the_item(tmp_path: Path, whole: dict[str, bytes], media: bool) -> None:
    arguments = ["--workers", "1"]
    if media:
        (tmp_path / "old").mkdir()
        arguments += ["--media", "copy:old"]
    assert run(tmp_path, {"70": "segfault"}, *arguments).status == -signal.SIGSEGV
    for _ in range(2):  # and so does the one after that
        ended = run(tmp_path, {"70": "segfault"}, *arguments)
        assert ended.status == 4, ended.said
        assert ended.failed() == {"70": [("worker.crashed", "SIGSEGV")]}
        assert set(whole) - set(ended.files) == {page(70)}
    for _ in range(2):
        ended = run(tmp_path, {}, *arguments)
        assert (ended.status, ended.files) == (0, whole)


@pytest.mark.slow
def test_processes_that_die_whatever_they_do_end_the_run(tmp_path: Path) -> None:
    every = {str(id): "gone" for id in range(1, POSTS + 1)}
    ended = run(tmp_path, every, "--workers", "2")
    assert ended.status == 73
    assert "the machine may be out of memory" in ended.said
    assert "Traceback" not in ended.said


@pytest.mark.parametrize("seconds", ["-1", "x", "1.5", "9999999"])
def test_what_a_time_limit_cannot_be(tmp_path: Path, seconds: str) -> None:
    ended = run(tmp_path, {}, "--item-timeout", seconds)
    assert ended.status == 2
    assert "whole number of seconds" in ended.said


@case(
    "process-crashes-survey",
    "an item that ends the process that surveys a source, or looks at it",
    "`inspect` names it at once, a conversion from the second run on; exit status 65",
)
def test_what_ends_a_survey_is_named(tmp_path: Path, whole: dict[str, bytes]) -> None:
    faults = {"70": "segfault"}
    assert run(tmp_path, {}, met=faults).status == -signal.SIGSEGV
    for _ in range(2):  # and so does the one after that
        ended = run(tmp_path, {}, met=faults)
        assert ended.status == 65, ended.said
        assert "ended all at once (SIGSEGV), at the item after post 69." in ended.said
        assert ended.files == {}
    ended = run(tmp_path, {}, "--workers", "1")
    assert (ended.status, ended.files) == (0, whole)
    done = command(tmp_path, {}, "inspect", str(tmp_path / "export.xml"), met=faults)
    assert done.returncode == 65
    assert "ended all at once (SIGSEGV), at the item after post 69." in done.stderr


@case(
    "process-crashes-verify",
    "an item that ends the process that compares a site with its source",
    "where converting it did so before, it is read in another process; it is named, and all others are compared",
)
def test_verify_outlives_what_a_conversion_outlived(tmp_path: Path) -> None:
    assert run(tmp_path, {"70": "segfault"}, "--workers", "2").status == 4
    arguments = ("verify", str(tmp_path / "site"), "--against", str(tmp_path / "export.xml"), "--json")
    done = command(tmp_path, {"70": "segfault"}, *arguments)
    assert done.returncode == 5, done.stderr
    found = json.loads(done.stdout)
    assert found["failed"] == ["70"]
    assert found["figures"] == {"identical": POSTS - 1}
