"""What earlier runs wrote into an output folder: path and digest of every file, in `.postferry/state.db`.

It tells our files from the user's: what we did not write is never overwritten, what the user changed is left alone.
That holds after a run that was killed, too: files are noted before they are written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from hashlib import blake2b, file_digest
from itertools import groupby
from operator import itemgetter
from pathlib import Path

FOLDER = ".postferry"
_TABLES = {  # columns that a folder of an older version may lack are added, with what stands behind their names
    "files": ("path TEXT PRIMARY KEY", "digest BLOB", "run INTEGER NOT NULL DEFAULT 0"),
    "begun": ("path TEXT", "digest BLOB", "PRIMARY KEY (path, digest)"),
    "runs": ("number INTEGER PRIMARY KEY", "calm INTEGER NOT NULL DEFAULT 1"),
    "last": ("mark TEXT PRIMARY KEY", "run INTEGER", "outcome BLOB"),
}
_ROWID = ("runs",)


class State:
    """The files of one output folder. Digests are 16 bytes.

    `died` says that the last run was killed or crashed, or that one of its processes did: it may happen again.
    """

    def __init__(self, output: Path) -> None:
        folder = output / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "state.db", isolation_level=None)
        try:
            self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
            self._make_tables()
            self._under_way: list[tuple[str, bytes]] = []
            (last,) = self._db.execute(
                "SELECT max(number) FROM (SELECT number FROM runs UNION ALL SELECT run FROM files)"
            ).fetchone()
            self.run = (last or 0) + 1
            row = self._db.execute("SELECT calm FROM runs WHERE number = ?", (last,)).fetchone()
            self.died = row is not None and not row[0]
            self._db.execute("INSERT INTO runs (number, calm) VALUES (?, 0)", (self.run,))
            self._calm = True
            self._db.execute("BEGIN")
        except sqlite3.Error:
            self._db.close()
            raise

    def _make_tables(self) -> None:
        for table, columns in _TABLES.items():
            end = "" if table in _ROWID else " WITHOUT ROWID"
            self._db.execute(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(columns)}){end}")
            there = {row[1] for row in self._db.execute(f"PRAGMA table_info({table})")}
            for column in columns:
                if column.split()[0] not in (*there, "PRIMARY"):
                    self._db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")

    def wrote(self, path: str, digest: bytes) -> bool:
        """Is a file with these bytes at this path one that a run has written, or was about to when it was killed?"""
        query = " UNION ".join(f"SELECT 1 FROM {table} WHERE path = ?1 AND digest = ?2" for table in ("files", "begun"))
        return self._db.execute(query, (path, digest)).fetchone() is not None

    def begin(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Files that are to be written next, on record when this returns; those before them are noted by now."""
        new = [(path, digest) for path, digest in files if not self.wrote(path, digest)]
        if new:
            self._db.executemany("DELETE FROM begun WHERE path = ? AND digest = ?", self._under_way)
            self._db.executemany("INSERT INTO begun (path, digest) VALUES (?, ?)", new)
            self._commit()
            self._under_way = new

    def broken_off(self) -> list[str]:
        """What runs that were killed may have been writing just then."""
        return [path for (path,) in self._db.execute("SELECT DISTINCT path FROM begun ORDER BY path")]

    def note(self, path: str, digest: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO files (path, digest, run) VALUES (?, ?, ?)", (path, digest, self.run))

    def save(self, mark: str = "", outcome: bytes = b"", *, calm: bool = True) -> None:
        """The run is over, and all it wrote is noted; also how it ended, for `last`, when there is a mark."""
        self._calm = calm
        self._db.execute("DELETE FROM begun")
        self._db.execute("DELETE FROM last")
        if mark:
            self._db.execute("INSERT INTO last (mark, run, outcome) VALUES (?, ?, ?)", (mark, self.run, outcome))
        self._commit()

    def _commit(self) -> None:
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def vanished(self) -> Iterator[tuple[str, set[bytes]]]:
        """Files of earlier runs that this run did not write, with the digests they may have."""
        rows = self._db.execute(
            "SELECT path, digest FROM files WHERE run < ?1 UNION SELECT path, digest FROM begun AS b "
            "WHERE NOT EXISTS (SELECT 1 FROM files AS f WHERE f.path = b.path AND f.run = ?1) ORDER BY path",
            (self.run,),
        ).fetchall()
        for path, group in groupby(rows, itemgetter(0)):
            yield path, {digest for _, digest in group}

    def forget(self, paths: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def close(self) -> None:
        with suppress(sqlite3.Error):  # on a full disk, say: what a run came to is saved before, or it came to nothing
            if self._db.in_transaction:
                self._db.execute("UPDATE runs SET calm = ? WHERE number = ?", (self._calm, self.run))
                self._db.execute("COMMIT")
        self._db.close()


def standing(output: Path) -> int:
    """The number of the last run that wrote here, when all it wrote is still there; else 0. Changes nothing."""
    if not is_ours(output):
        return 0
    try:
        with _read(output) as db:
            (last,) = db.execute("SELECT max(number) FROM runs").fetchone()
            for (path,) in db.execute("SELECT path FROM files"):
                if not (output / path).is_file():
                    return 0
    except sqlite3.Error:
        return 0
    return int(last or 0)


def last(output: Path, mark: str) -> bytes | None:
    """How the run of this mark ended, when it was the last and all it wrote is still there, byte for byte."""
    if not is_ours(output):
        return None
    _tidy(output)
    try:
        with _read(output) as db:
            row = db.execute(
                "SELECT CAST(outcome AS BLOB) FROM last WHERE mark = ? AND run = (SELECT max(number) FROM runs)",
                (mark,),
            ).fetchone()
            if row is None:
                return None
            for path, known in db.execute("SELECT path, digest FROM files"):
                with (output / path).open("rb") as opened:
                    if file_digest(opened, lambda: blake2b(digest_size=16)).digest() != known:
                        return None
    except (sqlite3.Error, OSError):
        return None
    return bytes(row[0])


def written(output: Path) -> dict[str, bytes]:
    """Path -> digest of all that stands there of what was written."""
    with _read(output) as db:
        return dict(db.execute("SELECT path, digest FROM files ORDER BY path"))


def _read(output: Path) -> closing[sqlite3.Connection]:
    """Only to read. SQLite leaves files of its own beside what it may only read, unless it is told that nobody writes:
    so it is after a run that ended in order.
    """
    file = (output / FOLDER / "state.db").resolve()
    calm = "" if file.with_name("state.db-wal").exists() else "&immutable=1"
    return closing(sqlite3.connect(f"{file.as_uri()}?mode=ro{calm}", uri=True))


def _tidy(output: Path) -> None:
    """Take away what a run has left beside its database that was killed when all was done."""
    file = output / FOLDER / "state.db"
    if file.with_name("state.db-wal").exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_ours(output: Path) -> bool:
    return (output / FOLDER / "state.db").is_file()
