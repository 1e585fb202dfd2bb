"""The Hugo exporter: one file an item, and a site around them that builds at once. https://gohugo.io"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree

from converters import urls
from converters.exporters.base import Target, place_of
from converters.exporters.hugo import authors, idioms, names, never, shortcode_text
from converters.exporters.hugo.bundles import Bundle
from converters.exporters.hugo.kept_settings import TRUSTED
from converters.exporters.hugo.keys import KEYS
from converters.exporters.hugo.languages import HugoLanguages, aliases
from converters.exporters.hugo.paths import FIXED, HugoPlanner, writable
from converters.exporters.hugo.site import HugoSiteWriter
from converters.exporters.site import workflows
from converters.exporters.site.exporter import EVERY_PART, SiteExporter
from converters.exporters.site.planner import section
from converters.exporters.site.redirects.legacy_urls import can_be_page, former_paths
from converters.frontmatter import write
from converters.html import tree
from converters.model import MarkdownBody, Place, Post, Site
from converters.model.limits import DEFAULT
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import SiteLookup
from converters.rules.front_matter import chosen

if TYPE_CHECKING:
    from converters.exporters.hugo.render_back import HugoReader

_NO_LIST = b"---\ndraft: true\n---\n"
"""The page of a section of which nothing was public: Hugo makes a list of every other folder of content."""


class HugoExporter(SiteExporter):
    """Writes a site for Hugo."""

    target = Target(
        name="hugo",
        dialect="goldmark",
        footnotes=True,
        takes_markdown=True,
        keeps_source_paths=True,
        static_folder="static",
        feed_file="index.xml",
        options=frozenset({"bundles", "trust_source", "workflow"}),
        site_files=("hugo.toml", "config.toml", "hugo.yaml"),
        preview="hugo server",
        build=("hugo", *"--source {site} --destination {built} --cacheDir {cache} --noBuildLock -D -F --quiet".split()),
    )
    keys = KEYS
    counts = EVERY_PART
    taxonomies = names.TAXONOMIES
    labels = names.LABELS

    def __init__(self, options: WriteOptions) -> None:
        super().__init__(options)
        self._patterns: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._closed: list[str] = []
        """Sections that get no list page."""
        self._languages: HugoLanguages | None = None
        self._kept = False

    def planner(self, lookup: SiteLookup) -> HugoPlanner:
        keep = self._options.permalinks == "keep"
        return HugoPlanner(lookup, keep_permalinks=keep, bundles=self._options.bundles)

    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        planner = self.planner(lookup)
        yield from planner.plan()
        self._patterns = planner.patterns
        self._lists = _list_urls(planner, lookup)
        self._closed = [key for key in _closed_sections(lookup.site) if not planner.is_page(key)]
        self._kept = lookup.site.settings is not None

    def feed_file(self, site: Site) -> str:
        return site.feed_file or self.target.feed_file  # a site of its own kind keeps its settings

    def refuses(self, path: str, *, brought: bool) -> str:
        if self._kept:
            return never.refuses_kept(path, TRUSTED if self._options.trust_source else frozenset())
        return never.refuses(path, brought=brought)

    def render(self, post: Post, lookup: SiteLookup, log: Log) -> Iterator[OutFile]:
        if post.front is None or not isinstance(post.body, MarkdownBody):
            yield from super().render(post, lookup, log)
            return
        front = chosen(post.front, self._options.front_matter_rules, post, log)
        trusted = self._options.trust_source
        text = post.body.text if trusted else shortcode_text.without_inline_shortcodes(post.body.text, log)
        yield OutFile(place_of(post, lookup).path, _as_it_was(front, text, self._options.front_matter).encode())

    def reader(self) -> HugoReader:
        from converters.exporters.hugo.render_back import HugoReader  # wanted by few runs

        return HugoReader()

    def markdown(self, root: etree._Element, log: Log) -> str:
        shortcode_text.escape_shortcodes(root, log)
        idioms.apply(root, lambda element: super(HugoExporter, self).markdown(element, log), log)
        return shortcode_text.finish(super().markdown(root, log))

    def former(self, post: Post, place: Place, lookup: SiteLookup) -> list[str]:
        taken = {place.url and urls.key(place.url), *FIXED}
        others = (path for path in dict.fromkeys(former_paths(post, place, lookup)) if urls.key(path) not in taken)
        return aliases(filter(_can_be_alias, others), post, place, self._of(lookup))

    def with_files(
        self, post: Post, place: Place, lookup: SiteLookup, body: str, values: dict[str, Any]
    ) -> tuple[str, dict[str, Any], Iterable[OutFile]]:
        if not self._options.bundles:
            return body, values, ()
        bundle = Bundle(post, place, lookup, static="static", mark=self._of(lookup).mark(post.language))
        return bundle.text(body), bundle.front(values), bundle.files()

    def _of(self, lookup: SiteLookup) -> HugoLanguages:
        self._languages = self._languages or HugoLanguages(lookup.site)
        return self._languages

    def finish(self, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart | OutJoin]:
        lists = {key: url for key, url in self._lists.items() if key not in self._closed}
        bundles, trusted = self._options.bundles, self._options.trust_source
        written = HugoSiteWriter(
            lookup,
            self._patterns,
            lists,
            bundles=bundles,
            trusted=trusted,
            markdown=lambda html: self.markdown(tree.parse(html), log),
        )
        yield from written.files(log)
        yield from workflows.files("converters.exporters.hugo", self._options.workflow)
        yield from self.library(lookup, log)
        marks = {self._of(lookup).mark(language.code) for language in lookup.site.languages} | {""}
        for key in self._closed:
            yield from (OutFile(f"content/{key}/_index{mark}.md", _NO_LIST) for mark in sorted(marks))
        posts, pattern = self._lists.get("posts", ""), self._patterns.get("posts", "")
        kinds = dict.fromkeys(section(kind) for kind in lookup.site.kinds if kind not in ("page", "post"))
        own = [lists[key] for key in kinds if lists.get(key)]
        yield from self.server_redirects(lookup, log, posts=posts, pattern=pattern, lists=own)


def _as_it_was(front: dict[str, Any], text: str, format: str) -> str:
    """A file of a Hugo source: front matter put in order, and its text byte for byte."""
    if not front and text.lstrip("\ufeff \t\r\n")[:1] not in ("-", "+", "{", "#"):
        return text
    return write.dumps(KEYS.in_order(front), format) + text


def _can_be_alias(path: str) -> bool:
    """An alias is a folder."""
    return can_be_page(path) and all(_can_be_folder(part) for part in path.strip("/").split("/"))


def _can_be_folder(name: str) -> bool:
    fits = bool(name.strip(".")) and len(name.encode()) <= DEFAULT.file_name_bytes
    return fits and name.isprintable() and "\\" not in name


def _closed_sections(site: Site) -> list[str]:
    opened = {section(kind) for kind in site.kinds if kind not in site.closed_kinds}
    found = dict.fromkeys(section(kind) for kind in site.closed_kinds)
    return [key for key in found if key not in opened]


def _list_urls(planner: HugoPlanner, lookup: SiteLookup) -> dict[str, str]:
    """Where the lists of sections and taxonomies are: where they were in WordPress, unless an item is there."""
    site = lookup.site
    sections = dict.fromkeys(section(kind) for kind in site.kinds if kind != "page")
    wanted = {key: planner.old_list_url(key) or f"/{key}/" for key in sections}
    wanted |= {"categories": "/category/", "tags": "/tag/"}
    wanted |= {key: f"/{base}/" for base, key in authors.taxonomy(site).items()}
    keys = {term.taxonomy: names.TAXONOMIES.key(term.taxonomy, site) for term in site.terms}
    for name, key in sorted(keys.items(), key=lambda pair: pair[0] != pair[1]):  # URLs that need no change first
        wanted.setdefault(key, names.sanitized(writable(f"/{name}/")))
    found = {key: planner.list_url(key, url, f"/{key}/", f"/{key}-list/") for key, url in wanted.items()}
    return found | ({"posts": planner.posts_url} if planner.posts_url else {})
