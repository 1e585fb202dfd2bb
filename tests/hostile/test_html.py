"""Hostile HTML, in posts and as pages: depth, size, what runs, broken bytes, files that are none."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from converters.html import parse, tree
from converters.model.options import ReadOptions, WriteOptions
from pipelines.run.carry import Options
from tests.hostile.cases import case
from tests.hostile.children import measured
from tests.importers.html.test_from_html import from_html, reasons, written
from tests.support import Site, convert
from tests.wxr import export, item

OTHER = "<title>Other</title><main><p>Other words.</p></main>"


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>A</title>{head}</head><body><main>{body}</main></body></html>"


def pages(tmp_path: Path, first: str | bytes) -> Site:
    """A site of this page and another one, which is carried whatever the first is."""
    site = from_html(tmp_path, written(tmp_path, {"a.html": first, "z.html": OTHER}))
    assert site.body("content/z.md") == "Other words."
    assert not site.outcome.account.failed
    return site


@case(
    "html-depth-post", "100,000 unclosed elements in a post", "the words stay; what is too deep loses its tags, noted"
)
@pytest.mark.slow
def test_a_deep_post(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1, content="<div>" * 100_000 + "deep words"), item(2)))
    assert site.body("content/posts/post-1.md") == "deep words"
    assert len(site.notices("html.depth")) == 1
    assert site.body("content/posts/post-2.md") == "Text of 2."


@case("html-depth-page", "thousands of unclosed elements in a page", "the words stay")
@pytest.mark.parametrize("count", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_deep_page(tmp_path: Path, count: int) -> None:
    assert pages(tmp_path, page("<div>" * count + "deep words")).body("content/a.md") == "deep words"


@case("html-text-large", "a page with a single text of 10 MB", "carried whole")
def test_a_large_text(tmp_path: Path) -> None:
    assert pages(tmp_path, page("<p>" + "x" * 10_000_000 + "end</p>")).body("content/a.md").endswith("xend")


RUNS = (
    "<p>Words.<script>attack()</script></p><p onclick='attack()'>more</p><a href='java\tscript&#10;:attack()'>a</a>"
    "<a href='&#1;vbscript:attack()'>b</a><a href='data:text/html,attack()'>c</a>"
    "<iframe src='javascript:attack()'></iframe>"
)


@case("html-active", "scripts, handlers and addresses that run something", "removed, each noted")
@pytest.mark.parametrize("way", ["", "safe"])
def test_what_runs_goes(way: str, tmp_path: Path) -> None:
    options = Options("wordpress", "hugo", read=ReadOptions(), write=WriteOptions(raw_html=way))
    site = convert(tmp_path, export(item(1, content=RUNS), item(2)), options=options)
    body = site.body("content/posts/post-1.md")
    assert "attack" not in body
    assert all(word in body for word in ("Words.", "more", "a", "b", "c"))
    assert len(site.notices("html.active")) >= 5


@case("html-active-kept", "scripts and event handlers, with `--raw-html keep`", "they stay as they are, as asked for")
def test_what_runs_stays_when_asked_for(tmp_path: Path) -> None:
    options = Options("wordpress", "hugo", write=WriteOptions(raw_html="keep"))
    site = convert(tmp_path, export(item(1, content=RUNS)), options=options)
    assert "<script>attack()</script>" in site.body("content/posts/post-1.md")
    assert not site.notices("html.active")


@case("html-refresh-post", "`<meta refresh>` and `<base>` in a post", "neither is written: no reader is led away")
@pytest.mark.parametrize("to", ["hugo", "jekyll"])
def test_no_post_leads_away(tmp_path: Path, to: str) -> None:
    away = '<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/">'
    site = convert(tmp_path, export(item(1, content=f"<p>Words.</p>{away}")), options=Options("wordpress", to))
    texts = [path.read_text() for path in site.folder.rglob("*post-1*") if path.is_file()]
    assert any("Words." in text for text in texts)
    assert not any("evil.example" in text for text in texts)


@case("html-refresh-page", "a page that `<meta refresh>` leads to another site", "no page, and named as a redirect")
def test_a_page_that_leads_away(tmp_path: Path) -> None:
    head = '<meta http-equiv=refresh content="0;url=https://evil.example/">'
    assert reasons(pages(tmp_path, page("<p>Words.</p>", head)))["a.html"] == "redirect"


@case("html-control-characters", "NULs and control characters in a page, also at its start", "gone, and counted")
@pytest.mark.parametrize("before", [0, 2_000])
def test_control_characters(tmp_path: Path, before: int) -> None:
    site = pages(tmp_path, page("w" * before + " te\0xt\x01 more"))
    assert site.body("content/a.md").split()[-2:] == ["text", "more"]
    assert [notice["what"] for notice in site.notices("xml.control-characters")] == ["2"]


@case("html-encoding-broken", "a page that says UTF-8 and has other bytes", "read as what they look like, noted")
def test_broken_utf_8(tmp_path: Path) -> None:
    head = b'<!doctype html><meta charset="utf-8"><title>A</title>'
    site = pages(tmp_path, head + b"<main><p>caf\xe9 au lait et th\xe9 \x93x\x94</p></main>")
    assert "café au lait et thé" in site.body("content/a.md")
    assert len(site.notices("source.encoding")) == 1


@case("html-references", "references to characters that are none", "U+FFFD, as browsers show it")
def test_references_to_nothing(tmp_path: Path) -> None:
    body = pages(tmp_path, page("<p>a&#0;b&#xD800;c&#99999999999999999999;d &bogus; e&amp f</p>")).body("content/a.md")
    assert body == "a\ufffdb\ufffdc\ufffdd &amp;bogus; e& f"


@case(
    "html-roots", "tags of a whole document inside of a post, thousands of them", "passed over at once; the text stays"
)
def test_tags_of_whole_documents() -> None:
    text = "".join(f"<hTmL a{number}=x>{number} " for number in range(4_000))
    assert parse.without_roots(text).count("=") == 0
    assert tree.plain_text(tree.parse(f"<p>{text}</p>")).split() == [str(number) for number in range(4_000)]
    assert parse.without_roots("<html a=x>1") == "<html a=x>1"


@case("html-srcset", "a `srcset` of 100,000 candidates", "the widest is taken")
@pytest.mark.parametrize("source", ["html", "wordpress"])
def test_many_candidates(tmp_path: Path, source: str) -> None:
    sizes = ", ".join(f"/wp-content/uploads/a-{n}.jpg {n}w" for n in range(1, 100_001))
    picture = f'<p><img srcset="{sizes}" alt="x"> words</p>'
    if source == "html":
        body = pages(tmp_path, page(picture)).body("content/a.md")
    else:
        body = convert(tmp_path, export(item(1, content=picture))).body("content/posts/post-1.md")
    assert body == "![x](/wp-content/uploads/a-100000.jpg) words"


@case("html-odd-files", "links, pipes and sockets in the folder of a site", "named and passed over; nothing hangs")
@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_files_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, {"a.html": OTHER})
    os.mkfifo(folder / "pipe.html")
    (folder / "zero.html").symlink_to("/dev/zero")
    (folder / "loop").symlink_to(folder)
    monkeypatch.chdir(folder)  # a socket's name is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("talk.html")
        site = from_html(tmp_path, folder)
    assert site.files() == ["content/a.md"]
    assert {notice["what"] for notice in site.notices("source.skipped")} == {
        "pipe.html", "zero.html", "loop", "talk.html",
    }  # fmt: skip
    cost = measured("--from", "html", str(folder), "-o", "by-command", "-q", cwd=tmp_path)  # which looks at every file
    assert cost.status == 0, cost


@case("html-file-huge", "a page and a file of 1 TB, all of it a hole", "named and left out; memory stays small")
@pytest.mark.skipif(sys.platform == "win32", reason="files there have no holes")
def test_files_of_a_terabyte(tmp_path: Path) -> None:
    folder = written(tmp_path, {"a.html": OTHER, "big.html": page("<p>x</p>"), "film.mp4": "x"})
    for name in ("big.html", "film.mp4"):
        os.truncate(folder / name, 1 << 40)
    cost = measured("--from", "html", str(folder), "-o", "site", cwd=tmp_path)
    assert (cost.status, cost.megabytes < 200) == (4, True), cost
    assert cost.said.count("larger than the limit") == 2
    assert (tmp_path / "site/content/a.md").is_file()
    assert not (tmp_path / "site/static/film.mp4").exists()
