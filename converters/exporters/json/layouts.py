"""The three layouts: which file an item goes to, and what makes a file whole.

An item is the same JSON in all of them. What was not public when the source was exported stands in files of its own, so
that nobody publishes it by accident.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

import msgspec

from converters.exporters.json.items import absolute
from converters.exporters.json.records import VERSION, Author, Feed, FeedDetails, FileIndex, Item, Row
from converters.model import Place, Site, Status
from converters.output import OutFile, OutJoin, OutPart

encode = msgspec.json.Encoder().encode
"""The same bytes for the same source: fields in the order of their record, maps in that of the source."""
BETWEEN = b",\n"


class Layout(ABC):
    """Which file an item goes to: one for what was public, another one for the rest."""

    public: ClassVar[str]
    hidden: ClassVar[str]

    def path(self, id: str, stem: str, status: Status) -> str:
        """Where the item is to be found, different for every item."""
        return f"{self._file(status)}#{id}"

    @abstractmethod
    def files(self, item: Item, place: Place) -> Iterator[OutFile | OutPart]:
        """What is written of one item."""

    @abstractmethod
    def joins(self, site: Site) -> Iterator[OutJoin]:
        """What makes the files whole that all items share."""

    def _file(self, status: Status) -> str:
        return self.public if is_public(status) else self.hidden


class FeedLayout(Layout):
    """One JSON Feed, and a second one of what is not public."""

    public, hidden = "feed.json", "not-public.json"

    def files(self, item: Item, place: Place) -> Iterator[OutPart]:
        yield OutPart(self._file(item.postferry.status), encode(item), BETWEEN)

    def joins(self, site: Site) -> Iterator[OutJoin]:
        for file in (self.public, self.hidden):
            yield _array(file, encode(_feed(site, file)), if_any=file == self.hidden)


class LinesLayout(Layout):
    """JSON Lines: an item a line, for programs that read one after the other."""

    public, hidden = "posts.jsonl", "not-public.jsonl"

    def files(self, item: Item, place: Place) -> Iterator[OutPart]:
        yield OutPart(self._file(item.postferry.status), encode(item) + b"\n")

    def joins(self, site: Site) -> Iterator[OutJoin]:
        yield OutJoin(self.public)
        yield OutJoin(self.hidden, if_any=True)


class FilesLayout(Layout):
    """A file an item, called as the old URL is, and an index of them."""

    public, hidden = "index.json", "not-public.json"

    def path(self, id: str, stem: str, status: Status) -> str:
        return f"{'posts' if is_public(status) else 'not-public'}/{stem}.json"

    def files(self, item: Item, place: Place) -> Iterator[OutFile | OutPart]:
        yield OutFile(place.path, msgspec.json.format(encode(item), indent=2) + b"\n")
        yield OutPart(self._file(item.postferry.status), encode(_row(item, place.path)), BETWEEN)

    def joins(self, site: Site) -> Iterator[OutJoin]:
        for file in (self.public, self.hidden):
            yield _array(file, encode(FileIndex(version=VERSION, items=())), if_any=file == self.hidden)


LAYOUTS: dict[str, type[Layout]] = {"feed": FeedLayout, "lines": LinesLayout, "files": FilesLayout}


def is_public(status: Status) -> bool:
    """Could everybody read it? A post that was planned for later would be out too early."""
    return status is Status.PUBLISHED


def _array(path: str, empty: bytes, *, if_any: bool = False) -> OutJoin:
    """The file whose last value is an array of the parts; `empty` is that file without any."""
    assert empty.endswith(b"[]}")
    return OutJoin(path, empty[:-2] + b"\n", b"\n]}\n", if_any=if_any)


def _feed(site: Site, file: str) -> Feed:
    base = f"{site.base_url}/" if site.base_url else ""
    return Feed(
        version="https://jsonfeed.org/version/1.1",
        title=site.title,
        home_page_url=base,
        feed_url=base + file if base and file == FeedLayout.public else "",
        description=site.description,
        icon=absolute(site.icon, site),
        language=site.language,
        authors=tuple(Author(author.name or author.login, author.url) for author in site.authors),
        postferry=FeedDetails(),
        items=(),
    )


def _row(item: Item, path: str) -> Row:
    date: datetime | None = item.date_published
    details = item.postferry
    return Row(item.id, path, details.kind, details.status, item.title, item.url, item.language, date)
