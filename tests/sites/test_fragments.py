"""Links to a place inside another page: the page gets such a place, whatever stands first in the export."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests.support import convert, hugo
from tests.wxr import cdata, export, item

BASE = "https://old.example"
TEXT = """<h2>The old quay</h2>
<p>One.</p>
<h2>Fares &amp; times</h2>
<p id="para">Two.</p>
<div id="box"><p>Three.</p></div>
<ul id="list"><li id="entry">Four</li></ul>
<blockquote id="quote"><p>Five</p></blockquote>
<figure id="figure"><img src="/wp-content/uploads/a.png" alt="A" /><figcaption>Six</figcaption></figure>
<p><span id="span"></span>Seven <a name="name"></a>eight.</p>
<h2 id="mine">Nine</h2>
<h2>Not asked for</h2>"""
LINKS = [  # (link on another page, id that the target has to have)
    (f"{BASE}/quay/#The_old_quay", "The_old_quay"),
    ("/quay/#fares-times", "fares-times"),
    ("../quay/#para", "para"),
    ("http://www.old.example/quay#box", "box"),
    ("?p=10#list", "list"),
    (f"{BASE}/?p=10#entry", "entry"),
    ("/pier/#quote", "quote"),  # its older slug
    ("/quay/2/#figure", "figure"),
    ("/quay/?utm_source=a&amp;b=c#span", "span"),
    ("/quay/#name", "name"),
    ("/quay/#mine", "mine"),
]


def post_with(links: list[str]) -> str:
    content = "\n\n".join(f'<a href="{link}">L</a>' for link in links)
    return item(20, slug="links", link=f"{BASE}/links/", content=content)


def target(content: str = TEXT) -> str:
    return item(10, slug="quay", link=f"{BASE}/quay/", content=content, meta={"_wp_old_slug": "pier"})


def ids(page: str) -> list[str]:
    return [quoted or plain for quoted, plain in re.findall(r'\s(?:id|name)=(?:"([^"]*)"|([^\s>]+))', page)]


@pytest.mark.hugo
def test_a_built_page_has_the_places_other_pages_link_to(tmp_path: Path) -> None:
    site = convert(tmp_path, export(post_with([link for link, _ in LINKS]), target()))
    built = hugo(site.folder)
    found = ids((built / "quay/index.html").read_text())
    for _, id in LINKS:
        assert found.count(id) == 1, id
    links = (built / "links/index.html").read_text()
    for _, id in LINKS:
        assert re.search(rf'href="?[^"\s>]*/quay/[^"\s>]*#{id}\b', links), id
    assert site.notices("link.missing") == []
    assert "## Not asked for\n" in site.text("content/posts/quay.md") + "\n"


@pytest.mark.parametrize("to", ["hugo", "jekyll", "json"])
def test_neither_order_nor_processes_change_anything(to: str, tmp_path: Path) -> None:
    """Two pages ask for the same heading in two spellings: the same one is heard each time."""
    items = [
        item(1, slug="one", content='<a href="/quay/#the-old-quay">x</a>'),
        item(2, slug="two", content='<a href="/quay/#The_old_quay">x</a>'),
        target("<h2>The old quay</h2><p>x</p>"),
    ]
    found = set()
    for number, order in enumerate(permutations(items)):
        folder = tmp_path / str(number)
        folder.mkdir()
        site = convert(folder, export(*order), options=Options("wordpress", to), workers=2 if number == 3 else 1)
        texts = [path.read_text() for path in site.folder.rglob("*") if path.suffix in (".md", ".json")]
        found.add(tuple(sorted(set(re.findall(r"\{#([^}]*)\}|<h2 id=\\\"([^\\]*)", "".join(texts))))))
    assert found in ({(("The_old_quay", ""),)}, {(("", "The_old_quay"),)})


def test_menus_and_reusable_blocks_ask_for_places_too(tmp_path: Path) -> None:
    menu = item(
        30,
        type="nav_menu_item",
        terms=[("nav_menu", "main", "Main")],
        meta={"_menu_item_type": "custom", "_menu_item_url": f"{BASE}/quay/#the-old-quay"},
    )
    shared = item(31, type="wp_block", content='<p><a href="/quay/#fares_times">x</a></p>')
    head = (
        "<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>nav_menu</wp:term_taxonomy>"
        f"<wp:term_slug>main</wp:term_slug><wp:term_name>{cdata('Main')}</wp:term_name></wp:term>"
    )
    text = convert(tmp_path, export(menu, target(), shared, head=head)).text("content/posts/quay.md")
    assert "## The old quay {#the-old-quay}" in text
    assert "## Fares & times {#fares_times}" in text


@pytest.mark.parametrize(
    "link",
    [
        "https://other.example/quay/#para",
        "/quay/#more-10",
        "/quay/#respond",
        "/quay/#comment-7",
        "/nowhere/#para",
        "/quay/#",
        "#para",
        "/quay/#no-such-words",
        f"/quay/#{'x' * 2000}",
    ],
)
def test_what_asks_for_nothing(link: str, tmp_path: Path) -> None:
    first = convert(tmp_path, export(post_with([link]), target())).text("content/posts/quay.md")
    assert "{#mine}" in first
    assert first.count("{#") == 1
    assert "<a id=" not in first


def test_an_id_cannot_break_out_of_its_anchor(tmp_path: Path) -> None:
    id = "a&quot;onclick=&quot;b"
    site = convert(tmp_path, export(post_with([f"/quay/#{id}"]), target(f'<p id="{id}">x</p>')))
    assert 'onclick="' not in site.text("content/posts/quay.md")
    assert '<a id="a&quot;onclick=&quot;b"></a>x' in site.text("content/posts/quay.md")
