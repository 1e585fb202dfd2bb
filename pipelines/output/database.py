"""Databases of our own in an output folder: a folder that came from elsewhere may hold anything under their names.

SQLite opens files by their paths, follows links, and does what a schema says. So, before it opens one: what stands
there is a plain file with one name; a rollback journal is removed (we write ahead, so that none is ours; one made up
can name any file for removal: https://www.sqlite.org/atomiccommit.html#_deleting_the_super_journal); and a schema that
is not to the letter one of ours is read for its rows and never written to. What is damaged is begun anew.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from converters.errors import OutputError
from pipelines.output.output_folder import OutputFolder

Tables = Mapping[str, tuple[str, ...]]
"""Name -> its columns, as SQL; a last entry in capitals is said of the whole table."""
_MOST = 1 << 30
"""Bytes of the largest database that is taken for one of ours: some 10 million files."""
_MOST_STEPS = 500
"""Millions of steps within which a file is looked through."""
_BESIDE = ("", "-wal", "-shm", "-journal")
_LARGEST_VALUE = 64 << 20
_HEAD = b"SQLite format 3\0"
_HARD = (
    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA recursive_triggers = OFF"
)
_DAMAGED = {1, 9, 11, 17, 18, 20, 23, 24, 25, 26}
"""Primary codes (https://www.sqlite.org/rescode.html) of a file that is at fault, not the disk: ERROR, INTERRUPT,
CORRUPT, SCHEMA, TOOBIG, MISMATCH, AUTH, FORMAT, RANGE, NOTADB."""


class Opened(NamedTuple):
    """A database. `lost`: it was damaged or empty, and knows nothing any more."""

    db: sqlite3.Connection
    lost: bool


def open_database(folder: OutputFolder, path: str, tables: Tables, *, synchronous: str = "FULL") -> Opened:
    """Open it, made where there is none. Nobody else has it open: the output's lock is held.

    Raises LinkError, OutputError or OSError where it cannot be a file of ours, sqlite3.Error for what the disk says.
    """
    found = _prepared(folder, path)
    if found is not False:
        try:
            return Opened(_begun(folder, path, tables, synchronous, new=found is None), lost=False)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
    _remove(folder, path)
    _create(folder, path)
    return Opened(_begun(folder, path, tables, synchronous, new=True), lost=True)


def _begun(folder: OutputFolder, path: str, tables: Tables, synchronous: str, *, new: bool) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError for a file that is damaged."""
    db = _connected(folder, path)
    try:
        if not new:
            _check(db)
            if _schema(db) != _wanted(tables):
                old, db = db, _taken_over(folder, path, db, tables)
                old.close()
        db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};")
        if new:
            for _, _, statement in _wanted(tables):
                db.execute(statement)
        db.set_progress_handler(None, 0)
    except BaseException:
        db.close()
        raise
    return db


def is_damage(error: sqlite3.Error) -> bool:
    """Is the file at fault, and not the disk it is on?"""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _DAMAGED


def read_only(folder: OutputFolder, path: str, tables: Tables, spool: Path) -> closing[sqlite3.Connection]:
    """To look at it; nothing is changed, nor made beside it: where a run has left a journal, a copy is opened.

    Raises sqlite3.Error where it is none of ours.
    """
    if not _has_head(folder, path) or (folder.size(f"{path}-wal") or 0) > _MOST:
        raise sqlite3.DatabaseError(f"{path} is no database")
    file = Path(folder.full(path))
    if folder.size(f"{path}-wal"):
        for end in ("", "-wal"):
            _copy(folder, f"{path}{end}", spool / f"copy{end}")
        file = spool / "copy"
        db = sqlite3.connect(file, isolation_level=None)
    else:
        db = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        _harden(db)
        _check(db)
        there = {name: sql for type, name, sql in _schema(db) if type == "table"}
        if any(not _plain_columns(db, name, there.get(name, "")) for name in tables):
            raise sqlite3.DatabaseError(f"{path} is of another version")
    except BaseException:
        db.close()
        raise
    return closing(db)


def _copy(folder: OutputFolder, path: str, target: Path) -> None:
    try:
        with folder.open(path) as source, target.open("wb") as file:
            while chunk := source.read(1 << 20):
                file.write(chunk)
    except OSError as error:
        raise sqlite3.DatabaseError(f"{path} cannot be read") from error


def _prepared(folder: OutputFolder, path: str) -> bool | None:
    """Make sure of the file. True: it may be opened; False: it is damaged; None: it is new."""
    for end in _BESIDE:
        if folder.is_odd(f"{path}{end}"):
            raise OutputError(f"{folder.name / path}{end} is no plain file. Remove it, or write elsewhere.")
    if (folder.size(path) or 0) > _MOST:
        return False
    for end in ("", "-wal"):
        folder.unshare(f"{path}{end}", _MOST)
    for end in ("-shm", "-journal"):
        folder.remove(f"{path}{end}")
    if folder.size(path) is None:
        _remove(folder, path)
        _create(folder, path)
        return None
    return _has_head(folder, path)


def _has_head(folder: OutputFolder, path: str) -> bool:
    size = folder.size(path)
    if size is None or not 512 <= size <= _MOST:
        return False
    with folder.open(path) as file:
        head = file.read(100)
    return head.startswith(_HEAD) and head[18] in (1, 2) and head[19] in (1, 2)


def _create(folder: OutputFolder, path: str) -> None:
    folder.spool(path).close()
    folder.sync_names(path)


def _remove(folder: OutputFolder, path: str) -> None:
    for end in _BESIDE:
        folder.remove(f"{path}{end}")


def _connected(folder: OutputFolder, path: str) -> sqlite3.Connection:
    db = sqlite3.connect(folder.full(path), isolation_level=None)
    try:
        _harden(db)
    except BaseException:
        db.close()
        raise
    return db


def _harden(db: sqlite3.Connection) -> None:
    db.executescript(_HARD)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
    db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    db.text_factory = _text


def _text(data: bytes) -> str:
    """Texts that are no UTF-8 are no reason to fail: they are no names of ours."""
    return data.decode("utf-8", "replace")


def _statement(name: str, columns: tuple[str, ...]) -> str:
    said = [column for column in columns if column != "WITHOUT ROWID"]
    return f"CREATE TABLE {name} ({', '.join(said)})" + (" WITHOUT ROWID" if len(said) < len(columns) else "")


def _wanted(tables: Tables) -> list[tuple[str, str, str]]:
    return sorted(("table", name, _statement(name, columns)) for name, columns in tables.items())


def _schema(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """(type, name, what made it); what SQLite makes by itself for a table has no words and counts for nothing."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return sorted((str(type), str(name), str(sql)) for type, name, sql in rows)


def _check(db: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError for a file that is damaged, or made to keep us busy."""
    steps = itertools.count()
    db.set_progress_handler(lambda: next(steps) > _MOST_STEPS, 1_000_000)
    db.execute("PRAGMA ignore_check_constraints = ON")
    (said,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError(f"it is damaged: {said}")


def _taken_over(folder: OutputFolder, path: str, old: sqlite3.Connection, tables: Tables) -> sqlite3.Connection:
    """A fresh file with the rows of one of another version, of columns that both know."""
    new = f"{path}.new"
    _remove(folder, new)
    _create(folder, new)
    there = {name: sql for type, name, sql in _schema(old) if type == "table"}
    with closing(_connected(folder, new)) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN")
        for name, columns in tables.items():
            db.execute(_statement(name, columns))
            known = _plain_columns(old, name, there.get(name, ""))
            both = [column.split()[0] for column in columns if column.split()[0] in known]
            if both:
                marks = ", ".join("?" * len(both))
                rows = old.execute(f"SELECT {', '.join(both)} FROM {name}")
                db.executemany(f"INSERT OR IGNORE INTO {name} ({', '.join(both)}) VALUES ({marks})", rows)
        db.execute("COMMIT")
    old.close()
    for end in _BESIDE[1:]:  # there is always a file of this name: the folder is known for ours by it
        folder.remove(f"{path}{end}")
    folder.move(new, path)
    folder.remove(f"{new}-journal")
    folder.sync_names(path)
    return _connected(folder, path)


def _plain_columns(db: sqlite3.Connection, table: str, statement: str) -> set[str]:
    """Of a table that holds its rows itself: views and virtual tables may do anything, columns may be computed."""
    if not statement.upper().startswith("CREATE TABLE "):
        return set()
    return {row[1] for row in db.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0}
