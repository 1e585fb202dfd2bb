"""The surveyed and planned site on disk: an SQLite file that the survey fills, the plan completes and carry reads."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from converters import urls
from converters.item_timeout import shielded
from converters.model import PUBLIC, Asset, Entry, Place, Role, Site, Status
from converters.model.notices import TYPE_NOT_PUBLIC, Log, Notice
from converters.old_site import uploads
from converters.old_site.visibility import as_of
from converters.plugin import SourceFile
from converters.verify.verdict import Verdict
from pipelines.report.comparison import SideBySide
from pipelines.run import same_ids
from pipelines.run.progress import met

if TYPE_CHECKING:
    from pipelines.run.carry import Result

_SCHEMA = """
CREATE TABLE entries (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, kind TEXT, role TEXT, reason TEXT, parent TEXT,
                      language TEXT, translations TEXT, data BLOB, notices BLOB, place BLOB, outcome TEXT);
CREATE TABLE addresses (path TEXT PRIMARY KEY, url TEXT) WITHOUT ROWID;
CREATE TABLE assets (id TEXT PRIMARY KEY, parent TEXT, position INTEGER, data BLOB) WITHOUT ROWID;
CREATE TABLE asset_paths (path TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE relations (name TEXT, position INTEGER, seq INTEGER, id TEXT, PRIMARY KEY (name, position, seq))
                       WITHOUT ROWID;
CREATE TABLE links (base TEXT, address TEXT, PRIMARY KEY (base, address)) WITHOUT ROWID;
CREATE TABLE fragments (url TEXT, fragment TEXT, PRIMARY KEY (url, fragment)) WITHOUT ROWID;
CREATE TABLE verdicts (id TEXT PRIMARY KEY, word TEXT, data BLOB) WITHOUT ROWID;
CREATE TABLE compared (id TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE waiting (seq INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE facts (name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX entries_by_parent ON entries (parent);
CREATE INDEX entries_by_translations ON entries (translations) WHERE translations != '';
CREATE INDEX assets_by_parent ON assets (parent, position);
"""
_BATCH = 500
_FAR = 1 << 60

# JSON and not MessagePack, whose time stamps would lose the offset a date was written with
_encode = msgspec.json.Encoder().encode
_entry = msgspec.json.Decoder(Entry).decode
_asset = msgspec.json.Decoder(Asset).decode
_place = msgspec.json.Decoder(Place).decode
_notices = msgspec.json.Decoder(list[Notice]).decode
_verdict = msgspec.json.Decoder(Verdict).decode
_side_by_side = msgspec.json.Decoder(SideBySide).decode


class IndexWriter:
    """Fills a new index. Also the sink of the survey."""

    def __init__(self, path: Path, folder: Path | None = None, *, anew: bool = True) -> None:
        """`folder` is for importers (see `SurveySink.folder`), by default that of the index; `anew`: no other process
        has filled it."""
        self.folder = folder or path.parent
        self._db = sqlite3.connect(path, isolation_level=None)
        schema = _SCHEMA if anew else ""
        self._db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;{schema}BEGIN;")
        self.log = Log()
        self._rows: list[tuple[Any, ...]] = []
        self.today: datetime | None = None
        """When the run began; None: now."""
        self._same: dict[str, list[str]] = {}
        """id -> what further items of that id are called"""
        self._related = 0

    @shielded
    def entry(self, entry: Entry, notices: Iterable[Any] = ()) -> None:
        entry = as_of(entry, self.today)
        data = _encode(entry), _encode(list(notices))
        known = entry.id, entry.kind, entry.role, entry.reason, entry.parent, entry.language, entry.group
        self._rows.append((*known, *data))
        met(entry)
        if entry.same_as:
            self._same.setdefault(entry.same_as, []).append(entry.id)
        if len(self._rows) >= _BATCH:
            self._flush()

    def settle(self, id: str, kind: str, status: Status) -> None:
        """Give an item that is in the index another status, and take back what was said of its type."""
        self._flush()
        row = self._db.execute("SELECT data, notices FROM entries WHERE id = ? AND role = 'content'", (id,)).fetchone()
        if row is not None:
            entry = as_of(msgspec.structs.replace(_entry(row[0]), status=status, withheld=False), self.today)
            notices = [notice for notice in _notices(row[1]) if notice.code != TYPE_NOT_PUBLIC]
            values = _encode(entry), _encode(notices), id
            self._db.execute("UPDATE entries SET data = ?, notices = ? WHERE id = ?", values)

    def recast(self, id: str, kind: str, role: Role, reason: str, code: str = "") -> None:
        """Give an item that is in the index another role, unless it is left out."""
        self._flush()
        query = "SELECT data, notices FROM entries WHERE id = ? AND role IN ('content', 'part')"
        row = self._db.execute(query, (id,)).fetchone()
        if row is not None:
            known = _entry(row[0])
            entry = msgspec.structs.replace(known, role=role, reason=reason)
            if role is Role.EXCLUDED and known.status in PUBLIC:  # as what is left out from the start: files of it, too
                entry = msgspec.structs.replace(entry, status=Status.PRIVATE, withheld=bool(code))
            notices = [*_notices(row[1]), *([Notice(code, id, entry.title or entry.slug)] if code else [])]
            values = role, reason, _encode(entry), _encode(notices), id
            self._db.execute("UPDATE entries SET role = ?, reason = ?, data = ?, notices = ? WHERE id = ?", values)
            self.is_recast(known, len(notices))

    def is_recast(self, known: Entry, notices: int) -> None:
        """Called for each item that has another role now, as it was; it has that many notices."""

    def relate(self, name: str, id: str, position: int = 0) -> None:
        self._related += 1
        place = max(-_FAR, min(_FAR, position))
        self._db.execute("INSERT INTO relations VALUES (?, ?, ?, ?)", (name, place, self._related, id))

    def _flush(self) -> None:
        self._db.executemany(
            "INSERT INTO entries (id, kind, role, reason, parent, language, translations, data, notices) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._rows,
        )
        self._rows.clear()

    @shielded
    def asset(self, asset: Asset, paths: Iterable[str] = ()) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO assets VALUES (?, ?, ?, ?)", (asset.id, asset.parent, asset.order, _encode(asset))
        )
        folder, _, _ = asset.path.rpartition("/")
        copies = (f"{folder}/{copy.file}" if folder else copy.file for copy in asset.variants)
        known = [(path, asset.id) for path in (asset.path, uploads.below_uploads(asset.url), *copies) if path]
        self._db.executemany("INSERT OR IGNORE INTO asset_paths VALUES (?, ?)", known)

    def link(self, base: str, address: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO links VALUES (?, ?)", (base, address))

    def fragment(self, url: str, fragment: str) -> None:
        """Note that links ask for a place on the page at this new address."""
        self._db.execute("INSERT OR IGNORE INTO fragments VALUES (?, ?)", (url, fragment))

    def finish_survey(self, site: Site, sources: Sequence[SourceFile]) -> None:
        self._flush()
        self._db.executescript(_INDEXES)
        site = msgspec.structs.replace(site, today=self.today)
        facts = {"site": site, "sources": list(sources), "same": same_ids.settle(self._db, self._same)}
        rows = [(name, _encode(value)) for name, value in facts.items()]
        self._db.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", rows)
        self._commit()

    def place(self, id: str, place: Place, former: str, notices: list[Any]) -> None:
        """Note where an item goes, and that what stood at the path `former` of the old site is now at its address."""
        self._db.execute("UPDATE entries SET place = ? WHERE id = ?", (_encode(place), id))
        if notices:
            (known,) = self._db.execute("SELECT notices FROM entries WHERE id = ?", (id,)).fetchone()
            both = _notices(known) + [msgspec.structs.replace(notice, item=id) for notice in notices]
            self._db.execute("UPDATE entries SET notices = ? WHERE id = ?", (_encode(both), id))
        if former and place.url:
            self.address(former, place.url)
            if (now := urls.key(place.url)) != former:  # what stood there before, if anything did, is not found there
                self.address(now, place.url)

    def address(self, former: str, url: str) -> None:
        """Note that what stood at the path `former` of the old site is now at `url`, unless something else is known."""
        self._db.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?)", (former, url))

    def outcome(self, results: Iterable[tuple[str, list[Notice], str]]) -> None:
        """(outcome, all notices, id) of items that were carried."""
        self._db.executemany(
            "UPDATE entries SET outcome = ?, notices = ? WHERE id = ?",
            [(outcome, _encode(notices), id) for outcome, notices, id in results],
        )

    def verdicts(self, found: Iterable[tuple[str, Verdict]]) -> None:
        """(id, verdict) of items whose files were read back."""
        rows = [(id, verdict.verdict, _encode(verdict)) for id, verdict in found]
        if rows:
            self._db.executemany("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?)", rows)

    def compared(self, found: Iterable[tuple[str, SideBySide]]) -> None:
        """(id, source and result) of items that the report may show."""
        rows = [(id, _encode(pair)) for id, pair in found]
        if rows:
            self._db.executemany("INSERT OR REPLACE INTO compared VALUES (?, ?)", rows)

    def keep(self, results: Sequence[Result]) -> None:
        """A batch of results whose files are awaited."""
        self._db.execute("INSERT INTO waiting (data) VALUES (?)", (pickle.dumps(results),))

    def _commit(self) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def publish(self) -> None:
        """Make everything written so far visible to readers."""
        self._commit()

    def close(self) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._db.close()


class Index:
    """Reads an index; the `SiteLookup` of a run. Opened anew in every process."""

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        """`alone`: nobody writes to it any more, as to a copy; it is read without locks, which other machines may not
        know of."""
        mode = "immutable=1" if alone else "mode=ro"
        self._db = sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, isolation_level=None)
        facts = dict(self._db.execute("SELECT name, data FROM facts"))
        self.site: Site = msgspec.json.decode(facts["site"], type=Site)
        self._same: dict[str, dict[str, str]] = msgspec.json.decode(facts["same"])
        self.sources: Sequence[SourceFile] = msgspec.json.decode(facts["sources"], type=list[SourceFile])
        self.asset = lru_cache(maxsize=256)(self._find_asset)
        self.asset_at = lru_cache(maxsize=256)(self._find_asset_at)

    def _one(self, query: str, *values: str) -> Any:
        row = self._db.execute(query, values).fetchone()
        return row[0] if row else None

    def entry(self, id: str) -> Entry | None:
        data = self._one("SELECT data FROM entries WHERE id = ?", id)
        return _entry(data) if data else None

    def meant(self, id: str, kind: str) -> str:
        of_kinds = self._same.get(id)
        return of_kinds.get(kind, id) if of_kinds else id

    def entries(self, role: Role | None = None) -> Iterator[Entry]:
        """All entries in source order, or those of one role."""
        where, values = ("WHERE role = ?", (role,)) if role else ("", ())
        for (data,) in self._db.execute(f"SELECT data FROM entries {where} ORDER BY seq", values):
            yield _entry(data)

    def place(self, id: str) -> Place | None:
        data = self._one("SELECT place FROM entries WHERE id = ?", id)
        return _place(data) if data else None

    def translations(self, id: str) -> dict[str, str]:
        group = self._one("SELECT translations FROM entries WHERE id = ?", id) or id
        query = "SELECT language, id FROM entries WHERE role = 'content' AND translations != '' AND translations = ?"
        members = dict(reversed(self._db.execute(query + " ORDER BY seq", (group,)).fetchall()))
        if members and group not in members.values():  # of a group named after an item, that item may not know
            language = self._one("SELECT language FROM entries WHERE role = 'content' AND id = ?", group)
            members |= {language: group} if language is not None and language not in members else {}
        return members

    def has_children(self, id: str, kind: str) -> bool:
        query = "SELECT 1 FROM entries WHERE parent = ? AND kind = ? AND role = 'content' LIMIT 1"
        return self._one(query, id, kind) is not None

    def address(self, path: str) -> str | None:
        found = self._one("SELECT url FROM addresses WHERE path = ?", path)
        return str(found) if found is not None else None

    def _find_asset(self, id: str) -> Asset | None:
        data = self._one("SELECT data FROM assets WHERE id = ?", id)
        return _asset(data) if data else None

    def _find_asset_at(self, path: str) -> Asset | None:
        id = self._one("SELECT id FROM asset_paths WHERE path = ?", urls.decoded(path))
        return self.asset(id) if id else None

    def assets_of(self, id: str) -> Sequence[Asset]:
        rows = self._db.execute(
            "SELECT data FROM assets WHERE parent = ? ORDER BY position, CAST(id AS INTEGER), id", (id,)
        )
        return [_asset(data) for (data,) in rows]

    def related(self, name: str) -> Sequence[str]:
        query = "SELECT id FROM relations WHERE name = ? ORDER BY position, seq"
        return [id for (id,) in self._db.execute(query, (name,))]

    def links(self) -> Iterator[tuple[str, str]]:
        """(base, address) of the links to places inside pages that the survey met."""
        yield from self._db.execute("SELECT base, address FROM links ORDER BY base, address")

    def fragments(self, url: str) -> Sequence[str]:
        query = "SELECT fragment FROM fragments WHERE url = ? ORDER BY fragment"
        return [fragment for (fragment,) in self._db.execute(query, (url,))]

    def work(self) -> Iterator[tuple[Entry, list[Notice]]]:
        """The items to carry, in source order, with what is already known of each."""
        query = "SELECT data, notices FROM entries WHERE role = 'content' ORDER BY seq"
        for data, notices in self._db.execute(query):
            yield _entry(data), _notices(notices)

    def verdict(self, id: str) -> Verdict | None:
        """What the check says of an item; None where there was no check."""
        data = self._one("SELECT data FROM verdicts WHERE id = ?", id)
        return _verdict(data) if data else None

    def side_by_side(self, id: str) -> SideBySide | None:
        """Source and result of an item; None where they were not kept."""
        data = self._one("SELECT data FROM compared WHERE id = ?", id)
        return _side_by_side(data) if data else None

    def kept(self) -> Iterator[Sequence[Result]]:
        """The batches of results whose files were awaited, in their order."""
        for (data,) in self._db.execute("SELECT data FROM waiting ORDER BY seq"):
            yield pickle.loads(data)

    def verification(self) -> dict[str, int]:
        """verdict -> items; empty where there was no check."""
        return dict(self._db.execute("SELECT word, count(*) FROM verdicts GROUP BY word ORDER BY word"))

    def copy(self, path: Path) -> None:
        """Write what is published into a file that stands alone."""
        self._db.execute("VACUUM INTO ?", (str(path),))

    def report_rows(self) -> Iterator[tuple[Entry, Place | None, str | None, list[Notice]]]:
        """Every item of the source in order, with its place, its outcome and its notices."""
        for data, place, outcome, notices in self._db.execute(
            "SELECT data, place, outcome, notices FROM entries ORDER BY seq"
        ):
            yield _entry(data), _place(place) if place else None, outcome, _notices(notices)

    def close(self) -> None:
        self._db.close()
