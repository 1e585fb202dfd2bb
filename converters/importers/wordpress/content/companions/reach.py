"""The items of the export that a text can show beside its own: found by name, and closed where a visitor saw none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from converters.importers.wordpress.companions import COMPANIONS, THREADS, relation
from converters.importers.wordpress.rawitem import RawItem
from converters.model import PUBLIC, Entry, Locator, Status
from converters.plugin import SiteLookup

_READING = 8 * 1024
"""Characters that reading an item counts for, however small it is."""
_OF_OTHERS = {*COMPANIONS, *THREADS, "tribe_venue", "tribe_organizer", "location"}


class Found(NamedTuple):
    """An item of a plug-in that a text names."""

    id: str
    kind: str
    entry: Entry
    is_open: bool
    """Did visitors of the post see it?"""


class Companions:
    """What the text of one post can see of the other items."""

    def __init__(
        self,
        post: Entry,
        own: RawItem,
        lookup: SiteLookup,
        *,
        read: Callable[[Locator], RawItem],
        definitions: dict[str, str],
        take: Callable[[int, str], bool],
    ) -> None:
        """`own`: the item of the post itself; `read` reads another one; `definitions` are kept from post to post.

        `take` says whether the text may show an item of so many bytes (see `TextBudget`).
        """
        self.own, self.definitions = own, definitions
        self.showing: set[str] = set()
        """The ids of the items that are being shown: none of them shows itself."""
        self._post, self._lookup, self._read, self._take = post, lookup, read, take

    def find(self, kinds: Iterable[str], name: str) -> Found | None:
        """The companion of one of these post types with this id, slug or key; None where the export has none."""
        for kind in kinds:
            own = [name] if COMPANIONS[kind].by_id else []
            for id in (*own, *self._lookup.related(relation(kind, name))):
                entry = self._lookup.entry(id)
                if entry is not None and entry.kind == kind:
                    return Found(id, kind, entry, self._shows(entry))
        return None

    def open(self, entry: Entry) -> RawItem | None:
        """The item of an entry; None where the text shows too much of others already."""
        size = entry.locator.end - entry.locator.start + _READING
        return self._read(entry.locator) if self._take(size, f"{entry.kind} {entry.id}") else None

    def opened(self, kind: str, name: str) -> Iterator[tuple[Entry, RawItem]]:
        """The items filed under a name that visitors of this post saw, in their order, as far as the text may show
        them."""
        for entry in self.entries(relation(kind, name)):
            item = self.open(entry)
            if item is not None:
                yield entry, item

    def parts(self, kind: str, name: str) -> Iterator[tuple[Entry, RawItem]]:
        """All items filed under a name that visitors of this post saw: for those that belong to one post only."""
        for entry in self.entries(relation(kind, name)):
            yield entry, self._read(entry.locator)

    def hidden(self, kind: str, name: str) -> int:
        """How many of the items filed under a name visitors did not see."""
        known = (self._lookup.entry(id) for id in self._lookup.related(relation(kind, name)))
        return sum(entry is not None and not self._shows(entry) for entry in known)

    def item(self, id: str, kind: str) -> RawItem | None:
        """An item of this type that visitors of this post saw."""
        entry = self._lookup.entry(id)
        if entry is None or entry.kind != kind or not self._shows(entry):
            return None
        return self.open(entry)

    def entries(self, name: str) -> Iterator[Entry]:
        """What is known of the items filed under a name that visitors of this post saw."""
        for id in self._lookup.related(name):
            entry = self._lookup.entry(id)
            if entry is not None and self._shows(entry):
                yield entry

    def definition(self, kind: str, name: str) -> RawItem | None:
        """An item that describes others, which no visitor saw by itself."""
        for id in self._lookup.related(relation(kind, name)):
            entry = self._lookup.entry(id)
            if entry is not None and entry.kind == kind:
                return self._read(entry.locator)
        return None

    def _shows(self, entry: Entry) -> bool:
        """Did everybody who saw the post see this, too? A draft of a post may show drafts."""
        if entry.status is Status.PUBLISHED or self._post.status not in PUBLIC:
            return True
        if entry.withheld and entry.kind in _OF_OTHERS:  # it had no page, and others showed it
            return True
        if entry.status is Status.DRAFT and entry.kind in COMPANIONS and COMPANIONS[entry.kind].drafts:
            return True
        return entry.status is Status.FUTURE and self._post.status is Status.FUTURE
