"""Everything in a Jekyll site that is not of one item: configuration, data, lists, term pages, start layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from converters import new_site
from converters.exporters.jekyll import names
from converters.exporters.jekyll import terms as terms_pages
from converters.exporters.jekyll.days import zone_of
from converters.exporters.jekyll.legacy_urls import feed_page
from converters.exporters.jekyll.liquid import MORE
from converters.exporters.jekyll.menus import menu_data
from converters.exporters.jekyll.never import STATIC
from converters.exporters.jekyll.paths import UNLISTED, USUAL, JekyllPlanner
from converters.exporters.jekyll.static_files import VERBATIM
from converters.exporters.jekyll.terms import Terms
from converters.exporters.site.assets import stylesheet, templates
from converters.exporters.site.exporter import author_values, data_list, icon_url
from converters.exporters.site.words import words
from converters.frontmatter import write
from converters.frontmatter.labels import PLAIN as LABELS
from converters.model import Role
from converters.model.notices import Log
from converters.old_site.archives import feed_path
from converters.old_site.languages import Languages
from converters.old_site.permalinks import inside
from converters.output import OutFile
from converters.plugin import SiteLookup

_KRAMDOWN = {
    "smart_quotes": ["apos", "apos", "quot", "quot"],
    "typographic_symbols": {
        "hellip": "...",
        "mdash": "---",
        "ndash": "--",
        "laquo": "<<",
        "raquo": ">>",
        "laquo_space": "<< ",
        "raquo_space": " >>",
    },
}
"""Signs stay as they were typed. https://kramdown.gettalong.org/options.html"""

_EXCLUDED = (
    *(".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules"),
    *("vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"),
)
"""What Jekyll excludes by itself: Jekyll 3 does not add it to what a site excludes."""

_NO_GUESSES = {"optional_front_matter": {"enabled": False}, "readme_index": {"enabled": False}}
"""Two plug-ins of GitHub Pages make pages of files in Markdown that have no front matter, and run Liquid on them."""
_MARKDOWN = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")


class StaticRules(NamedTuple):
    """What the configuration has to say of files that come along."""

    collected: bool = False
    """Are some of them items of the collection `_static`?"""
    included: tuple[str, ...] = ()
    """Entries of `include`."""
    excluded: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    """Files that wait with the item that they belong to."""


class JekyllSiteWriter:
    """Writes the files of one site."""

    def __init__(self, lookup: SiteLookup, planner: JekyllPlanner, static: StaticRules) -> None:
        self._lookup, self._site, self._planner, self._static = lookup, lookup.site, planner, static
        self._languages, self._feed = Languages(lookup.site), terms_pages.feed_file(lookup.site)
        self.front = ""
        """Where the list of posts stands, in the site's first language; known once the files are made."""
        self.lists: tuple[str, ...] = ()
        """Where the lists of kinds are; likewise."""

    def files(self, log: Log) -> Iterator[OutFile]:
        pages, lists = list(self._homes()), dict(self._lists())
        own = next((place for id in self._site.posts_pages if (place := self._lookup.place(id)) is not None), None)
        self.front = own.url if own is not None else str(pages[0][1]["permalink"]) if pages else ""
        terms = Terms(self._lookup, self._planner)
        names.TAXONOMIES.note_renamed(self._site, log)
        LABELS.note(self._site, log)
        holds = {"terms": terms.count, "authors": len({author.login for author in self._site.authors})}
        yield OutFile("_config.yml", write.yaml(self._config()).encode(), own=True, holds=holds)
        for path, head in pages:
            yield OutFile(path, write.dumps(head).encode(), own=True)
        for path, head in self._feeds():
            yield OutFile(path, write.dumps(head).encode(), own=True)
        self.lists = tuple(lists.values())
        yield from self._lists_of_kinds(lists)
        yield from terms.files(log)
        yield from _data("terms", terms.data())
        yield from _data("term_names", terms.term_names())
        yield from _data("author_names", terms.author_names())
        yield from _data("menus", menu_data(self._lookup, lists, log))
        yield from _data("words", {code: found for code in self._codes() if (found := words(code))})
        yield from _data("authors", {author.login: author_values(author) for author in self._site.authors})
        for path, data in starter_theme():
            yield OutFile(path, data, own=True)

    def _lists_of_kinds(self, lists: Mapping[str, str]) -> Iterator[OutFile]:
        """The list of each kind, its feed, and where WordPress had that."""
        for kind, address in lists.items():
            name, feed = names.collection(kind), feed_path(address, self._feed)
            head = {"title": kind, "lists": name}
            page = {**head, "layout": "archive", "permalink": address, "feed": feed}
            yield OutFile(f"{terms_pages.FOLDER}/list-{name}.html", write.dumps(page).encode())
            page = {**head, "layout": "feed", "permalink": feed, "home": address}
            yield OutFile(f"{terms_pages.FOLDER}/list-{name}.xml", write.dumps(page).encode())
            if self._planner.claim(former := f"{address}feed/"):
                yield feed_page(former, feed)

    def _codes(self) -> list[str]:
        """The languages of the site's pages, as their layouts know them."""
        return [self._site.language, *(language.code for language in self._site.languages)]

    def _config(self) -> dict[str, Any]:
        site = self._site
        root = new_site.root_of(site)
        values = {
            "title": site.title,
            "description": site.description,
            "url": new_site.url_of(site).removesuffix(root),
            "baseurl": root,
            "base_path": root,  # of the addresses in texts: the starter theme adapts them to another `baseurl`
            "lang": site.language or "en",
            "languages": {language.code: language.name for language in site.languages},
            "icon": inside(icon_url(site), root),
            "timezone": zone_of(site),
            "future": self._planner.future,
            "feed": {"path": self._feed} if self._feed != terms_pages.FEED else {},
            "permalink": self._planner.patterns.get("posts", USUAL),
            "include": [".htaccess", "_redirects", *self._static.included],
            "exclude": [*_EXCLUDED, *self._static.excluded] if self._static.excluded else [],
            "excerpt_separator": MORE,
            "collections": self._collections(),
            "defaults": self._defaults(),
            "kramdown": _KRAMDOWN,
            **(_NO_GUESSES if self._brings_markdown() else {}),
        }
        return {key: value for key, value in values.items() if value not in ("", {}, [])}

    def _brings_markdown(self) -> bool:
        """Does a file in Markdown come along that is no page?"""
        media = (entry for entry in self._lookup.entries() if entry.role is Role.MEDIA)
        named = ((asset.path, asset.url) for entry in media if (asset := self._lookup.asset(entry.id)) is not None)
        return any(name.lower().endswith(_MARKDOWN) for names in named for name in names)

    def _collections(self) -> dict[str, Any]:
        own = {
            name: {"output": True, "permalink": pattern}
            for name, pattern in sorted(self._planner.patterns.items())
            if name != "posts"
        }
        ours = ["terms", "moved", VERBATIM[1:], *([UNLISTED[1:]] if self._planner.has_unlisted else [])]
        static = {STATIC[1:]: {"output": True, "permalink": "/:path"}} if self._static.collected else {}
        return own | {name: {"output": True} for name in ours} | static

    def _defaults(self) -> list[dict[str, Any]]:
        """The layout of each type of file (https://jekyllrb.com/docs/configuration/front-matter-defaults/)."""
        own = [name for name in sorted(self._planner.patterns) if name != "posts"]
        layouts = {"pages": "page", "posts": "post", "drafts": "post", **dict.fromkeys(own, "post")}
        layouts |= {"terms": "archive"}
        layouts |= {"unlisted": "post"} if self._planner.has_unlisted else {}
        found: dict[str, dict[str, Any]] = {type: {"layout": layout} for type, layout in layouts.items()}
        off = {"sitemap": False}  # jekyll-sitemap names what the clock still hides
        found |= {"moved": off, VERBATIM[1:]: off}
        held = [{"scope": {"path": path}, "values": {"published": False}} for path in self._static.held]
        return [{"scope": {"path": "", "type": type}, "values": values} for type, values in found.items()] + held

    def _homes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(file, front matter) of the front page in each language: the list of posts, wherever no page stands there."""
        written = (id for id in self._site.posts_pages if self._lookup.place(id) is not None)
        listing = (self._lookup.entry(id) for id in written)
        listed = {row.link for row in self._site.lists if row.kind}
        done = {self._languages.of(entry.language): entry.id for entry in listing if entry is not None}
        for code in [language.code for language in self._site.languages] or [""]:
            if code in done:
                continue
            folder, mark = self._languages.folder(code), self._languages.mark(code)
            told = {"lang": code} if code else {}
            ways = (way for way in (f"{folder}/", f"{folder}/posts/") if way in listed or self._planner.claim(way))
            front = next(ways, "")
            if front and front not in listed:
                name = "posts" if front.endswith("/posts/") else "index"
                path = f"{mark}/{name}.html" if mark else f"{name}.html"
                yield path, {"layout": "home", "title": self._site.title, "permalink": front, **told}

    def _feeds(self) -> Iterator[tuple[str, dict[str, str]]]:
        """(file, front matter) of the feed of all posts, and of those in each language."""
        default = self._languages.default
        found = {"": default if default and not self._languages.folder(default) else ""}
        found |= {self._languages.folder(language.code): language.code for language in self._site.languages}
        for folder, code in found.items():
            address = f"{folder}/{self._feed}"
            told = {"home": f"{folder}/", "lang": code} if code else {"home": f"{folder}/"}
            yield address[1:], {"layout": "feed", "permalink": address, **told}

    def _lists(self) -> Iterable[tuple[str, str]]:
        """(kind, address) of the list of each kind's items: where WordPress has it, unless an item stands there."""
        told = {row.kind for row in self._site.lists}
        for kind in self._site.kinds:
            if kind in ("page", "post", *self._site.closed_kinds) or kind in told:
                continue
            name = names.collection(kind)
            wanted = filter(None, (self._planner.old_list_url(name), f"/{name}/", f"/{name}-list/"))
            url = next((url for url in wanted if self._planner.claim(url)), "")
            if url:
                yield kind, url


def _data(name: str, values: Any) -> Iterator[OutFile]:
    """A data file; none where there is nothing to say."""
    if isinstance(values, dict) and values:
        yield OutFile(f"_data/{name}.yml", write.yaml(values).encode(), own=True)
    elif values:
        yield OutFile(f"_data/{name}.yml", data_list(values).encode(), own=True)


def starter_theme() -> Iterator[tuple[str, bytes]]:
    """(path in the site, bytes) of layouts and their stylesheet."""
    yield from templates("converters.exporters.jekyll", "starter")
    yield from stylesheet("assets")
