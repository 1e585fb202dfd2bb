"""The importer: the survey of feeds and of the files beside them, and the way from an entry back to its whole item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from converters.importers.base import Importer
from converters.importers.json import items, recognizes, records
from converters.importers.json.places import file_of
from converters.importers.json.scan import Span, read_span
from converters.importers.json.survey import FEED_AUTHORS, FieldsPlace, Survey, fields_of
from converters.model import Entry, Post, Site
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.plugin import SiteLookup, SourceFile, SurveySink
from converters.source_check import check_digest, there


class JsonImporter(Importer):
    """Reads what `--to json` writes, and JSON Feeds. `read` cuts one item out of its file again."""

    title = "JSON Feed"

    def __init__(self, options: ReadOptions) -> None:
        super().__init__(options)
        self._zone: tzinfo | None = ZoneInfo(options.time_zone) if options.time_zone else None

    @classmethod
    def recognizes(cls, path: Path, head: bytes) -> bool:
        return recognizes(path, head)

    def survey(self, sources: Sequence[SourceFile], sink: SurveySink) -> tuple[Site, Sequence[SourceFile]]:
        return Survey(sink, self.options, self._zone).run(sources), sources

    def read(self, entry: Entry, lookup: SiteLookup, log: Log) -> Post:
        locator = entry.locator
        data = _bytes(lookup.sources[locator.source], locator.path, Span(locator.start, locator.end))
        check_digest(data, locator.digest, lookup.sources[locator.source].name)
        found = items.read_item(records.decode(data, Log()), log)
        post = items.to_post(found, entry, log, self._zone, private=self.options.comments_private)
        if found.details is None and not post.authors:
            post.authors = tuple(lookup.related(FEED_AUTHORS))
        for written in lookup.related(fields_of(entry.id)):
            post.extra = {**self._hidden_fields(FieldsPlace.read(written), lookup, log), **post.extra}
        return post

    @staticmethod
    def _hidden_fields(place: FieldsPlace, lookup: SiteLookup, log: Log) -> Mapping[str, Any]:
        if place.end - place.start > DEFAULT.item_bytes:
            log("item.too-large", "extra")
            return {}
        data = _bytes(lookup.sources[place.source], place.path, Span(place.start, place.end))
        found = records.decode(data, log).get("extra")
        return found if isinstance(found, dict) else {}


def _bytes(source: SourceFile, path: str, span: Span) -> bytes:
    with there(source.name), file_of(source, path).open("rb") as file:
        return read_span(file, span)
