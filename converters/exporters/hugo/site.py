"""Everything in a Hugo site that is not of one item: configuration, menus, term pages, start layouts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Set
from typing import Any

from converters import urls
from converters.exporters.hugo import authors, kept_site, names, shortcodes, starter
from converters.exporters.hugo import languages as tongues
from converters.exporters.hugo.permalinks import writable
from converters.exporters.hugo.terms import TermPages
from converters.exporters.site.menus import public_page
from converters.frontmatter import write
from converters.model import Menu, MenuItem, Term
from converters.model.notices import Log
from converters.old_site.archives import BASES, Archives
from converters.old_site.permalinks import old_path
from converters.output import OutFile
from converters.plugin import SiteLookup


class SiteWriter:
    """Writes the files of one site."""

    def __init__(
        self,
        lookup: SiteLookup,
        patterns: dict[str, str],
        lists: dict[str, str],
        *,
        bundles: bool = False,
        trusted: bool = False,
    ) -> None:
        """`patterns`: section -> permalink pattern. `lists`: section or taxonomy key -> address of its list page.

        `bundles`: pictures are named as seen from the folders of their posts. `trusted`: see `kept_site`.
        """
        self._trusted = trusted
        self._bundles = bundles
        self._lookup, self._site = lookup, lookup.site
        self._patterns, self._lists = patterns, lists
        self._languages = tongues.Languages(lookup.site)
        self._archives = Archives(lookup.site)

    def files(self, log: Log) -> Iterator[OutFile]:
        if self._site.settings is not None:
            yield from kept_site.files(self._lookup, self._site.settings, log, trusted=self._trusted)
            return
        names.note_taxonomies(self._site, log)
        yield OutFile("hugo.toml", self._config(log).encode(), own=True)
        yield from TermPages(self._lookup).files(log)
        yield from authors.files(self._lookup, log)
        for path, data in (*shortcodes.files(), *starter.files()):
            yield OutFile(path, data, own=True)

    def _config(self, log: Log) -> str:
        site = self._site
        values: dict[str, Any] = {
            "baseURL": (site.base_url or "https://example.org") + "/",
            "title": site.title,
            "locale": site.language or "en",
            **self._multilingual(log),
            "timeZone": site.time_zone,
            "capitalizeListTitles": False,
            "pluralizeListTitles": False,
            "enableEmoji": False,
            "taxonomies": self._taxonomies(),
            "permalinks": self._permalinks(),
            "params": self._params(),
            "menus": {} if site.languages else self._menus(site.menus, "", log),
            "markup": {"goldmark": self._goldmark()},
            "pagination": {"pagerSize": 10},
        }
        return write.toml({key: value for key, value in values.items() if value not in ("", {}, None)})

    def _goldmark(self) -> dict[str, Any]:
        values: dict[str, Any] = {"renderer": {"unsafe": True}}
        if self._bundles:  # for themes that do not find the files of a page: lists show its pictures, too
            values["renderHooks"] = {"image": {"useEmbedded": "fallback"}}
        return values

    def _multilingual(self, log: Log) -> dict[str, Any]:
        site, known = self._site, self._languages
        if not site.languages:
            return {}
        menus = {
            language.code: self._menus(
                tongues.menus_of(site, language.code, known, self._lookup, log), language.code, log
            )
            for language in site.languages
        }
        return tongues.configuration(known, menus, site)

    def _params(self) -> dict[str, Any]:
        values = {"description": self._site.description, "icon": self._icon()}
        return {key: value for key, value in values.items() if value}

    def _icon(self) -> str:
        own = urls.own(self._site.icon, urls.host_of(self._site.base_url)) if self._site.icon else None
        return own.path if own else self._site.icon

    def _taxonomies(self) -> dict[str, str]:
        found = {"category": "categories", "tag": "tags"} | authors.taxonomy(self._site)
        keys = set(found.values())
        for term in self._site.terms:
            key = names.taxonomy(term.taxonomy, self._site)
            if key not in keys:
                found[key] = key
                keys.add(key)
        return found

    def _permalinks(self) -> dict[str, dict[str, str]]:
        taxonomies = set(self._taxonomies().values())
        lists = {key: writable(url) for key, url in self._lists.items() if url != f"/{key}/"}
        found = {
            "page": dict(sorted(self._patterns.items())),
            "section": {key: url for key, url in sorted(lists.items()) if key not in taxonomies},
            "taxonomy": {key: url for key, url in sorted(lists.items()) if key in taxonomies},
            "term": {
                **{self._key(taxonomy): f"/{base}/:slug/" for taxonomy, base in BASES.items()},
                **{key: f"/{base}/:slug/" for base, key in authors.taxonomy(self._site).items()},
            },
        }
        return {kind: patterns for kind, patterns in found.items() if patterns}

    def _key(self, taxonomy: str) -> str:
        return names.taxonomy(taxonomy, self._site)

    def _menus(self, menus: Iterable[Menu], language: str, log: Log) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for menu in menus:
            known = {item.id for item in menu.items}
            entries = [entry for item in menu.items if (entry := self._menu_entry(item, menu, known, language, log))]
            if entries:
                found[_unused(names.term_path(menu.slug).replace("/", "-") or "main", found)] = entries
        return found

    def _menu_entry(
        self, item: MenuItem, menu: Menu, known: Set[str], language: str, log: Log
    ) -> dict[str, Any] | None:
        """`known`: the ids of all entries of the menu."""
        address, title = self._menu_target(item, language)
        if not address:
            log("menu.missing", item.title or item.id, where=menu.name, old=f"{item.object} {item.target}")
            return None
        entry = {"identifier": item.id, "name": item.title or title or address, "url": address, "weight": item.order}
        entry["weight"] = item.order or 1
        if item.parent in known:
            entry["parent"] = item.parent
        if item.description:
            entry["params"] = {"description": item.description}
        return entry

    def _menu_target(self, item: MenuItem, language: str) -> tuple[str, str]:
        """(address, title of the target)."""
        if item.kind == "post_type":
            return public_page(self._lookup, item.target)
        if item.kind == "taxonomy":
            term = tongues.find_term(self._site, item, language)
            return (self._term_address(term), term.name) if term else ("", "")
        if item.kind == "post_type_archive":
            list_page = self._lists.get(names.section(item.object), "")
            return list_page and self._languages.folder(language) + list_page, item.object
        own = urls.own(item.address, urls.host_of(self._site.base_url))
        if own is None:
            return item.address, ""
        after = f"#{own.fragment}" if own.fragment else ""
        if own.id:
            address, _ = public_page(self._lookup, own.id)
            return (address + after if address else ""), ""
        if own.query:
            archive = self._archives.find(own)
            return (archive.path if archive is not None else item.address), ""
        return (self._own_address(own.path, language) or old_path(item.address, self._site)) + after, ""

    def _own_address(self, path: str, language: str) -> str | None:
        """Where that path of the old site is now: in the language of the menu, where the source leaves that open."""
        folder = self._languages.folder(language) if self._site.joined_languages else ""
        spoken = self._lookup.address(urls.key(folder + path)) if folder else None
        return spoken or self._lookup.address(urls.key(path))

    def _term_address(self, term: Term) -> str:
        return self._archives.term_path(term)


def _unused(key: str, taken: Container[str]) -> str:
    """The key, or the first one with a number behind it: two menus of one name are two."""
    own, number = key, 1
    while own in taken:
        number += 1
        own = f"{key}-{number}"
    return own
