"""The Hugo exporter: one file an item, and a site around them that builds at once. https://gohugo.io"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree

from converters import urls
from converters.exporters.hugo import authors, idioms, inline_shortcodes, names, never, template_marks
from converters.exporters.hugo.bundles import Bundle
from converters.exporters.hugo.front_matter import front_matter, in_order
from converters.exporters.hugo.kept_settings import TRUSTED
from converters.exporters.hugo.languages import Languages, translation_key
from converters.exporters.hugo.languages import aliases as language_aliases
from converters.exporters.hugo.permalinks import writable
from converters.exporters.hugo.plan import FIXED, Planner
from converters.exporters.hugo.site import SiteWriter
from converters.exporters.hugo.terms import TermPages
from converters.exporters.site import redirects
from converters.exporters.site.redirects.former import Former
from converters.frontmatter import write, yaml
from converters.model import Comment, HtmlBody, MarkdownBody, Place, Post, Site
from converters.model.limits import DEFAULT
from converters.model.notices import Log, Notice
from converters.model.options import WriteOptions
from converters.never import obeyed
from converters.old_site.permalinks import old_path
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import MarkdownEngine, SiteLookup, find
from converters.rules.front_matter import chosen

if TYPE_CHECKING:
    from converters.verify.check import Back


class HugoExporter:
    """Made once a process. `plan` and `finish` run in the process that began the run, `render` in any."""

    static_folder = "static"
    feed_file = "index.xml"

    keeps_homes = True
    """The files of a source that is a Hugo site are written at their own paths, by `finish`."""
    takes_markdown = True
    """Texts that are Markdown for Hugo already are written as they are."""

    def __init__(self, options: WriteOptions) -> None:
        self._options = options
        self._engine: MarkdownEngine = find("markdown", options.markdown_engine)()
        self._patterns: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._closed: list[str] = []
        """Sections that get no list page."""
        self._languages: Languages | None = None
        self._kept = False

    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        planner = Planner(lookup, keep_permalinks=self._options.permalinks == "keep", bundles=self._options.bundles)
        yield from planner.plan()
        self._patterns = planner.patterns
        self._lists = _list_addresses(planner, lookup)
        self._closed = [key for key in _closed_sections(lookup.site) if not planner.is_page(key)]
        self._kept = lookup.site.settings is not None

    def refuses(self, path: str, *, brought: bool) -> str:
        """Why nothing of the planned site's source may be written there; empty when it may."""
        if self._kept:
            return never.refuses_kept(path, TRUSTED if self._options.trust_source else frozenset())
        return never.refuses(path, brought=brought)

    def render(self, post: Post, lookup: SiteLookup, log: Log) -> Iterable[OutFile]:
        place = lookup.place(post.id)
        assert place is not None, "the plan has a place for everything that is carried"
        if post.front is not None and isinstance(post.body, MarkdownBody):
            front = chosen(post.front, self._options.front_matter_rules, post, log)
            text = post.body.text if self._options.trust_source else inline_shortcodes.escaped(post.body.text, log)
            yield OutFile(place.path, _as_it_was(front, text, self._options.front_matter).encode())
            return
        languages = self._languages = self._languages or Languages(lookup.site)
        aliases = language_aliases(_aliases(post, place, lookup), post, place, languages)
        for name in post.extra:
            log("field.skipped", name)
        if post.comments and self._options.comments == "none":
            log("comments.held", str(len(post.comments)), where="--comments none")
        key = translation_key(post, place, lookup, languages)
        values = front_matter(post, place, lookup.site, aliases, translation_key=key, log=log)
        body = self._body(post, log)
        if self._options.bundles:
            bundle = Bundle(post, place, lookup, static=self.static_folder, mark=languages.mark(post.language))
            body, values = bundle.text(body), bundle.front(values)
            yield from bundle.files()
        values = chosen(values, self._options.front_matter_rules, post, log)
        head = write.dumps(values, self._options.front_matter)
        yield OutFile(place.path, (head + ("\n" + body if body else "")).encode())
        if post.comments and self._options.comments == "data":
            yield OutFile(f"data/comments/{post.id}.yaml", _comments(post.comments).encode())

    def render_back(self, files: Sequence[OutFile | OutPart], place: Place) -> Back | None:
        """What the files of a post say, read without any step of the writing."""
        from converters.exporters.hugo.render_back import render_back

        return render_back(files, place, self.static_folder)

    def terms_back(
        self, values: Mapping[str, Any], site: Site, taxonomies: Iterable[str]
    ) -> Mapping[str, tuple[str, ...]]:
        """What front matter says of the taxonomies of the site and of a post."""
        from converters.exporters.hugo.render_back import terms_back

        return terms_back(values, site, taxonomies)

    def tree_back(self, text: str) -> etree._Element:
        """The tree of a text for Hugo."""
        from converters.exporters.hugo.render_back import tree_back

        return tree_back(text)

    def _body(self, post: Post, log: Log) -> str:
        if not isinstance(post.body, HtmlBody):
            return post.body.text
        root = post.body.root
        template_marks.shield(root, log)

        def phrases(element: etree._Element) -> str:
            return self._engine.render(element, dialect="goldmark", log=log)

        idioms.apply(root, phrases, log)
        return template_marks.finish(self._engine.render(root, dialect="goldmark", log=log))

    def finish(self, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart | OutJoin]:
        lists = {key: url for key, url in self._lists.items() if key not in self._closed}
        bundles, trusted = self._options.bundles, self._options.trust_source
        yield from SiteWriter(lookup, self._patterns, lists, bundles=bundles, trusted=trusted).files(log)
        marks = {Languages(lookup.site).mark(language.code) for language in lookup.site.languages} | {""}
        for key in self._closed:
            yield from (OutFile(f"content/{key}/_index{mark}.md", _NO_LIST) for mark in sorted(marks))
        if self._options.redirects:
            posts, pattern = self._lists.get("posts", ""), self._patterns.get("posts", "")
            former = Former(lookup, self.feed_file, posts, pattern, TermPages(lookup).merged())
            names, published = self._options.redirects, self.static_folder
            yield from redirects.files(former.rows(), names, root=former.root, published=published, log=log)


def _as_it_was(front: dict[str, Any], text: str, format: str) -> str:
    """A file of a Hugo source: front matter put in order, and its text byte for byte."""
    if not front and text.lstrip("\ufeff \t\r\n")[:1] not in ("-", "+", "{", "#"):
        return text
    return write.dumps(in_order(front), format) + text


def _aliases(post: Post, place: Place, lookup: SiteLookup) -> list[str]:
    """Former addresses that no other item has, and the old one where Hugo could not write it as it was."""
    root = urls.root_of(lookup.site.base_url)
    free = (path for path in dict.fromkeys(post.former) if lookup.address(urls.key(path)) in (None, place.url))
    found = [path[len(root) :] if path.startswith(f"{root}/") else path for path in free]
    old = old_path(post.permalink, lookup.site)
    if old and place.url and urls.key(old) != urls.key(place.url) and lookup.address(urls.key(root + old)) == place.url:
        found.append(old)
    taken = {place.url and urls.key(place.url), *FIXED}
    others = (path for path in dict.fromkeys(found) if urls.key(path) not in taken)
    fitting = (path for path in others if len(path.encode()) <= DEFAULT.path_bytes)
    return [path for path in fitting if all(_is_name(part) for part in path.strip("/").split("/"))]


def _is_name(part: str) -> bool:
    """Can a folder be called that? An alias is a folder."""
    return (
        bool(part.strip("."))
        and part.isprintable()
        and "\\" not in part
        and len(part.encode()) <= DEFAULT.file_name_bytes
        and not obeyed(part, folder=True)
    )


_NO_LIST = b"---\ndraft: true\n---\n"
"""The page of a section of which nothing was public: Hugo makes a list of every other folder of content."""


def _closed_sections(site: Site) -> list[str]:
    opened = {names.section(kind) for kind in site.kinds if kind not in site.closed_kinds}
    found = dict.fromkeys(names.section(kind) for kind in site.closed_kinds)
    return [key for key in found if key not in opened]


def _list_addresses(planner: Planner, lookup: SiteLookup) -> dict[str, str]:
    """Where the lists of sections and taxonomies stand: where they stood in WordPress, unless an item stands there."""
    site = lookup.site
    found = {}
    for key in dict.fromkeys(names.section(kind) for kind in site.kinds if kind != "page"):
        pattern = planner.patterns.get(key, "")
        before = pattern.removesuffix(":slug/") if pattern.count(":") == 1 and pattern != "/:slug/" else f"/{key}/"
        found[key] = planner.list_address(key, before, f"/{key}/", f"/{key}-list/")
    for key, base in {"categories": "category", "tags": "tag"}.items():
        found[key] = planner.list_address(key, f"/{base}/", f"/{key}/", f"/{key}-list/")
    for base, key in authors.taxonomy(site).items():
        found[key] = planner.list_address(key, f"/{base}/", f"/{key}/", f"/{key}-list/")
    keys = {term.taxonomy: names.taxonomy(term.taxonomy, site) for term in site.terms}
    for name, key in sorted(keys.items(), key=lambda pair: pair[0] != pair[1]):  # addresses that need no change first
        if key not in found:
            found[key] = planner.list_address(key, writable(f"/{name}/"), f"/{key}/", f"/{key}-list/")
    return found


def _comments(comments: tuple[Comment, ...]) -> str:
    """A data file: one list of comments in the order of the source."""
    rows = [
        {name: value for name in comment.__struct_fields__ if (value := getattr(comment, name))} for comment in comments
    ]
    return "".join(_row(row) for row in rows)


def _row(row: dict[str, Any]) -> str:
    lines = yaml.dumps(row).splitlines(keepends=True)
    return "- " + "  ".join(lines)
