"""Dates as programs write them for readers of English: `@January 5, 2023 10:00 AM`, `January 5th, 2019 3:04pm`."""

from __future__ import annotations

import re

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_SPOKEN = re.compile(
    r"@?\s*(?:[A-Z][a-z]+,\s*)?(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
    r"(?:,?\s+(?:at\s+)?(?P<time>\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp][Mm])?))?"
)
_DAY_FIRST = re.compile(r"@?\s*(?P<day>\d{1,2})\.?\s+(?P<month>[A-Z][a-z]{2,8})\.?,?\s+(?P<year>\d{4})(?P<time>)")
_NUMERIC = re.compile(r"@?\s*(\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ]\d{1,2}:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)")


def spoken(text: str) -> str:
    """The date at the start of a text, as ISO 8601 has it; empty for none, and for one that could be read two ways."""
    text = " ".join(text.split())
    if found := _NUMERIC.match(text):
        return found[1].replace("/", "-")
    if found := _SPOKEN.match(text) or _DAY_FIRST.match(text):
        number = _MONTHS.get(found["month"][:3].lower())
        date = f"{found['year']}-{number:02d}-{int(found['day']):02d}" if number else ""
        return f"{date}T{_time(found['time'])}" if date and found["time"] else date
    return ""


def _time(text: str) -> str:
    """`10:00 PM` as 22:00."""
    clock, half = text[: text.index(":") + 3], text[-2:].lower()
    hour, minute = clock.split(":")
    hours = int(hour) % 12 + 12 * (half == "pm") if half in ("am", "pm") else int(hour)
    return f"{hours:02d}:{minute}"
