"""All statuses and types: what becomes of each, and that the sum comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.cases import case
from tests.support import convert, hugo
from tests.wxr import export, item

FURNITURE = ("wp_template", "wp_global_styles", "feedback", "shop_order", "revision", "wp_navigation", "oembed_cache")


def test_every_item_is_somewhere(tmp_path: Path) -> None:
    items = [
        item(1),
        item(2, status="future", date="2099-01-01 00:00:00"),
        item(3, status="draft", slug="", link="https://old.example/?p=3", date_gmt="0000-00-00 00:00:00"),
        item(4, status="pending", slug=""),
        item(5, status="private"),
        item(6, password="hunter2"),
        item(7, status="trash"),
        item(8, status="auto-draft"),
        item(9, status="odd"),
        item(10, type="page"),
        item(11, type="recipe"),
        item(12, type="attachment", url="https://old.example/wp-content/uploads/a.jpg"),
        item(13, type="wp_block"),
        item(
            14,
            type="nav_menu_item",
            terms=[("nav_menu", "main", "Main")],
            meta={"_menu_item_url": "https://x.example/"},
        ),
        *(item(20 + number, type=kind) for number, kind in enumerate(FURNITURE)),
    ]
    site = convert(tmp_path, export(*items))
    account = site.outcome.account
    assert account.surveyed == len(items)
    assert account.carried == {"post": 7, "page": 1, "recipe": 1}
    assert account.drafts == {"draft": 2, "pending": 1, "private": 1, "protected": 1}
    assert account.used == {"media": 1, "inline": 1, "menu": 1}
    assert sum(account.left_out.values()) == 2 + len(FURNITURE)
    assert account.left_out["trash"] == 1
    assert account.balance.startswith(f"{len(items)} items = 9 carried")
    by_id = {row["id"]: row for row in site.report["items"]}
    assert len(by_id) == len(items)
    assert by_id["7"]["reason"] == "trash"
    assert [notice["item"] for notice in site.notices("status.unknown")] == ["9"]


@case(
    "xml-broken-status",
    "drafts, private and protected posts, odd statuses, held comments",
    "nothing of them becomes public",
)
@pytest.mark.hugo
def test_nothing_that_was_not_public_becomes_public(tmp_path: Path) -> None:
    secret = {
        3: {"status": "draft"},
        4: {"status": "pending"},
        5: {"status": "private"},
        6: {"password": "hunter2"},
        7: {"status": "trash"},
        8: {"status": "odd"},
        9: {"type": "feedback"},
        10: {"status": "private", "type": "page"},
        12: {"status": "future", "date": "2099-01-01 00:00:00"},
    }
    items = [
        item(id, content=f"Secret word xyzzy{id}.", excerpt=f"xyzzy{id}", **fields) for id, fields in secret.items()
    ]
    comment = {
        "id": 1,
        "author": "Eve",
        "author_email": "eve@mail.example",
        "author_IP": "10.1.2.3",
        "content": "hi",
        "approved": 1,
    }
    held = comment | {"id": 2, "content": "heldword", "approved": 0}
    items += [item(1, content="Open text.", comments=[comment, held]), item(11, type="page", parent=10)]
    site = convert(tmp_path, export(*items))
    built = hugo(site.folder)
    pages = b"".join(path.read_bytes() for path in built.rglob("*") if path.is_file())
    assert b"Open text." in pages
    for word in (b"xyzzy", b"hunter2", b"eve@mail.example", b"10.1.2.3", b"heldword", b"ada@old.example"):
        assert word not in pages, word
    sources = b"".join(path.read_bytes() for path in site.folder.rglob("*") if path.is_file() and path.suffix != ".db")
    for word in (b"hunter2", b"eve@mail.example", b"10.1.2.3", b"heldword", b"ada@old.example"):
        assert word not in sources, word


def test_front_matter_of_a_whole_post(tmp_path: Path) -> None:
    terms = (
        "<wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>tech</wp:category_nicename><wp:category_parent/>"
    )
    terms += "<wp:cat_name><![CDATA[Tech &amp; Toys]]></wp:cat_name></wp:category>"
    thumbnail = "https://old.example/wp-content/uploads/2021/03/a.jpg"
    post = item(
        1,
        title='It\'s "quoted": <em>yes</em> &amp; #1',
        slug="its-quoted",
        link="https://old.example/2021/03/its-quoted/",
        date="2021-03-04 06:06:07",
        date_gmt="2021-03-04 05:06:07",
        excerpt="<p>Short &amp; sweet.</p>",
        terms=[("category", "tech", "Tech &amp; Toys"), ("post_tag", "yes", "yes"), ("cuisine", "de", "German")],
        meta={
            "_thumbnail_id": "2",
            "_wp_old_slug": "older",
            "_yoast_wpseo_metadesc": "About %%title%%",
            "_yoast_wpseo_title": "%%title%% at %%sitename%%",
            "price": "12",
            "tags_of_mine": 'a:2:{i:0;s:1:"a";i:1;s:1:"b";}',
            "_edit_lock": "1:1",
        },
        sticky=True,
        order=3,
    )
    picture = item(2, type="attachment", url=thumbnail, meta={"_wp_attachment_image_alt": "A boat"}, slug="a")
    site = convert(tmp_path, export(post, picture, head=terms))
    front = site.front("content/posts/its-quoted.md")
    assert front["title"] == 'It\'s "quoted": yes & #1'
    assert front["date"].isoformat() == "2021-03-04T06:06:07+01:00"
    assert front["slug"] == "its-quoted"
    assert "url" not in front
    assert front["aliases"] == ["/2021/03/older/"]
    assert front["authors"] == ["Ada L."]
    assert front["categories"] == ["Tech & Toys"]
    assert front["tags"] == ["yes"]
    assert front["cuisine"] == ["German"]
    assert front["summary"] == "Short & sweet."
    assert front["description"] == 'About It\'s "quoted": yes & #1'
    assert front["seo_title"] == 'It\'s "quoted": yes & #1 at Old Home'
    assert front["featured_image"] == {"src": "/wp-content/uploads/2021/03/a.jpg", "alt": "A boat"}
    assert front["sticky"] is True
    assert front["weight"] == 3
    assert front["source_id"] == 1
    assert front["params"] == {"price": "12", "tags_of_mine": ["a", "b"]}
    assert front["guid"] == "https://old.example/?p=1"


@case("xml-broken-featured", "a featured image that is in no part of the export", "noted")
def test_a_missing_featured_image_is_named(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1, meta={"_thumbnail_id": "99"})))
    assert [notice["what"] for notice in site.notices("featured.missing")] == ["99"]


def test_only_some_types_and_statuses(tmp_path: Path) -> None:
    from converters.model.options import ReadOptions
    from pipelines.run.carry import Options

    options = Options("wordpress", "hugo", read=ReadOptions(types=("post",), statuses=("published",)))
    site = convert(tmp_path, export(item(1), item(2, type="page"), item(3, status="draft")), options=options)
    assert site.files() == ["content/posts/post-1.md"]
    assert site.outcome.account.left_out == {"not asked for": 2}
