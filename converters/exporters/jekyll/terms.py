"""The lists of the old site at their old addresses: categories, tags, other terms, authors; a collection, `_terms`.

Jekyll makes no such pages by itself. Each file says what it lists, and holds the description of a term or what an
author says of themselves; a second one makes the feed of the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from converters.exporters.jekyll import liquid, names
from converters.exporters.jekyll.legacy_urls import feed_page, redirect_page
from converters.exporters.jekyll.paths import JekyllPlanner, file_path, writable
from converters.exporters.site.subterms import SubTerms
from converters.frontmatter import write
from converters.frontmatter.labels import PLAIN as LABELS
from converters.html import tree
from converters.model import PUBLIC, Author, Listing, Site, Term
from converters.model.notices import Log
from converters.old_site.archives import Archives, feed_path, further
from converters.old_site.languages import Languages
from converters.old_site.permalinks import unobeyed
from converters.output import OutFile
from converters.plugin import SiteLookup

FOLDER = "_terms"
FEED = "feed.xml"
"""What the feed of a list is called, behind the list's address, where the source does not say; that of the front page,
too."""


def feed_file(site: Site) -> str:
    """What the feeds of a site are called: as the old ones, where those were files."""
    return site.feed_file or FEED


class Terms:
    """The lists of one site and where they stand."""

    def __init__(self, lookup: SiteLookup, planner: JekyllPlanner) -> None:
        site = lookup.site
        self._site, self._languages, self._archives = site, Languages(site), Archives(site)
        self._folders = {"", *(self._languages.folder(language.code) for language in site.languages)}
        self._below, self._feed, self._lookup = SubTerms(site, LABELS), feed_file(site), lookup
        self._pages: dict[str, Term] = {}
        self._items: dict[str, Term] = {}
        """URL of an item that is the list of a term -> the term"""
        self._lists: dict[str, Listing] = {}
        """URL -> a list that the source told of: of all terms of a taxonomy, of a section"""
        self._authors: dict[str, Author] = {}
        for term in site.terms:
            address = self._address(term)
            place = lookup.place(term.page) if term.page else None
            if place is not None and place.url:
                self._items[place.url] = term
            elif site.settings is not None and not term.link:
                continue  # the old site made no such page
            elif term.slug and planner.claim(address):
                self._pages[address] = term
        for row in site.lists:
            told = row.link and not row.page and (row.taxonomy or row.kind)
            if told and planner.claim(address := writable(row.link)):
                self._lists[address] = row
        for author in site.authors:
            for address in map(writable, self._archives.author_paths(author)):
                if not address.endswith("/author/") and planner.claim(address):
                    self._authors[address] = author
        self._moved = dict(self._former(planner))
        """former address -> that of the list"""
        self._feeds = dict(self._old_feeds(planner))
        """former address of a feed -> the new one"""

    def _former(self, planner: JekyllPlanner) -> Iterator[tuple[str, str]]:
        for link, old in further(self._site):
            if planner.claim(former := writable(old)):
                yield former, writable(link)
        for address, term in self._pages.items():
            for other in self._archives.other_term_paths(term) if term.parent else ():
                if planner.claim(former := writable(unobeyed(other))):
                    yield former, address

    def _old_feeds(self, planner: JekyllPlanner) -> Iterator[tuple[str, str]]:
        listed = {*self._pages, *self._authors, *(f"{folder}/" for folder in self._folders)}
        for old, archive in self._archives.former():
            if archive.feed and old.endswith("/feed/"):
                address = writable(unobeyed(archive.path))
                if address in listed and planner.claim(former := writable(unobeyed(old))):
                    yield former, feed_path(address, self._feed)

    def files(self, log: Log) -> Iterator[OutFile]:
        for address, term in self._pages.items():
            head: dict[str, Any] = {
                "title": term.title or term.name,
                "taxonomy": self._key(term),
                "term": self._label(term),
            }
            if below := self._below.of(term):
                head["subterms"] = below
            head |= {"params": term.meta} if term.meta else {}
            yield from self._list(address, head | self._lang(term.language), term.description, log)
        for address, row in self._lists.items():
            yield from self._list(address, self._told(row), "", log)
        yield from self._feeds_of_items()
        for address, author in self._authors.items():
            head = {"title": author.name, "writer": LABELS.author(author.login, self._site)}
            yield from self._list(address, head, author.bio, log)
        for former, address in self._moved.items():
            yield redirect_page(former, address)
        for former, address in self._feeds.items():
            yield feed_page(former, address)

    def _told(self, row: Listing) -> dict[str, Any]:
        """What a list that the source told of says of itself."""
        head: dict[str, Any] = {"title": row.title}
        if row.kind:
            head |= {"lists": names.collection(row.kind), **({"inner": True} if row.inner else {})}
        elif row.term:
            head |= {"taxonomy": names.TAXONOMIES.key(row.taxonomy, self._site), "term": row.term}
        elif row.taxonomy:
            head["terms_of"] = names.TAXONOMIES.key(row.taxonomy, self._site)
        return head | self._lang(row.language)

    def _feeds_of_items(self) -> Iterator[OutFile]:
        """The feeds of lists that are pages of their own."""
        terms = (
            Listing(term.link, term.title or term.name, taxonomy=term.taxonomy, term=self._label(term), page=term.page)
            for term in self._items.values()
        )
        for row in (*self._site.lists, *terms):
            place, entry = self._lookup.place(row.page), self._lookup.entry(row.page)
            told = row.page and (row.kind or row.taxonomy)
            if told and place is not None and place.url and entry is not None and entry.status in PUBLIC:
                yield self._feed_of(place.url, self._told(row) | self._lang(entry.language))

    @property
    def count(self) -> int:
        """Terms that have a page."""
        return len(self._pages) + len(self._items)

    def data(self) -> dict[str, Any]:
        """taxonomy -> label -> address, for layouts; below its language where there are several."""
        return self._by_label((term, address) for address, term in (self._pages | self._items).items())

    def term_names(self) -> dict[str, Any]:
        """taxonomy -> label -> name, in the same way, of terms that have another label than their name."""
        return self._by_label((term, term.name) for term in self._pages.values() if self._label(term) != term.name)

    def author_names(self) -> dict[str, str]:
        """label -> name, of authors that have another label."""
        authors = ((LABELS.author(author.login, self._site), author.name) for author in self._site.authors)
        return {label: name for label, name in authors if label != name}

    def _by_label(self, values: Iterable[tuple[Term, str]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for term, value in values:
            box = found.setdefault(self._languages.of(term.language), {}) if self._languages.default else found
            box.setdefault(self._key(term), {}).setdefault(self._label(term), value)
        return found

    def _key(self, term: Term) -> str:
        return names.TAXONOMIES.key(term.taxonomy, self._site)

    def _label(self, term: Term) -> str:
        return LABELS.term(term, self._site)

    def _lang(self, language: str) -> dict[str, str]:
        return {"lang": self._languages.of(language)} if self._languages.default else {}

    def _address(self, term: Term) -> str:
        return writable(unobeyed(self._archives.term_path(term)))

    def _list(self, address: str, head: dict[str, Any], description: str, log: Log) -> Iterator[OutFile]:
        """The page of a list and its feed. Descriptions are HTML."""
        text = tree.inner_html(tree.parse(description)).strip() if description else ""
        body = f"\n{liquid.finish(text, log)}\n" if text else ""
        page = head | {"permalink": address, "feed": feed_path(address, self._feed)}
        yield OutFile(f"{FOLDER}/{file_path(address)}.html", (write.dumps(page) + body).encode())
        yield self._feed_of(address, head)

    def _feed_of(self, address: str, head: dict[str, Any]) -> OutFile:
        page = head | {"permalink": feed_path(address, self._feed), "layout": "feed", "home": address}
        return OutFile(f"{FOLDER}/{file_path(address)}.xml", write.dumps(page).encode())
