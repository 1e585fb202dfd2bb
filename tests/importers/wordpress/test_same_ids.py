"""Two items of one id: references mean the one that readers could see, or that of the type they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests.support import Site, convert
from tests.wxr import export, item

BARE = "<item><title>Broken first</title><link>https://old.example/first/</link><wp:post_id>156</wp:post_id></item>"


def menu_item(id: int, target: int, object: str, kind: str = "post_type") -> str:
    meta = {
        "_menu_item_type": kind,
        "_menu_item_menu_item_parent": "0",
        "_menu_item_object_id": str(target),
        "_menu_item_object": object,
    }
    return item(id, type="nav_menu_item", title="", slug=str(id), terms=[("nav_menu", "main", "Main")], meta=meta)


def linked(site: Site, path: str = "content/posts/linker.md") -> str:
    return site.body(path)


@pytest.mark.parametrize("public_first", [False, True])
def test_duplicate_id_references(tmp_path: Path, public_first: bool) -> None:
    page = item(156, type="page", slug="real", title="Real")
    pair = (page, BARE) if public_first else (BARE, page)
    child = item(158, type="page", slug="child", raw="").replace(
        "</item>", "<wp:post_parent>156</wp:post_parent></item>"
    )
    child = child.replace("<wp:post_parent>0</wp:post_parent>", "")
    site = convert(
        tmp_path,
        export(
            *pair,
            item(157, slug="linker", content='<a href="https://old.example/?page_id=156">by id</a>'),
            child,
            menu_item(200, 156, "page"),
        ),
    )
    assert linked(site) == "[by id](/real/)"
    assert 'url = "/real/"' in site.text("hugo.toml")
    assert site.front("content/real/_index.md")["source_id"] == 156
    assert "content/real/child.md" in site.files()
    assert not site.notices("menu.missing") and not site.notices("link.missing")
    (notice,) = site.notices("item.duplicate-id")
    ids = {row["id"]: row.get("title", "") for row in site.report["items"]}
    assert notice["what"] == "156" and ids["156"] == "Real" and "Broken first" in ids.values()


def test_the_type_that_a_reference_names(tmp_path: Path) -> None:
    links = " ".join(f'<a href="https://old.example/?{key}=7">{key}</a>' for key in ("p", "page_id", "attachment_id"))
    picture = item(
        7, type="attachment", status="inherit", slug="pic", url="https://old.example/wp-content/uploads/2021/03/pic.jpg"
    )
    site = convert(
        tmp_path,
        export(
            picture,
            item(7, slug="post-seven"),
            item(7, type="page", slug="page-seven", title="Page seven"),
            item(8, slug="linker", content=links, meta={"_thumbnail_id": "7"}),
            menu_item(20, 7, "page"),
            menu_item(20, 7, "post"),
        ),
    )
    assert linked(site) == (
        "[p](/post-seven/) [page_id](/page-seven/) [attachment_id](/wp-content/uploads/2021/03/pic.jpg)"
    )
    assert site.front("content/posts/linker.md")["featured_image"]["src"].endswith("pic.jpg")
    config = site.text("hugo.toml")
    assert 'url = "/page-seven/"' in config and 'url = "/post-seven/"' in config


@pytest.mark.parametrize("status", ["draft", "private", "pending"])
def test_what_was_hidden_is_meant_by_nobody_else(tmp_path: Path, status: str) -> None:
    hidden = item(5, slug="hidden", status=status, title="Hidden")
    link = item(6, slug="linker", content='<a href="/?p=5">x</a>')
    site = convert(tmp_path, export(hidden, item(5, slug="seen"), link))
    assert linked(site) == "[x](/seen/)"
    assert site.front("content/posts/hidden.md")["draft"] is True


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json", "markdown"])
def test_both_are_converted(tmp_path: Path, target: str) -> None:
    site = convert(tmp_path, export(BARE, item(156, slug="real")), options=Options("wordpress", target))
    assert site.outcome.account.failed == ()
    assert len(site.report["items"]) == 2


def test_a_type_whose_item_was_hidden(tmp_path: Path) -> None:
    """A link that names the type leads to what readers could see all the same."""
    link = item(6, slug="linker", content='<a href="/?page_id=5">x</a>')
    site = convert(tmp_path, export(item(5, type="page", slug="hidden", status="draft"), item(5, slug="seen"), link))
    assert linked(site) == "[x](/seen/)"
