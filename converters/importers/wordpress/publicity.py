"""Was an item open to everybody on the old site? Private, unless shown to be public.

An export does not say how a post type was registered. What it does say (all verified against WordPress's
`get_post_permalink`, `wp_force_plain_post_permalink` and `WP_Post_Type`):

    /recipes/soup/          pretty: the type has rewrite rules. Types that are not public have them too, unless they say
                            `rewrite => false`: so the tables and the name are asked first
    ?recipe=soup            a query var without rewrite rules. On a site without pretty permalinks that is all there can
                            be; on one with them the type's registration refused an address, as those of records do
    ?post_type=recipe&p=7   neither; or an item that is not published yet, whatever its type

The first is known of each item by itself. The second, and what is scheduled, wait for the end of the survey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple
from urllib.parse import parse_qs

from converters import urls
from converters.importers.wordpress.post_types import (
    FURNITURE,
    GATED_TYPES,
    PERSONAL_TYPES,
    PUBLIC_TYPES,
    SURE_TYPES,
    is_of_people,
    looks_personal,
    names_somebody,
    type_key,
)
from converters.importers.wordpress.rawitem import RawItem
from converters.model import PUBLIC, Entry, Status
from converters.old_site.permalinks import inside
from converters.urls import decoded

_NO_PAGES = ("/wp-admin", "/wp-login.php", "/wp-json", "/wp-content/", "/wp-includes/", "/xmlrpc.php", "/wp-cron.php")
"""Addresses of WordPress's own files."""
_CLOSED_PARTS = frozenset(
    """my-account account accounts checkout cart basket dashboard customer-area client-area client-portal portal
    member-area members-area members-only members user users profile login admin private secure intranet""".split()
)
"""Folders of addresses that only somebody who signed in could open."""
_FORUMS = frozenset({"forum", "topic", "reply"})
"""Of bbPress, where a forum that is closed closes all that is below it (`bbp_is_forum_private`)."""


class Shown(Enum):
    """What the address of an item says."""

    PAGE = "page"
    """It had a page of its own."""
    QUERY = "query"
    """It had one if the site had no pretty permalinks."""
    NONE = "none"
    """It had none, or nothing is said."""


class PublicityVerdict(NamedTuple):
    """What becomes of an item of a post type."""

    status: Status
    why: str = ""
    """A code of the notices, where the status is not the one the source says."""
    record: bool = False
    """It is left out, for the name of its type says that it is about people."""


class Publicity:
    """Judges the items of one export, one after the other; some verdicts are made milder at its end."""

    def __init__(self, public_types: Iterable[str] = (), types: Iterable[str] = ()) -> None:
        """`public_types`: types that the user says were public; `types`: those that the user names to be converted."""
        self._public = {type_key(name) for name in public_types}
        self._named = {type_key(name) for name in types} | self._public
        self._pretty = self._plain = False
        self._shown: set[str] = set()
        """Types of which an item had a page."""
        self._open: set[str] = set()
        self._waiting: dict[str, tuple[str, Status, Shown]] = {}
        self._above: dict[str, str] = {}
        self._closed: set[str] = set()

    def named(self, kind: str) -> bool:
        """Has the user named the type, so that even what is no content is converted, as drafts?"""
        return type_key(kind) in self._named

    def see(self, kind: str, status: Status, link: str, base_url: str) -> None:
        """Learn from an item of WordPress's own types whether the site had pretty permalinks."""
        if self._pretty or status is not Status.PUBLISHED or kind not in ("post", "page", "attachment"):
            return
        address = urls.own(link, urls.host_of(base_url)) if link else None
        if address is not None:
            path = inside(address.path, urls.root_of(base_url)).strip("/")
            self._pretty = bool(path and not address.query)
            self._plain = self._plain or bool(address.id)

    def judge(self, item: RawItem, kind: str, status: Status, base_url: str) -> PublicityVerdict:
        """What becomes of an item that is content by its type and would have `status`."""
        name = type_key(kind)
        if kind in ("post", "page") or (name in self._public and name not in PERSONAL_TYPES and name not in FURNITURE):
            return PublicityVerdict(status)
        if name in PERSONAL_TYPES or name in FURNITURE:  # the user has named it
            return PublicityVerdict(_hidden(status), "type.record")
        if name in GATED_TYPES:
            return PublicityVerdict(_hidden(status), "type.gated" if status in PUBLIC else "")
        if name in SURE_TYPES:
            return PublicityVerdict(status)
        shown = address_shows(item["link"], item["wp:post_name"], item["wp:post_id"], kind, base_url)
        if name not in PUBLIC_TYPES and looks_personal(kind):
            if shown is not Shown.PAGE and name not in self._named:
                return PublicityVerdict(_hidden(status), record=True)
            return PublicityVerdict(_hidden(status), "type.looks-personal" if status in PUBLIC else "")
        return self._by_address(item, name, status, shown)

    def _by_address(self, item: RawItem, name: str, status: Status, shown: Shown) -> PublicityVerdict:
        if status is Status.FUTURE and name in PUBLIC_TYPES:
            return PublicityVerdict(status)
        if status is not Status.PUBLISHED:
            return PublicityVerdict(_hidden(status), "type.not-public" if status in PUBLIC else "")
        known = name in PUBLIC_TYPES
        if shown is not Shown.PAGE and not (known and not item["link"].strip()):
            return PublicityVerdict(Status.DRAFT, "type.not-public")
        if not known and _is_of_people(item):
            return PublicityVerdict(Status.DRAFT, "type.looks-personal")
        self._shown.add(name)
        return PublicityVerdict(status)

    def take(self, entry: Entry, verdict: PublicityVerdict, item: RawItem, base_url: str) -> None:
        """Note what the end of the survey may change: an entry, with the status its source says."""
        if verdict.status in PUBLIC:
            self._open.add(entry.kind)
        if entry.kind in _FORUMS:
            if verdict.status not in PUBLIC:
                self._closed.add(entry.id)
            elif entry.parent:
                self._above[entry.id] = entry.parent
        if verdict.why == "type.not-public":
            shown = address_shows(item["link"], item["wp:post_name"], item["wp:post_id"], entry.kind, base_url)
            if entry.status is Status.FUTURE or shown is Shown.QUERY:
                self._waiting[entry.id] = (entry.kind, entry.status, shown)

    def waits(self, id: str) -> bool:
        """May the end of the survey show that the item was public?"""
        return id in self._waiting

    def is_open(self, kind: str) -> bool:
        """Was any item of the type public, as far as is known by now?"""
        return kind in self._open or type_key(kind) in PUBLIC_TYPES

    def settled(self) -> Iterator[tuple[str, str, Status]]:
        """(id, kind, status) of the items whose status is another, now that the whole source is known."""
        by_query = self._plain and not self._pretty
        for id, (kind, status, shown) in self._waiting.items():
            if status is Status.PUBLISHED and shown is Shown.QUERY and by_query:
                self._shown.add(type_key(kind))
                self._open.add(kind)
                yield id, kind, status
        for id, (kind, status, _) in self._waiting.items():
            if status is Status.FUTURE and type_key(kind) in self._shown:
                self._open.add(kind)
                yield id, kind, status
        for id in self._above:
            if self._is_closed(id):
                yield id, "", Status.PRIVATE  # of a closed forum

    def _is_closed(self, id: str) -> bool:
        seen: set[str] = set()
        while id in self._above and id not in seen:
            seen.add(id)
            id = self._above[id]
        return id in self._closed


def _is_of_people(item: RawItem) -> bool:
    named = names_somebody(item["title"], item["wp:post_name"])
    return named or any(is_of_people(field) for field, _ in item.meta)


def _hidden(status: Status) -> Status:
    return Status.DRAFT if status in PUBLIC else status


def address_shows(link: str, slug: str, id: str, kind: str, base_url: str) -> Shown:
    """What the address of a published item says; see the top of this module.

    A pretty one counts only on the site's own host, below the site's root, and with the item's own slug (or its number,
    as plug-ins for permalinks write it) at its end: a front page, or another item's address, is none of its own.
    """
    address = urls.own(link.strip(), urls.host_of(base_url)) if link.strip() and urls.host_of(base_url) else None
    root, name = urls.root_of(base_url), decoded(slug.strip())
    if address is None or not f"{address.path}/".startswith(f"{root}/"):
        return Shown.NONE
    path = decoded(inside(address.path, root))
    query = parse_qs(address.query, keep_blank_values=True)
    if query.keys() - {"lang"}:
        own = set(query) == {kind} and name and query[kind][0].rpartition("/")[2] in (name, slug.strip())
        return Shown.QUERY if own and not path.strip("/") else Shown.NONE
    if path.startswith(_NO_PAGES):
        return Shown.NONE
    parts = [part for part in path.split("/") if part]
    if not _CLOSED_PARTS.isdisjoint(part.lower() for part in parts[:-1]):
        return Shown.NONE
    own_parts = {name, id.strip()} - {""}
    fits = parts and (parts[-1] in own_parts or parts[-1].rpartition(".")[0] in own_parts)
    return Shown.PAGE if fits else Shown.NONE
