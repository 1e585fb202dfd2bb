"""The Jekyll exporter: one file an item, and a site around them that builds at once. https://jekyllrb.com"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree

from converters import new_site, urls
from converters.errors import UsageError
from converters.exporters.base import Target
from converters.exporters.jekyll import files as named_files
from converters.exporters.jekyll import idioms, legacy_urls, liquid, names, never, terms
from converters.exporters.jekyll.days import Days
from converters.exporters.jekyll.keys import KEYS
from converters.exporters.jekyll.paths import UNLISTED, JekyllPlanner
from converters.exporters.jekyll.site import JekyllSiteWriter, StaticRules
from converters.exporters.jekyll.static_files import (
    VERBATIM,
    Included,
    published_path,
    source_path,
    verbatim,
    verbatim_path,
)
from converters.exporters.site import redirects, workflows
from converters.exporters.site.exporter import EVERY_PART, SiteExporter, comment_values
from converters.exporters.site.redirects.legacy_urls import LegacyUrls
from converters.html import quotes
from converters.model import Comment, HtmlBody, Place, Post, Role, Site
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.old_site.visibility import is_published
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import SiteLookup

if TYPE_CHECKING:
    from converters.exporters.jekyll.render_back import JekyllReader

_NO_WORD = re.compile(r"[^\w-]+")


class JekyllExporter(SiteExporter):
    """Writes a site for Jekyll."""

    target = Target(
        name="jekyll",
        dialect="kramdown",
        footnotes=True,
        static_folder="",
        feed_file=terms.FEED,
        options=frozenset({"workflow"}),
        site_files=("_config.yml",),
        preview="jekyll serve",
        build=(
            *("jekyll", "build", "--source", "{site}", "--destination", "{built}"),
            *("--disable-disk-cache", "--drafts", "--unpublished", "--future", "-q"),
        ),
    )
    keys = KEYS
    counts = EVERY_PART
    taxonomies = names.TAXONOMIES
    media_path = "_data/media.yml"

    def __init__(self, options: WriteOptions) -> None:
        """Raises UsageError for front matter that Jekyll cannot read."""
        if options.front_matter != "yaml":
            raise UsageError("Jekyll reads front matter as YAML only. Leave --front-matter out.")
        super().__init__(options)
        self._planner: JekyllPlanner | None = None
        self._folders: set[str] = set()
        self._days: Days | None = None
        self._included = Included(())
        self._held: dict[str, None] = {}
        """Files of items that wait for somebody to publish them."""

    def planner(self, lookup: SiteLookup) -> JekyllPlanner:
        return JekyllPlanner(lookup, keep_permalinks=self._options.permalinks == "keep")

    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        self._planner = self.planner(lookup)
        yield from self._planner.plan()
        own = {"_drafts", UNLISTED, VERBATIM, legacy_urls.FOLDER, terms.FOLDER}
        self._folders = own | {f"_{name}" for name in self._planner.patterns}
        self._included = Included(self._folders)

    def feed_file(self, site: Site) -> str:
        return terms.feed_file(site)

    def refuses(self, path: str, *, brought: bool) -> str:
        return never.refuses(path, self._folders, brought=brought)

    def runs(self, head: bytes) -> bool:
        return never.runs(head)

    def static_path(self, path: str) -> str:
        return source_path(path)

    def announce(self, files: Iterable[OutFile], lookup: SiteLookup) -> None:
        for file in files:
            self._included.see(file.path)
            place = lookup.place(file.of) if file.of else None
            if place is not None and place.held:
                self._held[published_path(file.path)] = None

    def verbatim_path(self, path: str) -> str:
        return verbatim_path(path)

    def verbatim(self, path: str, data: bytes) -> OutFile | None:
        return verbatim(path, data, held=published_path(path) in self._held)

    def reader(self) -> JekyllReader:
        from converters.exporters.jekyll.render_back import JekyllReader  # wanted by few runs

        return JekyllReader()

    def render(self, post: Post, lookup: SiteLookup, log: Log) -> Iterator[OutFile]:
        """Jekyll's own typographer is off: it draws other marks than the source's, and in other places."""
        self._days = self._days or Days(lookup.site)
        if lookup.site.draws_quotes and isinstance(post.body, HtmlBody):
            quotes.draw(post.body.root)
        yield from super().render(post, lookup, log)

    def body(self, post: Post, log: Log) -> str:
        return super().body(post, log) if isinstance(post.body, HtmlBody) else liquid.finish(post.body.text, log)

    def markdown(self, root: etree._Element, log: Log) -> str:
        liquid.shield(root)
        idioms.apply(root, log)
        return liquid.finish(super().markdown(root, log), log)

    def former(self, post: Post, place: Place, lookup: SiteLookup) -> list[str]:
        return legacy_urls.former(post, place, lookup)

    def with_files(
        self, post: Post, place: Place, lookup: SiteLookup, body: str, values: dict[str, Any]
    ) -> tuple[str, dict[str, Any], Iterable[OutFile]]:
        return body, named_files.below_baseurl(values, new_site.root_of(lookup.site)), ()

    def comments_path(self, id: str) -> str:
        return f"_data/comments/{_NO_WORD.sub('-', id)}.yml"

    def comment_rows(self, comments: tuple[Comment, ...]) -> Iterable[dict[str, Any]]:
        for comment, depth in threaded(comments):
            day = self._days.other(comment.date) if self._days is not None else ""
            yield comment_values(comment) | ({"day": day} if day else {}) | ({"depth": depth} if depth else {})

    def redirect_pages(self, post: Post, place: Place, former: list[str]) -> Iterable[OutFile]:
        return legacy_urls.files(former, post, place)

    def _static_rules(self, lookup: SiteLookup) -> StaticRules:
        """What the configuration says of files, those of the media library among them, which people copy by hand."""
        for entry in lookup.entries():
            asset = lookup.asset(entry.id) if entry.role is Role.MEDIA else None
            parts = urls.split(asset.url) if asset is not None and not asset.file else None
            if parts is not None and parts.path.strip("/") and is_published(lookup, entry):
                self._included.see(urls.decoded(parts.path).strip("/"))
        excluded = redirects.beside(self._options.redirects)
        return StaticRules(self._included.has_static, tuple(self._included.rows()), excluded, tuple(self._held))

    def finish(self, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart | OutJoin]:
        assert self._planner is not None, "a site is planned before it is finished"
        self._days = Days(lookup.site)
        writer = JekyllSiteWriter(lookup, self._planner, self._static_rules(lookup))
        yield from writer.files(log)
        yield from workflows.files("converters.exporters.jekyll", self._options.workflow)
        yield from self.library(lookup, log)
        pattern = self._planner.patterns["posts"]
        for old in LegacyUrls(lookup, self.feed_file(lookup.site), writer.front, pattern).led_on():
            if self._planner.claim(old):
                yield legacy_urls.redirect_page(old, writer.front)
        yield from self.server_redirects(
            lookup, log, posts=writer.front, pattern=pattern, lists=writer.lists, whole=True
        )


def threaded(comments: Iterable[Comment]) -> Iterator[tuple[Comment, int]]:
    """(comment, depth) in the order of reading, since Liquid cannot put a thread together.

    Answers come below what they answer, whatever the depth; those in a circle are at the end.
    """
    every = list(comments)
    known = {comment.id for comment in every}
    answers: dict[str, list[Comment]] = {}
    for comment in every:
        answers.setdefault(comment.parent if comment.parent in known else "", []).append(comment)
    waiting = [(comment, 0) for comment in reversed(answers.pop("", []))]
    left = iter(every)
    shown: set[int] = set()
    while True:
        while waiting:
            comment, depth = waiting.pop()
            if id(comment) not in shown:
                shown.add(id(comment))
                yield comment, depth
                waiting.extend((answer, depth + 1) for answer in reversed(answers.pop(comment.id, [])))
        following = next((comment for comment in left if id(comment) not in shown), None)
        if following is None:
            return
        waiting.append((following, 0))
