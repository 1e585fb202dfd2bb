"""Dates as front matter holds them, in all the forms Hugo takes.

Hugo reads dates with `spf13/cast`, whose list of forms stands in that library's documentation and tests: RFC 3339 with
`T` or a space, with or without seconds' fraction and offset, a bare day, `02 Jan 2006`, the forms of RFC 822, 850 and
1123, of C's `asctime` and of `date`. A number is seconds since 1970. A date without an offset is one of the site's time
zone (https://gohugo.io/configuration/all/#timezone), which is UTC where the configuration names none.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.(?P<part>\d+))?"
    r"(?:[ \t]*(?P<offset>[Zz]|[+-]\d{2}(?::?\d{2})?))?(?: [A-Z]{2,5}| [+-]\d{2,4})?)?"
)
_NAMED = (  # with the names of months, after the day of the week was taken off
    "%d %b %Y %H:%M:%S %z",
    "%d %b %Y %H:%M:%S",
    "%d %b %y %H:%M %z",
    "%d %b %y %H:%M",
    "%d-%b-%y %H:%M:%S",
    "%b %d %H:%M:%S %Y",
    "%b %d %H:%M:%S %z %Y",
    "%d %b %Y",
)
_WEEKDAY = re.compile(r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+")
_ZONE_NAME = re.compile(r"\s(?:UTC|GMT|Z)\b")
_LONGEST = 64


def parse(value: object, zone: tzinfo | None = None) -> datetime | None:
    """The date with its offset; None for what is none. `zone` is for dates without an offset, UTC where it is None."""
    found = _read(value)
    if found is None or found.tzinfo is not None:
        return found
    try:
        return found.replace(tzinfo=zone or UTC)
    except (ValueError, OverflowError):
        return None


def _read(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            return None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = value.strip()
    return iso(text) or _named(text)


def iso(text: str) -> datetime | None:
    """A date that begins with year, month and day; without an offset where it names none."""
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    try:
        year, month, day = map(int, found["day"].split("-"))
        hour, minute, *second = map(int, (found["time"] or "0:0").split(":"))
        micro = int((found["part"] or "0")[:6].ljust(6, "0"))
        return datetime(year, month, day, hour, minute, second[0] if second else 0, micro, _offset(found["offset"]))
    except (ValueError, OverflowError):
        return None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _named(text: str) -> datetime | None:
    bare = " ".join(_WEEKDAY.sub("", text, count=1).split())
    universal = _ZONE_NAME.search(bare) is not None
    bare = _ZONE_NAME.sub("", bare, count=1)
    for form in _NAMED:
        try:
            found = datetime.strptime(bare, form)
        except ValueError:
            continue
        return found.replace(tzinfo=UTC) if universal and found.tzinfo is None else found
    return None
