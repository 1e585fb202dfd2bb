"""The dates of an item, local time with the offset the site had then, and the time zone that follows from them.

WordPress stores local time and universal time; their difference is the offset. Drafts that were never scheduled have a
zero universal date (`0000-00-00 00:00:00`), and their `pubDate` is a minute in the year -1.

An export does not name the site's zone. Offsets change with the seasons, so a year of posts is enough to tell most
zones apart. Zones that agree on every date of the export are the same for it; of these the one most people live in is
taken.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from converters.model.notices import Log

_QUARTER = 15 * 60
_LARGEST = 14 * 3600 + _QUARTER
_LAST = 12
"""Months that show which zone a site has now, where it has had several."""
_LIKELY = """Europe/Berlin Europe/London America/New_York America/Los_Angeles America/Chicago America/Denver
America/Phoenix Europe/Athens Europe/Istanbul Europe/Moscow Europe/Lisbon Asia/Kolkata Asia/Shanghai
Asia/Tokyo Asia/Jakarta Asia/Dhaka Asia/Karachi Asia/Dubai Asia/Tehran Asia/Kathmandu Asia/Yangon
Asia/Kabul Asia/Tashkent Asia/Colombo Asia/Jerusalem Africa/Lagos Africa/Johannesburg Africa/Nairobi
Africa/Cairo Africa/Casablanca America/Sao_Paulo America/Argentina/Buenos_Aires America/Mexico_City
America/Bogota America/Caracas America/Santiago America/Halifax America/St_Johns America/Anchorage
Pacific/Honolulu Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin
Australia/Perth Pacific/Auckland Pacific/Tongatapu Atlantic/Reykjavik Atlantic/Azores""".split()


def item_date(local: str, universal: str, published: str, log: Log, *, zone: tzinfo | None = None) -> datetime | None:
    """The date of `post_date` and `post_date_gmt` (`YYYY-MM-DD HH:MM:SS`), else of `pubDate` (RFC 822), else None.

    `zone` is used where the source does not hold an offset; without one, universal time.
    """
    here, there = _parse(local, log), _parse(universal, log)
    if here and there:
        return _with_offset(here, there, log)
    if here:
        return here.replace(tzinfo=zone or UTC)
    if there:
        return there.replace(tzinfo=UTC).astimezone(zone or UTC)
    return _from_feed(published)


def _parse(text: str, log: Log) -> datetime | None:
    text = text.strip()
    if not text or text.startswith("0000-00-00"):
        return None
    try:
        date = datetime.fromisoformat(text) if len(text) == 19 else datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        date = None
    if date is None or date.tzinfo is not None:
        log("date.invalid", text)
        return None
    return date


def _with_offset(local: datetime, universal: datetime, log: Log) -> datetime:
    seconds = round((local - universal).total_seconds() / _QUARTER) * _QUARTER
    if abs(seconds) > _LARGEST or abs((local - universal).total_seconds() - seconds) > 60:
        log("date.offset", f"{local} / {universal}")
        return universal.replace(tzinfo=UTC)
    return local.replace(tzinfo=timezone(timedelta(seconds=seconds)) if seconds else UTC)


def _from_feed(text: str) -> datetime | None:
    if not text.strip() or " -0" in text.split(":", 1)[0]:  # a year before Christ is a zero date, shifted
        return None
    from email.utils import parsedate_to_datetime  # loads much, for few exports

    try:
        date = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


class ZoneGuess:
    """Sees dates, one a month and offset is kept."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int, timedelta], datetime] = {}

    def see(self, date: datetime | None) -> None:
        offset = date.utcoffset() if date is not None else None
        if date is not None and offset is not None:
            self._seen.setdefault((date.year, date.month, offset), date)

    def zone(self) -> str:
        """An IANA name that fits every date seen; `UTC` when none had an offset. Where none fits, since the site was
        moved to another zone, the one that fits most of the last dates; empty when nothing fits any of them."""
        if not self._seen:
            return ""
        if all(not offset for _, _, offset in self._seen):
            return "UTC"
        dates = sorted(self._seen.values())
        zones = {name: [_fits(date, ZoneInfo(name)) for date in dates] for name in ("UTC", *_LIKELY)}
        best = max(zones, key=lambda name: (all(zones[name]), sum(zones[name][-_LAST:]), sum(zones[name])))
        return best if any(zones[best]) else ""


def _fits(date: datetime, zone: ZoneInfo) -> bool:
    return date.astimezone(zone).utcoffset() == date.utcoffset()
