"""What all exporters of static site generators do: a Markdown file an item, comments as data, legacy URLs for servers.

A generator of its own says in a subclass how its files and URLs are planned, what its keys are, and what semantic HTML
becomes in its idiom; everything else has a default.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from lxml import etree
from msgspec.structs import asdict

from converters import urls
from converters.exporters.base import Exporter, note_comments, place_of
from converters.exporters.site import redirects
from converters.exporters.site.planner import Planner
from converters.exporters.site.redirects.legacy_urls import LegacyUrls, former_paths
from converters.exporters.site.taxonomies import PLAIN, Taxonomies
from converters.frontmatter import write
from converters.frontmatter.keys import COMMON, Keys
from converters.model import Author, Comment, HtmlBody, Place, Post, Site
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import MarkdownEngine, SiteLookup, find
from converters.rules.front_matter import chosen


class SiteExporter(Exporter):
    """Writes a site of Markdown files with front matter."""

    keys: ClassVar[Keys] = COMMON
    taxonomies: ClassVar[Taxonomies] = PLAIN

    def __init__(self, options: WriteOptions) -> None:
        super().__init__(options)
        self._engine: MarkdownEngine = find("markdown", options.markdown_engine)()

    @abstractmethod
    def planner(self, lookup: SiteLookup) -> Planner:
        """Decides where everything goes."""

    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        return self.planner(lookup).plan()

    def render(self, post: Post, lookup: SiteLookup, log: Log) -> Iterator[OutFile]:
        place = place_of(post, lookup)
        for name in post.extra:
            log("field.skipped", name)
        note_comments(post, self._options, log)
        former = self.former(post, place, lookup)
        taxonomies = self.taxonomies.of(lookup.site, (term.taxonomy for term in post.terms))
        values = self.keys.front_matter(post, place, lookup, former=former, taxonomies=taxonomies, log=log)
        body, values, beside = self.with_files(post, place, lookup, self.body(post, log), values)
        yield from beside
        values = chosen(values, self._options.front_matter_rules, post, log)
        head = write.dumps(values, self._options.front_matter)
        yield OutFile(place.path, (head + ("\n" + body if body else "")).encode())
        if post.comments and self._options.comments == "data":
            yield OutFile(self.comments_path(post.id), data_list(self.comment_rows(post.comments)).encode())
        yield from self.redirect_pages(post, place, former)

    def body(self, post: Post, log: Log) -> str:
        """The text below the front matter."""
        return self.markdown(post.body.root, log) if isinstance(post.body, HtmlBody) else post.body.text

    def markdown(self, root: etree._Element, log: Log) -> str:
        """The tree in the target's Markdown."""
        return self._engine.render(root, dialect=self.target.dialect, log=log)

    def former(self, post: Post, place: Place, lookup: SiteLookup) -> list[str]:
        """Paths that lead to the post, as the target writes them."""
        return former_paths(post, place, lookup)

    def with_files(
        self, post: Post, place: Place, lookup: SiteLookup, body: str, values: dict[str, Any]
    ) -> tuple[str, dict[str, Any], Iterable[OutFile]]:
        """(text, front matter, files beside the post's own), where a target puts images beside posts."""
        return body, values, ()

    def comments_path(self, id: str) -> str:
        """The data file of a post's comments."""
        return f"data/comments/{id}.yaml"

    def comment_rows(self, comments: tuple[Comment, ...]) -> Iterable[dict[str, Any]]:
        return map(comment_values, comments)

    def redirect_pages(self, post: Post, place: Place, former: list[str]) -> Iterable[OutFile]:
        """Pages at former paths, of a target that makes none of front matter."""
        return ()

    def server_redirects(
        self, lookup: SiteLookup, log: Log, *, posts: str, pattern: str, merged: Mapping[str, str], whole: bool = False
    ) -> Iterator[OutFile | OutPart | OutJoin]:
        """Files of the servers that `--redirects` names; the arguments are fields of `LegacyUrls`."""
        if self._options.redirects:
            legacy = LegacyUrls(lookup, self.target.feed_file, posts, pattern, merged, whole)
            names, folder = self._options.redirects, self.target.static_folder or ""
            yield from redirects.files(legacy.rows(), names, root=legacy.root, published=folder, log=log)


def comment_values(comment: Comment) -> dict[str, Any]:
    """A comment as data, fields without a value left out."""
    return _without_empty(asdict(comment))


def author_values(author: Author) -> dict[str, str]:
    """What is known of an author, for layouts."""
    return _without_empty({"name": author.name, "url": author.url, "bio": author.bio})


def icon_url(site: Site) -> str:
    """The path of the site's icon; the whole URL of one elsewhere."""
    own = urls.own(site.icon, urls.host_of(site.base_url)) if site.icon else None
    return own.path if own else site.icon


def data_list(rows: Iterable[Mapping[str, Any]]) -> str:
    """A data file that is a list of maps, in YAML; written row by row."""
    return "".join(write.yaml([row]) for row in rows)


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
