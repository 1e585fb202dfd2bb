"""The JSON exporter: the whole site as data, for programs and for targets that nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from converters.errors import UsageError
from converters.exporters.json.items import ItemMaker
from converters.exporters.json.layouts import BETWEEN, LAYOUTS, encode, is_public
from converters.exporters.json.plan import Planner
from converters.exporters.json.records import VERSION, Asset, Item, SiteFile
from converters.model import Place, Post, Role, Site
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.never import hidden
from converters.old_site.visibility import is_of_record, is_published
from converters.output import OutFile, OutJoin, OutPart
from converters.passes.sanitize import clean_asset
from converters.plugin import MarkdownEngine, SiteLookup, find

if TYPE_CHECKING:
    from lxml import etree

    from converters.verify.check import Back

_SITE = "site.json"
_FIELDS = "not-public-fields.jsonl"
_MEDIA = "not-public-media.jsonl"


class JsonExporter:
    """Made once a process. `plan` and `finish` run in the process that began the run, `render` in any."""

    def __init__(self, options: WriteOptions) -> None:
        if options.json_layout not in LAYOUTS:
            raise UsageError(f"{options.json_layout!r} is no layout of JSON: {', '.join(LAYOUTS)}.")
        self._options = options
        self._layout = LAYOUTS[options.json_layout]()
        self._engine: MarkdownEngine = find("markdown", options.markdown_engine)()
        self._maker: ItemMaker | None = None

    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        planner = Planner(lookup, keep_permalinks=self._options.permalinks == "keep")
        for entry, stem, address, notices in planner.plan():
            yield entry.id, Place(self._layout.path(entry.id, stem, entry.status), address), notices

    def render(self, post: Post, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart]:
        place = lookup.place(post.id)
        assert place is not None, "the plan has a place for everything that is carried"
        if self._maker is None:
            options = self._options
            self._maker = ItemMaker(
                lookup,
                self._engine,
                absolute=options.media == "keep",
                comments=options.comments == "data",
                clean=options.raw_html != "keep",
            )
        return self._files(self._maker.item(post, place, log), place)

    def _files(self, item: Item, place: Place) -> Iterator[OutFile | OutPart]:
        """Hidden fields of public items stand apart: plug-ins keep addresses of customers and keys in them."""
        hidden = item.postferry.extra if is_public(item.postferry.status) else {}
        if hidden:
            yield OutPart(_FIELDS, encode({"id": item.id, "extra": hidden}) + b"\n")
            item = replace(item, postferry=replace(item.postferry, extra={}))
        yield from self._layout.files(item, place)

    def render_back(self, files: Sequence[OutFile | OutPart], place: Place) -> Back | None:
        """What the files of an item say, read without any step of the writing."""
        from converters.exporters.json.render_back import render_back

        return render_back(files, place)

    def pieces_back(self, data: bytes) -> dict[str, bytes]:
        """id -> item, of a file that items share."""
        from converters.exporters.json.render_back import pieces

        return pieces(data)

    def terms_back(
        self, values: Mapping[str, Any], site: Site, taxonomies: Iterable[str]
    ) -> Mapping[str, tuple[str, ...]]:
        """The terms of an item, by taxonomy."""
        from converters.exporters.json.render_back import terms_back

        return terms_back(values)

    def tree_back(self, text: str) -> etree._Element:
        """The tree of an item's HTML."""
        from converters.exporters.json.render_back import tree_back

        return tree_back(text)

    def refuses(self, path: str, *, brought: bool) -> str:
        """Why nothing of a source may be written there; empty when it may. Items are files of JSON in two folders."""
        fits = path.endswith(".json") and path.startswith(("posts/", "not-public/")) and not brought
        return hidden(path) or ("" if fits else "a file that is no item of JSON")

    def finish(self, lookup: SiteLookup, log: Log) -> Iterator[OutFile | OutPart | OutJoin]:
        yield from self._layout.joins(lookup.site)
        yield OutJoin(_FIELDS, if_any=True)
        yield from _site_file(lookup, log, clean=self._options.raw_html != "keep")


def _site_file(lookup: SiteLookup, log: Log, *, clean: bool) -> Iterator[OutPart | OutJoin]:
    """`site.json`; the media library goes through one file at a time, what was not public into a file of its own."""
    for entry in lookup.entries():
        asset = lookup.asset(entry.id) if entry.role is Role.MEDIA else None
        if asset is None or is_of_record(lookup, entry):
            continue
        asset = clean_asset(asset, log) if clean else asset
        written = encode(msgspec.convert(asset, Asset, from_attributes=True))
        if is_published(lookup, entry):
            yield OutPart(_SITE, written, BETWEEN)
        else:
            yield OutPart(_MEDIA, written + b"\n")
    site = lookup.site
    known = {name: getattr(site, name) for name in SiteFile.__struct_fields__ if hasattr(site, name)}
    empty = encode(msgspec.convert({"version": VERSION, **known, "assets": ()}, SiteFile, from_attributes=True))
    yield OutJoin(_MEDIA, if_any=True)
    yield OutJoin(_SITE, empty[:-2] + b"\n", b"\n]}\n")
