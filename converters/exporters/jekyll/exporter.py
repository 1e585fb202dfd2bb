"""The Jekyll exporter: one file an item, and a site around them that builds at once. https://jekyllrb.com"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree

from converters.errors import UsageError
from converters.exporters.base import Target
from converters.exporters.jekyll import idioms, legacy_urls, liquid, names, never, terms
from converters.exporters.jekyll.keys import KEYS
from converters.exporters.jekyll.paths import JekyllPlanner
from converters.exporters.jekyll.site import JekyllSiteWriter
from converters.exporters.site.exporter import EVERY_PART, SiteExporter, comment_values
from converters.model import Comment, HtmlBody, Place, Post
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
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

    def planner(self, lookup: SiteLookup) -> JekyllPlanner:
        return JekyllPlanner(lookup, keep_permalinks=self._options.permalinks == "keep")

    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        self._planner = self.planner(lookup)
        yield from self._planner.plan()
        self._folders = {"_drafts", legacy_urls.FOLDER, terms.FOLDER, *(f"_{name}" for name in self._planner.patterns)}

    def refuses(self, path: str, *, brought: bool) -> str:
        return never.refuses(path, self._folders, brought=brought)

    def runs(self, head: bytes) -> bool:
        return never.runs(head)

    def reader(self) -> JekyllReader:
        from converters.exporters.jekyll.render_back import JekyllReader  # wanted by few runs

        return JekyllReader()

    def body(self, post: Post, log: Log) -> str:
        return super().body(post, log) if isinstance(post.body, HtmlBody) else liquid.finish(post.body.text, log)

    def markdown(self, root: etree._Element, log: Log) -> str:
        liquid.shield(root)
        idioms.apply(root, log)
        return liquid.finish(super().markdown(root, log), log)

    def former(self, post: Post, place: Place, lookup: SiteLookup) -> list[str]:
        return legacy_urls.former(post, place, lookup)

    def comments_path(self, id: str) -> str:
        return f"_data/comments/{_NO_WORD.sub('-', id)}.yml"

    def comment_rows(self, comments: tuple[Comment, ...]) -> Iterable[dict[str, Any]]:
        for comment, depth in threaded(comments):
            yield comment_values(comment) | ({"depth": depth} if depth else {})

    def redirect_pages(self, post: Post, place: Place, former: list[str]) -> Iterable[OutFile]:
        return legacy_urls.files(former, post, place)

    def finish(self, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart | OutJoin]:
        assert self._planner is not None, "a site is planned before it is finished"
        if self._planner.ahead and not self._planner.future and lookup.site.settings is None:
            log("date.ahead", ", ".join(self._planner.ahead))
        writer = JekyllSiteWriter(lookup, self._planner)
        yield from writer.files(log)
        yield from self.library(lookup, log)
        pattern = self._planner.patterns["posts"]
        yield from self.server_redirects(lookup, log, posts=writer.front, pattern=pattern, whole=True)


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
