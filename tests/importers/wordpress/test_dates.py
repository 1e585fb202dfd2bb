"""Dates of items."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from converters.importers.wordpress.dates import item_date
from converters.model.notices import Log

ZERO = "0000-00-00 00:00:00"


@pytest.mark.parametrize(
    ("local", "universal", "published", "expected", "codes"),
    [
        ("2021-07-01 10:00:00", "2021-07-01 08:00:00", "", "2021-07-01T10:00:00+02:00", []),
        ("2021-07-01 10:00:00", "2021-07-01 04:30:00", "", "2021-07-01T10:00:00+05:30", []),
        ("2021-07-01 10:00:00", "2021-07-01 10:00:00", "", "2021-07-01T10:00:00+00:00", []),
        ("2021-07-01 10:00:00", ZERO, "", "2021-07-01T10:00:00+00:00", []),
        (ZERO, "2021-07-01 08:00:00", "", "2021-07-01T08:00:00+00:00", []),
        (ZERO, ZERO, "Thu, 01 Jul 2021 08:00:00 +0000", "2021-07-01T08:00:00+00:00", []),
        (ZERO, ZERO, "Mon, 30 Nov -0001 00:00:00 +0000", None, []),
        ("", "", "", None, []),
        ("2021-02-30 10:00:00", "", "", None, ["date.invalid"]),
        ("9999-99-99 00:00:00", "", "", None, ["date.invalid"]),
        ("2021-07-01T10:00+0100", "2021-07-01 10:00:00", "", "2021-07-01T10:00:00+00:00", ["date.invalid"]),
        ("2021-07-01T1000+0100", "2021-07-01 10:00:00", "", "2021-07-01T10:00:00+00:00", ["date.invalid"]),
        ("2021-07-01 10:00:00", "2020-01-01 00:00:00", "", "2020-01-01T00:00:00+00:00", ["date.offset"]),
    ],
)
def test_dates(local: str, universal: str, published: str, expected: str | None, codes: list[str]) -> None:
    log = Log()
    date = item_date(local, universal, published, log)
    assert (date.isoformat() if date else None) == expected
    assert [notice.code for notice in log.notices] == codes


def test_a_zone_fills_in_the_offset() -> None:
    date = item_date("2021-07-01 10:00:00", ZERO, "", Log(), zone=ZoneInfo("Europe/Berlin"))
    assert date is not None
    assert date.isoformat() == "2021-07-01T10:00:00+02:00"
