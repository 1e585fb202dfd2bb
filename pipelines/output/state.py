"""What earlier runs wrote into an output folder: path and digest of every file, in `.postferry/state.db`.

It tells our files from the user's: what we did not write is never overwritten, what the user changed is left alone.
That holds after a run that was killed, too: files are noted before they are written. And after a power cut: each note
is on the disk before the files it speaks of are written, and a run counts as whole when all its files are on the disk.

The file may come from elsewhere, or be damaged: rows that no run of ours writes are forgotten.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from converters.never import hidden
from pipelines.output.database import Tables, open_database, read_only
from pipelines.output.output_folder import FOLDER, OutputFolder, is_own, is_safe

Answer = TypeVar("Answer")

STATE = f"{FOLDER}/state.db"
_TABLES: Tables = {  # columns that a folder of an older version may lack have a default
    "files": ("path TEXT PRIMARY KEY", "digest BLOB", "run INTEGER NOT NULL DEFAULT 0", "WITHOUT ROWID"),
    "begun": ("path TEXT", "digest BLOB", "PRIMARY KEY (path, digest)", "WITHOUT ROWID"),
    "runs": ("number INTEGER PRIMARY KEY", "calm INTEGER NOT NULL DEFAULT 1", "whole INTEGER NOT NULL DEFAULT 1"),
    "last": ("mark TEXT PRIMARY KEY", "run INTEGER", "outcome BLOB", "WITHOUT ROWID"),
}
_MOST_RUNS = 1 << 48
_ODD_ROWS = {
    "files": "typeof(path) != 'text' OR typeof(digest) != 'blob' OR length(digest) != 16 OR typeof(run) != 'integer'"
    f" OR run NOT BETWEEN 0 AND {_MOST_RUNS}",
    "begun": "typeof(path) != 'text' OR typeof(digest) != 'blob' OR length(digest) != 16",
    "runs": f"number NOT BETWEEN 0 AND {_MOST_RUNS} OR typeof(calm) != 'integer' OR typeof(whole) != 'integer'",
    "last": "typeof(mark) != 'text' OR typeof(outcome) NOT IN ('blob', 'text')",
}
_EMPTY = blake2b(digest_size=16).digest()


class State:
    """The files of one output folder. Digests are 16 bytes.

    `crashed` says that the last run ended all at once, or one of its processes did: it may happen again. `unsure` says
    that files may be cut: the last run did not come to the point where all it wrote is on the disk. `lost` says
    that the notes were damaged and are begun anew.
    """

    def __init__(self, folder: OutputFolder) -> None:
        self._folder = folder
        folder.make(FOLDER)
        self._db, self.lost = open_database(folder, STATE, _TABLES)
        try:
            self._forget_odd()
            self._under_way: list[tuple[str, bytes]] = []
            (last,) = self._db.execute(
                "SELECT max(number) FROM (SELECT number FROM runs UNION ALL SELECT run FROM files)"
            ).fetchone()
            self.run = (last or 0) + 1
            row = self._db.execute("SELECT calm, whole FROM runs WHERE number = ?", (last,)).fetchone()
            self.crashed = row is not None and not row[0]
            self.unsure = self.lost or (row is not None and not row[1])
            self._db.execute("INSERT INTO runs (number, calm, whole) VALUES (?, 0, 0)", (self.run,))
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that it is known even where the journal is lost
            self._clean_exit, self._saved = True, False
            self._db.execute("BEGIN")
        except sqlite3.Error:
            self._db.close()
            raise

    def _forget_odd(self) -> None:
        self._db.execute("BEGIN")
        for table, odd in _ODD_ROWS.items():
            self._db.execute(f"DELETE FROM {table} WHERE {odd}")
        for table in ("files", "begun"):
            paths = self._db.execute(f"SELECT path, CAST(path AS BLOB) FROM {table}")
            found = [(raw,) for path, raw in paths if not _is_of_site(path) or path.encode() != raw]
            self._db.executemany(f"DELETE FROM {table} WHERE CAST(path AS BLOB) = ?", found)
        self._db.execute("COMMIT")

    def wrote(self, path: str, digest: bytes) -> bool:
        """Is a file with these bytes at this path one that a run has written, or was about to when it was killed?"""
        query = " UNION ".join(f"SELECT 1 FROM {table} WHERE path = ?1 AND digest = ?2" for table in ("files", "begun"))
        return self._db.execute(query, (path, digest)).fetchone() is not None

    def knows(self, path: str) -> bool:
        """Has an earlier run written a file here, or was one about to?"""
        if self._db.execute("SELECT 1 FROM files WHERE path = ?", (path,)).fetchone():
            return True
        begun = self._db.execute("SELECT path, digest FROM begun WHERE path = ?", (path,)).fetchall()
        return any(row not in self._under_way for row in begun)

    def begin(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Files that are to be written next, on the disk when this returns; those before them are noted by now."""
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

    def save(self, mark: str = "", outcome: bytes = b"", *, clean_exit: bool = True) -> None:
        """The run is over, and all it wrote is noted and on the disk; also how it ended, for `last`, when there is a
        mark. Raises OSError where the disk cannot write it."""
        self._clean_exit = clean_exit
        self._folder.sync()
        self._db.execute("DELETE FROM begun")
        self._db.execute("DELETE FROM last")
        if mark:
            self._db.execute("INSERT INTO last (mark, run, outcome) VALUES (?, ?, ?)", (mark, self.run, outcome))
        self._db.execute("UPDATE runs SET whole = 1 WHERE number = ?", (self.run,))
        self._commit()
        self._saved = True

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

    def digests(self) -> dict[str, bytes]:
        """Path -> digest of all that was written."""
        return dict(sorted(_files(self._db)))

    def forget(self, paths: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def close(self) -> None:
        """Of a run that did not come to its end, what it wrote is on the disk all the same, unless the disk is full.
        What an earlier one left may not have been looked at yet, though."""
        with suppress(sqlite3.Error):  # what a run came to is saved before, or it came to nothing
            if self._db.in_transaction:
                with suppress(OSError):
                    if not self._saved and not self.unsure:
                        self._folder.sync()
                        self._db.execute("UPDATE runs SET whole = 1 WHERE number = ?", (self.run,))
                self._db.execute("UPDATE runs SET calm = ? WHERE number = ?", (self._clean_exit, self.run))
                self._db.execute("COMMIT")
        self._db.close()


def _is_of_site(path: str) -> bool:
    """Could a run of ours have written it? No run writes into hidden folders, such as `.git`."""
    folder = path.rpartition("/")[0]
    return is_safe(path) and not is_own(path) and not (folder and _is_hidden(folder))


_is_hidden = lru_cache(maxsize=1024)(hidden)


def standing(output: Path) -> int:
    """The number of the last run that wrote here, when all it wrote is still there and on the disk; else 0. Changes
    nothing. Files that the user edited are there; those that are empty, or full of zeros, are not."""

    def last_whole(folder: OutputFolder, db: sqlite3.Connection) -> int:
        number = _last_whole(db)
        return number if all(_stands(folder, path, digest) for path, digest in _files(db)) else 0

    return _look(output, last_whole, 0)


def _stands(folder: OutputFolder, path: str, digest: bytes) -> bool:
    size = folder.size(path)
    if not size:
        return size == 0 and digest == _EMPTY
    return folder.last_byte(path) != b"\0" or folder.digest(path) == digest


def _last_whole(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT number, whole FROM runs ORDER BY number DESC LIMIT 1").fetchone()
    return int(row[0]) if row is not None and row[1] == 1 and 0 < row[0] < _MOST_RUNS else 0


def last(output: Path, mark: str) -> bytes | None:
    """How the run of this mark ended, when it was the last and all it wrote is still there, byte for byte. Takes away
    what that run has left beside its notes when it was killed after all was done: the output's lock is held."""

    def outcome(folder: OutputFolder, db: sqlite3.Connection) -> bytes | None:
        query = "SELECT CAST(outcome AS BLOB) FROM last WHERE mark = ? AND run = ?"
        row = db.execute(query, (mark, _last_whole(db))).fetchone()
        if row is None or any(folder.digest(path) != known for path, known in _files(db)):
            return None
        return bytes(row[0] or b"")

    try:
        _tidy(output)
    except (sqlite3.Error, OSError):
        return None
    return _look(output, outcome, None)


def has_crashed(output: Path) -> bool:
    """Did the last run that wrote here end all at once, or one of its processes? Changes nothing."""

    def crashed(folder: OutputFolder, db: sqlite3.Connection) -> bool:
        row = db.execute("SELECT calm FROM runs ORDER BY number DESC LIMIT 1").fetchone()
        return row is not None and row[0] != 1

    return _look(output, crashed, False)


def written(output: Path) -> dict[str, bytes]:
    """Path -> digest of all that was written; nothing where that is not known."""
    return _look(output, lambda folder, db: dict(sorted(_files(db))), {})


def _look(output: Path, question: Callable[[OutputFolder, sqlite3.Connection], Answer], unknown: Answer) -> Answer:
    """The answer, only read; `unknown` where there is nothing of ours, or nothing that can be read."""
    try:
        with (
            closing(OutputFolder(output)) as folder,
            tempfile.TemporaryDirectory(prefix="postferry-") as spool,
            read_only(folder, STATE, _TABLES, Path(spool)) as db,
        ):
            return question(folder, db)
    except (sqlite3.Error, OSError):
        return unknown


def _files(db: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Raises sqlite3.DataError for rows that no run of ours writes."""
    for path, digest in db.execute("SELECT path, digest FROM files"):
        if not isinstance(path, str) or not isinstance(digest, bytes) or not _is_of_site(path):
            raise sqlite3.DataError("a row that is none of ours")
        yield path, digest


def _tidy(output: Path) -> None:
    with closing(OutputFolder(output)) as folder:
        if folder.is_ours() and folder.size(f"{STATE}-wal") is not None:
            open_database(folder, STATE, _TABLES).db.close()
