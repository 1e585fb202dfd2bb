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
