"""The JSON exporter: the whole site as data, for programs and for targets that nothing here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import asdict, replace

from converters.errors import UsageError
from converters.exporters.base import Exporter, Target, note_comments, place_of
from converters.exporters.json.items import ItemMaker
from converters.exporters.json.layouts import BETWEEN, LAYOUTS, encode, is_public
from converters.exporters.json.paths import JsonPlanner
from converters.exporters.json.records import VERSION, Item, MediaFile, SiteFile
from converters.model import Place, Post, Role
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.never import hidden
from converters.old_site.visibility import is_of_record, is_published
from converters.output import OutFile, OutJoin, OutPart
from converters.passes.sanitize import clean_asset
from converters.plugin import MarkdownEngine, SiteLookup, find

if TYPE_CHECKING:
    from converters.exporters.json.render_back import JsonReader

_SITE = "site.json"
_FIELDS = "not-public-fields.jsonl"
_MEDIA = "not-public-media.jsonl"


class JsonExporter(Exporter):
    """Writes a site as data."""

    counts = frozenset({"comments", "terms", "authors", "media descriptions"})
    target = Target(
        name="json",
        dialect="gfm",
        media="keep",
        options=frozenset({"json_layout"}),
        site_files=("feed.json", "posts.jsonl", _SITE),
    )

    def __init__(self, options: WriteOptions) -> None:
        if options.json_layout not in LAYOUTS:
            raise UsageError(f"{options.json_layout!r} is no layout of JSON: {', '.join(LAYOUTS)}.")
        super().__init__(options)
        self._layout = LAYOUTS[options.json_layout]()
        self._engine: MarkdownEngine = find("markdown", options.markdown_engine)()
        self._maker: ItemMaker | None = None

    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        return JsonPlanner(lookup, self._layout, keep_permalinks=self._options.permalinks == "keep").plan()

    def render(self, post: Post, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart]:
        if self._maker is None:
            options = self._options
            self._maker = ItemMaker(
                lookup,
                self._engine,
                absolute=options.media == "keep",
                comments=options.comments == "data",
                clean=options.raw_html != "keep",
            )
        place = place_of(post, lookup)
        note_comments(post, self._options, log)
        return self._files(self._maker.item(post, place, log), place)

    def _files(self, item: Item, place: Place) -> Iterator[OutFile | OutPart]:
        """Hidden fields of public items stand apart: plug-ins keep addresses of customers and keys in them."""
        hidden = item.postferry.extra if is_public(item.postferry.status) else {}
        if hidden:
            yield OutPart(_FIELDS, encode({"id": item.id, "extra": hidden}) + b"\n")
            item = replace(item, postferry=replace(item.postferry, extra={}))
        comments = {"comments": len(item.postferry.comments)}
        for number, file in enumerate(self._layout.files(item, place)):
            yield replace(file, holds=comments) if comments["comments"] and not number else file

    def reader(self) -> JsonReader:
        from converters.exporters.json.render_back import JsonReader  # wanted by few runs

        return JsonReader()

    def refuses(self, path: str, *, brought: bool) -> str:
        """Why nothing of a source may be written there; empty when it may. Items are files of JSON in two folders."""
        fits = path.endswith(".json") and path.startswith(("posts/", "not-public/")) and not brought
        return hidden(path) or ("" if fits else "a file that is no item of JSON")

    def finish(self, lookup: SiteLookup, log: Log) -> Iterator[OutFile | OutPart | OutJoin]:
        yield from self._layout.joins(lookup.site)
        yield OutJoin(_FIELDS, if_any=True)
        options = self._options
        yield from _site_file(lookup, log, clean=options.raw_html != "keep", comments=options.comments == "data")


def _site_file(lookup: SiteLookup, log: Log, *, clean: bool, comments: bool) -> Iterator[OutPart | OutJoin]:
    """`site.json`; the media library goes through one file at a time, what was not public into a file of its own."""
    held = Counter[str]()
    for entry in lookup.entries():
        asset = lookup.asset(entry.id) if entry.role is Role.MEDIA else None
        if asset is None:
            continue
        if is_of_record(lookup, entry):
            held["media files"] += len(asset.comments)
            if asset.description.strip():
                log("media.texts-hidden", "1", where=entry.id)
            continue
        if asset.comments and not comments:
            held["--comments none"] += len(asset.comments)
            asset = replace(asset, comments=())
        asset = clean_asset(asset, log) if clean else asset
        written = encode(msgspec.convert(asset, MediaFile, from_attributes=True))
        holds = {"comments": len(asset.comments), "media descriptions": int(bool(asset.description.strip()))}
        if is_published(lookup, entry):
            yield OutPart(_SITE, written, BETWEEN, holds=holds)
        else:
            yield OutPart(_MEDIA, written + b"\n", holds=holds)
    for where, count in held.items():
        if count:
            log("comments.skipped", str(count), where=where)
    site = lookup.site
    known = {name: value for name, value in asdict(site).items() if name in SiteFile.__struct_fields__}
    empty = encode(msgspec.convert({"version": VERSION, **known, "assets": ()}, SiteFile, from_attributes=True))
    yield OutJoin(_MEDIA, if_any=True)
    holds = {"terms": len(site.terms), "authors": len(site.authors)}
    yield OutJoin(_SITE, empty[:-2] + b"\n", b"\n]}\n", holds=holds)
