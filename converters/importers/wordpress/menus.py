"""Menus: what an entry says (`wp_setup_nav_menu_item`), and which of several menus was the site's main one.

A theme says where a menu is shown (`nav_menu_locations`), and its settings are not part of an export. Names tell, and
what the entries lead to: a footer has imprints, a social menu leads to other hosts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from converters import urls
from converters.importers.wordpress import php
from converters.importers.wordpress.rawitem import RawItem, integer, plain
from converters.model import Menu, MenuItem
from converters.model.notices import Log

_MAIN = re.compile(
    r"main|primary|primario|primaire|principal|haupt|hoofd|huvud|hoved|header|kopf|\btop\b|nav|menu[- ]1$|glavn|hlavn"
    r"|главн|основн|メイン|主",
    re.I,
)
_OTHER = re.compile(
    r"foot|fu(?:ß|ss)|pied|\bpie\b|rodap|social|sozial|follow|legal|rechtlich|imprint|impressum|second|sekund|bottom"
    r"|side|widget|mobile|mobil|copyright|credits|quick|useful|links|account|user|member|shop|404",
    re.I,
)
_CLASS = re.compile(r"[A-Za-z_][\w-]{0,60}")
_MADE_BY_WORDPRESS = "menu-item"
"""What classes begin with that every entry has."""


def read_menu_item(item: RawItem) -> MenuItem:
    parent = item.first_meta("_menu_item_menu_item_parent")
    classes = php.read(item.first_meta("_menu_item_classes"), Log(), default=())
    named = classes if isinstance(classes, list) else []
    return MenuItem(
        id=item["wp:post_id"],
        parent=parent if parent != "0" else "",
        title=plain(item["title"]),
        order=integer(item["wp:menu_order"]),
        kind=item.first_meta("_menu_item_type") or "custom",
        object=item.first_meta("_menu_item_object"),
        target=item.first_meta("_menu_item_object_id"),
        address=item.first_meta("_menu_item_url"),
        description=item["content:encoded"].strip(),
        tip=plain(item["excerpt:encoded"]),
        new_window=item.first_meta("_menu_item_target") == "_blank",
        classes=" ".join(name for name in map(str, named) if _is_class(name)),
        relation=" ".join(name for name in item.first_meta("_menu_item_xfn").split() if _CLASS.fullmatch(name)),
    )


def _is_class(name: str) -> bool:
    return bool(_CLASS.fullmatch(name)) and not name.startswith(_MADE_BY_WORDPRESS)


def main_first(menus: Iterable[Menu], base_url: str) -> tuple[Menu, ...]:
    """The menus with the main one in front; the others stay in their order."""
    every = list(menus)
    best = max(every, key=lambda menu: _points(menu, base_url), default=None)
    return tuple(menu for menu in every if menu is best) + tuple(menu for menu in every if menu is not best)


def _points(menu: Menu, base_url: str) -> int:
    if not menu.items:
        return -100
    named = f"{menu.slug} {menu.name}"
    points = 4 * bool(_MAIN.search(named)) - 6 * bool(_OTHER.search(named))
    own = sum(_is_own(item, base_url) for item in menu.items)
    points += 2 * any(_is_home(item, base_url) for item in menu.items)
    points += any(item.parent for item in menu.items)
    return points + min(own, 3) - 6 * (own == 0)


def _is_own(item: MenuItem, base_url: str) -> bool:
    return item.kind != "custom" or urls.own(item.address, urls.host_of(base_url)) is not None


def _is_home(item: MenuItem, base_url: str) -> bool:
    return item.kind == "custom" and item.address.rstrip("/") in ("", base_url.rstrip("/")) and bool(item.address)
