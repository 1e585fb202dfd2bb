"""Which sites are done, and with what: an SQLite file in `.postferry` beside the file of jobs, one a file of jobs.

A row is written when a site is done, and is on the disk before anything else begins. It names the run of the output
folder that it speaks of: every run takes a new number there before it writes its first file, so that a row is never
believed once anybody has begun to write there anew, however that ended.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from converters.errors import OutputError
from pipelines.batch.work import Done
from pipelines.output.database import Tables, open_database, read_only
from pipelines.output.output_folder import OutputFolder

_TABLES: Tables = {"sites": ("jobs TEXT", "output TEXT", "done BLOB", "PRIMARY KEY (jobs, output)", "WITHOUT ROWID")}


class Ledger:
    """The sites that one file of jobs has seen through. Only the process that runs the batch has it open, and those
    that only look (`reading`)."""

    def __init__(self, file: Path, jobs: str, *, reading: bool = False) -> None:
        """Raises OutputError when the file cannot be made or is none of ours."""
        self._jobs = jobs
        try:
            self._folder = OutputFolder(file.parent)
        except OSError as error:
            raise _unusable(file, error) from error
        try:
            self._db = self._seen(file.name) if reading else open_database(self._folder, file.name, _TABLES).db
        except (sqlite3.Error, OSError) as error:
            self._folder.close()
            raise _unusable(file, error) from error

    def _seen(self, name: str) -> sqlite3.Connection:
        """A copy in memory."""
        db = sqlite3.connect(":memory:", isolation_level=None)
        with (
            TemporaryDirectory(prefix="postferry-") as spool,
            read_only(self._folder, name, _TABLES, Path(spool)) as it,
        ):
            it.backup(db)
        return db

    def known(self, output: str) -> Done | None:
        try:
            row = self._db.execute(
                "SELECT CAST(done AS BLOB) FROM sites WHERE jobs = ? AND output = ?", (self._jobs, output)
            ).fetchone()
            return msgspec.json.decode(row[0] or b"", type=Done) if row else None
        except (msgspec.MsgspecError, RecursionError, sqlite3.DatabaseError):
            return None

    def note(self, output: str, done: Done) -> None:
        """The site is done. On the disk when this returns."""
        row = self._jobs, output, msgspec.json.encode(done)
        self._db.execute("INSERT OR REPLACE INTO sites VALUES (?, ?, ?)", row)

    def close(self) -> None:
        self._db.close()
        self._folder.close()


def _unusable(file: Path, error: Exception) -> OutputError:
    return OutputError(f"{file} cannot be used: {error}. Remove it; all sites are done anew then.")
