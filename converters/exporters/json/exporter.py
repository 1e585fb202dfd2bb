"""The JSON exporter: the whole site as data, for programs and for targets that nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from converters.errors import UsageError
from converters.exporters.base import Exporter, Target, note_comments, place_of
from converters.exporters.json.items import ItemMaker
from converters.exporters.json.layouts import LAYOUTS, FeedLayout, Layout, encode, is_public
from converters.exporters.json.paths import JsonPlanner
from converters.exporters.json.records import Item
from converters.exporters.json.site import SITE, site_file
from converters.model import Place, Post
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.never import hidden
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import MarkdownEngine, SiteLookup, find

if TYPE_CHECKING:
    from converters.exporters.json.render_back import JsonReader

_FIELDS = "not-public-fields.jsonl"


class JsonExporter(Exporter):
    """Writes a site as data."""

    counts = frozenset({"comments", "terms", "authors", "media descriptions"})
    target = Target(
        name="json",
        dialect="gfm",
        media="keep",
        options=frozenset({"json_layout", "feed_page_size", "json_source"}),
        site_files=("feed.json", "posts.jsonl", SITE),
    )

    def __init__(self, options: WriteOptions) -> None:
        if options.json_layout not in LAYOUTS:
            raise UsageError(f"{options.json_layout!r} is no layout of JSON: {', '.join(LAYOUTS)}.")
        super().__init__(options)
        if options.feed_page_size and options.json_layout != "feed":
            raise UsageError(f"--feed-page-size is for --json-layout feed; {options.json_layout} has no pages.")
        self._layout: Layout = (
            FeedLayout(options.feed_page_size) if options.json_layout == "feed" else LAYOUTS[options.json_layout]()
        )
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
                source=options.json_source,
            )
        place = place_of(post, lookup)
        note_comments(post, self._options, log)
        return self._files(self._maker.item(post, place, log), place)

    def _files(self, item: Item, place: Place) -> Iterator[OutFile | OutPart]:
        """Hidden fields of public items stand apart: plug-ins keep addresses of customers and keys in them."""
        hidden = item.postferry.extra if is_public(item.postferry) else {}
        if hidden:
            yield OutPart(_FIELDS, encode({"id": item.id, "extra": hidden}) + b"\n")
            item = replace(item, postferry=replace(item.postferry, extra={}))
        comments = {"comments": len(item.postferry.comments)}
        for number, file in enumerate(self._layout.files(item, place)):
            yield replace(file, holds=comments) if comments["comments"] and not number else file

    def reader(self) -> JsonReader:
        from converters.exporters.json.render_back import JsonReader  # wanted by few runs

        return JsonReader(absolute=self._options.media == "keep")

    def refuses(self, path: str, *, brought: bool) -> str:
        """Why nothing of a source may be written there; empty when it may. Items are files of JSON in two folders."""
        fits = path.endswith(".json") and path.startswith(("posts/", "not-public/")) and not brought
        return hidden(path) or ("" if fits else "a file that is no item of JSON")

    def finish(self, lookup: SiteLookup, log: Log) -> Iterator[OutFile | OutPart | OutJoin]:
        yield from self._layout.joins(lookup, log)
        yield OutJoin(_FIELDS, if_any=True)
        yield from site_file(lookup, self._options, log)
