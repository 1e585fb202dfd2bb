"""Folders that browsers, Word, wget and HTTrack make: what in them is no page, and names that hold a query."""

from __future__ import annotations

import pytest

from converters.importers.html import places
from converters.importers.html.saved.folders import FRAME, HTTRACK, SORTED, STYLE, WORDS_OWN, aside
from tests.importers.html.saved_pages import PNG, reasons, site_of


def page(title: str, text: str = "", head: str = "") -> str:
    words = f"Words of {title} are here, enough of them for a page. {text}"
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1><p>{words}</p></article></body></html>"
    )


@pytest.mark.parametrize(
    ("paths", "left_out"),
    [
        (["A.html", "A_files/saved_resource.html", "A_files/p.png"], {"A_files/saved_resource.html": FRAME}),
        (["b/A b.htm", "b/A b-Dateien/f.html", "b/A b-Dateien/x.js.download"],
         {"b/A b-Dateien/f.html": FRAME, "b/A b-Dateien/x.js.download": STYLE}),
        (["A.html", "A_fichiers/a.css", "A_fichiers/a/b.html"],
         {"A_fichiers/a.css": STYLE, "A_fichiers/a/b.html": FRAME}),
        (["A.htm", "A.files/filelist.xml", "A.files/header.htm", "A.files/image001.png", "A.files/themedata.thmx"],
         {"A.files/filelist.xml": WORDS_OWN, "A.files/header.htm": WORDS_OWN, "A.files/themedata.thmx": WORDS_OWN}),
        (["my_files/index.html", "my_files/a.html"], {}),
        (["w/hts-cache/new.zip", "w/hts-log.txt", "w/backblue.gif", "w/a/fade.gif", "w/index.html"],
         {"w/hts-cache/new.zip": HTTRACK, "w/hts-log.txt": HTTRACK, "w/backblue.gif": HTTRACK}),
        (["hts-log.txt", "index.html", "weir.example/a.html"], {"hts-log.txt": HTTRACK, "index.html": HTTRACK}),
        (["backblue.gif", "a.html"], {}),
        (["a/index.html?C=N;O=D", "a/index.html@C=M;O=A.html", "a/index.html"],
         {"a/index.html?C=N;O=D": SORTED, "a/index.html@C=M;O=A.html": SORTED}),
        (["Posts 0123456789abcdef0123456789abcdef.csv", "levels.csv"],
         {"Posts 0123456789abcdef0123456789abcdef.csv": "table of Notion"}),
    ],
)  # fmt: skip
def test_what_programs_put_beside_pages(paths: list[str], left_out: dict[str, str]) -> None:
    assert aside(paths) == left_out


def test_a_page_saved_whole() -> None:
    files: dict[str, str | bytes] = {
        "High water.html": page("High water", '<img src="./High%20water_files/p.png">'),
        "High water_files/p.png": PNG,
        "High water_files/saved_resource.html": page("An advertisement"),
        "High water_files/jquery.js.download": b"var a;",
    }
    with site_of(files) as site:
        assert site.files() == ["content/High-water.md"]
        assert "![](/High%20water_files/p.png)" in site.text("content/High-water.md")
        assert (site.folder / "static/High water_files/p.png").read_bytes() == PNG
        assert sorted(reasons(site).values()) == ["frame of a saved page", "style or script of the old site"]


def test_a_mirror_of_httrack() -> None:
    mark = "<!-- Mirrored from weir.example/a.html by HTTrack Website Copier/3.x -->"
    files: dict[str, str | bytes] = {
        "index.html": "<html><head><title>Local index - HTTrack Website Copier</title></head><body>Index</body></html>",
        "backblue.gif": b"GIF89a", "hts-log.txt": b"log", "hts-cache/new.zip": b"PK\5\6" + b"\0" * 18,
        "cookies.txt": b"secret",
        "weir.example/a.html": page("A", '<a href="b.html">b</a>').replace("<html>", f"<html>{mark}"),
        "weir.example/b.html": page("B", "<img src='i.png'>"),
        "weir.example/i.png": PNG,
    }  # fmt: skip
    with site_of(files) as site:
        assert site.files() == ["content/a.md", "content/b.md"]
        assert "[b](/b.html)" in site.text("content/a.md")
        assert not list(site.folder.glob("static/**/cookies.txt"))


def test_hartator_46_pages_named_by_their_query_keep_apart() -> None:
    """`?` is `?`, `@` or `%3f` in names; the home page's address is the canonical one of all, but for the query."""
    files: dict[str, str | bytes] = {
        "index.php?p=12.html": page(
            "Twelve", '<a href="index.php%3Fp=13.html#x">a</a> <a href="index.php?p=14">b</a> <a href="/?p=15">c</a>',
            '<link rel="canonical" href="http://weir.example/?p=12">'),
        "index.php?p=13.html": page("Thirteen", "", '<link rel="canonical" href="http://weir.example/?p=13">'),
        "index.php@p=14": page("Fourteen", '<a href="http://weir.example/index.php?p=12">d</a>'),
        "index.php%3fp%3d15": page("Fifteen", '<img src="gauge.php?n=1">'),
        "gauge.php?n=1": PNG,
        "index.html": page("Home"),
    }  # fmt: skip
    with site_of(files) as site:
        assert [path.removeprefix("content/") for path in site.files()] == [
            "_index.md", "fifteen.md", "fourteen.md", "thirteen.md", "twelve.md",
        ]  # fmt: skip
        assert "[a](/thirteen/#x) [b](/fourteen/) [c](/fifteen/)" in site.text("content/twelve.md")
        assert "[d](/twelve/)" in site.text("content/fourteen.md")
        assert not site.notices("media.missing"), "a picture with a query is a file, too"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.php?p=12.html", "/?p=12"),
        ("blog/index.php?p=12&q=a", "/blog/?p=12&q=a"),
        ("a.html@x=1.html", "/a.html?x=1"),
        ("a@b.html", "/a@b.html"),
        ("photo.jpg?w=300", "/photo.jpg%3Fw=300"),
        ("2020/a/index.html", "/2020/a/"),
    ],
)
def test_own_paths(path: str, address: str) -> None:
    assert places.own_path(path) == address


FILES = {"a.html": "https://weir.example/a/", "sub/b c.html": "https://weir.example/b/", "sub/p.png": ""}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("file:///C:/Users/jo/site/sub/b%20c.html#x", "https://weir.example/b/#x"),
        ("file:///home/jo/a.html", "https://weir.example/a/"),
        ("file:///home/jo/other.html", "file:///home/jo/other.html"),
        ("sub\\b c.html", "https://weir.example/b/"),
        ("sub/p.png", "https://weir.example/sub/p.png"),
        ("./sub/../a.html#y", "https://weir.example/a/#y"),
        ("#y", "#y"),
    ],
)
def test_links_of_a_disk_lead_to_pages_of_the_site(url: str, address: str) -> None:
    links = places.PageLinks("https://weir.example", FILES.get)
    assert links.resolve(url, "index.html") == address
