"""The site's own feeds among its files, as a source of dates, authors and categories for the pages they name.

A feed says of its latest posts what the pages of plain sites do not: when and by whom they were written, under which
categories (RSS 2.0: https://www.rssboard.org/rss-specification, Atom: RFC 4287, RSS 1.0, JSON Feed:
https://jsonfeed.org/version/1.1). What a page says itself comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from converters import urls
from converters.importers.html import authors, terms
from converters.importers.html.dates import parse_date
from converters.importers.html.metadata import Metadata
from converters.importers.html.page import FeedFacts
from converters.model import Term

_JSON = b"jsonfeed.org/version"
_LARGEST = 32 * 1024 * 1024
_MOST = 20_000
"""Bytes of a feed that is read, and entries of all feeds."""
_MOST_TERMS = 60
_PUBLISHED = ("published", "pubDate", "issued", "created", "date")
_AUTHORS = ("creator", "author", "contributor")
_SOURCE = "feed"


def is_json_feed(head: bytes) -> bool:
    return _JSON in head[:4096] and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


class SiteFeeds:
    """What the feeds among the files say of pages."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone
        self._entries: list[tuple[str, FeedFacts]] = []

    def learn(self, file: Path) -> None:
        """Read a feed. One that is no feed after all, or too large, says nothing."""
        if file.stat().st_size > _LARGEST:
            return
        data = file.read_bytes()
        found = self._of_json(data) if is_json_feed(data[:4096]) else self._of_xml(data)
        self._entries += islice(found, _MOST - len(self._entries))

    def by_place(self, inside: Callable[[str], str]) -> dict[str, FeedFacts]:
        """Place of a page (as `places.plain`) -> what is said of it. `inside`: address -> place, or nothing."""
        found: dict[str, FeedFacts] = {}
        for link, facts in self._entries:
            if place := inside(link):
                found.setdefault(place, facts)
        return found

    def _of_xml(self, data: bytes) -> Iterator[tuple[str, FeedFacts]]:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            return
        if root is None:
            return
        shared = _people(next((child for child in root if _name(child) == "channel"), root))
        for item in root.iter("{*}item", "{*}entry"):
            if link := _link(item):
                yield link, self._facts(item, shared if _name(item) == "entry" else ())

    def _facts(self, item: etree._Element, shared: tuple[str, ...]) -> FeedFacts:
        said = {_name(child): _text(child) for child in reversed(item)}
        names = (str(child.get("label") or child.get("term") or _text(child)) for child in item if _is_term(child))
        return FeedFacts(
            date=next((date for name in _PUBLISHED if (date := parse_date(said.get(name, ""), self._zone))), None),
            modified=parse_date(said.get("updated", "") or said.get("modified", ""), self._zone),
            authors=_people(item) or shared,
            categories=tuple(dict.fromkeys(islice((name.strip() for name in names if name.strip()), _MOST_TERMS))),
        )

    def _of_json(self, data: bytes) -> Iterator[tuple[str, FeedFacts]]:
        try:
            feed = msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
        items = feed.get("items") if isinstance(feed, dict) else None
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and (link := str(item.get("url") or item.get("id") or "")):
                people = item.get("authors") or [item.get("author")]
                tags = item.get("tags")
                yield (
                    link,
                    FeedFacts(
                        date=parse_date(str(item.get("date_published") or ""), self._zone),
                        modified=parse_date(str(item.get("date_modified") or ""), self._zone),
                        authors=tuple(_named(people)) or tuple(_named(feed.get("authors") or [feed.get("author")])),
                        tags=tuple(str(tag) for tag in tags[:_MOST_TERMS] if tag) if isinstance(tags, list) else (),
                    ),
                )


def completed(meta: Metadata, told: FeedFacts | None) -> Metadata:
    """The facts of a page with those of its feed in the place of what it does not say. An address without a time of day
    gives way to the time of the same day."""
    if told is None:
        return meta
    if told.date is not None and (
        meta.date is None or (meta.date_source == "address" and abs((told.date - meta.date).total_seconds()) < 172_800)
    ):
        meta = meta._replace(date=told.date, date_source=_SOURCE, is_article=True)
    return meta._replace(
        modified=meta.modified or told.modified,
        authors=meta.authors or told.authors,
        terms=meta.terms or tuple(_terms(told)),
    )


def _terms(told: FeedFacts) -> Iterator[Term]:
    for taxonomy, names in (("category", told.categories), ("post_tag", told.tags)):
        yield from (Term(taxonomy, terms.slug(name), name) for name in names)


def _link(item: etree._Element) -> str:
    """The address of the page that an entry is of."""
    links = [child for child in item if _name(child) == "link"]
    for link in links:
        if link.get("href") and str(link.get("rel") or "alternate") == "alternate":
            return str(link.get("href")).strip()
    told = next((_text(link) for link in links if _text(link)), "")
    guid = next((child for child in item if _name(child) == "guid" and child.get("isPermaLink") != "false"), None)
    found = told or (_text(guid) if guid is not None else "")
    found = found or next((str(value) for name, value in item.attrib.items() if str(name).endswith("}about")), "")
    return found if urls.split(found) is not None else ""


def _people(item: etree._Element) -> tuple[str, ...]:
    """Atom has a name within `author`; RSS an address of mail with the name behind it in brackets."""
    found = []
    for child in item:
        if _name(child) in _AUTHORS:
            inner = next((_text(part) for part in child if _name(part) == "name"), "") or _text(child)
            if inner.endswith(")") and "@" in inner.partition("(")[0]:
                inner = inner.partition("(")[2][:-1].strip()
            if authors.is_name(inner):
                found.append(inner)
    return tuple(dict.fromkeys(found[:_MOST_TERMS]))


def _named(people: Any) -> Iterator[str]:
    for person in people if isinstance(people, list) else ():
        name = str(person.get("name") or "") if isinstance(person, dict) else ""
        if authors.is_name(name):
            yield name


def _is_term(element: etree._Element) -> bool:
    return _name(element) in ("category", "subject") and not str(element.get("scheme") or "").endswith("#kind")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]  # a comment's is the function that makes one


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()
