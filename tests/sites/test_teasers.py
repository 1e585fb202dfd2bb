"""Teasers end where the source ended them, and show in lists and feeds what the page shows; in built sites."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.support import Site, convert, convert_files, hugo
from tests.wxr import export, item

MORE, TYPED = "<!--more-->", "&lt;!--more--&gt;"
NOTE = '<sup data-fn="abc" class="fn"><a href="#abc" id="abc-link">1</a></sup>'

CUT: dict[str, tuple[str, str]] = {
    "in code": (f"<p>one <code>{TYPED}</code> two</p>\n<p>three</p>", "one <!--more--> two three"),
    "in preformatted code": (f"<pre>one\n{TYPED}\ntwo</pre>\n\nthree", "one <!--more--> two three"),
    "in code, and real": (f"<p>one <code>{TYPED}</code></p><pre>{TYPED}</pre>{MORE}two", "one <!--more--> <!--more-->"),
    "real, then in code": (f"<p>one</p>{MORE}<p>two <code>{TYPED}</code></p>", "one"),
    "in text": (f"<p>one {TYPED} two</p><p>three</p>", "one <!–more–> two three"),
    "in text, and real": (f"<p>one {TYPED}</p>{MORE}<p>three</p>", "one <!–more–>"),
    "in a heading": (f"<h2>one {TYPED}</h2><p>two</p>", "one <!–more–> two"),
    "in a shortcode": (f'<p>one [unknown a="{TYPED}"] two</p>', 'one [unknown a="<!--more-->"] two'),
    "in a caption": (
        f"[caption width='10']<img src='/a.png' width='10'/> one {TYPED} two[/caption]\n\nthree",
        "one <!–more–> two three",
    ),
    "in attributes": (
        f"<p>one <img src='/a.png' alt='{TYPED}' title='{TYPED}'/> <a href='/x' title='{TYPED}'>two</a></p>three",
        "one two three",
    ),
    "no mark but a comment": ("<p>one</p><!-- more --><p>two</p>", "one two"),
    "with words of its own": ("<p>one</p>\n<!--more Read on-->\n<p>two</p>", "one"),
    "twice": (f"<p>one</p>{MORE}<p>two</p>{MORE}<p>three</p>", "one"),
    "at the start": (f"{MORE}<p>one</p>", ""),
    "at the end": (f"<p>one</p>\n<p>two</p>\n{MORE}", "one two"),
    "in a paragraph": (f"one\n{MORE}\ntwo\n\nthree", "one"),
    "in emphasis": (f"one <b>two {MORE}three</b> four", "one two"),
    "in a list": (f"<ul><li>one</li><li>two</li>{MORE}<li>three</li></ul><p>four</p>", "one two"),
    "at the end of an item": (f"<ol><li>one</li><li>two{MORE}</li><li>three</li></ol>", "one two"),
    "in an item": (f"<ul><li>one</li><li>two{MORE} still two</li><li>three</li></ul>", "one two still two"),
    "in a quote": (f"<blockquote><p>one</p>{MORE}<p>two</p></blockquote><p>three</p>", "one"),
    "in a box": (f'<div class="x"><p>one</p>{MORE}<p>two</p></div><p>three</p>', "one"),
    "with a link and a note": (
        f'<!-- wp:paragraph --><p>one {NOTE} <a href="https://e.example/?a=1&amp;b=2">two</a> '
        f'<a href="#part">three</a></p><!-- /wp:paragraph -->{MORE}<h2 id="part">four</h2><!-- wp:footnotes /-->',
        "one two three",
    ),
}  # fmt: skip
_ARTICLE = re.compile(
    r'<h2[^>]*>.*?<a [^>]*>(.*?)</a></h2>.*?<div class="summary">(.*?)</div>\s*(?:<p class="more">.*?</p>\s*)?'
    "</article>",
    re.S,
)


def export_of(cases: dict[str, tuple[str, str]]) -> str:
    notes = {"footnotes": '[{"id":"abc","content":"the note"}]'}
    rows = enumerate(cases.items(), 1)
    return export(*(item(id, slug=f"c{id}", title=name, content=case[0], meta=notes) for id, (name, case) in rows))


def teasers(built: Path) -> dict[str, str]:
    """Title -> HTML of the teaser, in all lists."""
    pages = (path.read_text(encoding="utf-8") for path in sorted(built.rglob("index.html")))
    return {unescape(title).strip(): html for page in pages for title, html in _ARTICLE.findall(page)}


def words(html: str) -> str:
    """What a reader sees of it, marks of notes left out."""
    text = re.sub(r"<sup\b.*?</sup>", "", html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).replace("”", '"').split())


def shown(cases: dict[str, tuple[str, str]], built: Path) -> dict[str, str]:
    found = teasers(built)
    return {name: words(found[name]) for name in cases if name in found}


def with_all_teasers(site: Site) -> Site:
    """Jekyll's front page shows ten; an own page of the site shows all."""
    page = "---\nlayout: null\n---\n{% for post in site.posts %}{% include teaser.html of=post %}{% endfor %}\n"
    (site.folder / "all.html").write_text(page, encoding="utf-8")
    return site


@pytest.mark.hugo
def test_hugo_cuts_where_wordpress_cut(tmp_path: Path) -> None:
    built = hugo(convert(tmp_path, export_of(CUT)).folder)
    assert shown(CUT, built) == {name: case[1] for name, case in CUT.items()}
    with_link = teasers(built)["with a link and a note"]
    assert '<a href="https://e.example/?a=1&amp;b=2">' in with_link and '#part"' in with_link
    assert re.search(r'<a href="/[^"]+/#part">', with_link), "a link to a place on the page leads there"


@pytest.mark.system
@real
def test_jekyll_cuts_where_wordpress_cut(tmp_path: Path) -> None:
    site = convert(tmp_path, export_of(CUT), options=Options("wordpress", "jekyll"))
    built = jekyll(with_all_teasers(site).folder)
    assert shown(CUT, built) == {name: case[1] for name, case in CUT.items()}
    with_link = teasers(built)["with a link and a note"]
    assert re.search(r'<a href="/[^"]+/#part">', with_link), "a link to a place on the page leads there"
    assert 'href="#' not in with_link
    code = (built / "c2/index.html").read_text(encoding="utf-8")
    assert TYPED in code, "the page shows what was typed"


BUNDLE = """---
title: {name}
date: 2022-01-0{day}
featured_image: pic.jpg
---

Look ![p](pic.jpg) and ![q](sub/p%20c.jpg) here [file](pic.jpg), [up](../../x/), [mail](mailto:a@b.example), [h](#sec).

<img src="pic.jpg"
srcset="pic.jpg 1x, sub/p%20c.jpg 2x,/r.jpg 3x, https://e.example/x.jpg 4x"><video src="/v.mp4" poster="pic.jpg">
</video> and `<img src="/code" srcset="/code 1x">` and src="/text"

{more}

## Sec {{#sec}}
"""


def bundle_relative(folder: Path) -> Path:
    """Two bundles, one of them with signs in its address, and a post of its own file without a mark."""
    for day, (name, more) in enumerate({"b": MORE, "c$1 & d": MORE}.items(), 1):
        home = folder / "content/posts" / name
        (home / "sub").mkdir(parents=True)
        (home / "index.md").write_text(BUNDLE.format(name=name, day=day, more=more), encoding="utf-8")
        for file in ("pic.jpg", "sub/p c.jpg"):
            (home / file).write_bytes(b"no picture")
    (folder / "content/posts/single.md").write_text("---\ntitle: s\ndate: 2022-01-03\n---\n![p](pic.jpg) [f](a.pdf)\n")
    settings = 'baseURL = "https://old.example/"\n[markup.goldmark.renderer]\nunsafe = true\n'
    (folder / "hugo.toml").write_text(settings)
    return folder


_IN_TAGS = re.compile(r'\s(?:src|href|poster)="([^"]*)"')
_TAG = re.compile(r"<[a-z][^>]*>")


def addresses(html: str) -> set[str]:
    found = {unescape(url) for tag in _TAG.findall(html) for url in _IN_TAGS.findall(tag)}
    for sizes in re.findall(r'<[a-z][^>]*\ssrcset="([^"]*)"', html):
        found |= {part.split()[0] for part in unescape(sizes).split(",")}
    return found


def expected(root: str, page: str) -> set[str]:
    own = {"pic.jpg", "sub/p%20c.jpg"}
    return {f"{root}{page}{name}" for name in own} | {f"{root}/r.jpg", f"{root}/v.mp4", "https://e.example/x.jpg"}


def check_bundles(built: Path, feed: str, up: tuple[str, ...]) -> None:
    lists = teasers(built)
    pages = {"b": "/posts/b/", "c$1 & d": "/posts/c1--d/"}
    for name, page in pages.items():
        html = lists[name]
        assert addresses(html) - set(up) == expected("", page) | {"mailto:a@b.example", f"{page}#sec"}
        assert unescape(html).count('="/code') == 2 and "/text" in html
    assert addresses(lists["s"]) == {"/posts/single/pic.jpg", "/posts/single/a.pdf"}
    channel = ElementTree.parse(built / feed).getroot()
    texts = {row.findtext("title"): row for row in channel.iter("item")}
    for name, page in pages.items():
        text = texts[name].findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
        whole = {f"https://old.example{way}" for way in up}
        seen = addresses(text) - whole - {f"https://old.example{page}#sec"}
        assert f"https://old.example{page}#sec" in addresses(text)
        assert seen == expected("https://old.example", page) | {"mailto:a@b.example"}
        assert unescape(text).count('="/code') == 2 and ".example/text" not in text, "words stay as they are"
    for file in ("pic.jpg", "sub/p c.jpg"):
        assert (built / "posts/b" / file).is_file()


@pytest.mark.hugo
def test_bundle_relative_in_hugo(tmp_path: Path) -> None:
    site = convert_files(tmp_path, bundle_relative(tmp_path / "old"), options=Options("hugo", "hugo"))
    check_bundles(hugo(site.folder), "index.xml", ("/posts/b/../../x/", "/posts/c1--d/../../x/"))


@pytest.mark.system
@real
def test_bundle_relative(tmp_path: Path) -> None:
    site = convert_files(tmp_path, bundle_relative(tmp_path / "old"), options=Options("hugo", "jekyll"))
    assert site.front("_posts/2022-01-01-b.md")["image"]["path"] == "/posts/b/pic.jpg"
    check_bundles(jekyll(site.folder), "index.xml", ("/x/",))
