"""Who can see an item: one rule, asked by all that would name one.

A status says it, whatever the source and the target: PUBLISHED is to be seen, FUTURE from its day on, and nothing else
is. `as_of` makes it so when an item is met; the day that counts is that on which the run began (`Site.today`).
"""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from converters.model import PUBLIC, Entry, Post, Role, Site, Status
from converters.plugin import SiteLookup


def as_of(entry: Entry, today: datetime | None) -> Entry:
    """The item with the status that it has at that moment, by default now.

    What its source ceased to show (`until`) is private, what is to be shown later (`since`; of scheduled items, else
    their date) is scheduled, and what was scheduled for a day that has come is published. A scheduled item without any
    day is a draft.
    """
    if entry.status not in PUBLIC:
        return entry
    scheduled = entry.status is Status.FUTURE
    if not scheduled and entry.since is None and entry.until is None:  # as nearly all are
        return entry
    now = today or datetime.now(UTC)
    day = entry.since or (entry.date if scheduled else None)
    status = Status.PUBLISHED if day is not None and day <= now else Status.FUTURE
    if day is None:
        status = Status.DRAFT if scheduled else Status.PUBLISHED
    if has_ended(entry, now):
        status = Status.PRIVATE
    return replace(entry, status=status)


def has_ended(entry: Entry, today: datetime | None) -> bool:
    """Has the source ceased to show the item?"""
    return entry.until is not None and entry.until <= (today or datetime.now(UTC))


def next_change(entry: Entry, today: datetime | None) -> datetime | None:
    """The next day on which it begins or ceases to be seen; None where nothing is to change any more."""
    days = [entry.since, entry.until, entry.date] if entry.status in PUBLIC else []
    now = (today or datetime.now(UTC)) if any(days) else None
    return min((each for each in days if each is not None and now is not None and each > now), default=None)


def day(date: datetime | None) -> str:
    """The day, for a notice."""
    return f"{date:%Y-%m-%d}" if date is not None else ""


def appears(item: Entry | Post) -> datetime | None:
    """The day on which a scheduled item is to be seen; None for all others."""
    return (item.since or item.date) if item.status is Status.FUTURE else None


def is_published(lookup: SiteLookup, entry: Entry | None) -> bool:
    """Can everybody see the item?

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
    """Is it to be seen although its date is later than now? WordPress shows whatever is published; generators of static
    sites wait for the day."""
    if item.status is not Status.PUBLISHED or item.date is None:
        return False
    return item.date > (site.today or datetime.now(UTC))


def is_of_record(lookup: SiteLookup, entry: Entry) -> bool:
    """Is this a file of a record about a person, sent with a form? Not even its name is to be told."""
    above = lookup.entry(entry.parent) if entry.role is Role.MEDIA and entry.parent else None
    return above is not None and above.role is Role.EXCLUDED and not above.title and above.status is Status.PRIVATE
