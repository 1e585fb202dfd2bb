"""Who could see an item of the old site: one rule, asked by all that would name one."""

from __future__ import annotations

from datetime import UTC, datetime

from converters.model import Entry, Post, Role, Site, Status
from converters.plugin import SiteLookup


def is_published(lookup: SiteLookup, entry: Entry | None) -> bool:
    """Could everybody see the item on the day of the export?

    A file of the media library has the status of the item it is attached to, as in WordPress (`get_post_status`): with
    that item it was hidden, and so was its own page. One whose item the source does not hold was public, as was one
    that is attached to nothing.
    """
    seen: set[str] = set()
    while entry is not None and entry.id not in seen:
        if entry.status is not Status.PUBLISHED:
            return False
        if entry.role is not Role.MEDIA or not entry.parent:
            return True
        seen.add(entry.id)
        entry = lookup.entry(entry.parent)
    return True


def is_ahead(item: Entry | Post, site: Site) -> bool:
    """Was it public on the day of the export although its date is later? WordPress shows whatever is published;
    generators of static sites wait for the day."""
    if item.status is not Status.PUBLISHED or item.date is None:
        return False
    return item.date > (site.exported or datetime.now(UTC))


def is_of_record(lookup: SiteLookup, entry: Entry) -> bool:
    """Is this a file of a record about a person, sent with a form? Not even its name is to be told."""
    above = lookup.entry(entry.parent) if entry.role is Role.MEDIA and entry.parent else None
    return above is not None and above.role is Role.EXCLUDED and not above.title and above.status is Status.PRIVATE
