"""Menus of an export: what entries say, and which menu is the main one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from converters.importers.wordpress.menus import main_first
from converters.model import Menu, MenuItem
from tests.support import convert
from tests.wxr import export, item

HOME = MenuItem("1", "", "Home", 1, "custom", address="https://old.example/")
PAGE = MenuItem("2", "", "About", 2, "post_type", "page", "9")
BELOW = MenuItem("3", "2", "Team", 3, "post_type", "page", "10")
ELSEWHERE = MenuItem("4", "", "Tooter", 4, "custom", address="https://toot.example/@us")


@pytest.mark.parametrize(
    ("menus", "first"),
    [
        ([("footer", [PAGE]), ("primary", [PAGE])], "primary"),
        ([("footer-menu", [HOME, PAGE, BELOW]), ("hauptmenue", [PAGE])], "hauptmenue"),
        ([("social", [ELSEWHERE]), ("menu", [HOME, PAGE])], "menu"),
        ([("legal", [PAGE, BELOW]), ("a", [PAGE])], "a"),
        ([("a", [PAGE]), ("b", [HOME, PAGE])], "b"),
        ([("main", []), ("b", [PAGE])], "b"),
        ([("a", [PAGE]), ("b", [PAGE])], "a"),
        ([("principal", [PAGE]), ("pied-de-page", [HOME, PAGE, BELOW])], "principal"),
    ],
)
def test_the_main_menu_is_the_first(menus: list[tuple[str, list[MenuItem]]], first: str) -> None:
    made = [Menu(slug, slug, tuple(items)) for slug, items in menus]
    found = [menu.slug for menu in main_first(made, "https://old.example")]
    assert found[0] == first
    assert found[1:] == [slug for slug, _ in menus if slug != first]


def test_what_an_entry_says_beside_its_title(tmp_path: Path) -> None:
    made = item(
        7, type="nav_menu_item", title="Fish &amp; <em>chips</em>", excerpt="All &quot;fresh&quot;",
        content="Every <b>day</b>", terms=[("nav_menu", "top", "Top")],
        meta={
            "_menu_item_type": "custom", "_menu_item_url": "https://fish.example/", "_menu_item_target": "_blank",
            "_menu_item_xfn": "friend nofollow", "_menu_item_classes": 'a:2:{i:0;s:4:"blue";i:1;s:14:"menu-item-home";}',
        },
    )  # fmt: skip
    config = convert(tmp_path, export(made)).text("hugo.toml")
    assert "[[menus.main]]" in config
    for line in (
        'name = "Fish & chips"', 'title = "All \\"fresh\\""', 'description = "Every <b>day</b>"', 'class = "blue"',
        'target = "_blank"', 'rel = "friend nofollow"',
    ):  # fmt: skip
        assert line in config


NAVIGATION = """<!-- wp:home-link {"label":"Start"} /-->
<!-- wp:navigation-submenu {"label":"Us \\u0026 <em>them</em>","type":"page","id":1,"url":"https://old.example/us/","kind":"post-type"} -->
<!-- wp:navigation-link {"label":"Team","type":"page","id":2,"kind":"post-type","opensInNewTab":true} /-->
<!-- /wp:navigation-submenu -->
<!-- wp:navigation-link {"label":"News","type":"category","id":3,"kind":"taxonomy"} /-->
<!-- wp:navigation-link {"label":"Shop","url":"https://shop.example/","kind":"custom"} /-->
<!-- wp:navigation-link {broken} /-->"""


def test_navigation_of_a_block_theme(tmp_path: Path) -> None:
    pages = item(1, type="page", slug="us", link="https://old.example/us/"), item(2, type="page", slug="team")
    head = (
        "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>news</wp:category_nicename>"
        "<wp:cat_name>News</wp:cat_name></wp:category>"
    )
    menu = item(9, type="wp_navigation", slug="navigation", title="Navigation", content=NAVIGATION)
    config = tomllib.loads(convert(tmp_path, export(*pages, menu, head=head)).text("hugo.toml"))
    entries = config["menus"]["main"]
    assert [(entry["name"], entry["url"], entry.get("parent")) for entry in entries] == [
        ("Start", "/", None),
        ("Us & them", "/us/", None),
        ("Team", "/team/", "9-2"),
        ("News", "/category/news/", None),
        ("Shop", "https://shop.example/", None),
    ]
    assert entries[2]["params"] == {"target": "_blank"}
