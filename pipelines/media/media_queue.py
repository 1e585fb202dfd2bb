"""Which files the carried items refer to, where each goes, and what became of it: an SQLite file that survives a kill.

The references pass meets every address (`src`, the largest of a `srcset`, `poster`, `href` of files, `url()` in styles,
galleries, featured images, front matter, comments) and asks here. While items are converted, the answer is the one that
is expected, and what was asked is written down; then the files are fetched or copied, and each URL gets its answer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from converters import urls
from converters.passes.files import NOT_PUBLIC, TOO_LARGE, Answer, Wanted
from pipelines.media.candidates import Candidate, candidates, is_place
from pipelines.media.headers import is_validator
from pipelines.media.retry_policy import RetryPolicy
from pipelines.output.database import Tables, open_database
from pipelines.output.output_folder import OutputFolder

_TABLES: Tables = {
    "files": (
        "place TEXT PRIMARY KEY", "address TEXT", "state TEXT", "size INTEGER", "mtime INTEGER", "digest BLOB",
        "reason TEXT",
    ),
    "parts": ("place TEXT PRIMARY KEY", "address TEXT", "validator TEXT", "WITHOUT ROWID"),
    "wanted": (
        "seq INTEGER PRIMARY KEY", "path TEXT UNIQUE", "data BLOB", "step INTEGER", "place TEXT", "reason TEXT"
    ),
    "uses": ("place TEXT PRIMARY KEY", "folder TEXT", "WITHOUT ROWID"),
    "shown": ("path TEXT PRIMARY KEY", "WITHOUT ROWID"),
    "hidden": ("place TEXT PRIMARY KEY", "WITHOUT ROWID"),
    "unfinished": ("settings TEXT",),
}  # fmt: skip
_MOST = 1 << 48
"""Bytes of a file, which is more than a disk holds."""
_ODD_ROWS = {
    "files": "typeof(place) != 'text' OR typeof(address) != 'text' OR typeof(reason) != 'text' OR typeof(digest) != "
    f"'blob' OR length(digest) NOT IN (0, 16) OR typeof(size) != 'integer' OR size NOT BETWEEN 0 AND {_MOST} OR "
    "typeof(mtime) != 'integer' OR state NOT IN ('todo', 'placing', 'had', 'failed')",
    "parts": "typeof(place) != 'text' OR typeof(address) != 'text' OR typeof(validator) != 'text'",
}
SILENT = "the server went silent"
BROKEN_OFF = "the connection broke off"
TOO_SLOW = "the server is too slow"
"""Reasons that may be those of a busy hour, or of the moment in which the run was killed."""
_STATES = ("todo", "placing", "had", "failed")
_PASSING = (SILENT, BROKEN_OFF, TOO_SLOW)
_BATCH = 500
_USE = "INSERT INTO uses VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET folder = '' WHERE folder != excluded.folder"
"""Note whose a file is: no folder's when several refer to it."""
_ANSWER = """SELECT wanted.place, reason, uses.folder FROM wanted LEFT JOIN uses ON uses.place = wanted.place
             WHERE wanted.path = ?"""
_OPEN = "place = '' AND reason = ''"
_SHOWN = "path IN (SELECT path FROM shown)"
"""Something public refers to it."""
_encode = msgspec.msgpack.Encoder().encode
_wanted = msgspec.msgpack.Decoder(Wanted).decode


class Settings(msgspec.Struct, frozen=True):
    """What the user asked for."""

    way: str = ""
    """copy or download; empty when files do not come along."""
    folder: str = ""
    """Where files are copied from."""
    every: bool = False
    """Take the whole media library, not only what the texts show."""
    allow_private: bool = False
    """Ask hosts of the local network, too."""
    pace: RetryPolicy = RetryPolicy()
    """How a download goes; for both ways, how large a file may be."""
    insecure: bool = False
    """Take servers for what they say they are, whatever their certificates."""
    drafts: bool = False
    """Take what only drafts and private posts show, too."""


class File(NamedTuple):
    """What is known of a file at its place. `state` is todo, placing, had or failed."""

    place: str
    address: str
    state: str
    size: int
    mtime: int
    digest: bytes
    reason: str


class MediaQueue:
    """Writes down what is wanted and what was had. One writer: the process that began the run."""

    def __init__(self, folder: OutputFolder, path: str) -> None:
        """Where the file is damaged, it is begun anew: what was brought is found where it is. The folder may come from
        elsewhere: rows that no run of ours writes are forgotten."""
        self._drafts = False
        self._db = open_database(folder, path, _TABLES, synchronous="NORMAL").db
        for table, odd in _ODD_ROWS.items():
            self._db.execute(f"DELETE FROM {table} WHERE {odd}")

    def begin(self, settings: Settings) -> None:
        """Forget what an earlier run wanted and failed to get; what it had, wholly or in part, stays known.

        A run that was killed is gone on with, and then what failed in it has failed already, unless nobody answered.
        """
        self._db.execute("DELETE FROM wanted")
        for table in ("uses", "shown", "hidden"):
            self._db.execute(f"DELETE FROM {table}")
        self._drafts = settings.drafts
        self._db.execute("DELETE FROM files WHERE state = 'todo'")
        asked = repr(settings)
        if self._db.execute("SELECT 1 FROM unfinished WHERE settings = ?", (asked,)).fetchone() is None:
            self._db.execute("DELETE FROM files WHERE state = 'failed'")
        self._db.execute("DELETE FROM files WHERE state = 'failed' AND reason IN (?, ?, ?)", _PASSING)
        self._db.execute("DELETE FROM unfinished")
        self._db.execute("INSERT INTO unfinished VALUES (?)", (asked,))
        self._db.execute("BEGIN")

    def finish(self) -> None:
        """All is settled: the next run tries anew what failed."""
        self._db.execute("DELETE FROM unfinished")

    def want(self, wanted: Wanted) -> None:
        """Write an address down; a file that was met before under another host or query is the same file.

        What only items refer to that are not public is no file of the new site.
        """
        self._db.execute(
            "INSERT OR IGNORE INTO wanted (path, data, step, place, reason) VALUES (?, ?, 0, '', '')",
            (urls.decoded(wanted.path), _encode(wanted)),
        )
        public = self._drafts or not wanted.hidden
        if public:
            self._db.execute("INSERT OR IGNORE INTO shown VALUES (?)", (urls.decoded(wanted.path),))
        for candidate in candidates(wanted) if wanted.by or not public else ():
            if wanted.by:
                self._db.execute(_USE, (candidate.place, wanted.by))
            if not public:
                self._db.execute("INSERT OR IGNORE INTO hidden VALUES (?)", (candidate.place,))

    def collected(self) -> None:
        self._db.execute("COMMIT")

    @property
    def last(self) -> int:
        """The number of what was written down last."""
        return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM wanted").fetchone()[0])

    def missing(self, after: int) -> Iterator[tuple[str, str]]:
        """(address, reason) of what could not be had, of what was written down after a number."""
        query = "SELECT data, reason FROM wanted WHERE seq > ? AND reason != '' ORDER BY seq"
        for data, reason in self._db.execute(query, (after,)).fetchall():
            yield _wanted(data).address, reason

    def unsettled(self) -> Iterator[tuple[int, list[Candidate], int]]:
        """(number, candidates, which of them is next) of what has no answer yet."""
        last = 0
        query = f"SELECT seq, data, step FROM wanted WHERE seq > ? AND {_OPEN} AND {_SHOWN} ORDER BY seq LIMIT ?"
        while rows := self._db.execute(query, (last, _BATCH)).fetchall():
            for number, data, step in rows:
                last = number
                yield number, candidates(_wanted(data)), step

    def is_hidden(self, place: str) -> bool:
        """Does an item that is not public refer to this file?"""
        return self._db.execute("SELECT 1 FROM hidden WHERE place = ?", (place,)).fetchone() is not None

    def settle_hidden(self) -> None:
        """Answer for what only hidden items refer to: the file, where something public shows it under another name."""
        query = f"SELECT seq, data FROM wanted WHERE {_OPEN} AND NOT {_SHOWN}"
        for number, data in self._db.execute(query).fetchall():
            place = next((each.place for each in candidates(_wanted(data)) if self._is_shown(each.place)), "")
            self.settle(number, place=place, reason="" if place else NOT_PUBLIC)

    def _is_shown(self, place: str) -> bool:
        query = f"SELECT 1 FROM wanted WHERE place = ? AND {_SHOWN}"
        return self._db.execute(query, (place,)).fetchone() is not None

    def settle(self, number: int, *, place: str = "", reason: str = "") -> None:
        self._db.execute("UPDATE wanted SET place = ?, reason = ? WHERE seq = ?", (place, reason, number))

    def next_candidate(self, number: int) -> None:
        self._db.execute("UPDATE wanted SET step = step + 1 WHERE seq = ?", (number,))

    def file(self, place: str) -> File | None:
        row = self._db.execute(
            "SELECT place, address, state, size, mtime, digest, reason FROM files WHERE place = ?", (place,)
        ).fetchone()
        return _judged(row) if row else None

    def note(self, file: File) -> None:
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", file)

    def ask_for(self, candidate: Candidate) -> None:
        """Put a file on the list, once however often it is used."""
        row = (candidate.place, candidate.address)
        self._db.execute("INSERT OR IGNORE INTO files VALUES (?, ?, 'todo', 0, 0, x'', '')", row)

    def forget(self, place: str) -> None:
        """What was had is not there any more."""
        self._db.execute("DELETE FROM files WHERE place = ? AND state IN ('had', 'placing')", (place,))

    def todo(self) -> Iterator[tuple[str, str]]:
        """(place, address) of what is on the list; each once, also while answers come in."""
        last = 0
        query = "SELECT rowid, place, address FROM files WHERE rowid > ? AND state = 'todo' ORDER BY rowid LIMIT ?"
        while rows := self._db.execute(query, (last, _BATCH)).fetchall():
            for number, place, address in rows:
                last = number
                if isinstance(place, str) and isinstance(address, str) and is_place(place):
                    yield place, address

    def count_todo(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM files WHERE state = 'todo'").fetchone()[0])

    def had(self) -> Iterator[File]:
        query = "SELECT place, address, state, size, mtime, digest, reason FROM files WHERE state = 'had'"
        for row in self._db.execute(query).fetchall():
            if (file := _judged(row)) is not None:
                yield file

    def part(self, place: str) -> tuple[str, str]:
        """(address, validator) of a file that came in part."""
        row = self._db.execute("SELECT address, validator FROM parts WHERE place = ?", (place,)).fetchone()
        known = row is not None and isinstance(row[0], str) and isinstance(row[1], str) and is_validator(row[1])
        return (row[0], row[1]) if known else ("", "")

    def note_part(self, place: str, address: str, validator: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", (place, address, validator))

    def forget_part(self, place: str) -> None:
        self._db.execute("DELETE FROM parts WHERE place = ?", (place,))

    def sums(self) -> tuple[int, int, int, int, int]:
        """(files, bytes, missing, too large among these, hidden) of what this run wanted."""
        files, size = self._db.execute(
            "SELECT count(*), coalesce(sum(size), 0) FROM files WHERE place IN (SELECT place FROM wanted)"
        ).fetchone()
        counts = dict(self._db.execute("SELECT reason, count(*) FROM wanted WHERE reason != '' GROUP BY reason"))
        hidden = counts.pop(NOT_PUBLIC, 0)
        return int(files), int(size), sum(counts.values()), counts.get(TOO_LARGE, 0), hidden

    def close(self) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._db.close()


def _judged(row: tuple[object, ...]) -> File | None:
    """A row as a file; None for one that this program would not have written. The list lies in the output folder, where
    others may write."""
    try:
        file = msgspec.convert(row, File)
    except msgspec.ValidationError:
        return None
    ours = is_place(file.place) and file.state in _STATES and len(file.digest) in (0, 16)
    return file if ours else None


class MediaLookup:
    """The answers, for the step that carries items; opened when first asked, so that it may go to other processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._cached = lru_cache(maxsize=1024)(self._answer)

    def __call__(self, wanted: Wanted) -> Answer | None:
        return self._cached(urls.decoded(wanted.path))

    def _answer(self, path: str) -> Answer | None:
        if self._db is None:
            self._db = sqlite3.connect(f"file:{quote(str(self._path))}?mode=ro", uri=True, isolation_level=None)
        row = self._db.execute(_ANSWER, (path,)).fetchone()
        return Answer(row[0], row[1], alone=bool(row[2])) if row else None

    def __reduce__(self) -> tuple[type[MediaLookup], tuple[Path]]:
        return MediaLookup, (self._path,)

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None
