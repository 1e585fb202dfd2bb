"""First and last bytes: what is a picture, what a page of HTML, and whether it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.media import sniff
from tests.limits import budget

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\x00\x11\x08\x01\x2c\x02\x58\x03"
MADE = {
    "jpeg": JPEG,
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x58\0\0\x01\x2c",
    "gif": b"GIF89a\x58\x02\x2c\x01",
    "webp": b"RIFF\x0c\0\0\0WEBPVP8 ",
    "svg": b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand --><svg xmlns="http://www.w3.org/2000/svg">',
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04\x14\0",
    "iso": b"\0\0\0\x20ftypavif",
    "html": b"  \n<!DOCTYPE html><title>x",
    "text": b"Not found\n",
    "": b"\x00\x01\x02\x03",
}


@pytest.mark.parametrize("kind", MADE)
def test_kinds(kind: str) -> None:
    assert sniff.kind(MADE[kind]) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"<html lang=en>",
        b"\xef\xbb\xbf<!doctype HTML>",
        b"<!-- cached --><!-- twice --><html>",
        b"<?xml version='1.0'?><html xmlns='x'>",
        b"<script>location='/'</script>",
        b"<h1>404</h1>",
        b"<p>No",
        b'<div class="x">',
    ],
)
def test_pages_of_html(head: bytes) -> None:
    assert sniff.kind(head) == "html"


@pytest.mark.parametrize(
    ("name", "kind", "content_type", "objects"),
    [
        ("a.jpg", "jpeg", "image/jpeg", False),
        ("a.jpg", "png", "image/jpeg", False),
        ("a.jpg", "jpeg", "text/html", False),
        ("a.JPG", "html", "image/jpeg", True),
        ("a.jpg", "text", "image/jpeg", True),
        ("a.jpg", "zip", "image/jpeg", True),
        ("a.heic", "iso", "", False),
        ("a.jpg", "", "", False),
        ("a.jpg", "", "text/html", True),
        ("a.svg", "svg", "image/svg+xml", False),
        ("a.svg", "html", "image/svg+xml", True),
        ("a.pdf", "pdf", "application/pdf", False),
        ("a.pdf", "html", "application/pdf", True),
        ("a.pdf", "text", "", True),
        ("a.docx", "zip", "", False),
        ("a.mp4", "iso", "", False),
        ("a.txt", "text", "text/plain", False),
        ("a.txt", "html", "text/html", True),
        ("a.gpx", "text", "", False),
        ("a", "text", "", False),
    ],
)
def test_objections(name: str, kind: str, content_type: str, objects: bool) -> None:
    assert bool(sniff.validate_payload(name, MADE[kind], content_type)) is objects


def test_empty_answers() -> None:
    assert sniff.validate_payload("a.jpg", b"")
    assert sniff.validate_payload("a.pdf", b"")
    assert not sniff.validate_payload("a.txt", b"")


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif"])
def test_sizes(kind: str) -> None:
    assert sniff.size_of(MADE[kind]) == (600, 300)
    for length in range(len(MADE[kind]) - 5):
        assert sniff.size_of(MADE[kind][:length]) in (None, (600, 300))


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (JPEG + b"x" * 9000 + b"\xff\xd9", True),
        (JPEG + b"x" * 9000 + b"\xff\xd9" + b"\0" * 100, True),
        (JPEG + b"x" * 9000, False),
        (MADE["png"] + b"\0\0\0\0IEND\xaeB`\x82", True),
        (MADE["png"] + b"x" * 9000, False),
        (MADE["gif"] + b"x" * 9000 + b"\0;", True),
        (MADE["webp"] + b"xxxx", True),
        (MADE["webp"], False),
        (MADE["zip"], None),
        (b"", None),
        (b"RIFF\0\0\0\0WEBP"[:12], True),
    ],
)
def test_wholeness(data: bytes, whole: bool | None, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(data)
    assert sniff.whole(tmp_path / "x") is whole


@pytest.mark.parametrize("head", [b"<!--" * 1024, b"<!-- -->" * 512, b"<?xml" * 800, b"<?xml ?>" * 512, b" " * 4096])
def test_hostile_heads_take_no_time(head: bytes) -> None:
    with budget(20):
        sniff.kind(head)
        sniff.validate_payload("a.jpg", head)
