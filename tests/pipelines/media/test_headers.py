"""What servers say in headers."""

from __future__ import annotations

from email.utils import formatdate
from time import time

import pytest

from pipelines.media.headers import content_range, onward, quoted, retry_after, validator


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("bytes 100-199/200", (100, 200)),
        ("Bytes 0-1/2", (0, 2)),
        ("bytes 5-9/*", (5, None)),
        ("bytes */200", (-1, None)),
        ("items 1-2/3", (-1, None)),
        ("bytes -5-9/10", (-1, None)),
        ("bytes ²-9/10", (-1, None)),
        (f"bytes 0-1/{'9' * 6000}", (0, None)),
        (f"bytes {'9' * 6000}-1/2", (-1, None)),
        ("", (-1, None)),
    ],
)
def test_ranges(value: str, expected: tuple[int, int | None]) -> None:
    assert content_range(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", 5.0),
        (" 0 ", 0.0),
        ("3600", 60.0),
        ("9" * 6000, 60.0),
        ("²", None),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_waits(value: str, expected: float | None) -> None:
    assert retry_after(value, 60) == expected


def test_waits_until_a_date() -> None:
    assert 5_000 < (retry_after(formatdate(time() + 9_000, usegmt=True), 10_000) or 0) <= 9_000
    assert retry_after(formatdate(time() - 10, usegmt=True), 60) == 0
    assert retry_after("Fri, 31 Dec 9999 23:59:59 GMT", 60) == 60


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"ETag": '"a"', "Last-Modified": "x"}, '"a"'),
        ({"ETag": 'W/"a"', "Last-Modified": "x"}, "x"),
        ({"ETag": "a"}, ""),
        ({}, ""),
    ],
)
def test_validators(headers: dict[str, str], expected: str) -> None:
    assert validator(headers) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://old.example/a b/ü.jpg", "https://old.example/a%20b/%C3%BC.jpg"),
        ("https://old.example/a%20b.jpg?x=1&y=[2]", "https://old.example/a%20b.jpg?x=1&y=[2]"),
        (" https://old.example ", "https://old.example"),
        ("https://old.example/\udcfc.jpg", "https://old.example/%FC.jpg"),
    ],
)
def test_quoting(url: str, expected: str) -> None:
    assert quoted(url) == expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/b", "https://old.example/b"),
        ("//new.example/b", "https://new.example/b"),
        ("b?c", "https://old.example/a/b?c"),
        ("http://[::1/b", ""),
        ("", ""),
    ],
)
def test_redirects(location: str, expected: str) -> None:
    assert onward("https://old.example/a/x", location) == expected
