"""Addresses with signs that mean something to HTML, XML, URLs or templates: valid wherever they are written, and each
leads to its page. Comments with structure are on the pages as WordPress shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from lxml import etree

from converters.html import tree
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.support import convert, hugo
from tests.wxr import export, item

ADDRESSES = (
    *(
        "/a&b/",
        "/a<b/",
        "/a>b/",
        '/say-"hi"/',
        "/it's/",
        "/a b/",
        "/größe-日本/",
        "/gr%C3%B6%C3%9Fe2/",
        "/a.b/",
        "/a--b/",
    ),
    *("/100%/", "/100%25-b/", "/c%23/", "/why%3F/", "/{{x}}/", "/{%x%}/", "/a:b/", "/10:30/", "/http:/", "/http://x/"),
    *("/c:/x/", "/a@b/", "/a+b/", "/a;b,c/", "/a=b/", "/~x/", "/a*b/", "/a|b/", "/a[1](2)/", "/a^b`c/", "/$x/", "/!x/"),
    *("/（a），b/", "/a%2Fb/", "/2021/03/04/12:00:01/", "/a:b.html", "/x&y.php", "/a\u00a0b/", "/:year/", "/x:slug/"),
)
OG, CANONICAL = "https://old.example/wp-content/uploads/a&b'c\"d é.jpg", "https://old.example/?a=1&b=<2>'\""
STRUCTURE = """<h1>Head</h1><h3>Sub</h3>
<table><tr><th scope="col">A</th><td colspan="2">B</td></tr></table>
<dl><dt>Term</dt><dd>Said</dd></dl>
<ol start="8" reversed><li value="9">Eight<ul><li>Nested</li></ul></li></ol>
<address>1 Loop<br />Here</address><p><ins datetime="2021-01-01">new</ins> <del>old</del> <kbd>Ctrl</kbd> <big>big</big>
<acronym title="For The Win">ftw</acronym> <q cite="https://e.example/">quoted</q> H<sub>2</sub>O</p>
<blockquote cite="https://e.example/"><p>outer</p><blockquote><p>inner</p></blockquote></blockquote>
<pre>
  two  spaces
	tab</pre><hr /><p><img src="https://e.example/p.jpg" alt="pic" onerror="x()" /> it's</p>
<iframe src="https://e.example/"></iframe><script>x()</script><form><input name="a" /><b>words</b></form>"""
TAGS = frozenset(
    """acronym address b big blockquote br dd del dl dt h1 h3 hr img ins kbd li ol p pre q sub table tbody td th tr
    ul""".split()
)
_NO_URL = re.compile(r"[\s<>\"{}|\\^`]|[^\x00-\x7f]")


def blog() -> str:
    """A post at each address, with a category and a tag of the same slug."""
    posts = []
    for id, address in enumerate(ADDRESSES, 1):
        slug = address.strip("/").split("/")[-1]
        meta = {"_yoast_wpseo_opengraph-image": OG, "_yoast_wpseo_canonical": CANONICAL} if id == 2 else {}
        terms = [("category", slug, f"Cat {id}"), ("post_tag", slug, f'Tag <{id}> & "')]
        comments = [{"id": 5, "approved": 1, "author": "Eve", "content": STRUCTURE}] if id == 1 else []
        posts.append(
            item(id, slug=slug, title=f"No. {id}!", content=f"<p>Text no. {id}.</p>", terms=terms, author="ada",
                 link=f"https://old.example{address}", meta=meta, comments=comments)
        )  # fmt: skip
    return export(*posts)


def goal(built: Path, url: str) -> Path | None:
    path = built / unquote(urlsplit(url).path).strip("/")
    path = path / "index.html" if path.is_dir() else path
    return path if path.is_file() else None


def urls_of_xml(path: Path) -> Iterator[str]:
    for element in ElementTree.parse(path).getroot().iter():
        name = element.tag.rpartition("}")[2]
        if name in ("link", "loc", "guid") and element.text and "?p=" not in element.text:
            yield element.text
        yield from (element.attrib[key] for key in ("href", "url") if key in element.attrib)


def urls_of_page(root: etree._Element) -> Iterator[str]:
    for element in root.iter("*"):
        yield from (str(element.get(key)) for key in ("href", "src") if element.get(key))
        content = str(element.get("content") or "")
        if element.get("property") in ("og:url", "og:image") or element.get("name") == "twitter:image":
            yield content
        elif "url=" in content:
            yield content.partition("url=")[2]


def check(built: Path, feed: str) -> None:
    seen = 0
    for path in (one for one in built.rglob("*") if one.suffix in (".html", ".xml", ".php") and one.is_file()):
        is_xml = path.suffix == ".xml"
        found = urls_of_xml(path) if is_xml else urls_of_page(tree.parse(path.read_text(encoding="utf-8")))
        for url in found:
            assert not _NO_URL.search(url), (path, url)
            elsewhere = url.startswith(("#", "https://e.example")) or "/wp-content/" in url or "?a=1" in url
            assert elsewhere or goal(built, url), (path, url)
            seen += 1
    assert seen > 1000
    links = {row.findtext("title"): row.findtext("link") or "" for row in ElementTree.parse(built / feed).iter("item")}
    assert len(links) == 20
    for title, link in links.items():
        page = goal(built, link)
        assert page is not None and f">{title}</h1>" in page.read_text(encoding="utf-8")
    for id, address in enumerate(ADDRESSES, 1):
        page = goal(built, address) if "%2F" not in address and "://" not in address else None
        if page is not None:
            text = page.read_text(encoding="utf-8")
            assert f"Text no. {id}." in text or 'http-equiv="refresh"' in text, address
    head = next(built.glob("a<b/index.html")).read_text(encoding="utf-8")
    assert "a&amp;b%27c%22d%20%C3%A9.jpg" in head
    assert re.search(r"\?a=1&amp;b=%3c2%3e%27%22", head, re.I)


def check_comment(page: str) -> None:
    comments = page.partition('class="comments"')[2]
    root = tree.parse(comments)
    body = next(item for item in root.iter("li") if item.get("id") == "comment-5")
    tags = {str(one.tag) for one in body.iter("*")}
    assert tags >= TAGS
    assert not tags & {"script", "iframe", "form", "input", "style"}
    assert [str(one.get("start")) for one in body.iter("ol")] == ["8"]
    assert "  two  spaces\n\ttab" in tree.plain_text(body)
    assert "it’s" in tree.plain_text(body) and "words" in tree.plain_text(body)
    assert all(not str(name).startswith("on") for one in body.iter("*") for name in one.attrib)
    assert "x()" not in comments


def notices_of_comments(site: Any) -> list[str]:
    return sorted(notice["what"] for notice in site.notices("comments.element"))


@pytest.mark.hugo
def test_hugo_writes_addresses_that_are_valid(tmp_path: Path) -> None:
    site = convert(tmp_path, blog())
    assert notices_of_comments(site) == ["iframe", "input"]
    built = hugo(site.folder)
    check(built, "index.xml")
    check_comment((built / "a&b/index.html").read_text(encoding="utf-8"))
    for address in ("/a:b/", "/10:30/", "/http:/", "/c:/x/", "/2021/03/04/12:00:01/", "/a:b.html", "/:year/"):
        assert goal(built, address), address


@pytest.mark.system
@real
def test_jekyll_writes_addresses_that_are_valid(tmp_path: Path) -> None:
    site = convert(tmp_path, blog(), options=Options("wordpress", "jekyll"))
    built = jekyll(site.folder)
    check(built, "feed.xml")
    check_comment((built / "a&b/index.html").read_text(encoding="utf-8"))
    for address in ("/a:b/", "/10:30/", "/http:/", "/c:/x/", "/2021/03/04/12:00:01/", "/a:b.html", "/:year/"):
        assert goal(built, address), address
