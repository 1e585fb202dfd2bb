"""Which sites are done, and with what: an SQLite file in `.postferry` beside the file of jobs.

A row is written when a site is done, and is on the disk before anything else begins. It names the run of the output
folder that it speaks of: every run takes a new number there before it writes its first file, so that a row is never
believed once anybody has begun to write there anew, however that ended.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from converters.errors import OutputError
from pipelines.batch.work import Done

_SCHEMA = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS sites (jobs TEXT, output TEXT, done BLOB, PRIMARY KEY (jobs, output)) WITHOUT ROWID;
"""
_FORM = 1
"""Of this file; one of another form is begun anew, which costs a run and no data."""


class Ledger:
    """The sites that one file of jobs has seen through. Only the process that runs the batch has it open."""

    def __init__(self, file: Path, jobs: str) -> None:
        """Raises OutputError when the file cannot be made or is none of ours."""
        self._jobs = jobs
        try:
            self._db = sqlite3.connect(file, isolation_level=None, timeout=30)
            (form,) = self._db.execute("PRAGMA user_version").fetchone()
            if form != _FORM:
                self._db.executescript(f"DROP TABLE IF EXISTS sites; PRAGMA user_version = {_FORM};")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise OutputError(f"{file} cannot be used: {error}. Remove it; all sites are done anew then.") from error

    def known(self, output: str) -> Done | None:
        row = self._db.execute("SELECT done FROM sites WHERE jobs = ? AND output = ?", (self._jobs, output)).fetchone()
        try:
            return msgspec.json.decode(row[0], type=Done) if row else None
        except msgspec.DecodeError:
            return None

    def note(self, output: str, done: Done) -> None:
        """The site is done. On the disk when this returns."""
        row = self._jobs, output, msgspec.json.encode(done)
        self._db.execute("INSERT OR REPLACE INTO sites VALUES (?, ?, ?)", row)

    def close(self) -> None:
        self._db.close()
