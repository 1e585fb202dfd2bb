"""Disks that are full, read-only, or without permission; files that vanish; no more file handles: a clear message, the
exit status of the docs, and nothing half-written. After that is mended, the same command ends in the same bytes.

A small file system is mounted where that is allowed. By hand with more sizes: `POSTFERRY_SIZES=20 pytest -m slow ...`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import children
from tests.folders import ROOT
from tests.hostile.broken_off import arguments, half_written, make_source, run, stray, tree
from tests.hostile.cases import case
from tests.support import command

SIZES = int(os.environ.get("POSTFERRY_SIZES", "20"))
POSTS = 160
PICTURE = 3_000
ROOM = 16 * 1024 * 1024


def mounted(folder: Path, size: int) -> bool:
    folder.mkdir(exist_ok=True)
    tool = shutil.which("mount")
    if tool is None or os.geteuid() != 0:
        return False
    done = children.run([tool, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False)
    return done.returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    folder = tmp_path / "disk"
    if not mounted(folder, ROOM):
        pytest.skip("no file system can be mounted here")
    yield folder
    children.run(["umount", str(folder)], check=True)


def resize(disk: Path, size: int) -> None:
    children.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def quiet(source: Path, output: Path, workers: int, spool: Path, pictures: bool) -> subprocess.CompletedProcess[str]:
    return children.run(
        arguments(source, output, workers, pictures=pictures),
        env={**os.environ, "TMPDIR": str(spool)},
        capture_output=True,
        text=True,
        check=False,
    )


def _checked(done: subprocess.CompletedProcess[str]) -> bool:
    """Was the disk full? Then that is said."""
    if done.returncode == 0:
        return False
    assert done.returncode == 74, (done.returncode, done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    assert "cannot be written" in done.stderr
    assert "Free some" in done.stderr
    return True


def fill(tmp_path: Path, disk: Path, sizes: int, workers: int, *, pictures: bool, spool_too: bool) -> int:
    """Runs on disks of several sizes, from hardly any room to almost enough; how many were full."""
    source = make_source(tmp_path, POSTS, pictures=pictures, size=PICTURE)
    (tmp_path / "spool").mkdir()
    spool = disk / "tmp" if spool_too else tmp_path / "spool"
    spool.mkdir(exist_ok=True)
    run(source, disk / "site", workers, spool, pictures=pictures)
    whole = tree(disk / "site")
    needed = shutil.disk_usage(disk).used
    full = 0
    for number in range(sizes):
        shutil.rmtree(disk / "site")
        resize(disk, int(needed * (number + 0.5) / sizes) // 4096 * 4096 + 8192)
        was_full = _checked(quiet(source, disk / "site", workers, spool, pictures))
        full += was_full
        assert half_written(disk / "site", whole) == []
        assert not spool_too or list(spool.iterdir()) == []
        if was_full:
            assert [path for path in stray(disk / "site") if not path.endswith(("-wal", "-shm", ".part"))] == []
        resize(disk, ROOM)
        run(source, disk / "site", 1, spool, pictures=pictures)
        assert tree(disk / "site") == whole
        assert stray(disk / "site") == []
    return full


@case(
    "process-disk-full",
    "a disk that is full, at several sizes, from the first file to the report",
    "exit status 74, what cannot be written is named, nothing half-written; with more room, the same bytes",
)
@pytest.mark.parametrize(
    ("workers", "pictures", "spool"), [pytest.param(1, True, False, marks=pytest.mark.slow), (2, False, True)]
)
def test_a_full_disk(tmp_path: Path, disk: Path, workers: int, pictures: bool, spool: bool) -> None:
    assert fill(tmp_path, disk, 2, workers, pictures=pictures, spool_too=spool) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("spool", [False, True], ids=["output", "output and spool"])
@pytest.mark.parametrize("pictures", [False, True], ids=["texts", "bundles"])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_disk_full_at_many_sizes(tmp_path: Path, disk: Path, workers: int, pictures: bool, spool: bool) -> None:
    assert fill(tmp_path, disk, SIZES, workers, pictures=pictures, spool_too=spool) >= SIZES * 0.6


LIMITED = """
import resource, signal, sys
limit, size = getattr(resource, sys.argv[1]), int(sys.argv[2])
resource.setrlimit(limit, (size, size))
from pipelines.cli.main import main
sys.argv = ["convert", *sys.argv[3:]]
if __name__ == "__main__":
    main()
"""


def limited(folder: Path, limit: str, size: int, *words: str) -> subprocess.CompletedProcess[str]:
    """The command under a limit of the system, which needs no root."""
    program = folder / "limited.py"
    program.write_text(LIMITED)
    return children.run(
        [sys.executable, str(program), limit, str(size), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("size", [30_000, pytest.param(60_000, marks=pytest.mark.slow)])
def test_files_that_may_not_grow(tmp_path: Path, size: int) -> None:
    source = make_source(tmp_path, 40)
    words = ["-q", str(source), "-o", str(tmp_path / "site"), "--workers", "1"]
    assert _checked(limited(tmp_path, "RLIMIT_FSIZE", size, *words))
    run(source, tmp_path / "site", 1, tmp_path)
    run(source, tmp_path / "whole", 1, tmp_path)
    assert tree(tmp_path / "site") == tree(tmp_path / "whole")
    assert stray(tmp_path / "site") == []


@case(
    "process-no-file-handles",
    "a limit on open files that is too low",
    "exit status 71 or 73, which says so; nothing half-written; with a higher limit, the same bytes",
)
def test_no_more_file_handles(tmp_path: Path) -> None:
    source = make_source(tmp_path, 20)
    words = ["-q", str(source), "-o", str(tmp_path / "site"), "--workers", "1"]
    statuses = []
    for most in (6, 8, 10, 12, 64):
        done = limited(tmp_path, "RLIMIT_NOFILE", most, *words)
        statuses.append(done.returncode)
        assert "Traceback" not in done.stderr, (most, done.stderr)
        if done.returncode:
            assert "open" in done.stderr, (most, done.stderr)
    assert set(statuses) <= {0, 71, 73}, statuses
    assert statuses[0] != 0
    assert statuses[-1] == 0
    run(source, tmp_path / "whole", 1, tmp_path)
    assert tree(tmp_path / "site") == tree(tmp_path / "whole")


def read_only(tmp_path: Path, disk: Path) -> Path:
    children.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    return disk / "site"


def a_file(tmp_path: Path, disk: Path) -> Path:
    (disk / "site").write_text("a file")
    return disk / "site"


@case("process-read-only", "an output on a disk that may only be read", "exit status 73; the folder is named")
@pytest.mark.parametrize(("make", "says"), [(read_only, "Read-only file system"), (a_file, "is a file")])
def test_an_output_that_cannot_be(tmp_path: Path, disk: Path, make: Callable[[Path, Path], Path], says: str) -> None:
    source = make_source(tmp_path, 3)
    output = make(tmp_path, disk)
    done = command("-q", str(source), "-o", str(output))
    assert done.returncode == 73
    assert says in done.stderr
    assert str(output) in done.stderr


def obedient() -> list[str]:
    """What to put before a command so that permissions count, also for the superuser."""
    if os.geteuid() != 0:
        return []
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("the superuser may do everything here")
    return [tool, "--bounding-set=-dac_override,-dac_read_search"]


def _obedient(*words: str) -> subprocess.CompletedProcess[str]:
    script = str(Path(sys.executable).with_name("postferry"))
    return children.run([*obedient(), script, *words], capture_output=True, text=True, check=False)


@case(
    "process-no-permission",
    "a folder that may not be written, a source that may not be read",
    "exit status 73 and 66 or 65; what is forbidden is named",
)
def test_no_permission(tmp_path: Path) -> None:
    source = make_source(tmp_path, 3)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    done = _obedient("-q", str(source), "-o", str(locked / "site"))
    assert (done.returncode, "Permission denied" in done.stderr) == (73, True), done.stderr
    secret = tmp_path / "secret.xml"
    secret.write_bytes(source.read_bytes())
    secret.chmod(0)
    done = _obedient("-q", str(secret), "-o", str(tmp_path / "elsewhere"))
    assert done.returncode in (65, 66), done.stderr
    assert "secret.xml" in done.stderr
    assert "Traceback" not in done.stderr


VANISHES = """
import sys
from pathlib import Path
from pipelines.run import survey as run
from pipelines.cli.main import main
plan = run.plan
def vanished(*arguments):
    Path(sys.argv[1]).unlink(missing_ok=True)
    return plan(*arguments)
run.plan = vanished
if __name__ == "__main__":
    main()
"""


@case(
    "process-source-vanishes",
    "a source that is gone after it was surveyed",
    "exit status 66, it is named; when it is back, the same bytes",
)
@pytest.mark.parametrize("workers", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_a_source_that_vanishes(tmp_path: Path, workers: str) -> None:
    source = make_source(tmp_path, 30)
    data = source.read_bytes()
    program = tmp_path / "vanishes.py"
    program.write_text(VANISHES)
    done = children.run(
        [sys.executable, str(program), str(source), "-o", str(tmp_path / "site"), "-q", "--workers", workers],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (66, False), done.stderr
    assert "export.xml is not there any more" in done.stderr
    source.write_bytes(data)
    run(source, tmp_path / "site", 1, tmp_path)
    run(source, tmp_path / "whole", 1, tmp_path)
    assert tree(tmp_path / "site") == tree(tmp_path / "whole")
