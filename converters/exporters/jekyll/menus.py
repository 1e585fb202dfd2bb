"""The menus of a site as data: `_data/menus.yml`, a list of menus, each a tree of entries."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from converters.exporters.jekyll.paths import writable
from converters.exporters.site.menus import Menus
from converters.model import Menu
from converters.model.notices import Log
from converters.plugin import SiteLookup

_DEPTH = 8
"""Levels of entries: layouts draw each by including themselves, which Liquid bounds. Deeper ones come up."""


def menu_data(lookup: SiteLookup, lists: Mapping[str, str], log: Log) -> list[dict[str, Any]]:
    """`lists`: kind of post -> URL of the page that lists its items.

    Every menu is written once a language only where the entries themselves are in several.
    """
    site, found = lookup.site, []
    menus = Menus(lookup, lambda kind, language: lists.get(kind, ""), writable)
    for language in [language.code for language in site.languages] if site.joined_languages else [""]:
        for menu in site.menus:
            code = language or menus.language_of(menu)
            about = {"slug": menu.slug, "name": menu.name, **({"lang": code} if code else {})}
            if entries := _tree(menus, menu, language, log):
                found.append({**about, "entries": entries})
    return found


def _tree(menus: Menus, menu: Menu, language: str, log: Log) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for item, title, url in menus.entries(menu, language, log):
        about = {
            "description": item.description,
            "tip": item.tip,
            "class": item.classes,
            "target": "_blank" if item.new_window else "",
            "rel": item.relation,
        }
        rows[item.id] = {"title": title, "url": url, **{name: value for name, value in about.items() if value}}
    top: list[dict[str, Any]] = []
    lines = _lines({item.id: item.parent for item in menu.items}, rows)
    for id, entry in rows.items():
        line = lines[id]
        box = rows[line[-1]].setdefault("entries", []) if line else top
        box.append(entry)
    return top


def _lines(above: Mapping[str, str], known: Container[str]) -> dict[str, tuple[str, ...]]:
    """The entries above each one, from the topmost down, no more than there may be; none for one in a circle, and for
    those below it."""
    lines: dict[str, tuple[str, ...]] = {}
    circles: set[str] = set()
    for first in above:
        way: dict[str, None] = {}
        id = first
        while id not in lines and id not in way and (parent := above.get(id, "")) and parent in known:
            way[id] = None
            id = parent
        if id in way or id in circles:
            circles.update(way)
        for below in reversed(way):
            parent = above[below]
            lines[below] = () if below in circles else (*lines.get(parent, ()), parent)[: _DEPTH - 1]
        lines.setdefault(id, ())
    return lines
