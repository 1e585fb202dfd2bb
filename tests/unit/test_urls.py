"""Addresses on the old site."""

from __future__ import annotations

import pytest

from converters import urls
from converters.old_site import uploads


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://old.example/a/", "/a/"),
        ("http://www.old.example/a/?x=1#y", "/a/"),
        ("//old.example/a", "/a"),
        ("/a", "/a"),
        ("?p=20", "/"),
        ("https://old.example", "/"),
        ("https://other.example/a", None),
        ("#top", None),
        ("mailto:a@old.example", None),
        ("a/b", None),
        ("https://[broken", None),
    ],
)
def test_own(url: str, path: str | None) -> None:
    found = urls.own(url, "old.example")
    assert (found.path if found else None) == path


SPELLINGS = [
    "https://MÜNCHEN.example/a/",
    "http://www.münchen.example/a/",
    "https://xn--mnchen-3ya.example/a/",
    "//XN--MNCHEN-3YA.example./a/",
    "https://m%C3%BCnchen.example/a/",
    "https://mu\u0308nchen.example/a/",
    "https://münchen。example/a/",
    "http://münchen.example:80/a/",
    "https://user@www.xn--mnchen-3ya.example:443/a/",
]


@pytest.mark.parametrize("host", ["münchen.example", "xn--mnchen-3ya.example"])
@pytest.mark.parametrize("url", SPELLINGS)
def test_a_host_in_any_spelling(url: str, host: str) -> None:
    found = urls.own(url, host)
    assert found is not None and found.path == "/a/"


@pytest.mark.parametrize("url", ["https://munchen.example/a/", "https://xn--mnchen-.example/", "https://xn--.example/"])
def test_another_host(url: str) -> None:
    assert urls.own(url, "münchen.example") is None


def test_short_links() -> None:
    address = urls.own("https://old.example/?page_id=31&x=1", "old.example")
    assert address is not None
    assert address.id == "31"


@pytest.mark.parametrize(
    ("path", "below"),
    [
        ("/wp-content/uploads/2021/03/a.jpg", "2021/03/a.jpg"),
        ("/blog/wp-content/uploads/sites/4/2021/a%20b.jpg", "2021/a b.jpg"),
        ("/files/2010/a.jpg", "2010/a.jpg"),
        ("/2010/a.jpg", ""),
    ],
)
def test_below_uploads(path: str, below: str) -> None:
    assert uploads.below_uploads(path) == below


def test_image_service() -> None:
    url = "https://i0.wp.com/old.example/wp-content/uploads/a.jpg?w=300"
    assert uploads.behind_image_service(url) == "https://old.example/wp-content/uploads/a.jpg?w=300"
    assert uploads.only_resizes("w=300&ssl=1")
    assert not uploads.only_resizes("id=4")
