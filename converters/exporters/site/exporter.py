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

from converters import new_site, urls
from converters.exporters.base import Exporter, note_comments, place_of
from converters.exporters.site import footnotes, redirects
from converters.exporters.site.media_texts import MediaTexts
from converters.exporters.site.planner import Planner
from converters.exporters.site.redirects.legacy_urls import LegacyUrls, former_paths
from converters.exporters.site.taxonomies import PLAIN, Taxonomies
from converters.frontmatter import write
from converters.frontmatter.keys import COMMON, Keys
from converters.frontmatter.labels import PLAIN as LABELS
from converters.frontmatter.labels import Labels
from converters.model import Author, Comment, HtmlBody, Place, Post, Site
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import MarkdownEngine, SiteLookup, find
from converters.rules.front_matter import chosen

EVERY_PART = frozenset({"comments", "terms", "authors", "media descriptions"})


class SiteExporter(Exporter):
    """Writes a site of Markdown files with front matter."""

    counts = frozenset({"comments"})
    keys: ClassVar[Keys] = COMMON
    taxonomies: ClassVar[Taxonomies] = PLAIN
    labels: ClassVar[Labels] = LABELS
    media_path: ClassVar[str] = "data/media.yaml"
    """The data file of texts of media files."""

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
        values = self.keys.front_matter(
            post, place, lookup, former=former, taxonomies=taxonomies, labels=self.labels, log=log
        )
        body, values, beside = self.with_files(post, place, lookup, self.body(post, log), values)
        yield from beside
        values = chosen(values, self._options.front_matter_rules, post, log)
        head = write.dumps(values, self._options.front_matter)
        yield OutFile(place.path, (head + ("\n" + body if body else "")).encode())
        if post.comments and self._options.comments == "data":
            yield self._comments(post.id, post.comments)
        yield from self.redirect_pages(post, place, former)

    def _comments(self, id: str, comments: tuple[Comment, ...]) -> OutFile:
        rows = list(self.comment_rows(comments))
        return OutFile(self.comments_path(id), data_list(rows).encode(), holds={"comments": len(rows)})

    def library(self, lookup: SiteLookup, log: Log) -> Iterator[OutFile]:
        """What readers saw on the pages of media files, which the new site has not: a data file of descriptions, and
        the comments of each. Also notes what links have lost."""
        counted = lookup.site.counted
        if links := counted.get("link attributes"):
            log("link.attributes", str(links))
        if counted.get("media descriptions") or counted.get("media comments"):
            texts = MediaTexts(lookup, log, comments=self._options.comments == "data")
            for id, comments in texts.comments():
                yield self._comments(id, comments)
            if texts.rows:
                holds = {"media descriptions": len(texts.rows)}
                yield OutFile(self.media_path, write.yaml(texts.rows).encode(), own=True, holds=holds)
            texts.note()

    def body(self, post: Post, log: Log) -> str:
        """The text below the front matter."""
        return self.markdown(post.body.root, log) if isinstance(post.body, HtmlBody) else post.body.text

    def markdown(self, root: etree._Element, log: Log) -> str:
        """The tree in the target's Markdown."""
        notes = footnotes.take(root) if self.target.footnotes else ()
        text = self._engine.render(root, dialect=self.target.dialect, log=log)
        if not notes:
            return text
        return f"{text}\n{footnotes.definitions(notes, lambda note: self._note(note, log))}\n"

    def _note(self, note: etree._Element, log: Log) -> str:
        note.tag, note.tail = "div", None
        note.attrib.clear()
        return self._engine.render(note, dialect=self.target.dialect, log=log)

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
        self,
        lookup: SiteLookup,
        log: Log,
        *,
        posts: str,
        pattern: str,
        lists: Iterable[str] = (),
        whole: bool = False,
    ) -> Iterator[OutFile | OutPart | OutJoin]:
        """Files of the servers that `--redirects` names; the arguments are fields of `LegacyUrls`."""
        if self._options.redirects:
            legacy = LegacyUrls(lookup, self.feed_file(lookup.site), posts, pattern, tuple(lists), whole)
            names, folder = self._options.redirects, self.target.static_folder or ""
            if new_site.is_moved(lookup.site):  # they are for the old place, which is not below the new site
                folder = "redirects"
            paths = redirects.SitePaths(legacy.root, new_site.root_of(lookup.site), folder, not lookup.site.feed_file)
            yield from redirects.files(legacy.rows(), names, paths, log)


def comment_values(comment: Comment) -> dict[str, Any]:
    """A comment as data, fields without a value left out."""
    return _without_empty(asdict(comment))


def author_values(author: Author) -> dict[str, str]:
    """What is known of an author, for layouts."""
    return _without_empty({"name": author.name, "url": author.url, "bio": author.bio})


def icon_url(site: Site) -> str:
    """The path of the site's icon; the whole URL of one elsewhere."""
    own = urls.own(site.icon, urls.host_of(site.base_url)) if site.icon else None
    return new_site.moved(own.path, site) if own else site.icon


def data_list(rows: Iterable[Mapping[str, Any]]) -> str:
    """A data file that is a list of maps, in YAML; written row by row."""
    return "".join(write.yaml([row]) for row in rows)


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
