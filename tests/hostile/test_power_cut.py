"""A power cut: files that were written in a run that did not come to its end are empty, cut, or full of zeros, and the
journal of our own list may be gone. The same command then ends in the bytes of a run that nobody disturbed.

A cut is made of SIGKILL and of what a file system may do to whatever was not on the disk yet: see "delayed allocation"
in ext4(5), and https://www.sqlite.org/howtocorrupt.html#_failure_to_sync. With more of them:
`POSTFERRY_CUTS=100 pytest -m slow tests/hostile/test_power_cut.py`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipelines.output import held_folder, state
from pipelines.output.output_folder import OutputFolder
from pipelines.output.sink import Sink
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from pipelines.run.fingerprint import run_fingerprint
from pipelines.run.run_result import RunResult
from tests import children
from tests.hostile.broken_off import arguments, make_source, stray, tree
from tests.hostile.broken_off import run as undisturbed
from tests.hostile.cases import case
from tests.pipelines.batch.batches import batch, exports, jobs, states
from tests.wxr import export, item

CUTS = int(os.environ.get("POSTFERRY_CUTS", "20"))
ONE, TWO = "content/posts/post-1.md", "content/posts/post-2.md"


class Home:
    """A source and its site."""

    def __init__(self, folder: Path) -> None:
        self.source, self.site = folder / "export.xml", folder / "site"
        self.job = Job((str(self.source),), str(self.site), Options("wordpress", "hugo"), workers=1)

    def run(self, text: str = "Text.", *, posts: int = 2, **more: Any) -> RunResult:
        self.source.write_text(export(*(item(id, content=f"{text} {id} " * 20) for id in range(1, posts + 1))))
        return run(msgspec.structs.replace(self.job, **more))

    def unfinished(self) -> None:
        """As it is after a run that did not come to the point where all is on the disk."""
        with closing(sqlite3.connect(self.site / ".postferry/state.db", isolation_level=None)) as db:
            db.execute("UPDATE runs SET whole = 0")

    def without_list(self) -> None:
        (self.site / ".postferry/state.db").write_bytes(b"")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.run()
    return home


Damage = Callable[[bytes], bytes]
CUT: dict[str, Damage] = {
    "empty": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "one zero": lambda data: b"\0",
    "more zeros": lambda data: bytes(len(data) + 4096),
}
HALF: dict[str, Damage] = {
    "one byte": lambda data: data[:1],
    "half": lambda data: data[: len(data) // 2],
    "almost all": lambda data: data[:-1],
    "zeros behind the half": lambda data: data[: len(data) // 2].ljust(len(data), b"\0"),
    "zeros behind all": lambda data: data + bytes(100),
}
EDITS: dict[str, Damage] = {
    "a line at the end": lambda data: data + b"mine\n",
    "a line at the beginning": lambda data: b"mine\n" + data,
    "another word": lambda data: data.replace(b"Text", b"Word"),
    "a word less": lambda data: data.replace(b"Text. ", b"", 1),
    "half, and a word": lambda data: data[: len(data) // 2] + b"mine",
    "a zero in the middle": lambda data: data[:40] + b"\0" + data[41:],
    "a line end": lambda data: b"\n",
}


@case(
    "process-power-cut-files",
    "files of ours that are empty, or full of zeros",
    "written again, whatever the last run came to; never taken for an edit",
)
@pytest.mark.parametrize("damage", CUT)
def test_power_cut_no_fsync(home: Home, damage: str) -> None:
    whole = tree(home.site)
    for file in (ONE, "hugo.toml"):
        path = home.site / file
        path.write_bytes(CUT[damage](path.read_bytes()))
    assert state.standing(home.site) == 0
    outcome = home.run()
    assert outcome.kept == ()
    assert outcome.written.new == 2
    assert tree(home.site) == whole


@case(
    "process-power-cut-half",
    "a file that ends early, or in zeros, after a run that did not come to its end",
    "written again",
)
@pytest.mark.parametrize("damage", HALF)
@pytest.mark.parametrize("lost", [Home.unfinished, Home.without_list])
def test_a_file_that_ends_early(home: Home, damage: str, lost: Callable[[Home], None]) -> None:
    site = tree(home.site)
    path = home.site / ONE
    path.write_bytes(HALF[damage](path.read_bytes()))
    lost(home)
    assert state.standing(home.site) == 0
    outcome = home.run()
    assert outcome.kept == ()
    assert {name for name, data in tree(home.site).items() if data != site.get(name)} <= {
        ".postferry/report.json",
        ".postferry/report.html",
    }


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("lost", [Home.unfinished, Home.without_list, lambda home: None])
def test_an_edit_is_an_edit_all_the_same(home: Home, edit: str, lost: Callable[[Home], None]) -> None:
    path = home.site / ONE
    mine = EDITS[edit](path.read_bytes())
    path.write_bytes(mine)
    lost(home)
    assert home.run().kept == (ONE,)
    assert path.read_bytes() == mine


@pytest.mark.parametrize("damage", HALF)
def test_a_file_that_ends_early_after_a_whole_run_is_an_edit(home: Home, damage: str) -> None:
    path = home.site / ONE
    mine = HALF[damage](path.read_bytes())
    path.write_bytes(mine)
    assert home.run("Another text.").kept == (ONE,)
    assert path.read_bytes() == mine
    assert "Another text." in (home.site / TWO).read_text()


def test_a_cut_file_that_is_no_longer_of_the_site_goes(home: Home) -> None:
    (home.site / TWO).write_bytes(b"")
    outcome = home.run(posts=1)
    assert not (home.site / TWO).exists()
    assert outcome.kept == ()


def test_an_empty_file_of_the_user_stays(home: Home) -> None:
    """Nobody of ours has written there."""
    mine = home.site / "content/posts/post-3.md"
    mine.write_bytes(b"")
    assert home.run(posts=3).kept == ("content/posts/post-3.md",)
    assert mine.read_bytes() == b""


def test_what_a_batch_takes_for_done_is_there(tmp_path: Path) -> None:
    exports(tmp_path, "in/a.xml", "in/b.xml")
    jobs(tmp_path, '[[site]]\nsource = "in/*.xml"\noutput = "out/{stem}"\n')
    assert batch(tmp_path).returncode == 0
    for damage in (b"", bytes(50)):
        whole = tree(tmp_path / "out")
        (tmp_path / "out/a/hugo.toml").write_bytes(damage)
        assert batch(tmp_path).returncode == 0
        assert states(tmp_path) == {"a": "carried", "b": "unchanged"}
        assert tree(tmp_path / "out") == whole
    with closing(sqlite3.connect(tmp_path / "out/b/.postferry/state.db", isolation_level=None)) as db:
        db.execute("UPDATE runs SET whole = 0")
    assert batch(tmp_path).returncode == 0
    assert states(tmp_path) == {"a": "unchanged", "b": "carried"}


# What is on the disk when


def _order(monkeypatch: pytest.MonkeyPatch, site: Path) -> list[str]:
    """What is done, in its order: files that come to their places, notes that are on the disk, and all that is."""
    seen: list[str] = []
    replace, sync = held_folder.HeldFolder.replace, held_folder.HeldFolder.sync_all

    def replaced(self: held_folder.HeldFolder, name: str, folder: held_folder.HeldFolder, goal: str) -> None:
        seen.append(f"file {goal}")
        replace(self, name, folder, goal)

    def synced(self: held_folder.HeldFolder) -> None:
        seen.append(f"sync {_whole(site)}")
        sync(self)

    monkeypatch.setattr(held_folder.HeldFolder, "replace", replaced)
    monkeypatch.setattr(held_folder.HeldFolder, "sync_all", synced)
    return seen


def _whole(site: Path) -> object:
    """What another process would find in the list."""
    with closing(sqlite3.connect(site / ".postferry/state.db")) as db:
        return db.execute("SELECT whole FROM runs ORDER BY number DESC").fetchone()[0]


@case(
    "process-power-cut-order",
    "a run that comes to its end",
    "all its files are on the disk before its list says so, and the list is on the disk before a batch says so",
)
def test_a_run_is_done_when_it_is_on_the_disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _order(monkeypatch, home.site)
    home.run("Another text.")
    assert [line for line in seen if line.startswith("sync")] == ["sync 0"]
    assert seen[-1] == "sync 0", "nothing comes to its place after it"
    assert "file post-1.md" in seen
    assert "file report.html" in seen
    assert _whole(home.site) == 1


def test_each_note_is_on_the_disk_before_it_counts(home: Home) -> None:
    sink = Sink(home.site)
    try:
        (synchronous,) = sink._state._db.execute("PRAGMA synchronous").fetchone()
        assert synchronous == 2, "FULL"
        assert _whole(home.site) == 0, "the run is known before its first file"
        assert (home.site / ".postferry/state.db-wal").stat().st_size == 0, "and in the file itself"
    finally:
        sink.close()


def test_a_run_that_was_asked_to_end_is_on_the_disk_as_well(home: Home) -> None:
    Sink(home.site).close()
    assert _whole(home.site) == 1


@pytest.mark.parametrize("by", [True, False], ids=["syncfs", "sync"])
def test_the_disk_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: bool) -> None:
    calls: list[str] = []
    if not by:
        monkeypatch.setattr(held_folder, "_syncfs", lambda descriptor: False)
    monkeypatch.setattr(os, "sync", lambda: calls.append("sync"))
    with closing(OutputFolder(tmp_path)) as folder:
        folder.sync()
    assert calls == ([] if by and hasattr(os, "O_DIRECTORY") else ["sync"])


def test_a_disk_that_fails_is_no_whole_run(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: OutputFolder) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(OutputFolder, "sync", fails)
        with pytest.raises(Exception, match="Input/output error") as failed:
            home.run("Another text.")
        assert getattr(failed.value, "exit_status", 1) == 74
    assert _whole(home.site) == 0
    assert home.run("Another text.").kept == ()


def test_nothing_to_do_is_no_reason_to_wait_for_the_disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    job = msgspec.structs.replace(home.job, fingerprint=run_fingerprint(home.job))
    for _ in range(2):
        run(job)
    seen = _order(monkeypatch, home.site)
    assert run(job).repeated
    assert seen == []


# Cuts


def stamp(path: Path) -> tuple[int, int, int]:
    seen = path.stat()
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def stamps(folder: Path) -> dict[Path, tuple[int, int, int]]:
    found = {}
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # one that a run has renamed since it was listed
            if path.is_file():
                found[path] = stamp(path)
    return found


def damaged(folder: Path, before: dict[Path, tuple[int, int, int]], numbers: random.Random) -> int:
    """Do to files written since then what a power cut may do; how many. What an ended run wrote is on the disk."""
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and before.get(path) != stamp(path) and path.name not in ("state.db", "lock", "media.db")
    ]
    hit = [path for path in files if numbers.random() < 0.3]
    for path in hit:
        size = path.stat().st_size
        if path.name.endswith(("-wal", "-shm")):
            numbers.choice((path.unlink, lambda path=path, size=size: os.truncate(path, numbers.randint(0, size))))()
            continue
        kept = numbers.choice((0, 0, numbers.randint(0, size)))
        data = path.read_bytes()[:kept]
        path.write_bytes(data + bytes(numbers.choice((0, size - kept))))
    for name in ("state.db-wal", "state.db-shm"):
        if numbers.random() < 0.3:
            (folder / ".postferry" / name).unlink(missing_ok=True)
    return len(hit)


def is_on_the_disk(output: Path, spool: Path) -> bool:
    """Had the run all on the disk before it was killed? Then a power cut costs nothing of it. Reads a copy."""
    copy = Path(tempfile.mkdtemp(dir=spool))
    for name in ("state.db", "state.db-wal"):
        with suppress(FileNotFoundError):
            shutil.copy(output / ".postferry" / name, copy / name)
    with closing(sqlite3.connect(copy / "state.db")) as db, suppress(sqlite3.DatabaseError, TypeError):
        return bool(db.execute("SELECT whole FROM runs ORDER BY number DESC").fetchone()[0])
    return False


def killed(process: children.Child, output: Path, before: dict[Path, tuple[int, int, int]], files: int) -> bool:
    """Kill it once it has written that many files; was it killed before its end?"""
    while process.poll() is None:
        if sum(found != before.get(path) for path, found in stamps(output).items()) >= files:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.001)
    return False


def cut_often(folder: Path, cuts: int, *, pictures: bool, posts: int, seed: str) -> int:
    """Runs that are killed, and cuts; after each one the same command is run to its end. How many files were hit."""
    source = make_source(folder, posts, pictures=pictures)
    spool, output = folder / "tmp", folder / "site"
    spool.mkdir()
    undisturbed(source, folder / "whole", 1, spool, pictures=pictures)
    whole = tree(folder / "whole")
    numbers, hit = random.Random(seed), 0
    for number in range(cuts):
        if number % 3 == 0:
            shutil.rmtree(output, ignore_errors=True)
        elif number % 3 == 1:  # in a run that writes all anew
            for path in output.rglob("*.md"):
                path.unlink()
        before = stamps(output)
        process = children.start(
            arguments(source, output, 1, pictures=pictures),
            env={**os.environ, "TMPDIR": str(spool)},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if killed(process, output, before, numbers.randrange(1, len(whole))) and not is_on_the_disk(output, spool):
            hit += damaged(output, before, numbers)
        undisturbed(source, output, 1, spool, pictures=pictures)
        ended = tree(output)
        assert [path for path in whole.keys() | ended.keys() if whole.get(path) != ended.get(path)] == [], number
        assert stray(output) == []
    return hit


@case(
    "process-power-cut",
    "a run that is killed at a random moment, then files cut to random lengths, emptied, filled with zeros, the "
    "journal of the list lost or cut",
    "the same command ends in the bytes of an undisturbed run, with nothing stray",
)
def test_a_power_cut_at_a_random_moment(tmp_path: Path) -> None:
    cut_often(tmp_path, 2, pictures=True, posts=60, seed="quick")


@pytest.mark.slow
@pytest.mark.parametrize("pictures", [False, True], ids=["texts", "bundles"])
def test_many_power_cuts(tmp_path: Path, pictures: bool) -> None:
    assert cut_often(tmp_path, CUTS, pictures=pictures, posts=120, seed=f"{pictures}") > CUTS
