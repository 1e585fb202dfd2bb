"""The time zone of a site, from the offsets of its dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from converters.importers.wordpress.dates import ZoneGuess


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "America/St_Johns"]
)
def test_a_year_of_posts_tells_the_zone(name: str) -> None:
    guess = ZoneGuess()
    for month in range(1, 13):
        guess.see(datetime(2021, month, 10, 12, tzinfo=ZoneInfo(name)))
    assert guess.zone() == name


def test_no_offsets_are_utc_and_nothing_is_nothing() -> None:
    guess = ZoneGuess()
    assert guess.zone() == ""
    guess.see(datetime(2021, 1, 1, tzinfo=UTC))
    guess.see(None)
    assert guess.zone() == "UTC"


def test_offsets_of_no_one_zone() -> None:
    """The zone of most of the last months: a site that moved, and one wrong date in a year of right ones."""
    moved, wrong = ZoneGuess(), ZoneGuess()
    for year in range(2008, 2022):
        for month in range(1, 13):
            zone = ZoneInfo("America/Los_Angeles" if year < 2020 else "Asia/Tokyo")
            moved.see(datetime(year, month, 10, 12, tzinfo=zone))
    assert moved.zone() == "Asia/Tokyo"
    for month in range(1, 13):
        wrong.see(datetime(2021, month, 10, 12, tzinfo=ZoneInfo("Europe/Berlin")))
    wrong.see(datetime(2021, 12, 24, tzinfo=UTC))
    assert wrong.zone() == "Europe/Berlin"


def test_an_offset_of_no_zone() -> None:
    guess = ZoneGuess()
    guess.see(datetime(2021, 1, 1, tzinfo=timezone(timedelta(hours=1, minutes=15))))
    assert guess.zone() == ""
