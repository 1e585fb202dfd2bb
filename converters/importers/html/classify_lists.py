"""Which pages of a site are lists of others: what each lists, held against the pages that are there.

A list is left out when the pages it lists are in the source, and it says nothing else: a target makes its own lists. An
entry is one of a page when the page is called as the entry says; its text is an excerpt when the page, or what the page
says of itself, begins with the same words. What a list shows of pages that are not in the source is lost with it, and
named; where most of them are not there, the list is carried as a page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from converters.importers.html import metadata, page_types, places
from converters.importers.html.lists import ListEntry, Listing

if TYPE_CHECKING:
    from converters.importers.html.classify_pages import Record

LIST = "list page"
_SAYS_MUCH = 8
"""Words outside of entries with which a page is more than a list; on lists of terms, archives and the like, more."""
_DESCRIPTION = 60
_SHOWN = 20


class Verdict(NamedTuple):
    """What a page is."""

    reason: str = ""
    """Why it is left out; empty for one that is converted."""
    lost: tuple[str, ...] = ()
    """Titles of texts that are on this list only."""
    listed: tuple[str, ...] = ()
    """Places of the pages it lists."""


class ListJudge:
    """Judges the pages of one site."""

    def __init__(
        self,
        records: Sequence[Record],
        inside: Callable[[str, str], str],
        files: Collection[str],
        shared: Collection[int],
    ) -> None:
        """`inside`: (URL, path of the page it is in) -> place on the site, empty for elsewhere; `files`: the places of
        all files; `shared`: digests of blocks that many pages have."""
        self._pages: Mapping[str, Record] = {record.place: record for record in records}
        self._inside, self._files, self._shared = inside, files, frozenset(shared)
        self._terms = {(term.taxonomy, term.slug) for record in records for term in record.meta.terms}

        self._quoted = {
            place
            for record in records
            for entry in (record.listing.entries if record.listing is not None else ())
            for place, is_there in [self._target(entry, record)]
            if is_there and self._quotes(entry, place)
        }
        """Places of pages that lists show the beginning of: these are texts, however short."""

    def _quotes(self, entry: ListEntry, place: str) -> bool:
        return not {*entry.openings}.isdisjoint(self._pages[place].openings)

    def judge(self, record: Record) -> Verdict:
        listing = record.listing
        if listing is None:
            return Verdict()
        own = listing.own_words - sum(words for digest, words in listing.own if digest in self._shared)
        away = sum(not self._inside(href, record.path) for href in listing.lines)
        own += listing.line_words * away // (len(listing.lines) or 1)
        found, alike, absent = [], 0, []
        for entry in listing.entries:
            place, is_there = self._target(entry, record)
            if is_there:
                found.append(place)
                alike += entry.words < _SAYS_MUCH or self._quotes(entry, place)
            elif place and entry.linked:
                absent.append(entry)
            else:
                own += entry.words
        term = page_types.is_list_path(record.path)
        much = _DESCRIPTION if term else _SAYS_MUCH
        if record.claims_text and (own or listing.own_images or len(found) < 2):
            return Verdict()
        if own and record.place in self._quoted:
            return Verdict()
        if (
            (listing.own_box and not (term and self._describes(record)))
            or own >= much
            or len(absent) > len(found)
            or (found and not term and 2 * alike < len(found))
        ):
            return Verdict()
        if found:
            lost = tuple(entry.title for entry in absent if entry.words >= _SAYS_MUCH)
            return Verdict(LIST, lost[:_SHOWN], tuple(found))
        return Verdict(LIST) if self._is_lines(listing, record, term=term) else Verdict()

    def _describes(self, record: Record) -> bool:
        """Is what a list says the description of a term that pages have? It goes along with the term."""
        if record.place.count("/") < 2:  # the index of all terms
            return False
        term = metadata.term(places.own_path(record.path), record.path)
        return term is not None and (term.taxonomy, term.slug) in self._terms

    def _target(self, entry: ListEntry, record: Record) -> tuple[str, bool]:
        """The place of the page that an entry is of, and whether there is that page; no place for an entry that
        leads elsewhere."""
        titled = metadata.folded(entry.title)
        nearest = ""
        for href in entry.hrefs:
            place = self._inside(href, record.path)
            if not place or place in (record.place, "/"):
                continue
            nearest = nearest or place
            if (page := self._pages.get(place)) is not None and _is_called(page, titled):
                return place, True
        return nearest, False

    def _is_lines(self, listing: Listing, record: Record, *, term: bool) -> bool:
        """Is a page nothing but lines of links to files of the site?"""
        places = {place for href in listing.lines if (place := self._inside(href, record.path))}
        there = [place for place in places if place in self._files and place != record.place]
        return 2 * len(there) >= len(places) and len(there) >= (1 if term else 2) and not listing.own_images


def _is_called(page: Record, titled: str) -> bool:
    """Is that the title of a page? Lists may show its beginning, pages their name behind it."""
    for _, title in page.meta.titles:
        other = metadata.folded(title)
        if titled and (
            titled == other or (len(titled) > 20 and other.startswith(titled)) or other.startswith(titled + " ")
        ):
            return True
    return False
