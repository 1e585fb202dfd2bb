"""The HTML importer: a page, pages, a folder or an archive that is a site, and exports that are HTML.

The survey parses every page once to learn what it is (a post, a page, a list, a redirect), where it stood and what
machines are told of it; what was learnt of a file goes along with its source, so that `read` needs no other file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from converters import urls
from converters.importers.base import Importer
from converters.importers.html import blogger, exports, page, places, read_page, recognizes, shared_blocks
from converters.importers.html.survey import SiteSurvey
from converters.model import Entry, Post, Role, Site
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.output import OutFile
from converters.plugin import SiteLookup, SourceFile, SurveySink
from converters.rules.classes import Classes
from converters.source_check import changed, check_stamp, there


class HtmlImporter(Importer):
    """Reads pages. Every file of a folder or archive is named in the report, whatever it is."""

    title = "HTML"
    whole_sources = True
    brings_files = True

    def __init__(self, options: ReadOptions) -> None:
        super().__init__(options)
        self._classes = Classes(options.rules.classes) if options.rules.classes else None
        self._zone: tzinfo | None = ZoneInfo(options.time_zone) if options.time_zone else None
        self._prepared: tuple[SiteLookup, read_page.PageContext] | None = None
        self._feeds: dict[int, blogger.BloggerFeed] = {}

    @classmethod
    def recognizes(cls, path: Path, head: bytes) -> bool:
        return recognizes(path, head)

    def survey(self, sources: Sequence[SourceFile], sink: SurveySink) -> tuple[Site, Sequence[SourceFile]]:
        survey = SiteSurvey(sources, sink, self.options, self._zone)
        survey.run()
        return survey.site(), survey.sources()

    def read(self, entry: Entry, lookup: SiteLookup, log: Log) -> Post:
        source = lookup.sources[entry.locator.source]
        facts = page.facts_of(source.prolog)
        reading = self._reading(lookup)
        if facts.kind == "blogger":
            if entry.locator.source not in self._feeds:
                with there(source.name):
                    feed = blogger.BloggerFeed(Path(source.path), self._zone)
                if feed.digest != source.digest:
                    raise changed(source.name)
                self._feeds = {entry.locator.source: feed}
            post = self._feeds[entry.locator.source].post(entry, reading, log)
        elif facts.kind in exports.READERS:
            post = exports.READERS[facts.kind](page.read_again(source), facts, entry, reading, log)
        else:
            parsed = page.parse(page.read_again(source), facts.path, log)
            post = read_page.read_page(parsed, entry, reading, log, facts.feed)
            post.former = facts.former
            post.translations = lookup.translations(entry.id) if entry.group else {}
        return post

    def _reading(self, lookup: SiteLookup) -> read_page.PageContext:
        if self._prepared is None or self._prepared[0] is not lookup:
            self._prepared = lookup, self._prepare(lookup)
        return self._prepared[1]

    def _prepare(self, lookup: SiteLookup) -> read_page.PageContext:
        site = lookup.site
        medium = exports.medium_ids(lookup) if urls.host_of(site.base_url) == "medium.com" else {}

        def address_of(path: str) -> str | None:
            found = lookup.entry(page.id_of(path))
            if found is None:
                return medium.get(path)
            return found.permalink if found.role is Role.CONTENT else ""

        links = places.PageLinks(site.base_url, address_of)
        selector = self.options.content_selector
        shared = frozenset(int(digest, 16) for digest in lookup.related(shared_blocks.RELATION))
        return read_page.PageContext(site.title, site.base_url, self._zone, selector, links, self._classes, shared)

    def files(self, lookup: SiteLookup, log: Log) -> Iterator[OutFile]:
        """Pictures and other files of the site, under the paths they had."""
        for entry in lookup.entries():
            if entry.role is Role.MEDIA:
                source = lookup.sources[entry.locator.source]
                try:
                    yield OutFile(entry.locator.path or entry.id, _bytes_of(source))
                except OSError as error:
                    log("source.skipped", entry.id, where=error.strerror or "unreadable")


def _bytes_of(source: SourceFile) -> bytes:
    with Path(source.path).open("rb") as file:
        data = file.read()
        check_stamp(file.fileno(), source.stamp, source.name)
        return data
