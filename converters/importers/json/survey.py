"""One pass over the files of a source: what each is, what its items are, and the site as a whole.

An item is found by its place and read alone, so that memory does not depend on how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from converters import item_timeout
from converters.errors import SourceError
from converters.importers.json import items, records
from converters.importers.json.items import Found
from converters.importers.json.places import Kind, Place, places_of
from converters.importers.json.scan import BrokenOffError, Scanner, Span, read_span
from converters.importers.json.site import SiteReader
from converters.importers.shared.links import asked, link_attributes
from converters.model import Asset, Entry, Locator, Role, Site, Status
from converters.model.limits import DEFAULT
from converters.model.notices import Log, Notice
from converters.model.options import ReadOptions
from converters.plugin import SourceFile, SurveySink
from converters.source_check import digest_of

FEED_AUTHORS = "authors of the feed"
"""Under which name the survey files who wrote what names nobody."""


class Survey:
    """One pass over the sources of a site."""

    def __init__(self, sink: SurveySink, options: ReadOptions, zone: tzinfo | None) -> None:
        self._sink, self._options, self._zone = sink, options, zone
        self._site = SiteReader(sink.log)
        self._ids: set[str] = set()
        self._assets: set[str] = set()
        self._count = 0

    def run(self, sources: Sequence[SourceFile]) -> Site:
        """Report every item. Raises SourceError where a source is no JSON Feed and nothing that belongs to one."""
        places = places_of(sources, self._sink.log)
        order = sorted(places, key=lambda place: place.kind)  # the site first, hidden items last
        for place in order:
            with Path(place.file).open("rb") as file, Path(place.file).open("rb") as again:
                self._file(place, Scanner(file), again)
        if not self._count and not any(place.kind in (Kind.FEED, Kind.ITEMS) for place in places):
            raise SourceError(
                f"There is no feed in {sources[0].name}. Give the folder that --to json wrote, or a JSON Feed."
            )
        self._site.note(places)
        for author in self._site.feed_authors:
            self._sink.relate(FEED_AUTHORS, author.login)
        return self._site.site(self._options.time_zone)

    def _file(self, place: Place, scanner: Scanner, again: IO[bytes]) -> None:
        """Report what is in a file; what is wrong with its end does not concern what is in front of it."""
        try:
            if place.kind is Kind.SITE:
                self._site.take(self._members(scanner, again, place, "assets", self._asset))
            elif place.kind is Kind.MEDIA:
                for span in scanner.documents():
                    self._asset(place, span, again, hidden=True)
            elif place.kind is Kind.FIELDS:
                for span in scanner.documents():
                    self._fields(place, span, again)
            elif place.kind is Kind.FEED:
                self._site.take_feed(self._members(scanner, again, place, "items", self._item), place)
            else:
                for span in scanner.documents():
                    self._item(place, span, again)
        except BrokenOffError as error:
            self._broken(place, error)

    def _members(self, scanner: Scanner, again: IO[bytes], place: Place, rows: str, take: Any) -> dict[str, Any]:
        """The members of the file's object but for its rows, each of which is taken as it passes."""
        found: dict[str, Any] = {}
        try:
            for key in scanner.members():
                if key == rows:
                    for span in scanner.rows():
                        take(place, span, again)
                    continue
                span = scanner.value()
                if span.end - span.start > DEFAULT.item_bytes:
                    self._sink.log("json.field", key, where=place.name, old=f"{span.end - span.start} bytes")
                    continue
                try:
                    found[key] = records.decode(read_span(again, span), self._sink.log)
                except ValueError as error:
                    self._sink.log("json.field", key, where=place.name, old=str(error))
        except BrokenOffError as error:
            self._broken(place, error)
        return found

    def _broken(self, place: Place, error: BrokenOffError) -> None:
        log = Log()
        log("source.truncated", str(error), where=place.name)
        self._fail(Locator(place.source, error.start, error.start, place.path), log, str(error))

    def _item(self, place: Place, span: Span, again: IO[bytes]) -> None:
        """Report one item. Whatever goes wrong with it concerns it alone."""
        locator = Locator(place.source, span.start, span.end, place.path)
        if span.end - span.start > DEFAULT.item_bytes:
            log = Log()
            log("item.too-large", what := f"{span.end - span.start} bytes")
            return self._fail(locator, log, what)
        data = read_span(again, span)
        if not data.strip():
            return None  # a list without rows
        failure = item_timeout.failure(self._read_item, place, data, replace(locator, digest=digest_of(data)))
        if failure is not None:
            log = Log()
            log(*failure)
            self._fail(locator, log, failure[1])
        return None

    def _read_item(self, place: Place, data: bytes, locator: Locator) -> None:
        log = Log()
        try:
            found = items.read_item(records.decode(data, log), log)
        except ValueError as error:
            log("json.unreadable", str(error))
            return self._fail(locator, log, str(error))
        id = self._unique(found, locator, log)
        entry = items.to_entry(found, id, locator, log, self._zone, hidden=place.hidden)
        entry = self._options.chosen(entry)
        self._count += 1
        if entry.role is Role.CONTENT:
            self._site.see(found, entry)
            self._note_links(found, entry)
        for asset in items.shown_assets(found) if not self._site.has_library else ():
            self._take_asset(asset, Status.PUBLISHED)
        self._sink.entry(entry, _named(log, id))
        return None

    def _unique(self, found: Found, locator: Locator, log: Log) -> str:
        """An id that no other item has."""
        id = items.id_of(found.item.id) or items.id_of(found.item.url)
        if id in self._ids:
            log("item.duplicate-id", id)
        if not id or id in self._ids:
            id = f"{id or 'byte'}-{locator.source}-{locator.start}"
            id += f"-{len(self._ids)}" if id in self._ids else ""
        self._ids.add(id)
        return id

    def _note_links(self, found: Found, entry: Entry) -> None:
        """Places inside of pages that links lead to; and what links say beside their URL."""
        for text in (found.item.content_html, found.details.excerpt if found.details else ""):
            for address in asked(text):
                self._sink.link(entry.permalink, address)
            self._site.links += link_attributes(text)

    def _asset(self, place: Place, span: Span, again: IO[bytes], *, hidden: bool = False) -> None:
        data = read_span(again, span)
        if not data.strip() or len(data) > DEFAULT.item_bytes:
            return
        log = Log()
        try:
            asset = items.own_asset(records.read(Asset, _with_texts(records.decode(data, log)), log, "assets."))
        except (ValueError, TypeError) as error:
            log("json.field", "assets", where=place.name, old=str(error))
        else:
            self._take_asset(asset, Status.PRIVATE if hidden else Status.PUBLISHED, log)
        for notice in log.notices:
            self._sink.log.take(notice)

    def _fields(self, place: Place, span: Span, again: IO[bytes]) -> None:
        """Note where the hidden fields of an item are."""
        try:
            values = records.decode(read_span(again, span), self._sink.log)
        except ValueError as error:
            self._sink.log("json.field", "extra", where=place.name, old=str(error))
            return
        id = items.id_of(values.get("id")) if isinstance(values, dict) else ""
        if id:
            self._sink.relate(fields_of(id), FieldsPlace(place.source, place.path, *span).written)

    def _take_asset(self, asset: Asset, status: Status, log: Log | None = None) -> None:
        if not items.is_id(asset.id) or asset.id in self._ids or asset.id in self._assets:
            return
        self._assets.add(asset.id)
        comments = asset.comments
        if not self._options.comments_private and any(comment.email or comment.ip for comment in comments):
            asset = replace(asset, comments=tuple(map(items.without_person, comments)))
        self._site.take_asset(asset)
        self._sink.asset(asset)
        self._sink.entry(
            Entry(
                asset.id, "attachment", Role.MEDIA, status, title=asset.title, permalink=asset.permalink,
                parent=asset.parent, date=asset.date, comments=len(comments),
            )
        )  # fmt: skip

    def _fail(self, locator: Locator, log: Log, reason: str) -> None:
        id = f"byte-{locator.source}-{locator.start}-{len(self._ids)}"
        self._ids.add(id)
        self._sink.entry(Entry(id, "", Role.FAILED, Status.DRAFT, reason=reason, locator=locator), _named(log, id))


class FieldsPlace(NamedTuple):
    """Where the hidden fields of an item are."""

    source: int
    path: str
    start: int
    end: int

    @property
    def written(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def read(cls, written: str) -> FieldsPlace:
        return cls(*msgspec.json.decode(written))


def fields_of(id: str) -> str:
    """Under which name the survey files where the hidden fields of an item are."""
    return f"fields {id}"


def _with_texts(values: Any) -> Any:
    """An asset with the fields that it has to have."""
    return {"id": "", "url": "", **values} if isinstance(values, dict) else values


def _named(log: Log, id: str) -> list[Notice]:
    return [msgspec.structs.replace(notice, item=id) for notice in log.notices]
