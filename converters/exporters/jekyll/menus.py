"""The menus of a site as data: `_data/menus.yml`, a list of menus, each a tree of entries."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from converters import urls
from converters.exporters.jekyll.languages import Languages
from converters.exporters.jekyll.permalinks import writable
from converters.exporters.jekyll.terms import Terms
from converters.exporters.site.menus import public_page
from converters.model import Menu, MenuItem
from converters.model.notices import Log
from converters.old_site.archives import Archives
from converters.old_site.permalinks import old_path
from converters.plugin import SiteLookup

_DEPTH = 8
"""Levels of entries: layouts draw each by including themselves, which Liquid bounds. Deeper ones come up."""

SWITCHERS = ("#pll_switcher", "#qtransLangSw", "#wpml_ls", "#wpglobus")
"""Addresses of entries that a plug-in replaced by links to all languages."""


class Menus:
    """Makes data of the menus of one site. `lists`: kind of post -> address of the page that lists its items."""

    def __init__(self, lookup: SiteLookup, terms: Terms, lists: dict[str, str]) -> None:
        self._lookup, self._site = lookup, lookup.site
        self._archives = Archives(lookup.site)
        self._terms, self._lists, self._languages = terms, lists, Languages(lookup.site)

    def data(self, log: Log) -> list[dict[str, Any]]:
        found = []
        for language in self._spoken():
            for menu in self._site.menus:
                spoken = language or self._language_of(menu)
                told = {"lang": spoken} if spoken else {}
                if entries := self._tree(menu, language, log):
                    found.append({"slug": menu.slug, "name": menu.name, **told, "entries": entries})
        return found

    def _spoken(self) -> list[str]:
        """The languages to write every menu in: several only where the entries themselves are said in several."""
        return [language.code for language in self._site.languages] if self._site.joined_languages else [""]

    def _language_of(self, menu: Menu) -> str:
        """The language of all pages and terms in a menu; empty where it leads to several, or to none."""
        if not self._site.languages:
            return ""
        found = set()
        for item in menu.items:
            entry = self._lookup.entry(item.target) if item.kind == "post_type" else None
            if entry is not None:
                found.add(self._languages.of(entry.language))
            elif item.kind == "taxonomy":
                found |= {self._languages.of(term.language) for term in self._terms.named(item.object, item.target)}
        return found.pop() if len(found) == 1 else ""

    def _tree(self, menu: Menu, language: str, log: Log) -> list[dict[str, Any]]:
        rows: dict[str, dict[str, Any]] = {}
        for item in menu.items:
            if entry := self._entry(item, menu, language, log):
                rows[item.id] = entry
        above = {item.id: item.parent for item in menu.items}
        top: list[dict[str, Any]] = []
        lines = _lines(above, rows)
        for id, entry in rows.items():
            line = lines[id]
            box = rows[line[-1]].setdefault("entries", []) if line else top
            box.append(entry)
        return top

    def _entry(self, item: MenuItem, menu: Menu, language: str, log: Log) -> dict[str, Any] | None:
        if item.address.startswith(SWITCHERS) or item.kind == "wpml_ls_menu_item":
            log("menu.languages", item.title or item.id)
            return None
        said = item.other.get(language, {})
        target = item.target
        if language and item.kind == "post_type":
            target = self._lookup.translations(target).get(language, target)
        address, title = self._target(item, target, said.get("address", item.address), language)
        if not address:
            log("menu.missing", item.title or item.id, where=menu.name, old=f"{item.object} {item.target}")
            return None
        entry = {"title": said.get("title") or item.title or title or address, "url": address}
        return entry | ({"description": item.description} if item.description else {})

    def _target(self, item: MenuItem, target: str, address: str, language: str) -> tuple[str, str]:
        """(address, title of the target)."""
        if item.kind == "post_type":
            return public_page(self._lookup, target)
        if item.kind == "taxonomy":
            return self._terms.find(item.object, target, language)
        if item.kind == "post_type_archive":
            return self._lists.get(item.object, ""), item.object
        own = urls.own(address, urls.host_of(self._site.base_url))
        if own is None:
            return address, ""
        after = f"#{own.fragment}" if own.fragment else ""
        if own.id:
            address, _ = public_page(self._lookup, own.id)
            return (address + after if address else ""), ""
        if own.query:
            archive = self._archives.find(own)
            return (writable(archive.path) if archive is not None else address), ""
        return (self._own_address(own.path, language) or writable(old_path(address, self._site))) + after, ""

    def _own_address(self, path: str, language: str) -> str | None:
        """Where that path of the old site is now: in the language of the menu, where the source leaves that open."""
        folder = self._languages.folder(language) if language else ""
        spoken = self._lookup.address(urls.key(folder + path)) if folder else None
        return spoken or self._lookup.address(urls.key(path))


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
