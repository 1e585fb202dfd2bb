"""Whatever signs are in them, links of Jekyll's pages, menus and feeds lead to what is there: built and crawled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawl import crawl, served
from tests.exporters.jekyll.test_jekyll import jekyll, made, page_at, real
from tests.sites.addresses import leads, silent
from tests.wxr import cdata, item

NAMES = (
    "二つ目（後編）、完，！",
    "ﬁn ½ ①",
    "ＡＢＣ",
    "e\u0301te\u0301",
    "a+b & c",
    "it's (50 %)",
    "ガ\u3099",
    "x~y@z;=,",
)


def _meta(kind: str, object: str, target: str) -> dict[str, str]:
    return {"_menu_item_type": kind, "_menu_item_object": object, "_menu_item_object_id": target}


@pytest.mark.system
@real
def test_jekyll_fullwidth_address(tmp_path: Path) -> None:
    items, head = [], ""
    for number, name in enumerate(NAMES, 1):
        head += (
            f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{cdata(name)}</wp:category_nicename>"
            f"<wp:cat_name>{cdata(name)}</wp:cat_name></wp:category>"
        )
        terms = [("category", name.replace("&", "&amp;"), name), ("post_tag", name.replace("&", "&amp;"), name)]
        link = f"https://old.example/2021/03/{name}/"
        items.append(item(number, slug=name, title=f"Post {number}", link=link, terms=terms))
        target = (("post_type", "post"), ("taxonomy", "category"))[number % 2]
        meta = _meta(*target, str(number))
        items.append(item(100 + number, type="nav_menu_item", title="", terms=[("nav_menu", "m", "M")], meta=meta))
    page = item(50, type="page", slug="über（uns）", link="https://old.example/über（uns）/", content="Us")
    link = item(51, slug="link", content='<a href="https://old.example/über（uns）/?x=1#top">us</a>')
    site = made(tmp_path, *items, page, link, head=head)
    built = jekyll(site.folder)
    with served(built, "https://old.example") as web:
        found = crawl(web, ("feed.xml", *(f"category/{name}/" for name in NAMES)))
    assert found.broken == []
    assert found.pages > 3 * len(NAMES)
    for number, name in enumerate(NAMES, 1):
        assert f">Post {number}<" in page_at(built, f"/tag/{name}/").read_text(encoding="utf-8"), name


def _term(taxonomy: str, id: int, slug: str, name: str, parent: str = "") -> str:
    if taxonomy == "category":
        return (
            f"<wp:category><wp:term_id>{id}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename>"
            f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{cdata(name)}</wp:cat_name></wp:category>"
        )
    return (
        f"<wp:term><wp:term_id>{id}</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy>"
        f"<wp:term_slug>{slug}</wp:term_slug><wp:term_parent>{parent}</wp:term_parent>"
        f"<wp:term_name>{cdata(name)}</wp:term_name></wp:term>"
    )


@pytest.mark.system
@real
def test_lists_of_wordpress_and_their_feeds(tmp_path: Path) -> None:
    """Terms of one name, taxonomies and types of the site's own, authors, years and months: no server is needed."""
    head = _term("category", 1, "news", "News") + _term("category", 2, "events", "Events")
    head += _term("category", 3, "news-2", "News", "events") + _term("genre", 4, "music", "Music")
    head += _term("genre", 5, "jazz", "Jazz", "music") + _term("region", 6, "north", "North")
    site = made(
        tmp_path,
        item(1, slug="a", title="First", terms=[("category", "news", "News"), ("genre", "jazz", "Jazz")]),
        item(2, slug="b", title="Second", terms=[("category", "news-2", "News")]),
        item(3, type="soup", slug="leek", link="https://old.example/soup/leek/", terms=[("region", "north", "North")]),
        *(item(number, slug=f"p{number}") for number in range(10, 20)),
        head=head,
    )
    lists = ["/category/news/", "/category/events/", "/category/events/news-2/", "/genre/music/", "/genre/jazz/"]
    lists += ["/region/north/", "/soup/", "/author/ada/"]
    goals = {path: path for path in lists} | {f"{path}feed/": f"{path}feed.xml" for path in ("/", *lists)}
    goals |= {"/comments/feed/": "/feed.xml", "/genre/music/jazz/": "/genre/jazz/", "/2021/": "/", "/2021/03/": "/"}
    goals |= {"/genre/music/jazz/feed/": "/genre/jazz/feed.xml", "/page/2/": "/"}
    built = jekyll(site.folder)
    assert dict(leads(built, "https://old.example", goals)) == goals
    assert silent([path for path in goals if not path.endswith("feed/")], built, "https://old.example") == []
    shown = {slug: page_at(built, f"/category/{slug}/").read_text("utf-8") for slug in ("news", "events/news-2")}
    assert {slug: ("First" in html, "Second" in html) for slug, html in shown.items()} == {
        "news": (True, False),
        "events/news-2": (False, True),
    }
    assert "/soup/leek/" in (built / "soup/feed.xml").read_text("utf-8")
    feed = (built / "category/news/feed/index.html").read_text("utf-8")
    assert 'type="application/rss+xml" href="https://old.example/category/news/feed.xml"' in feed
