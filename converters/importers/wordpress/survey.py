"""One pass over the files of an export: what the survey tells of each item, and of the site, without their texts.

What is wrong with an item concerns it alone; what is wrong with a file (junk around it, no end) is the source's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from hashlib import blake2b
from pathlib import Path

from msgspec.structs import replace

from converters import item_timeout
from converters.errors import SourceError
from converters.importers.shared.links import asked, has_place
from converters.importers.wordpress.companions import CompanionSurvey, has_page
from converters.importers.wordpress.dates import ZoneGuess
from converters.importers.wordpress.item import has_own_offset, read_date, to_entry
from converters.importers.wordpress.media import read_asset
from converters.importers.wordpress.missing_slugs import MissingSlugs
from converters.importers.wordpress.post_types import is_record
from converters.importers.wordpress.posts_pages import PostsPages
from converters.importers.wordpress.publicity import Publicity
from converters.importers.wordpress.rawitem import RawItem
from converters.importers.wordpress.repair import ItemParser, Prolog, read_prolog
from converters.importers.wordpress.site import SiteReader, channel_head
from converters.importers.wordpress.split import ExportPart, PartKind, Splitter
from converters.model import PUBLIC, Asset, Entry, Locator, Role, Site, Status
from converters.model.notices import Log, Notice
from converters.model.options import ReadOptions
from converters.plugin import SourceFile, SurveySink
from converters.source_check import digest_of

_HEAD = 64 * 1024
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:rss|channel|!DOCTYPE)\b", re.S
)
_ID = re.compile(r"[0-9]{1,18}")
"""Of an item: a number of WordPress's database. Files are named after it."""
_KIND = re.compile(rb"<wp:post_type>\s*(?:<!\[CDATA\[)?\s*([\w-]+)")
_END = re.compile(rb"</(?:rss|channel)\s*>")
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
"""Plug-ins that keep pages in a cache sign what a server sends, exports too."""
_PHP_WARNING = re.compile(rb"<b>(?:Warning|Notice|Deprecated|Strict Standards)</b>:\s*[^\n<]{1,300}")
_PHP_ERROR = re.compile(rb"(?:Fatal|Parse) error(?:</b>)?:\s*([^\n<]{1,300})|Allowed memory size[^\n<]{1,200}")


class ExportSurvey:
    """One pass over the files of a site."""

    def __init__(self, sink: SurveySink, options: ReadOptions, zone: tzinfo | None, marked: Sequence[str] = ()) -> None:
        """`marked`: the languages of an export whose fields hold several at once."""
        self._sink, self._options, self._zone = sink, options, zone
        self._site = SiteReader(marked)
        self._seen: dict[str, bytes] = {}
        self._icon = ""
        self._dates = ZoneGuess()
        self._slugs = MissingSlugs()
        self._posts_pages = PostsPages()
        self._listing: tuple[str, ...] = ()
        self._publicity = Publicity(options.public_types, options.types)
        self._companions = CompanionSurvey(sink)
        self._items = 0
        self._genuine = False
        """Has any field of WordPress's own been seen? News feeds have items too."""

    def read(self, number: int, source: SourceFile) -> Prolog:
        with Splitter(Path(source.path), name=source.name) as splitter:
            head = splitter.read(0, _HEAD)
            prolog = read_prolog(head)
            if not _START.match(head):
                self._sink.log("source.junk", where=source.name)
            parser = ItemParser(prolog)
            last = None
            for part in splitter.parts():
                last = part
                self._part(part, splitter, parser, number, source)
            self._check_end(number, source, splitter, last)
        return prolog

    def _part(self, part: ExportPart, splitter: Splitter, parser: ItemParser, number: int, source: SourceFile) -> None:
        if part.kind is PartKind.CHANNEL:
            self._channel(splitter.read(part.start, part.end), parser, f"byte {part.start} of {source.name}")
            return
        self._items += 1
        if part.kind is PartKind.ITEM:
            data = splitter.read(part.start, part.end)
            self._item(data, Locator(number, part.start, part.end, digest=digest_of(data)), parser)
        elif part.kind is PartKind.TOO_LARGE:
            self._failed("item.too-large", part, number, f"{part.end - part.start} bytes")

    def _channel(self, data: bytes, parser: ItemParser, where: str) -> None:
        warning = _PHP_WARNING.search(data) if not data.isspace() else None
        if warning:
            self._sink.log("source.junk", _without_tags(warning[0]), where=where)
        if b"<wp:" not in data and b"<title" not in data and b"<link" not in data:
            return
        element = parser.parse(channel_head(data), self._sink.log)
        if element is not None:
            self._site.take_head(element)

    def _item(self, data: bytes, locator: Locator, parser: ItemParser) -> None:
        """Report one item. Whatever goes wrong with it concerns it alone."""
        failure = item_timeout.failure(self._read_item, data, locator, parser)
        if failure is not None:
            log = Log()
            log(*failure)
            self._fail(locator, log, failure[1], _title(data))

    def _read_item(self, data: bytes, locator: Locator, parser: ItemParser) -> None:
        log = Log()
        element = parser.parse(data, log)
        if element is None:
            return self._fail(locator, log, log.notices[-1].what, _title(data))
        item = RawItem(element)
        self._genuine = self._genuine or any(name.startswith("wp:") for name in item.fields)
        id = item["wp:post_id"].strip()
        found = self._unique(id if _ID.fullmatch(id) else "", locator, data, log)
        if found is None:
            return None
        for entry, reading in self._readings(item, found, locator, log):
            own = log if not entry.origin else Log()
            entry = replace(entry, same_as=id) if found != id and _ID.fullmatch(id) and not entry.origin else entry
            entry = self._options.chosen(self._judged(entry, item, own))
            self._take(reading, entry, own)
            if not entry.origin:
                self._companions.take(item, entry)
            self._sink.entry(entry, _named(own, entry.id))
        return None

    def _readings(self, item: RawItem, id: str, locator: Locator, log: Log) -> Iterator[tuple[Entry, RawItem]]:
        """The item; where its fields hold several languages, once for each, the first under its own id."""
        joined = self._site.joined
        kind = item["wp:post_type"].strip()
        named = self._publicity.named(kind) or has_page(item, kind, self._site.base_url)
        first = item if joined is None else joined.item(item, joined.default)
        entry = self._entry(first, id, locator, log, named=named)
        if joined is None:
            language, group = self._site.languages.of(item, id, log)
            yield (replace(entry, language=language, group=group) if language or group else entry), item
            return
        languages = joined.of(item, log) if entry.role is Role.CONTENT else []
        if not languages:
            yield entry, item
        for number, language in enumerate(languages):
            reading = joined.item(item, language)
            own_id = self._further(id, language) if number else id
            own = self._entry(reading, own_id, locator, Log(), named=named)
            group = id if len(languages) > 1 else ""
            yield joined.entry(replace(own, group=group, origin=id if number else ""), item, language), reading

    def _entry(self, item: RawItem, id: str, locator: Locator, log: Log, *, named: bool) -> Entry:
        return self._slugs.filled(
            to_entry(item, id, locator, log, self._zone, named=named), self._site.field("language")
        )

    def _further(self, id: str, language: str) -> str:
        """The id of a further language of an item."""
        other = f"{id}@{language}"
        while other in self._seen:
            other += "+"
        self._seen[other] = b""
        return other

    def _judged(self, entry: Entry, item: RawItem, log: Log) -> Entry:
        """The entry, not public where nothing shows that its type was; without its title where it is a record."""
        base = self._site.base_url
        self._publicity.see(entry.kind, entry.status, entry.permalink, base)
        if entry.role is not Role.CONTENT:
            return entry
        verdict = self._publicity.judge(item, entry.kind, entry.status, base)
        if verdict.record:
            log("type.left-out", entry.kind)
            return Entry(entry.id, entry.kind, Role.EXCLUDED, Status.PRIVATE, reason="record", locator=entry.locator)
        self._publicity.take(entry, verdict, item, base)
        if verdict.why:
            log(verdict.why, entry.kind)
        withheld = verdict.status is not entry.status
        return replace(entry, status=verdict.status, withheld=True) if withheld else entry

    def _take(self, item: RawItem, entry: Entry, log: Log) -> None:
        if entry.kind == "attachment" and entry.role is Role.MEDIA:
            asset = self._asset(item, entry.id, log)
            if entry.status not in PUBLIC:  # galleries of the item above it do not show it
                asset = replace(asset, parent="")
            self._site.take_media(asset)
            self._site.tally.media(asset.description, len(asset.comments))
            self._icon = self._icon or (asset.url if asset.context == "site-icon" else "")
            self._sink.asset(asset)
        elif entry.role is Role.MENU:
            if item["wp:status"].strip() not in ("", "publish"):  # waits to be saved, and was never shown
                return
            self._site.take_menu_item(item, entry.id)
            self._posts_pages.see_menu_item(item)
            if has_place(address := item.first_meta("_menu_item_url")):
                self._sink.link("", address)
        elif entry.role is Role.CONTENT:
            self._take_content(item, entry)
        elif entry.role in (Role.INLINE, Role.PART):
            self._note_links(item, "")
        else:
            self._site.take_other(item, entry.kind)
        if entry.role in (Role.CONTENT, Role.EXCLUDED):
            hidden = entry.withheld or is_record(entry.kind)
            self._site.take_authors(item, hidden=entry.kind if hidden else "")

    def _take_content(self, item: RawItem, entry: Entry) -> None:
        if not self._companions.waits(entry.kind):
            self._site.take_kind(entry.kind)
        self._site.tally.comments(item)
        self._posts_pages.see(item, entry, self._site.base_url)
        self._note_links(item, entry.permalink)
        if entry.status in PUBLIC:
            self._site.take_used_terms(item)
        elif self._publicity.waits(entry.id):
            self._site.take_used_terms(item, entry.kind)
        self._site.languages.see(entry.language, entry.permalink, self._site.base_url)
        if has_own_offset(item):
            self._dates.see(entry.date)

    def _note_links(self, item: RawItem, base: str) -> None:
        for field in ("content:encoded", "excerpt:encoded"):
            self._site.tally.links(item[field])
            for address in asked(item[field]):
                self._sink.link(base, address)

    def _asset(self, item: RawItem, id: str, log: Log) -> Asset:
        date = read_date(item, log, self._zone)

        def read(item: RawItem) -> Asset:
            return read_asset(item, id, date, log, self._zone)

        return read(item) if self._site.joined is None else self._site.joined.asset(item, read)

    def _unique(self, id: str, locator: Locator, data: bytes, log: Log) -> str | None:
        """An id no other item has; None for an item that is in the export twice, byte for byte."""
        digest = blake2b(data, digest_size=8).digest()
        known = self._seen.get(id) if id else None
        if not id:
            id = _by_place(locator)
        elif known == digest:
            twice = f"{id}+{locator.source}-{locator.start}"
            log("item.duplicate", id)
            entry = Entry(twice, "", Role.EXCLUDED, Status.DRAFT, reason="same item twice", locator=locator)
            self._sink.entry(entry, _named(log, twice))
            return None
        elif known is not None:
            log("item.duplicate-id", id)
            id = f"{id}-{locator.source}-{locator.start}"
        self._seen[id] = digest
        return id

    def _failed(self, code: str, part: ExportPart, number: int, what: str) -> None:
        log = Log()
        log(code, what)
        self._fail(Locator(number, part.start, part.end), log, what)

    def _fail(self, locator: Locator, log: Log, reason: str, title: str = "") -> None:
        """Report an item that cannot be converted, by its place in the file."""
        id = _by_place(locator)
        entry = Entry(id, "", Role.FAILED, Status.DRAFT, title=title, reason=reason, locator=locator)
        self._sink.entry(entry, _named(log, id))

    def _check_end(self, number: int, source: SourceFile, splitter: Splitter, last: ExportPart | None) -> None:
        """An export ends with `</channel></rss>`; one that does not was cut off, often by an error of the server."""
        tail = splitter.read(max(0, splitter.size - _HEAD), splitter.size)
        if not self._genuine and b"<wp:" not in splitter.read(0, _HEAD):
            raise SourceError(not_an_export(source.name, splitter.read(0, _HEAD)))
        message = _PHP_ERROR.search(tail) if last is not None and last.kind is not PartKind.ITEM else None
        cut = last is not None and last.kind is PartKind.CUT
        whole = b"</rss" in tail or b"</channel" in tail
        if cut and last is not None:
            what = f"{last.end - last.start} bytes after byte {last.start} of {source.name}"
            self._failed("source.truncated", last, number, what)
        elif not whole:
            self._sink.log("source.truncated", f"{source.name} has no end: items may be missing", where="end of file")
        if message and (cut or not whole or message.start() > tail.rfind(b"</rss")):
            self._sink.log("source.php-error", _without_tags(message[0]), where=source.name)
        elif whole and (junk := _COMMENT.sub(b"", _END.split(tail)[-1]).strip(b" \t\r\n\0")):
            self._sink.log("source.junk", f"{len(junk)} bytes", where=f"end of {source.name}")

    def settle(self) -> None:
        """At the end of all files: report the items of which only the whole source shows whether they were public, and
        those of which it shows that they are parts of others."""
        for id, kind, status in self._publicity.settled():
            self._sink.settle(id, kind, status)
            self._site.terms_are_used(kind)
        for kind in self._companions.settle():
            self._site.take_kind(kind)
        self._site.tally.note(self._sink.log)
        self._listing = self._posts_pages.found(self._site.option("page_for_posts"), self._sink.log)

    def site(self) -> Site:
        zone = self._options.time_zone or self._dates.zone()
        return self._site.site(
            icon=self._icon, time_zone=zone, is_open=self._publicity.is_open, posts_pages=self._listing
        )


def _by_place(locator: Locator) -> str:
    """The id of an item without one."""
    return f"byte-{locator.source}-{locator.start}"


def _named(log: Log, id: str) -> list[Notice]:
    return [replace(notice, item=id) for notice in log.notices]


def _without_tags(message: bytes) -> str:
    return re.sub(r"<[^>]*>", "", message.decode("utf-8", "replace")).strip()


def _title(data: bytes) -> str:
    """The title of an item that cannot be read; none of one that may be a record about a person."""
    kind = _KIND.search(data)
    if kind is None or kind[1] not in (b"post", b"page", b"attachment"):
        return ""
    found = re.search(rb"<title>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,120})", data)
    return found[1].decode("utf-8", "replace").strip() if found else ""


def not_an_export(name: str, head: bytes) -> str:
    """What the file looks like instead, and what to do."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        looks = "it is empty"
    elif start.startswith((b"<!doctype html", b"<html")) or b"<html" in start[:2000]:
        looks = "it is an HTML page, perhaps the login page of the site"
    elif b"<feed" in start[:2000] or b"<rss" in start[:2000]:
        looks = "it is a news feed, which holds only the latest posts"
    elif start.startswith(b"<?xml"):
        looks = "it is XML of another kind"
    else:
        looks = "it does not look like XML"
    return (
        f"{name} is not a WordPress export: {looks}. In WordPress, choose Tools > Export > All content "
        "and download the export file."
    )
