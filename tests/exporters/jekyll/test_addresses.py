"""Whatever signs are in them, links of Jekyll's pages, menus and feeds lead to what is there: built and crawled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawl import crawl, served
from tests.exporters.jekyll.test_jekyll import jekyll, made, page_at, real
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
