"""What earlier runs wrote into an output folder: path and digest of every file, in `.postferry/state.db`.

It tells our files from the user's: what we did not write is never overwritten, what the user changed is left alone.
That holds after a run that was killed, too: files are noted before they are written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path

FOLDER = ".postferry"


class State:
    """The files of one output folder. Digests are 16 bytes."""

    def __init__(self, output: Path) -> None:
        folder = output / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "state.db", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest BLOB, run INTEGER) WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS begun (path TEXT, digest BLOB, PRIMARY KEY (path, digest)) WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY);"
        )
        self._under_way: list[tuple[str, bytes]] = []
        (last,) = self._db.execute("SELECT max(number) FROM runs").fetchone()
        self.run = (last or 0) + 1
        self._db.execute("INSERT INTO runs VALUES (?)", (self.run,))
        self._db.execute("BEGIN")

    def wrote(self, path: str, digest: bytes) -> bool:
        """Is a file with these bytes at this path one that a run has written, or was about to when it was killed?"""
        query = " UNION ".join(f"SELECT 1 FROM {table} WHERE path = ?1 AND digest = ?2" for table in ("files", "begun"))
        return self._db.execute(query, (path, digest)).fetchone() is not None

    def begin(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Files that are to be written next, on record when this returns; those before them are noted by now."""
        new = [(path, digest) for path, digest in files if not self.wrote(path, digest)]
        if new:
            self._db.executemany("DELETE FROM begun WHERE path = ? AND digest = ?", self._under_way)
            self._db.executemany("INSERT INTO begun VALUES (?, ?)", new)
            self._commit()
            self._under_way = new

    def broken_off(self) -> list[str]:
        """What runs that were killed may have been writing just then."""
        return [path for (path,) in self._db.execute("SELECT DISTINCT path FROM begun ORDER BY path")]

    def note(self, path: str, digest: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (path, digest, self.run))

    def save(self) -> None:
        """The run is over, and all it wrote is noted."""
        self._db.execute("DELETE FROM begun")
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
        self._db.execute("COMMIT")
        self._db.close()


def standing(output: Path) -> int:
    """The number of the last run that wrote here, when all it wrote is still there; else 0. Changes nothing."""
    file = (output / FOLDER / "state.db").resolve()
    if not file.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            (last,) = db.execute("SELECT max(number) FROM runs").fetchone()
            for (path,) in db.execute("SELECT path FROM files"):
                if not (output / path).is_file():
                    return 0
    except sqlite3.Error:
        return 0
    return int(last or 0)


def is_ours(output: Path) -> bool:
    return (output / FOLDER / "state.db").is_file()
