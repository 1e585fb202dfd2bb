"""What a survey reports, counted and forgotten: the same for every importer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from converters import urls
from converters.model import PUBLIC, Asset, Entry, Role, Status
from converters.model.notices import KINDS, OF_TYPES, TYPE_NOT_PUBLIC, Log, Notice, Severity
from converters.old_site.permalinks import structure
from pipelines.run.progress import Progress, met, silent

_EXAMPLES = 3
PLAIN = "?p=1"
"""How addresses that are ids are called."""


class Counts:
    """A `SurveySink` that keeps numbers only."""

    def __init__(self, tell: Progress, folder: Path) -> None:
        self._tell, self.folder = tell, folder
        self.log = Log()
        self.items = self.media = self.menu_entries = self.inline = self.parts = 0
        self.content: dict[str, Counter[str]] = {}
        """kind -> status -> items"""
        self.years: Counter[int] = Counter()
        self.undated = 0
        self.languages: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.failed: list[str] = []
        self.failures = 0
        self.notices: Counter[str] = Counter()
        """code -> items"""
        self.not_public_types: Counter[str] = Counter()
        """post type -> items that nobody could see, as far as the source tells"""
        self.examples: dict[str, list[str]] = {}
        """code -> what, of some"""
        self.addresses: Counter[str] = Counter()
        """structure of the addresses of published posts -> posts; empty: none that can be told"""
        self.files: list[str] = []
        """Files of media that lie here, for their sizes."""
        self.first: str = ""
        self.last: str = ""

    def __getstate__(self) -> dict[str, Any]:
        """To another process goes what was counted, and nobody who is told of it."""
        return {**vars(self), "_tell": silent}

    def entry(self, entry: Entry, notices: Iterable[Notice] = ()) -> None:
        self.notice(notices)
        met(entry)
        if entry.origin:
            self.languages[entry.language] += 1
            return
        self.items += 1
        self._tell("reading", self.items, 0)
        if entry.role is Role.CONTENT:
            self._content(entry)
        elif entry.role is Role.FAILED:
            self.failures += 1
            if len(self.failed) < _EXAMPLES:
                self.failed.append(entry.title or entry.id)
        else:
            self.media += entry.role is Role.MEDIA
            self.menu_entries += entry.role is Role.MENU
            self.inline += entry.role is Role.INLINE
            self.parts += entry.role is Role.PART
            if entry.role is Role.EXCLUDED:
                self.left_out[entry.reason or "no reason"] += 1

    def _content(self, entry: Entry) -> None:
        self.content.setdefault(entry.kind, Counter())[entry.status] += 1
        if entry.language:
            self.languages[entry.language] += 1
        if entry.date is None:
            self.undated += 1
        else:
            self.years[entry.date.year] += 1
            day = entry.date.date().isoformat()
            self.first, self.last = min(self.first or day, day), max(self.last, day)
        if entry.kind == "post" and entry.status is Status.PUBLISHED and entry.permalink:
            parts = urls.split(entry.permalink)
            if parts is not None:
                short = "p=" in parts.query
                self.addresses[PLAIN if short else structure(entry, parts.path)] += 1

    def notice(self, notices: Iterable[Notice]) -> None:
        for notice in notices:
            self.notices[notice.code] += 1
            if notice.code in OF_TYPES:
                self.not_public_types[notice.what] += 1
            known = self.examples.setdefault(notice.code, [])
            if len(known) < _EXAMPLES and notice.what and notice.what not in known:
                known.append(notice.what)

    def asset(self, asset: Asset) -> None:
        if asset.file:
            self.files.append(asset.file)

    def recast(self, id: str, kind: str, role: Role, reason: str, code: str = "") -> None:
        """Items of a type that turned out to be parts of others, or not to be, one by one."""
        statuses = self.content.get(kind)
        if role is Role.PART and statuses:
            self.parts += 1
            statuses[next(iter(statuses))] -= 1
            self.content[kind] = +statuses
            if not self.content[kind]:
                del self.content[kind]
        elif role is Role.EXCLUDED:
            self.parts -= 1
            self.left_out[reason] += 1
        self.notice([Notice(code, id)] if code else ())

    def relate(self, name: str, id: str, position: int = 0) -> None:
        """What is filed for later matters to a conversion only."""

    def settle(self, id: str, kind: str, status: Status) -> None:
        """Items of a type that turned out to be public, one by one."""
        statuses = self.content.get(kind, Counter())
        if status in PUBLIC and statuses[Status.DRAFT]:
            statuses[Status.DRAFT] -= 1
            statuses[status] += 1
            self.notices[TYPE_NOT_PUBLIC] -= 1
            self.not_public_types[kind] -= 1

    def link(self, base: str, address: str) -> None:
        """Places inside pages matter to a conversion only."""

    def worth_a_look(self) -> list[tuple[str, int]]:
        """(code, how often) of the notices from CHANGED on, the worst first."""
        rows = [(code, count) for code, count in self.notices.items() if KINDS[code].severity > Severity.INFO]
        return sorted(rows, key=lambda row: (-KINDS[row[0]].severity, -row[1], row[0]))

    @property
    def not_public(self) -> Counter[str]:
        """status -> items that no reader could see."""
        found: Counter[str] = Counter()
        for statuses in self.content.values():
            for status, count in statuses.items():
                if status not in PUBLIC:
                    found[status] += count
        return found
