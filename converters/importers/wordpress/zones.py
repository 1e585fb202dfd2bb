"""The time zone of a site, found from the offsets its dates were written with: an export does not name it.

Offsets change with the seasons, so a year of posts is enough to tell most zones apart. Zones that agree on every date
of the export are the same for it; of these the one most people live in is taken.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_LIKELY = """Europe/Berlin Europe/London America/New_York America/Los_Angeles America/Chicago America/Denver
America/Phoenix Europe/Athens Europe/Istanbul Europe/Moscow Europe/Lisbon Asia/Kolkata Asia/Shanghai
Asia/Tokyo Asia/Jakarta Asia/Dhaka Asia/Karachi Asia/Dubai Asia/Tehran Asia/Kathmandu Asia/Yangon
Asia/Kabul Asia/Tashkent Asia/Colombo Asia/Jerusalem Africa/Lagos Africa/Johannesburg Africa/Nairobi
Africa/Cairo Africa/Casablanca America/Sao_Paulo America/Argentina/Buenos_Aires America/Mexico_City
America/Bogota America/Caracas America/Santiago America/Halifax America/St_Johns America/Anchorage
Pacific/Honolulu Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin
Australia/Perth Pacific/Auckland Pacific/Tongatapu Atlantic/Reykjavik Atlantic/Azores""".split()


class ZoneGuess:
    """Sees dates, one a month and offset is kept."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int, timedelta], datetime] = {}

    def see(self, date: datetime | None) -> None:
        offset = date.utcoffset() if date is not None else None
        if date is not None and offset is not None:
            self._seen.setdefault((date.year, date.month, offset), date)

    def zone(self) -> str:
        """An IANA name that fits every date seen; `UTC` when none had an offset; empty when nothing fits."""
        if not self._seen:
            return ""
        if all(not offset for _, _, offset in self._seen):
            return "UTC"
        return next((name for name in _LIKELY if self._fits(ZoneInfo(name))), "")

    def _fits(self, zone: ZoneInfo) -> bool:
        return all(date.astimezone(zone).utcoffset() == date.utcoffset() for date in self._seen.values())
