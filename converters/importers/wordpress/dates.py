"""The dates of an item: local time with the offset the site had then.

WordPress stores local time and universal time; their difference is the offset. Drafts that were never scheduled have a
zero universal date (`0000-00-00 00:00:00`), and their `pubDate` is a minute in the year -1.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

from converters.model.notices import Log

_QUARTER = 15 * 60
_LARGEST = 14 * 3600 + _QUARTER


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
