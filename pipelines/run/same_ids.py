"""Items of one id in a surveyed site: which of them references mean.

An id names one item of a source, but exports are put together from several, and written by other programs. References
(`?p=156`, menus, parents, galleries) say no more than that id: it is given to the item that readers could see, and
whoever names the type as well gets the item of that type. WordPress's importer gives it to the last one
(`processed_posts`), public or not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from converters.model import PUBLIC, Asset, Entry, Role
from converters.model.notices import Notice

_encode = msgspec.json.Encoder().encode
_entry = msgspec.json.Decoder(Entry).decode
_asset = msgspec.json.Decoder(Asset).decode
_notices = msgspec.json.Decoder(list[Notice]).decode


def settle(db: sqlite3.Connection, same: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Give each id to the item that it means; id -> type -> id of the item of that type, as they are then.

    `same`: id -> the ids that were given to further items of that id.
    """
    return {id: _settle(db, id, [id, *others]) for id, others in same.items()}


def _settle(db: sqlite3.Connection, id: str, members: list[str]) -> dict[str, str]:
    entries = [entry for member in members if (entry := _read(db, member)) is not None]
    if not entries:
        return {}
    best = min(entries, key=_rank)
    if best is not entries[0] and not any(entry.group or entry.origin for entry in entries):
        first = entries[0]
        _rename(db, first, f"{id}-{first.locator.source}-{first.locator.start}")
        _rename(db, best, id)
        entries = [entry for member in members if (entry := _read(db, member)) is not None]
        entries += [entry] if (entry := _read(db, f"{id}-{first.locator.source}-{first.locator.start}")) else []
    found: dict[str, str] = {}
    for entry in sorted(entries, key=_rank):
        found.setdefault(entry.kind, entry.id)
    for kind, own in found.items():
        _adopt(db, id, kind, own)
    _name_asset(db, id, found.get("attachment", ""))
    hidden = {entry.id for entry in entries if _rank(entry) > max(1, _rank(best))}
    return {kind: own for kind, own in found.items() if own not in hidden}


def _rank(entry: Entry) -> int:
    if entry.role is Role.CONTENT:
        return 0 if entry.status in PUBLIC else 2
    return 1 if entry.role is Role.MEDIA and entry.status in PUBLIC else 3


def _read(db: sqlite3.Connection, id: str) -> Entry | None:
    row = db.execute("SELECT data FROM entries WHERE id = ?", (id,)).fetchone()
    return _entry(row[0]) if row else None


def _rename(db: sqlite3.Connection, entry: Entry, id: str) -> None:
    (noted,) = db.execute("SELECT notices FROM entries WHERE id = ?", (entry.id,)).fetchone()
    data, notices = _encode(replace(entry, id=id)), [replace(notice, item=id) for notice in _notices(noted)]
    db.execute("UPDATE entries SET id = ?, data = ?, notices = ? WHERE id = ?", (id, data, _encode(notices), entry.id))
    row = db.execute("SELECT data FROM assets WHERE id = ?", (entry.id,)).fetchone()
    if row is not None and entry.role is Role.MEDIA:
        asset = _encode(replace(_asset(row[0]), id=id))
        db.execute("UPDATE assets SET id = ?, data = ? WHERE id = ?", (id, asset, entry.id))
        db.execute("UPDATE asset_paths SET id = ? WHERE id = ?", (id, entry.id))


def _adopt(db: sqlite3.Connection, id: str, kind: str, own: str) -> None:
    """What says that this id is above it, is below the item of its own type."""
    if own == id:
        return
    query = "SELECT id, data FROM entries WHERE parent = ? AND kind = ? AND role = 'content'"
    for child, data in db.execute(query, (id, kind)).fetchall():
        if child != own:
            values = own, _encode(replace(_entry(data), parent=own)), child
            db.execute("UPDATE entries SET parent = ?, data = ? WHERE id = ?", values)


def _name_asset(db: sqlite3.Connection, id: str, own: str) -> None:
    """Galleries and featured images name a file of the media library, whatever else has its id."""
    row = db.execute("SELECT data FROM assets WHERE id = ?", (own,)).fetchone() if own not in ("", id) else None
    if row is not None:
        db.execute("INSERT OR IGNORE INTO assets VALUES (?, NULL, 0, ?)", (id, row[0]))
