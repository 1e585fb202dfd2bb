"""`<base href>`: what addresses of a page are relative to (https://html.spec.whatwg.org/#the-base-element)."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.importers.html import metadata, page, places
from converters.model.notices import Log
from tests.importers.html.test_from_html import from_html, written

FILES = {
    "a.html": "/a.html",
    "x/a.html": "/x/a.html",
    "x/b.html": "/x/b.html",
    "y/b.html": "/y/b.html",
    "y/p.png": "/y/p.png",
}


def resolved(base: str, url: str, *, path: str = "x/a.html", site: str = "") -> str:
    links = places.PageLinks(site, FILES.get).based_on(path, base)
    return links.resolve(url, links.seen_from(path, base))


@pytest.mark.parametrize(
    ("base", "url", "expected"),
    [
        ("https://old.example/blog/2019/", "other.html", "https://old.example/blog/2019/other.html"),
        ("https://old.example/blog/2019/", "../img/x.png", "https://old.example/blog/img/x.png"),
        ("https://old.example/blog/2019/", "/root", "https://old.example/root"),
        ("https://old.example/blog/2019/", "//cdn.example/x.png", "//cdn.example/x.png"),
        ("https://old.example/blog/2019/", "?page=2", "https://old.example/blog/2019/?page=2"),
        ("https://old.example/blog/2019/", "#part", "#part"),
        ("https://old.example/blog/2019/", "mailto:ida@weir.example", "mailto:ida@weir.example"),
        ("https://old.example/blog/2019/", "b.html", "/x/b.html"),  # a file beside the page
        ("//old.example/blog/", "other.html", "//old.example/blog/other.html"),
        ("../y/", "b.html", "/y/b.html"),
        ("../y/index.html", "p.png", "/y/p.png"),
        ("/y/", "b.html", "/y/b.html"),
        (".", "b.html", "/x/b.html"),
        ("./", "c.html", "/x/c.html"),
        ("", "b.html", "/x/b.html"),
        ("javascript:alert(1)", "b.html", "/x/b.html"),
        ("data:text/html,x", "c.html", "/x/c.html"),
        ("http://[", "b.html", "/x/b.html"),
    ],
)
def test_addresses_are_relative_to_the_base(base: str, url: str, expected: str) -> None:
    assert resolved(base, url) == expected


@pytest.mark.parametrize(("base", "expected"), [
    ("https://weir.example/y/", "https://weir.example/y/b.html"),
    ("https://www.weir.example/y/", "https://weir.example/y/b.html"),
    ("https://old.example/", "https://old.example/c/b.html"),
])  # fmt: skip
def test_a_base_on_the_own_host(base: str, expected: str) -> None:
    links = {path: f"https://weir.example{url}" for path, url in FILES.items()}
    found = places.PageLinks("https://weir.example", links.get).based_on("x/a.html", base)
    url = "b.html" if "weir" in base else "c/b.html"
    assert found.resolve(url, found.seen_from("x/a.html", base)) == expected


def test_facts_are_relative_to_the_base_too() -> None:
    html = (
        '<base href="https://old.example/blog/"><link rel="canonical" href="eels/">'
        '<meta property="og:image" content="../img/eel.png"><title>Eels</title><main><p>Up the weir.</p></main>'
    )
    meta = metadata.read(page.parse(html.encode(), "a.html", Log()), None)
    assert (meta.canonical, meta.picture) == ("https://old.example/blog/eels/", "https://old.example/img/eel.png")


def test_a_saved_page_with_a_base_on_another_host(tmp_path: Path) -> None:
    html = (
        '<!doctype html><title>Based</title><base href="https://old.example/blog/2019/"><main><h1>Based</h1>'
        '<p>A page that was saved, with <a href="other.html">a link</a> and <img src="../img/x.png" alt="x">.</p></main>'
    )
    site = from_html(tmp_path, written(tmp_path, {"based.html": html}))
    body = site.body("content/based.md")
    assert "[a link](https://old.example/blog/2019/other.html)" in body
    assert "![x](https://old.example/blog/img/x.png)" in body
