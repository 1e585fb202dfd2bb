"""What earlier runs wrote into an output folder: path and digest of every file, in `.postferry/state.db`.

It tells our files from the user's: what we did not write is never overwritten, what the user changed is left alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
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
            "CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY);"
        )
        (last,) = self._db.execute("SELECT max(number) FROM runs").fetchone()
        self.run = (last or 0) + 1
        self._db.execute("INSERT INTO runs VALUES (?)", (self.run,))
        self._db.execute("BEGIN")

    def digest(self, path: str) -> bytes | None:
        row = self._db.execute("SELECT digest FROM files WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def note(self, path: str, digest: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (path, digest, self.run))

    def save(self) -> None:
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def vanished(self) -> Iterator[tuple[str, bytes]]:
        """Files of earlier runs that this run did not write."""
        yield from self._db.execute(
            "SELECT path, digest FROM files WHERE run < ? ORDER BY path", (self.run,)
        ).fetchall()

    def forget(self, paths: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def close(self) -> None:
        self._db.execute("COMMIT")
        self._db.close()


def is_ours(output: Path) -> bool:
    return (output / FOLDER / "state.db").is_file()
