"""The three layouts: which file an item goes to, and what makes a file whole.

An item is the same JSON in all of them. What was not public when the source was exported stands in files of its own, so
that nobody publishes it by accident.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

import msgspec

from converters.exporters.json.feed import FEED_FILE, feed, page_file
from converters.exporters.json.records import VERSION, Details, FileIndex, Item, Row
from converters.model import Entry, Place, Role, Status
from converters.model.notices import Log
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import SiteLookup

BETWEEN = b",\n"
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_encode = msgspec.json.Encoder().encode


def encode(value: Any) -> bytes:
    """The same bytes for the same source: fields in the order of their record, maps in that of the source.

    The two ends of lines that JSON has in strings and older JavaScript has not are escaped, so that a file may be put
    into a script: https://www.rfc-editor.org/rfc/rfc8259#section-7 and https://github.com/tc39/proposal-json-superset.
    """
    data = _encode(value)
    if b"\xe2\x80" in data:
        data = data.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    return data


class Layout(ABC):
    """Which file an item goes to: one for what was public, another one for the rest."""

    public: ClassVar[str]
    hidden: ClassVar[str]

    def plan(self, lookup: SiteLookup) -> None:  # noqa: B027 - most layouts have no use for it
        """Called once, before `path`: what depends on all items."""

    def path(self, entry: Entry, stem: str) -> str:
        """Where the item is to be found, different for every item."""
        return f"{self._file(entry)}#{entry.id}"

    @abstractmethod
    def files(self, item: Item, place: Place) -> Iterator[OutFile | OutPart]:
        """What is written of one item."""

    @abstractmethod
    def joins(self, lookup: SiteLookup, log: Log) -> Iterator[OutJoin]:
        """What makes the files whole that all items share."""

    def _file(self, item: Entry | Details) -> str:
        return self.public if is_public(item) else self.hidden


class FeedLayout(Layout):
    """One JSON Feed, or one in several pages, and another of what is not public."""

    public, hidden = FEED_FILE, "not-public.json"

    def __init__(self, page_size: int = 0) -> None:
        """`page_size`: the most items of a page of the feed; 0 for all."""
        self._size, self._pages = page_size, 1
        self._page_of: dict[str, int] = {}
        """id -> number of the page, but for the first one"""

    def plan(self, lookup: SiteLookup) -> None:
        """The first page has the newest items, as that of a blog, and each page those of the source in their order."""
        if not self._size:
            return
        public = [
            (entry.date or _LONG_AGO, -number, entry.id)
            for number, entry in enumerate(lookup.entries())
            if entry.role is Role.CONTENT and is_public(entry)
        ]
        pages = {id: rank // self._size + 1 for rank, (_, _, id) in enumerate(sorted(public, reverse=True))}
        self._pages = max(pages.values(), default=1)
        self._page_of = {id: page for id, page in pages.items() if page > 1}

    def path(self, entry: Entry, stem: str) -> str:
        if not is_public(entry):
            return super().path(entry, stem)
        return f"{page_file(self._page_of.get(entry.id, 1))}#{entry.id}"

    def files(self, item: Item, place: Place) -> Iterator[OutPart]:
        yield OutPart(place.path.partition("#")[0], encode(item), BETWEEN)

    def joins(self, lookup: SiteLookup, log: Log) -> Iterator[OutJoin]:
        for page in range(1, self._pages + 1):
            yield _array(page_file(page), encode(feed(lookup, log, page, self._pages)))
        yield _array(self.hidden, encode(feed(lookup, Log())), if_any=True)


class LinesLayout(Layout):
    """JSON Lines: an item a line, for programs that read one after the other."""

    public, hidden = "posts.jsonl", "not-public.jsonl"

    def files(self, item: Item, place: Place) -> Iterator[OutPart]:
        yield OutPart(self._file(item.postferry), encode(item) + b"\n")

    def joins(self, lookup: SiteLookup, log: Log) -> Iterator[OutJoin]:
        yield OutJoin(self.public)
        yield OutJoin(self.hidden, if_any=True)


class FilesLayout(Layout):
    """A file an item, called as the old URL is, and an index of them."""

    public, hidden = "index.json", "not-public.json"

    def path(self, entry: Entry, stem: str) -> str:
        return f"{'posts' if is_public(entry) else 'not-public'}/{stem}.json"

    def files(self, item: Item, place: Place) -> Iterator[OutFile | OutPart]:
        yield OutFile(place.path, msgspec.json.format(encode(item), indent=2) + b"\n")
        yield OutPart(self._file(item.postferry), encode(_row(item, place.path)), BETWEEN)

    def joins(self, lookup: SiteLookup, log: Log) -> Iterator[OutJoin]:
        for file in (self.public, self.hidden):
            yield _array(file, encode(FileIndex(version=VERSION, items=())), if_any=file == self.hidden)


LAYOUTS: dict[str, type[Layout]] = {"feed": FeedLayout, "lines": LinesLayout, "files": FilesLayout}


def is_public(item: Entry | Details) -> bool:
    """Does it belong into a feed? A post that was planned for later would be out too early, and what no list of the
    source names is in none here."""
    return item.status is Status.PUBLISHED and not item.unlisted


def _array(path: str, empty: bytes, *, if_any: bool = False) -> OutJoin:
    """The file whose last value is an array of the parts; `empty` is that file without any."""
    assert empty.endswith(b"[]}")
    return OutJoin(path, empty[:-2] + b"\n", b"\n]}\n", if_any=if_any)


def _row(item: Item, path: str) -> Row:
    date: datetime | None = item.date_published
    details = item.postferry
    return Row(item.id, path, details.kind, details.status, item.title, item.url, item.language, date)
