"""The Jekyll exporter: one file an item, and a site around them that builds at once. https://jekyllrb.com"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from converters.errors import UsageError
from converters.exporters.jekyll import comments, idioms, liquid, moved, never, terms
from converters.exporters.jekyll.front_matter import front_matter
from converters.exporters.jekyll.plan import Planner
from converters.exporters.jekyll.site import SiteWriter
from converters.exporters.site import redirects
from converters.exporters.site.redirects.former import Former
from converters.frontmatter import write
from converters.model import HtmlBody, Place, Post, Site
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import MarkdownEngine, SiteLookup, find
from converters.rules.front_matter import chosen

if TYPE_CHECKING:
    from lxml import etree

    from converters.verify.check import Back


class JekyllExporter:
    """Made once a process. `plan` and `finish` run in the process that began the run, `render` in any."""

    static_folder = ""
    feed_file = terms.FEED

    def __init__(self, options: WriteOptions) -> None:
        """Raises UsageError for front matter that Jekyll cannot read."""
        if options.front_matter != "yaml":
            raise UsageError("Jekyll reads front matter as YAML only. Leave --front-matter out.")
        self._options = options
        self._engine: MarkdownEngine = find("markdown", options.markdown_engine)()
        self._planner: Planner | None = None
        self._folders: set[str] = set()

    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        self._planner = Planner(lookup, keep_permalinks=self._options.permalinks == "keep")
        yield from self._planner.plan()
        self._folders = {"_drafts", moved.FOLDER, terms.FOLDER, *(f"_{name}" for name in self._planner.patterns)}

    def refuses(self, path: str, *, brought: bool) -> str:
        """Why nothing of the planned site's source may be written there; empty when it may."""
        return never.refuses(path, self._folders, brought=brought)

    def runs(self, head: bytes) -> bool:
        """Would Jekyll run a file that begins so?"""
        return never.runs(head)

    def render(self, post: Post, lookup: SiteLookup, log: Log) -> Iterable[OutFile]:
        place = lookup.place(post.id)
        assert place is not None, "the plan has a place for everything that is carried"
        former = moved.former(post, place, lookup)
        for name in post.extra:
            log("field.skipped", name)
        if post.comments and self._options.comments == "none":
            log("comments.held", str(len(post.comments)), where="--comments none")
        values = front_matter(post, place, lookup, former)
        head = write.dumps(chosen(values, self._options.front_matter_rules, post, log))
        body = self._body(post, log)
        yield OutFile(place.path, (head + ("\n" + body if body else "")).encode())
        if post.comments and self._options.comments == "data":
            yield comments.file(post.id, post.comments)
        yield from moved.files(former, post, place)

    def render_back(self, files: Sequence[OutFile | OutPart], place: Place) -> Back | None:
        """What the files of a post say, read without any step of the writing."""
        from converters.exporters.jekyll.render_back import render_back

        return render_back(files, place)

    def terms_back(
        self, values: Mapping[str, Any], site: Site, taxonomies: Iterable[str]
    ) -> Mapping[str, tuple[str, ...]]:
        """What front matter says of the taxonomies of the site and of a post."""
        from converters.exporters.jekyll.render_back import terms_back

        return terms_back(values, site, taxonomies)

    def tree_back(self, text: str) -> etree._Element:
        """The tree of a text for Jekyll."""
        from converters.exporters.jekyll.render_back import tree_back

        return tree_back(text)

    def _body(self, post: Post, log: Log) -> str:
        if not isinstance(post.body, HtmlBody):
            return liquid.finish(post.body.text, log)
        root = post.body.root
        liquid.shield(root)
        idioms.apply(root, log)
        return liquid.finish(self._engine.render(root, dialect="kramdown", log=log), log)

    def finish(self, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart | OutJoin]:
        assert self._planner is not None, "a site is planned before it is finished"
        writer = SiteWriter(lookup, self._planner)
        yield from writer.files(log)
        if self._options.redirects:
            former = Former(lookup, self.feed_file, writer.front, self._planner.patterns["posts"], whole=True)
            names, published = self._options.redirects, self.static_folder
            yield from redirects.files(former.rows(), names, root=former.root, published=published, log=log)
