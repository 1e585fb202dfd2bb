"""Who could see an item of the old site: one rule, asked by all that would name one."""

from __future__ import annotations

from converters.model import Entry, Role, Status
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


def is_of_record(lookup: SiteLookup, entry: Entry) -> bool:
    """Is this a file of a record about a person, sent with a form? Not even its name is to be told."""
    above = lookup.entry(entry.parent) if entry.role is Role.MEDIA and entry.parent else None
    return above is not None and above.role is Role.LEFT_OUT and not above.title and above.status is Status.PRIVATE
