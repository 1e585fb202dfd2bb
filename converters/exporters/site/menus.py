"""Menus: where their entries lead now, for every target."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec.structs import replace

from converters import urls
from converters.model import Menu, MenuItem, Status
from converters.model.notices import Log
from converters.old_site.archives import Archives
from converters.old_site.languages import Languages, terms_by_id
from converters.old_site.permalinks import old_path
from converters.plugin import SiteLookup

_SWITCHERS = ("#pll_switcher", "#qtransLangSw", "#wpml_ls", "#wpglobus")
"""URLs of entries that a plug-in replaced by links to all languages."""


class MenuEntry(NamedTuple):
    """An entry with its label and target in one language."""

    item: MenuItem
    title: str
    url: str


class Menus:
    """The menus of one site."""

    def __init__(
        self, lookup: SiteLookup, list_url: Callable[[str, str], str], writable: Callable[[str], str] = str
    ) -> None:
        """`list_url`: (kind of post, language) -> the URL of the page that lists its items. `writable`: an old path as
        the target writes it."""
        self._lookup, self._site, self._list_url, self._writable = lookup, lookup.site, list_url, writable
        self._archives, self._languages = Archives(lookup.site), Languages(lookup.site)

    def language_of(self, menu: Menu) -> str:
        """The language of all pages and terms in a menu; empty where it leads to several, or to none."""
        if not self._site.languages or self._site.joined_languages:
            return ""
        targets: list[str] = []
        for item in menu.items:
            entry = self._lookup.entry(item.target) if item.kind == "post_type" else None
            terms = terms_by_id(self._site.terms).get((item.object, item.target), []) if item.kind == "taxonomy" else ()
            targets += [target.language for target in (entry, *terms) if target is not None]
        found = set(map(self._languages.of, targets))
        return found.pop() if len(found) == 1 else ""

    def entries(self, menu: Menu, language: str, log: Log) -> Iterable[MenuEntry]:
        """The entries of a menu that lead somewhere; others are noted. `language`: in which they are, if not in all."""
        for item in menu.items:
            if item.address.startswith(_SWITCHERS) or item.kind == "wpml_ls_menu_item":
                log("menu.languages", item.title or item.id)
                continue
            translated = self._translated(item, language)
            url, title = self._target(translated, language)
            if url:
                yield MenuEntry(translated, translated.title or title or url, url)
            else:
                log("menu.missing", item.title or item.id, where=menu.name, old=f"{item.object} {item.target}")

    def _translated(self, item: MenuItem, language: str) -> MenuItem:
        item = replace(item, **item.other.get(language, {}))
        if language and self._site.joined_languages and item.kind == "post_type":
            item = replace(item, target=self._lookup.translations(item.target).get(language, item.target))
        return item

    def _target(self, item: MenuItem, language: str) -> tuple[str, str]:
        """(URL, title of the target)."""
        if item.kind == "post_type":
            return self._public_page(self._lookup.meant(item.target, item.object))
        if item.kind == "taxonomy":
            terms = terms_by_id(self._site.terms).get((item.object, item.target), [])
            term = next((term for term in terms if term.language == language), terms[0] if terms else None)
            return (self._writable(self._archives.term_path(term)), term.name) if term else ("", "")
        if item.kind == "post_type_archive":
            return self._list_url(item.object, language), item.object
        return self._own_url(item.address, language), ""

    def _own_url(self, address: str, language: str) -> str:
        """Where the page is that a URL led to; one of another site stays as it is."""
        own = urls.own(address, urls.host_of(self._site.base_url))
        if own is None:
            return address
        after = f"#{own.fragment}" if own.fragment else ""
        if own.id:
            url, _ = self._public_page(self._lookup.meant(own.id, own.kind))
            return url and url + after
        if own.query:
            archive = self._archives.find(own)
            return self._writable(archive.path) if archive is not None else address
        return (self._new_url(own.path, language) or self._writable(old_path(address, self._site))) + after

    def _new_url(self, path: str, language: str) -> str | None:
        """Where that path of the old site is now: in the language of the menu, where the source leaves that open."""
        folder = self._languages.folder(language) if language and self._site.joined_languages else ""
        translated = self._lookup.address(urls.key(folder + path)) if folder else None
        return translated or self._lookup.address(urls.key(path))

    def _public_page(self, id: str) -> tuple[str, str]:
        """(URL, title) of an item; of one that is not to be seen yet, or never, neither: everybody sees a menu."""
        place, entry = self._lookup.place(id), self._lookup.entry(id)
        return (place.url, entry.title) if place and entry and entry.status is Status.PUBLISHED else ("", "")
