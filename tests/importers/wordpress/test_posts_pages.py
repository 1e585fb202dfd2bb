"""Which page of an export lists the posts of its site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from converters.importers.wordpress.posts_pages import is_blank
from pipelines.run.carry import Options
from tests.support import convert
from tests.wxr import export, item

FRONT = item(1, type="page", slug="home", title="Welcome", link="https://old.example/", content="Our front page.")
POST = item(9, slug="a", link="https://old.example/2021/03/a/")
QUERY = (
    '<!-- wp:query {"queryId":1} --><div class="wp-block-query"><!-- wp:post-template --><!-- wp:post-title /-->'
    "<!-- /wp:post-template --></div><!-- /wp:query -->"
)


def page(id: int, slug: str, **fields: Any) -> str:
    about = {"type": "page", "title": slug.title(), "link": f"https://old.example/{slug}/", "content": ""}
    return item(id, slug=slug, **about | fields)


def entry(id: int, target: int) -> str:
    meta = {"_menu_item_type": "post_type", "_menu_item_object": "page", "_menu_item_object_id": str(target)}
    return item(id, type="nav_menu_item", title="", terms=[("nav_menu", "top", "Top")], meta=meta)


CASES = {
    "posts_page": ([FRONT, page(2, "blog")], ["2"]),
    "of a name that says nothing": ([FRONT, page(2, "the-log-book")], ["2"]),
    "in other languages": ([FRONT, page(2, "empty"), page(3, "actualites", title="Actualités")], ["3"]),
    "the title says it": ([FRONT, page(2, "empty"), page(3, "page-3", title="Neuigkeiten")], ["3"]),
    "blank blocks and paragraphs": ([FRONT, page(2, "blog", content="<!-- wp:paragraph --><p></p><!-- /wp:paragraph -->&nbsp;")], ["2"]),
    "a query block": ([FRONT, page(2, "stories", content=QUERY), page(3, "empty")], ["2"]),
    "a query block without a static front page": ([page(2, "stories", content=QUERY)], ["2"]),
    "a builder's list": ([FRONT, page(2, "stories", content='[fusion_builder_container][fusion_blog layout="grid" /][/fusion_builder_container]')], ["2"]),
    "the template says it": ([FRONT, page(2, "x"), page(3, "y", meta={"_wp_page_template": "template-blog.php"})], ["3"]),
    "the menu says it": ([FRONT, page(2, "x"), page(3, "y"), entry(7, 3)], ["3"]),
    "posts lie below it": ([FRONT, page(2, "x"), page(3, "y"), item(8, slug="b", link="https://old.example/y/b/")], ["3"]),
    "two news pages, one in the menu": ([FRONT, page(2, "news"), page(3, "updates"), entry(7, 3)], ["3"]),
    "the export says it": ([page(2, "x"), page(3, "y")], ["3"]),
    "no static front page": ([page(2, "blog")], []),
    "a page with words": ([FRONT, page(2, "blog", content="We write here.")], []),
    "words in a builder's data": ([FRONT, page(2, "blog", meta={"_elementor_data": '[{"id":"a"}]'})], []),
    "not public": ([FRONT, page(2, "blog", status="draft"), page(3, "news", status="private")], []),
    "a shop": ([FRONT, page(2, "shop"), page(3, "cart"), page(4, "members")], []),
    "a page for its children": ([FRONT, page(2, "services"), page(3, "a", parent=2, content="x")], []),
    "a contact form": ([FRONT, page(2, "write", content="[contact-form]")], []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_posts_page(tmp_path: Path, case: str) -> None:
    items, expected = CASES[case]
    option = (
        "<wp:option><wp:option_name>page_for_posts</wp:option_name><wp:option_value>3</wp:option_value></wp:option>"
    )
    head = option if case == "the export says it" else ""
    site = convert(tmp_path, export(*items, POST, head=head), options=Options("wordpress", "json"))
    assert json.loads(site.text("site.json")).get("posts_pages", []) == expected
    assert bool(site.notices("site.posts-page")) is bool(expected and not head)
    assert not site.notices("site.posts-page-unknown")


def test_two_pages_that_could_be_it_are_named(tmp_path: Path) -> None:
    site = convert(tmp_path, export(FRONT, page(2, "x"), page(3, "y"), POST))
    assert [notice["what"] for notice in site.notices("site.posts-page-unknown")] == ["X, Y"]
    assert (site.folder / "content/x.md").exists()


def test_comments_that_never_end_take_no_time() -> None:
    assert not is_blank("<!--" * 4_000)
    assert is_blank("<!-- a --><p>&nbsp;</p>\n<br />")
