"""Dates as pages write them: for machines (ISO 8601, mail, numbers of seconds), and in words of many languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from converters.importers.html.month_names import fold, month_of

_NUMERIC = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?(?![\d/.-])"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d{2}:?\d{2})?$")
_NO_YEAR = re.compile(r"\b000\d\b")
"""Hugo's feeds say `Mon, 01 Jan 0001` of what has no date; the form of mail reads a year of two digits in it."""
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?$")
_TIME = re.compile(
    r"[\s,;|·@–—-]{0,4}(?:(?:at|um|a|a las|alle|ore|kl|klo|om|o|в|as|les)\b\.?)?\s{0,2}"
    r"(\d{1,2})(?:[:.h]|\s?uhr\s?)(\d{2})(?::(\d{2}))?\s?([ap])?\.?(?:m\b\.?)?"
    r"(?:\s{0,2}\(?(?:(?:gmt|utc)?([+-]\d{2}:?\d{2})|([a-z]{3,4}))\b)?"
)
"""The time behind a date, in small letters without accents."""
_WORD = r"([^\W\d_]{3,14})"
_DAY = r"(?<![\w/.-])(\d{1,2})"
_YEAR = r"((?:19|20|25)\d\d)(?!\d)"
_OF = r"(?:(?:de|del|di|do|da|of|d|απο)[\s'’]\s?)?"
_EARLIEST, _LATEST = 1990, 2100
"""Years of web pages: what is beyond stands in a text about something else."""
_BUDDHIST = 543
_LONGEST = 400
_LONGEST_VALUE = 100
_ZONES = {
    "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180, "jst": 540,
    "kst": 540, "aest": 600, "aedt": 660, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
"""Minutes east of Greenwich of the zones that pages abbreviate without doubt."""
_MONTH_FIRST = ("en", "en-us", "en-ca", "en-ph", "fil")


class Written(NamedTuple):
    """A date within a text."""

    date: datetime
    start: int
    end: int
    """Where it stands in the text as `fold` gives it."""


def parse_date(value: str, zone: tzinfo | None = None, language: str = "") -> datetime | None:
    """The date that a value is: ISO 8601, mail's form, seconds since 1970, words; None for what is none.

    Without an offset of its own it is read in `zone`, without that as universal time. `language` tells how to read
    `3/4/2019`.
    """
    value = value.strip()
    if not value or len(value) > _LONGEST:
        return None
    try:
        return _of_machines(value, zone) or _of_words(value, zone, language) or _of_mail(value, zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _of_machines(value: str, zone: tzinfo | None) -> datetime | None:
    found = _NUMERIC.match(value) or _COMPACT.match(value)
    if found:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        date = datetime(year, month, day, hour, minute, second, tzinfo=_offset(found[7]) or zone or UTC)
        return date if date.timestamp() and year >= 1000 else None  # what an empty field is printed as
    if _SECONDS.match(value):
        return datetime.fromtimestamp(int(value[:10]), UTC)
    return None


def _of_mail(value: str, zone: tzinfo | None) -> datetime | None:
    if not value[:1].isascii() or not value[:1].isalnum() or len(value) > 80:
        return None
    if _NO_YEAR.search(value):
        return None
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    if not _EARLIEST <= date.year < _LATEST:
        return None
    return date if date.tzinfo else date.replace(tzinfo=zone or UTC)


def _of_words(value: str, zone: tzinfo | None, language: str) -> datetime | None:
    found = next(written(value, zone, language), None) if len(value) <= _LONGEST_VALUE else None
    return found.date if found is not None else None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def written(text: str, zone: tzinfo | None = None, language: str = "") -> Iterator[Written]:
    """The whole dates (day, month and year) that a short text names, in its order: `Publié le 3 mars 2019 à 10h30`,
    `2019年3月3日`, `03.03.2019`. Years before the Web are left alone."""
    text = fold(text[:_LONGEST])
    taken: list[Written] = []
    for form, read in _FORMS:
        for found in form.finditer(text):
            if any(found.start() < other.end and other.start < found.end() for other in taken):
                continue
            date = _date(read(found, language), found.end(), text, zone)
            if date is not None:
                taken.append(Written(date[0], found.start(), date[1]))
    yield from sorted(taken, key=lambda one: one.start)


def _date(parts: tuple[int, int, int] | None, end: int, text: str, zone: tzinfo | None) -> tuple[datetime, int] | None:
    """(date, where it ends) with the time that stands behind it."""
    if parts is None:
        return None
    year, month, day = parts
    year -= _BUDDHIST if year > 2500 else 0
    if not _EARLIEST <= year < _LATEST:
        return None
    hour, minute, second, offset, end = _time(text, end)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=offset or zone or UTC), end
    except ValueError:
        return None


def _time(text: str, end: int) -> tuple[int, int, int, tzinfo | None, int]:
    """(hour, minute, second, offset, where the time ends) of what follows a date; midnight when there is none."""
    found = _TIME.match(text, end)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return 0, 0, 0, None, end
    hour = int(found[1])
    if found[4] and hour <= 12:
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    offset = _offset(found[5])
    if offset is None and found[6] in _ZONES:
        offset = timezone(timedelta(minutes=_ZONES[found[6]])) if _ZONES[found[6]] else UTC
    return hour, int(found[2]), min(int(found[3] or 0), 59), offset, found.end()


def _numbers(year: int, month: int, day: int) -> Callable[[re.Match[str], str], tuple[int, int, int]]:
    return lambda found, language: (int(found[year]), int(found[month]), int(found[day]))


def _named(year: int, month: int, day: int) -> Callable[[re.Match[str], str], tuple[int, int, int] | None]:
    def read(found: re.Match[str], language: str) -> tuple[int, int, int] | None:
        number = month_of(found[month], language)
        return (int(found[year]), number, int(found[day])) if number else None

    return read


def _slashed(found: re.Match[str], language: str) -> tuple[int, int, int] | None:
    """`3/4/2019`: the month stands first in the United States and where nothing is said of the language."""
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    month_first = found[2] == "/" and (not language or language.lower().replace("_", "-") in _MONTH_FIRST)
    month, day = (first, second) if (month_first and first <= 12) or second > 12 else (second, first)
    return year, month, day


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], tuple[int, int, int] | None]], ...] = (
    (re.compile(rf"{_YEAR}\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]?"), _numbers(1, 2, 3)),
    (re.compile(rf"(?<![\d/.-]){_YEAR}([-/.])\s?(\d{{1,2}})\2\s?(\d{{1,2}})(?![\d/-])\.?t?"), _numbers(1, 3, 4)),
    (re.compile(rf"{_DAY}\s{{1,2}}thang\s(\d{{1,2}}),?\s(?:nam\s)?{_YEAR}"), _numbers(3, 2, 1)),
    (
        re.compile(rf"{_DAY}(?:st|nd|rd|th|er|e|º|o|ª|\.)?[\s/-]{{0,3}}{_OF}{_WORD}\.?,?[\s/-]{{0,3}}{_OF}{_YEAR}"),
        _named(3, 2, 1),
    ),
    (re.compile(rf"{_WORD}\.?\s{{0,2}}(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s{{1,2}}){_YEAR}"), _named(3, 1, 2)),
    (
        re.compile(
            rf"{_YEAR}(?:\.|\s?m\.|ko|eko|[-/])?[,\s]{{0,2}}{_WORD}\.?(?:aren|ren)?[\s/-]{{0,2}}(\d{{1,2}})(?!\d)"
        ),
        _named(1, 2, 3),
    ),
    (re.compile(rf"{_YEAR}\.\s?gada\s(\d{{1,2}})\.\s{_WORD}"), _named(1, 3, 2)),
    (re.compile(rf"{_DAY}([./-])\s?(\d{{1,2}})\2\s?((?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)"), _slashed),
)
"""In the order in which they are tried: what a form has read is no part of another."""
