"""Everything in a Jekyll site that is not of one item: configuration, data, lists, term pages, start layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from converters import urls
from converters.exporters.jekyll import names
from converters.exporters.jekyll import terms as terms_pages
from converters.exporters.jekyll.idioms import MORE
from converters.exporters.jekyll.menus import menu_data
from converters.exporters.jekyll.paths import USUAL, JekyllPlanner, file_path, writable
from converters.exporters.jekyll.terms import Terms
from converters.exporters.site.assets import stylesheet, templates
from converters.exporters.site.exporter import author_values, data_list, icon_url
from converters.exporters.site.words import words
from converters.frontmatter import write
from converters.frontmatter.labels import PLAIN as LABELS
from converters.model import Role
from converters.model.notices import Log
from converters.old_site.languages import Languages
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

_NO_GUESSES = {"optional_front_matter": {"enabled": False}, "readme_index": {"enabled": False}}
"""Two plug-ins of GitHub Pages make pages of files in Markdown that have no front matter, and run Liquid on them."""
_MARKDOWN = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")


class JekyllSiteWriter:
    """Writes the files of one site."""

    def __init__(self, lookup: SiteLookup, planner: JekyllPlanner) -> None:
        self._lookup, self._site, self._planner = lookup, lookup.site, planner
        self._languages = Languages(lookup.site)
        self.front = ""
        """Where the list of posts stands, in the site's first language; known once the files are made."""

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
        for kind, address in lists.items():
            head = {"title": kind, "layout": "archive", "permalink": address, "lists": names.collection(kind)}
            yield OutFile(f"{terms_pages.FOLDER}/list-{names.collection(kind)}.html", write.dumps(head).encode())
        yield from self._section_lists()
        yield from terms.files(log)
        yield from _data("terms", terms.data())
        yield from _data("term_names", terms.term_names())
        yield from _data("author_names", terms.author_names())
        yield from _data("menus", menu_data(self._lookup, lists, log))
        yield from _data("words", {code: found for code in self._codes() if (found := words(code))})
        yield from _data("authors", {author.login: author_values(author) for author in self._site.authors})
        for path, data in starter_theme():
            yield OutFile(path, data, own=True)

    def _codes(self) -> list[str]:
        """The languages of the site's pages, as their layouts know them."""
        return [self._site.language, *(language.code for language in self._site.languages)]

    def _config(self) -> dict[str, Any]:
        site = self._site
        root = urls.root_of(site.base_url)
        values = {
            "title": site.title,
            "description": site.description,
            "url": site.base_url.removesuffix(root) if root else site.base_url,
            "baseurl": root,
            "lang": site.language or "en",
            "languages": {language.code: language.name for language in site.languages},
            "icon": icon_url(self._site),
            "timezone": site.time_zone,
            "future": self._planner.future or "",
            "permalink": self._planner.patterns.get("posts", USUAL),
            "include": [".htaccess", "_redirects"],
            "excerpt_separator": MORE,
            "collections": self._collections(),
            "defaults": self._defaults(),
            "kramdown": _KRAMDOWN,
            **(_NO_GUESSES if self._brings_markdown() else {}),
        }
        return {key: value for key, value in values.items() if value not in ("", {})}

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
        return own | {"terms": {"output": True}, "moved": {"output": True}}

    def _defaults(self) -> list[dict[str, Any]]:
        """The layout of each type of file (https://jekyllrb.com/docs/configuration/front-matter-defaults/)."""
        own = [name for name in sorted(self._planner.patterns) if name != "posts"]
        layouts = {"pages": "page", "posts": "post", "drafts": "post", **dict.fromkeys(own, "post")}
        layouts |= {"terms": "archive", "moved": "redirect"}
        return [{"scope": {"path": "", "type": type}, "values": {"layout": layout}} for type, layout in layouts.items()]

    def _homes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(file, front matter) of the front page in each language: the list of posts, wherever no page stands there."""
        written = (id for id in self._site.posts_pages if self._lookup.place(id) is not None)
        listing = (self._lookup.entry(id) for id in written)
        done = {self._languages.of(entry.language): entry.id for entry in listing if entry is not None}
        for code in [language.code for language in self._site.languages] or [""]:
            if code in done:
                continue
            folder, mark = self._languages.folder(code), self._languages.mark(code)
            told = {"lang": code} if code else {}
            front = next((way for way in (f"{folder}/", f"{folder}/posts/") if self._planner.claim(way)), "")
            if front:
                name = "posts" if front.endswith("/posts/") else "index"
                path = f"{mark}/{name}.html" if mark else f"{name}.html"
                yield path, {"layout": "home", "title": self._site.title, "permalink": front, **told}

    def _feeds(self) -> Iterator[tuple[str, dict[str, str]]]:
        """(file, front matter) of the feed of all posts, and of those in each language."""
        default = self._languages.default
        found = {"": default if default and not self._languages.folder(default) else ""}
        found |= {self._languages.folder(language.code): language.code for language in self._site.languages}
        for folder, code in found.items():
            address = f"{folder}/{terms_pages.FEED}"
            yield address[1:], {"layout": "feed", "permalink": address, **({"lang": code} if code else {})}

    def _section_lists(self) -> Iterator[OutFile]:
        """The lists that the source told of, but those that an item is the page of."""
        for row in self._site.lists:
            if row.kind and row.link and not row.page and self._planner.claim(url := writable(row.link)):
                head = {"title": row.title, "layout": "archive", "permalink": url, "lists": names.collection(row.kind)}
                head |= {"lang": self._languages.of(row.language)} if self._languages.default else {}
                yield OutFile(f"{terms_pages.FOLDER}/{file_path(url)}.html", write.dumps(head).encode())

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
