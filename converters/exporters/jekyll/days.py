"""Days in a Jekyll site, which shows every date in one time zone: that of `timezone` in its configuration, else that of
the machine that builds it (https://jekyllrb.com/docs/configuration/options/).

So the configuration always names one. Where a site has moved from zone to zone, some of its dates are of another day in
it than readers saw; for these `day` says the day.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from converters.model import Site

_UNKNOWN = "UTC"


def zone_of(site: Site) -> str:
    """The time zone of the configuration."""
    return site.time_zone or _UNKNOWN


class Days:
    """The day to which Jekyll counts a moment."""

    def __init__(self, site: Site) -> None:
        self._zone: ZoneInfo | None
        try:
            self._zone = ZoneInfo(zone_of(site))
        except (ZoneInfoNotFoundError, ValueError, OSError):  # a name that only another machine knows
            self._zone = None

    def of(self, date: datetime) -> datetime | None:
        """The moment as Jekyll shows it; None where that cannot be told."""
        return date.astimezone(self._zone) if self._zone is not None and date.tzinfo is not None else None

    def other(self, date: datetime | None) -> str:
        """The day that readers saw, where Jekyll would show another one or that cannot be told; else nothing."""
        if date is None:
            return ""
        shown = self.of(date)
        return "" if shown is not None and shown.date() == date.date() else f"{date:%Y-%m-%d}"
