"""The lists of the old site at their old addresses: categories, tags, other terms, authors; a collection, `_terms`.

Jekyll makes no such pages by itself. Each file says what it lists, and holds the description of a term or what an
author says of themselves; a second one makes the feed of the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from converters.exporters.jekyll import liquid, names
from converters.exporters.jekyll.paths import JekyllPlanner, file_path, writable
from converters.frontmatter import write
from converters.html import tree
from converters.model import Author, Site, Term
from converters.model.notices import Log
from converters.old_site.archives import Archives
from converters.old_site.languages import Languages
from converters.old_site.permalinks import unobeyed
from converters.output import OutFile

FOLDER = "_terms"
FEED = "feed.xml"
"""What the feed of a list is called, behind the list's address; that of the front page, too."""


class Terms:
    """The lists of one site and where they stand."""

    def __init__(self, site: Site, planner: JekyllPlanner) -> None:
        self._site, self._languages, self._archives = site, Languages(site), Archives(site)
        self._pages: dict[str, Term] = {}
        self._authors: dict[str, Author] = {}
        for term in site.terms:
            address = self._address(term)
            if term.slug and planner.claim(address):
                self._pages[address] = term
        for author in site.authors:
            for address in map(writable, self._archives.author_paths(author)):
                if not address.endswith("/author/") and planner.claim(address):
                    self._authors[address] = author

    def files(self, log: Log) -> Iterator[OutFile]:
        for address, term in self._pages.items():
            head = {"title": term.name, "taxonomy": names.TAXONOMIES.key(term.taxonomy, self._site), "term": term.name}
            if self._languages.default:
                head["lang"] = self._languages.of(term.language)
            yield from _list(address, head, term.description, log)
        for address, author in self._authors.items():
            yield from _list(address, {"title": author.name, "writer": author.name}, author.bio, log)

    def data(self) -> dict[str, Any]:
        """taxonomy -> name -> address, for layouts; below its language where there are several."""
        found: dict[str, Any] = {}
        for address, term in self._pages.items():
            box = found.setdefault(self._languages.of(term.language), {}) if self._languages.default else found
            box.setdefault(names.TAXONOMIES.key(term.taxonomy, self._site), {}).setdefault(term.name, address)
        return found

    def _address(self, term: Term) -> str:
        return writable(unobeyed(self._archives.term_path(term)))


def _list(address: str, head: dict[str, str], description: str, log: Log) -> Iterator[OutFile]:
    """The page of a list and its feed. Descriptions are HTML."""
    text = tree.inner_html(tree.parse(description)).strip() if description else ""
    body = f"\n{liquid.finish(text, log)}\n" if text else ""
    path, feed = f"{FOLDER}/{file_path(address)}", address + FEED
    page = head | {"permalink": address, "feed": feed}
    yield OutFile(f"{path}.html", (write.dumps(page) + body).encode())
    yield OutFile(f"{path}.xml", write.dumps(head | {"permalink": feed, "layout": "feed"}).encode())
