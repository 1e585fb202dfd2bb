"""A folder of plain Markdown: a file an item with YAML front matter, for editors, wikis and programs of one's own.

Text is GitHub's Markdown (https://github.github.com/gfm/), images keep their URLs, and `site.yaml` says what is known
of the site as a whole. What is not to be seen has `draft: true`, and what is scheduled says for when.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec
from lxml import etree

from converters import new_site
from converters.exporters.base import Target
from converters.exporters.site.exporter import EVERY_PART, SiteExporter, author_values
from converters.exporters.site.menus import Menus
from converters.exporters.site.planner import ADDRESSED, PlannedFile, Planner
from converters.frontmatter import write
from converters.frontmatter.keys import COMMON, Key
from converters.model import Entry, Status
from converters.model.notices import Log
from converters.never import at_root
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import SiteLookup

if TYPE_CHECKING:
    from converters.exporters.markdown.reader import MarkdownReader

_SITE = "site.yaml"


class MarkdownPlanner(Planner):
    """`posts/<slug>.md`, pages below their parents, further languages in folders of their own."""

    def top_folder(self, entry: Entry) -> str:
        return "/".join(filter(None, (self._languages.mark(entry.language), self.section(entry.kind))))

    def file(self, entry: Entry, wanted: str, log: Log) -> PlannedFile:
        path = self.path(entry, log)
        return PlannedFile(f"{path}.md", "", f"/{path}/" if entry.status in ADDRESSED else "")


KEYS = COMMON.adapted(
    renamed={},
    own=(
        Key("draft", "bool", lambda of: of.post.status is not Status.PUBLISHED or None, "status",
            "true for all that is not to be seen, what is scheduled among it"),
    ),
)  # fmt: skip


class MarkdownExporter(SiteExporter):
    """Writes the folder."""

    keys = KEYS

    target = Target(name="markdown", dialect="gfm", footnotes=True, static_folder="", media="keep", site_files=(_SITE,))

    counts = EVERY_PART

    def planner(self, lookup: SiteLookup) -> MarkdownPlanner:
        return MarkdownPlanner(lookup, keep_permalinks=self._options.permalinks == "keep")

    def markdown(self, root: etree._Element, log: Log) -> str:
        """GitHub's Markdown has no ids of headings: links lead to an anchor inside them."""
        for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
            if id := heading.attrib.pop("id", ""):
                anchor = etree.Element("a", id=id)
                anchor.tail, heading.text = heading.text, None
                heading.insert(0, anchor)
        return super().markdown(root, log)

    def refuses(self, path: str, *, brought: bool) -> str:
        return at_root(path)

    def reader(self) -> MarkdownReader:
        from converters.exporters.markdown.reader import MarkdownReader  # wanted by few runs

        return MarkdownReader()

    def finish(self, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart | OutJoin]:
        site = lookup.site
        self.taxonomies.note_renamed(site, log)
        self.labels.note(site, log)
        values: dict[str, Any] = {
            "title": site.title,
            "description": site.description,
            "url": new_site.url_of(site),
            "language": site.language,
            "languages": [msgspec.structs.asdict(language) for language in site.languages],
            "authors": [author_values(author) for author in site.authors],
            "terms": [_filled(msgspec.structs.asdict(term)) for term in site.terms],
            "posts_pages": [place.url for id in site.posts_pages if (place := lookup.place(id)) is not None],
            "menus": [menu for menu in _menus(lookup, log) if menu["entries"]],
        }
        holds = {"terms": len(values["terms"]), "authors": len(values["authors"])}
        yield OutFile(_SITE, write.yaml(_filled(values)).encode(), own=True, holds=holds)
        yield from self.library(lookup, log)
        yield from self.server_redirects(lookup, log, posts="", pattern="")


def _menus(lookup: SiteLookup, log: Log) -> Iterable[dict[str, Any]]:
    menus = Menus(lookup, lambda kind, language: "")
    for menu in lookup.site.menus:
        language = menus.language_of(menu)
        entries = [
            _filled({"id": item.id, "parent": item.parent, "title": title, "url": url, "tip": item.tip})
            for item, title, url in menus.entries(menu, language, log)
        ]
        yield _filled({"slug": menu.slug, "name": menu.name, "lang": language}) | {"entries": entries}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [], {}, False)}
