"""The JSON exporter: the whole site as data, for programs and for targets that nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from converters.errors import UsageError
from converters.exporters.json.items import ItemMaker
from converters.exporters.json.layouts import BETWEEN, LAYOUTS, encode
from converters.exporters.json.plan import Planner
from converters.exporters.json.records import VERSION, Asset, SiteFile
from converters.model import Place, Post, Role
from converters.notices import Log, Notice
from converters.options import WriteOptions
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import MarkdownEngine, SiteLookup, find

_SITE = "site.json"


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
                lookup, self._engine, absolute=options.media == "keep", comments=options.comments == "data"
            )
        return self._layout.files(self._maker.item(post, place, log), place)

    def finish(self, lookup: SiteLookup, log: Log) -> Iterator[OutFile | OutPart | OutJoin]:
        yield from self._layout.joins(lookup.site)
        yield from _site_file(lookup)


def _site_file(lookup: SiteLookup) -> Iterator[OutPart | OutJoin]:
    """`site.json`; the media library goes through one file at a time."""
    for entry in lookup.entries():
        asset = lookup.asset(entry.id) if entry.role is Role.MEDIA else None
        if asset is not None:
            yield OutPart(_SITE, encode(msgspec.convert(asset, Asset, from_attributes=True)), BETWEEN)
    site = lookup.site
    known = {name: getattr(site, name) for name in SiteFile.__struct_fields__ if hasattr(site, name)}
    empty = encode(msgspec.convert({"version": VERSION, **known, "assets": ()}, SiteFile, from_attributes=True))
    yield OutJoin(_SITE, empty[:-2] + b"\n", b"\n]}\n")
