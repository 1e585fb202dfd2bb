"""An output folder that was prepared by somebody else, or has changed since: whatever is where files are read, written,
replaced or removed, nothing outside changes, nothing hangs, and it is named.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import msgspec
import pytest

from converters.errors import OutputError
from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.output import held_folder, output_folder, state
from pipelines.output.output_folder import OutputFolder
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from pipelines.run.fingerprint import run_fingerprint
from pipelines.run.run_result import RunResult
from pipelines.verify.disk import look
from tests import children
from tests.hostile.broken_off import picture
from tests.hostile.cases import case
from tests.support import command
from tests.wxr import export, item

UPLOADS = "wp-content/uploads"
ONE, TWO, PAGE = "content/posts/post-1.md", "content/posts/post-2.md", "content/page-3.md"
IMAGE = f"static/{UPLOADS}/a.png"
SECRET = b"not to be read, changed or removed"


class HangError(Exception):
    """Something waited without end."""


@contextmanager
def alarm(seconds: int = 120) -> Iterator[None]:
    """Raises HangError in whatever waits: for a pipe, or for the end of a device that has none."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Home:
    """A site that was converted, files of somebody else beside it, and how to convert it again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site, self.outside = folder, folder / "site", folder / "outside"

    def run(self, **more: Any) -> RunResult:
        given = {"force": more.pop("force", False), "report": more.pop("report", "")}
        media = Settings("copy", str(self.folder / "old")) if more.pop("media", True) else Settings()
        write = WriteOptions(media="copy" if media.way else "keep", **more)
        job = Job((str(self.folder / "export.xml"),), str(self.site), Options("wordpress", "hugo", write=write))
        with alarm():
            return run(msgspec.structs.replace(job, workers=1, media=media, **given))

    def source(self, *, posts: bool = True) -> None:
        image = f'<img src="https://old.example/{UPLOADS}/a.png" alt="">' if posts else ""
        items = [item(id, content=f"{image}Text of {id}.") for id in (1, 2)] if posts else []
        (self.folder / "export.xml").write_text(export(*items, item(3, type="page")))

    def strange(self) -> dict[str, tuple[int, bytes, int]]:
        """All that is outside."""
        found = {}
        for path in sorted(self.outside.rglob("*")):
            seen = path.lstat()
            found[str(path)] = (seen.st_mode, path.read_bytes() if path.is_file() else b"", seen.st_mtime_ns)
        return found


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("converted"))
    (home.folder / "old" / UPLOADS).mkdir(parents=True)
    (home.folder / "old" / UPLOADS / "a.png").write_bytes(picture(1, 3000))
    home.source()
    home.run()
    (home.outside / "folder/inner").mkdir(parents=True)
    for name in ("file", "folder/file", "folder/post-1.md", "folder/inner/0", "folder/0"):
        (home.outside / name).write_bytes(SECRET)
    return home.folder


@pytest.fixture
def home(converted: Path, tmp_path: Path) -> Home:
    shutil.copytree(converted, tmp_path / "h", symlinks=True)
    return Home(tmp_path / "h")


# What is where


def _socket(home: Home, place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        before = Path.cwd()
        os.chdir(place.parent)  # the names of sockets are short
        try:
            made.bind(place.name)
        finally:
            os.chdir(before)


PLANTS: dict[str, Callable[[Home, Path], object]] = {
    "link to a file": lambda home, place: place.symlink_to(home.outside / "file"),
    "link to a folder": lambda home, place: place.symlink_to(home.outside / "folder"),
    "link to nothing": lambda home, place: place.symlink_to(home.outside / "new"),
    "link to a device": lambda home, place: place.symlink_to("/dev/zero"),
    "link to itself": lambda home, place: place.symlink_to(place.name),
    "pipe": lambda home, place: os.mkfifo(place),
    "socket": _socket,
    "hard link": lambda home, place: os.link(home.outside / "file", place),
}
SITE = [ONE, "hugo.toml", PAGE, IMAGE]
FOLDERS = ["content", "content/posts", "static", f"static/{UPLOADS}"]
PARTS = [f"{ONE}.postferry-part", "hugo.toml.postferry-part"]
MEDIA_PART = f".postferry/media/{blake2b(f'{UPLOADS}/a.png'.encode(), digest_size=16).hexdigest()}.part"
OWN = [
    ".postferry",
    *(f".postferry/{name}" for name in (
        "lock", "state.db", "state.db-wal", "state.db-shm", "state.db-journal", "state.db.new", "state.db.new-wal",
        "media.db", "media.db-wal", "media.db-shm", "media.db-journal", "parts", "media", "cluster-1", "report.json",
        "report.html", "report.json.postferry-part", "report.html.postferry-part", "anything",
    )),
    MEDIA_PART,
]  # fmt: skip
CASES = [
    *((place, plant) for place in (ONE, IMAGE, PARTS[0], OWN[1], MEDIA_PART) for plant in PLANTS),
    *((place, "link to a file") for place in (*SITE, *FOLDERS, *PARTS, *OWN)),
    *((place, "link to a folder") for place in (*FOLDERS, ".postferry", ".postferry/parts", ".postferry/media")),
    *((place, "hard link") for place in (*SITE, *PARTS, *OWN)),
    *((place, "pipe") for place in (*SITE, *PARTS, *OWN)),
]
COMMANDS: dict[str, dict[str, Any]] = {
    "again": {"permalinks": "none"},
    "with force": {"permalinks": "none", "force": True},
    "without posts": {"redirects": ("netlify",)},
    "without media": {"media": False},
}


def planted(home: Home, place: str, plant: str) -> bool:
    """Put it there; False where that makes no sense."""
    path = home.site / place
    if path.is_dir() and not path.is_symlink():
        if "link to" not in plant:
            return False
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    PLANTS[plant](home, path)
    return True


def _named(place: str, said: str) -> bool:
    """Is it named? A file of the old site by its address."""
    return place.removeprefix("static/").removesuffix(".postferry-part") in said


@case(
    "path-output-prepared",
    "links, hard links, pipes, sockets and devices in an output: where a file, a folder, a file on its way, or any "
    "record of ours would be",
    "nothing outside changes, nothing hangs; it is named, and left as it is or refused with exit status 73",
)
@pytest.mark.parametrize(("place", "plant"), CASES)
def test_whatever_is_there(home: Home, place: str, plant: str) -> None:
    if not planted(home, place, plant):
        return  # only links are put where folders were
    before, kind = home.strange(), (home.site / place).lstat().st_mode
    for name, options in COMMANDS.items():
        home.source(posts=name != "without posts")
        try:
            outcome = home.run(**options)
            said = " ".join(outcome.kept) + Path(outcome.report).read_text()
        except OutputError as error:
            said = str(error)
            assert said.endswith("."), said
        assert home.strange() == before, name
        if plant != "hard link":
            assert (home.site / place).lstat().st_mode == kind, "it is left alone"
            assert place in OWN or name not in ("again", "with force") or _named(place, said), (name, said)


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("place", [ONE, IMAGE, "content/posts"])
def test_whatever_is_there_when_files_go(home: Home, place: str, plant: str) -> None:
    """In a run that removes what earlier ones wrote there."""
    if not planted(home, place, plant):
        return  # only links are put where folders were
    before = home.strange()
    home.source(posts=False)
    outcome = home.run()
    assert home.strange() == before
    assert os.path.lexists(home.site / place)
    assert any(path.startswith(place) for path in outcome.kept), outcome.kept


@case(
    "path-output-read",
    "the same where a check reads: `convert verify`",
    "nothing hangs or is read through it; the post is not there, or a link among our records is as if there were none",
)
@pytest.mark.parametrize("plant", ["link to a file", "link to a device", "pipe", "socket"])
@pytest.mark.parametrize("place", [ONE, "content/posts", "hugo.toml", ".postferry", ".postferry/state.db"])
def test_verify(home: Home, place: str, plant: str) -> None:
    if not planted(home, place, plant):
        return  # only links are put where folders were
    before = home.strange()
    job = Job((str(home.folder / "export.xml"),), str(home.site), Options("wordpress", "hugo"), workers=1)
    with alarm():
        found = look(job)
    assert home.strange() == before
    assert (ONE in {row.path for row in found.posts if row.verification.verdict == "lost"}) == (place in ONE)
    assert state.standing(home.site) == (1 if place in ("hugo.toml-",) else 0)


@pytest.mark.parametrize("place", ["verify", "batch"])
def test_nothing_is_waited_for(home: Home, place: str) -> None:
    """The commands themselves; in processes that can be given up."""
    planted(home, ONE, "pipe")
    if place == "verify":
        done = command("verify", "site", "--against", "export.xml", cwd=home.folder)
        assert done.returncode == 5, done.stderr
        return
    (home.folder / "jobs.toml").write_text('[[site]]\nsource = "export.xml"\noutput = "site"\n')
    done = command("batch", "jobs.toml", "--workers", "1", cwd=home.folder)
    assert done.returncode == 0, done.stderr
    assert (home.site / ONE).is_fifo()


# The attacks, by their names


def _alter(home: Home, *statements: tuple[str, tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(home.site / ".postferry/state.db", isolation_level=None)) as db:
        for statement, values in statements:
            db.execute(statement, values)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _rows(home: Home) -> list[str]:
    """Paths that lead to files of somebody else, or to none."""
    place = str(home.outside)
    return [
        "../outside/file", f"{place}/file", "content/../../outside/file", "./../outside/file", "//" + place + "/file",
        "content//posts", "content/./x", "", ".", "..", "/", "a\0b", "a\\..\\..\\outside\\file", "a\nb", "a/",
        ".postferry/report.json", ".POSTFERRY/report.json", ".postferry/state.db",
    ]  # fmt: skip


@case(
    "path-output-state-rows",
    "a list of written files (`.postferry/state.db`) that names files elsewhere: absolute, with `..`, our own records",
    "such rows are forgotten; no file outside is read or removed, and no folder",
)
def test_delete_outside_by_state_db(home: Home) -> None:
    (home.outside / "empty").mkdir()
    (home.outside / "folder/inner/0.postferry-part").write_bytes(SECRET)
    before = home.strange()
    rows = _rows(home)
    report = (home.site / ".postferry/report.json").read_bytes()
    for digest in (_digest(SECRET), _digest(report)):
        _alter(home, *(("INSERT OR REPLACE INTO files VALUES (?, ?, 1)", (path, digest)) for path in rows))
        _alter(home, *(("INSERT OR REPLACE INTO begun VALUES (?, ?)", (path, digest)) for path in rows))
        inner = f"{home.outside}/folder/inner/0"
        _alter(home, ("INSERT OR REPLACE INTO begun VALUES (?, ?)", (inner, digest)))
        assert state.standing(home.site) == 0
        outcome = home.run(permalinks="none")
        assert outcome.kept == ()
        assert home.strange() == before
        with closing(sqlite3.connect(home.site / ".postferry/state.db")) as db:
            known = {path for (path,) in db.execute("SELECT path FROM files UNION SELECT path FROM begun")}
        assert known.isdisjoint({*rows, inner})
    assert (home.site / ".postferry/report.json").is_file()


@case(
    "path-output-state-claims",
    "a list of written files that claims files of the user's in the output, of other bytes than they have, or in "
    "a hidden folder of theirs",
    "they are neither replaced nor removed",
)
def test_files_that_a_list_claims_stay(home: Home) -> None:
    mine = {
        "notes.txt": b"mine",
        "content/posts/draft-of-mine.md": b"mine, too",
        ".git/HEAD": b"ref: refs/heads/main\n",
        ".github/workflows/site.yml": b"on: push\n",
    }
    for path, data in mine.items():
        (home.site / path).parent.mkdir(parents=True, exist_ok=True)
        (home.site / path).write_bytes(data)
        digest = _digest(data) if path.startswith(".") else _digest(b"other bytes")
        for statement in ("INSERT INTO files VALUES (?, ?, 1)", "INSERT INTO begun VALUES (?, ?)"):
            _alter(home, (statement, (path, digest)))
    home.source(posts=False)
    outcome = home.run()
    assert not (home.site / ONE).exists()
    assert {path: (home.site / path).read_bytes() for path in mine} == mine
    assert set(outcome.kept) == {"notes.txt", "content/posts/draft-of-mine.md"}


@pytest.mark.parametrize("name", ["media", "parts"])
def test_a_file_in_place_of_a_folder_of_ours(home: Home, name: str) -> None:
    shutil.rmtree(home.site / ".postferry/media", ignore_errors=True)
    place = home.site / ".postferry" / name
    place.write_bytes(b"no folder")
    with pytest.raises(OutputError) as raised:
        home.run()
    assert raised.value.exit_status == 73
    assert str(raised.value).startswith(f"{place} is no folder, but files on their way are kept in one of this name.")
    assert place.read_bytes() == b"no folder"


@pytest.mark.parametrize("name", ["state.db", "media.db", "lock", "state.db-wal", "mine.html"])
def test_a_report_among_our_own_records_is_refused(home: Home, name: str) -> None:
    before = (home.site / ".postferry/state.db").read_bytes()
    done = command("export.xml", "-o", "site", "--report", f"site/.postferry/{name}", cwd=home.folder)
    assert done.returncode == 2
    assert "is among postferry's own records in site/.postferry. Name another place." in done.stderr
    assert (home.site / ".postferry/state.db").read_bytes() == before
    (home.folder / "jobs.toml").write_text('[[site]]\nsource = "export.xml"\noutput = "site"\n')
    done = command("batch", "jobs.toml", "--report", f".postferry/{name}", cwd=home.folder)
    assert done.returncode == 2
    assert "is among postferry's own records" in done.stderr


@case(
    "path-output-moved",
    "a folder of the output that was moved elsewhere, with a link in its place, whose files are no longer of the site",
    "what lies behind the link is left as it is and named; exit status 0",
)
def test_delete_through_link(home: Home) -> None:
    moved = home.outside / "moved"
    shutil.move(home.site / "content/posts", moved)
    (home.site / "content/posts").symlink_to(moved)
    before = home.strange()
    home.source(posts=False)
    outcome = home.run()
    assert {ONE, TWO} <= set(outcome.kept)
    assert home.strange() == before
    assert (home.site / "content/posts").is_symlink()


@case(
    "path-output-pipe",
    "a pipe, or a link to /dev/zero, where a file of ours was",
    "left as it is and named; nothing waits for it, neither a conversion nor `convert verify`",
)
@pytest.mark.parametrize("plant", ["pipe", "link to a device"])
def test_fifo_in_output(home: Home, plant: str) -> None:
    planted(home, ONE, plant)
    outcome = home.run(permalinks="none")
    assert outcome.kept == (ONE,)
    home.source(posts=False)
    home.run(permalinks="none")
    assert os.path.lexists(home.site / ONE)
    assert not (home.site / TWO).exists()


@case(
    "path-output-own-links",
    "links among our own records: the lock, the list of written files, its companions",
    "exit status 73, the link is named, and nothing is written through it",
)
@pytest.mark.parametrize("name", ["lock", "state.db", "state.db-wal", "state.db-shm", "state.db-journal", "media.db"])
@pytest.mark.parametrize("goal", ["file", "new", "other.db"])
def test_lock_and_state_links(home: Home, name: str, goal: str) -> None:
    shutil.copyfile(home.site / ".postferry/state.db", home.outside / "other.db")
    (home.site / ".postferry" / name).unlink(missing_ok=True)
    (home.site / ".postferry" / name).symlink_to(home.outside / goal)
    before = home.strange()
    with pytest.raises(OutputError, match=f"{name} is a link to another place"):
        home.run(permalinks="none")
    assert home.strange() == before


@case(
    "path-output-parts-link",
    "a link where the pieces of shared files are kept",
    "exit status 73, the link is named, and nothing is written through it",
)
def test_parts_link(home: Home) -> None:
    (home.site / ".postferry/parts").symlink_to(home.outside / "folder")
    before = home.strange()
    with pytest.raises(OutputError, match="parts is a link to another place"):
        home.run(redirects=("netlify",), permalinks="none")
    assert home.strange() == before


# Databases

SCHEMAS: dict[str, tuple[str, ...]] = {
    "a trigger that empties": ("CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM files; END",),
    "a trigger that claims": (
        "CREATE TRIGGER t AFTER INSERT ON runs BEGIN INSERT INTO files VALUES ('../x', zeroblob(16), 1); END",
    ),
    "a trigger that never ends": (
        "CREATE TRIGGER t AFTER INSERT ON runs BEGIN INSERT INTO begun WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL "
        "SELECT x + 1 FROM c) SELECT x, x FROM c; END",
    ),
    "a view that never ends": (
        "ALTER TABLE files RENAME TO mine",
        "CREATE VIEW files AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
        "SELECT x AS path, x AS digest, x AS run FROM c",
    ),
    "a computed column": (
        "DROP TABLE last",
        "CREATE TABLE last (mark TEXT PRIMARY KEY, run INTEGER, outcome BLOB AS (zeroblob(999999999)))",
    ),
    "an index on an expression": ("CREATE INDEX i ON files (length(hex(path)))",),
    "a check": ("DROP TABLE last", "CREATE TABLE last (mark TEXT, run INTEGER, outcome BLOB CHECK (outcome IS NULL))"),
    "other tables": ("CREATE TABLE more (x)", "DROP TABLE runs"),
    "no tables": tuple(f"DROP TABLE {name}" for name in ("files", "runs", "begun", "last")),
}


@case(
    "path-output-state-schema",
    "a list of written files with triggers, views, virtual tables, computed columns",
    "none of them does anything; known files are still known",
)
@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_of_others(home: Home, schema: str) -> None:
    _alter(home, *((statement, ()) for statement in SCHEMAS[schema]))
    before = home.strange()
    state.standing(home.site)
    state.written(home.site)
    assert state.last(home.site, "x") is None
    outcome = home.run()
    assert outcome.kept == ()
    assert home.strange() == before
    with closing(sqlite3.connect(home.site / ".postferry/state.db")) as db:
        assert {type for (type,) in db.execute("SELECT type FROM sqlite_master")} == {"table"}
        assert db.execute("SELECT count(*) FROM files WHERE path = ?", (ONE,)).fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM runs").fetchone()[0] < 5
        assert db.execute("SELECT count(*) FROM files WHERE path LIKE '..%'").fetchone() == (0,)


VALUES: list[object] = [None, 7, -1, 2**62, 1.5, "text", b"", b"x" * 16, b"\xff\xfe", "x" * 100_000, bytes(5_000_000)]


@case(
    "path-output-state-values",
    "numbers, texts, large values and nothing in all columns of the list of written files",
    "such rows are forgotten; no trace, nothing else is different",
)
@pytest.mark.parametrize("table", ["files", "begun", "runs", "last"])
def test_values_of_others(home: Home, table: str) -> None:
    with closing(sqlite3.connect(home.site / ".postferry/state.db", isolation_level=None)) as db:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        for number in range(len(columns)):
            for value in VALUES:
                row: list[object] = ["p", b"d" * 16, 1, 1][: len(columns)] if table != "runs" else [99, 1, 1]
                row[number] = value
                marks = ", ".join("?" * len(columns))
                try:
                    db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)
                except sqlite3.Error:  # no such value can be there
                    continue
        db.execute("INSERT OR REPLACE INTO files VALUES (CAST(x'ff2e2e' AS TEXT), zeroblob(16), 1)")
    state.standing(home.site)
    state.written(home.site)
    state.last(home.site, "p")
    outcome = home.run(permalinks="none")
    assert outcome.kept == ()
    assert outcome.run < 1 << 50
    home.run()


class Journal(NamedTuple):
    """A rollback journal that names a file to be removed."""

    victim: Path

    def data(self) -> bytes:
        name = str(self.victim).encode()
        head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + (0).to_bytes(4) + bytes(4) + (1).to_bytes(4) + (512).to_bytes(4)
        head += (4096).to_bytes(4)
        total = sum(name) & 0xFFFFFFFF
        tail = (1 << 30 // 4096).to_bytes(4) + name + len(name).to_bytes(4) + total.to_bytes(4) + head[:8]
        return head.ljust(512, b"\0") + tail


def test_a_journal_that_names_a_file(home: Home) -> None:
    victim = home.outside / "file"
    journal = home.site / ".postferry/state.db-journal"
    with closing(sqlite3.connect(home.site / ".postferry/state.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    journal.write_bytes(Journal(victim).data())
    before = home.strange()
    home.run(permalinks="none")
    assert home.strange() == before
    assert not journal.exists()


def test_a_lock_with_words_of_others(home: Home) -> None:
    """What is in the lock is shown to a user: it is no reason to fail, and commands no terminal."""
    lock = home.site / ".postferry/lock"
    for text in (
        b"[" * 4096,
        b'{"pid": [1], "host": {}, "since": 3}',
        b'{"pid": 1e999}',
        b"\xff" * 100,
        b"x" * 1_000_000,
    ):
        lock.write_bytes(text)
        home.run()
        assert not lock.exists()


OUTCOMES = [
    b"",
    b"{",
    b"[" * 100_000,
    b'{"account":{},"output":"x","report":"/etc/passwd","kept":[]}',
    b"null",
]


def test_what_the_last_run_came_to_is_not_believed(home: Home) -> None:
    """However it reads: it has to be of this run, with its report where this run has it."""
    job = Job((str(home.folder / "export.xml"),), str(home.site), Options("wordpress", "hugo"), workers=1)
    job = msgspec.structs.replace(job, fingerprint=run_fingerprint(job))
    assert [run(job).repeated for _ in range(2)] == [False, True]
    for text in OUTCOMES:
        _alter(home, ("UPDATE last SET outcome = ?", (text,)))
        assert not run(job).repeated
    _alter(home, ("UPDATE last SET outcome = replace(CAST(outcome AS TEXT), 'report.json', '../report.json')", ()))
    assert not run(job).repeated
    assert run(job).repeated


# Reports at a place that the user names


@pytest.mark.parametrize("part", [".part", ".postferry-part"])
def test_a_report_is_written_through_no_link(home: Home, part: str) -> None:
    for name in ("r.json", "r.html"):
        report = home.folder / name
        (home.folder / f"{name}{part}").symlink_to(home.outside / "file")
        report.symlink_to(home.outside / "folder/file")
        before = home.strange()
        try:
            home.run(report=str(report))
        except OutputError as error:
            assert f"{name}{part}" in str(error)
        assert home.strange() == before


@pytest.mark.parametrize("plant", ["pipe", "socket"])
def test_a_report_replaces_no_pipe(home: Home, plant: str) -> None:
    report = home.folder / "r.json"
    PLANTS[plant](home, report)
    with pytest.raises(OutputError, match=r"r\.json is no plain file"):
        home.run(report=str(report))
    assert not report.is_file()


# The folder itself


@pytest.fixture(params=[True, False], ids=["by descriptors", "by paths"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also as it is where the system has no calls relative to folders."""
    if not request.param:
        monkeypatch.setattr(held_folder, "BY_DESCRIPTOR", False)


UNSAFE = [
    "",
    ".",
    "..",
    "/",
    "a//b",
    "/a",
    "a/",
    "./a",
    "a/.",
    "a/..",
    "../a",
    "a/../b",
    "a\0",
    "a\\b",
    "a\nb",
    "a\x7f",
]


@pytest.mark.parametrize("path", UNSAFE)
def test_paths_that_lead_out(tmp_path: Path, path: str) -> None:
    with closing(OutputFolder(tmp_path)) as folder:
        with pytest.raises(output_folder.PathError):
            folder.write(path, [b""])
        assert folder.size(path) is None
        assert folder.read(path) is None
        assert not folder.remove(path)
        assert list(tmp_path.iterdir()) == []


def test_a_way_through_a_link(tmp_path: Path, way: None) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "far/in").mkdir(parents=True)
    (tmp_path / "far/in/file").write_bytes(SECRET)
    (tmp_path / "out/a").symlink_to(tmp_path / "far")
    (tmp_path / "out/f").symlink_to(tmp_path / "far/in/file")
    with closing(OutputFolder(tmp_path / "out")) as folder:
        for path in ("a/in/file", "a/file", "a/in/new"):
            with pytest.raises(output_folder.LinkError):
                folder.write(path, [b"x"])
            assert folder.read(path) is None
            assert folder.digest(path) == output_folder.ODD
            assert not folder.remove(path)
            assert folder.is_odd(path)
            folder.remove_empty(path)
        assert folder.digest("f") == output_folder.ODD
        with pytest.raises(OSError, match="plain"):
            folder.write("f", [b"x"])
        with pytest.raises(OSError, match="plain"):
            folder.open("f")
        with pytest.raises(output_folder.LinkError):
            folder.clear("a")
        folder.write("b/c/d/e", [b"1", b"2"])
        assert folder.read("b/c/d/e") == b"12"
        folder.write("b/c/d/e", [b"3"])
        folder.move("b/c/d/e", "g/h")
        folder.remove_empty("b/c/d/e")
        assert folder.names() == ["a", "f", "g"]
        assert folder.remove("g/h")
        folder.remove_empty("g/h")
        folder.sync()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "f"]
    assert [path.name for path in (tmp_path / "far").rglob("*")] == ["in", "file"]
    assert (tmp_path / "far/in/file").read_bytes() == SECRET


def test_what_is_cleared_is_not_followed(tmp_path: Path, way: None) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far/file").write_bytes(SECRET)
    (tmp_path / "out/own/deep").mkdir(parents=True)
    (tmp_path / "out/own/deep/link").symlink_to(tmp_path / "far")
    (tmp_path / "out/own/link").symlink_to(tmp_path / "far/file")
    os.mkfifo(tmp_path / "out/own/pipe")
    with closing(OutputFolder(tmp_path / "out")) as folder:
        folder.clear("own")
        folder.clear("never")
    assert list((tmp_path / "out").iterdir()) == []
    assert (tmp_path / "far/file").read_bytes() == SECRET


def hollow(path: Path) -> None:
    """A file of a terabyte that takes no room."""
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        try:
            file.truncate(1 << 40)
        except OSError:
            pytest.skip("this file system has no holes")


@pytest.mark.parametrize("place", [ONE, *(f".postferry/{name}" for name in ("state.db", "state.db-wal", "media.db"))])
def test_a_file_without_end(home: Home, place: str) -> None:
    hollow(home.site / place)
    job = Job((str(home.folder / "export.xml"),), str(home.site), Options("wordpress", "hugo"), workers=1)
    with alarm():
        state.standing(home.site)
        state.last(home.site, "x")
        look(job)
    outcome = home.run()
    assert outcome.kept == ((ONE,) if place == ONE else ())
    assert ("output.state-damaged" in outcome.account.notices) == place.endswith("state.db")


def test_a_folder_of_ours_without_end(home: Home) -> None:
    before = os.open(home.site / ".postferry", os.O_RDONLY)
    os.mkdir("parts", dir_fd=before)
    for _ in range(1500):
        name = "parts" if _ == 0 else "d"
        inner = os.open(name, os.O_RDONLY, dir_fd=before)
        os.close(before)
        os.mkdir("d", dir_fd=inner)
        before = inner
    os.close(before)
    with pytest.raises(OutputError, match="nested too deeply"):
        home.run()
    remove = ["rm", "-rf", str(home.site / ".postferry/parts")]
    assert children.run(remove).returncode == 0


def test_many_folders(tmp_path: Path, way: None) -> None:
    """More than are held open at once, and deeper."""
    deep = "/".join(f"d{number}" for number in range(40))
    with closing(OutputFolder(tmp_path)) as folder:
        for number in range(60):
            folder.write(f"f{number}/g/file", [b"%d" % number])
            folder.write(f"{deep}/file{number}", [b"%d" % number])
            folder.move(f"{deep}/file{number}", f"moved/{number}/x/file")
        for number in range(60):
            assert folder.read(f"f{number}/g/file") == b"%d" % number
            assert folder.read(f"moved/{number}/x/file") == b"%d" % number
        assert folder.names(deep) == []

        def far() -> Iterator[bytes]:
            for number in range(20):
                with folder.open(f"f{number}/g/file") as file:
                    yield file.read()

        folder.write("f59/g/all", far())
        assert folder.read("f59/g/all") == b"".join(b"%d" % number for number in range(20))
