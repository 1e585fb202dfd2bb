"""Everything in a Hugo site that is not of one item: configuration, menus, term pages, start layouts."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Set
from typing import Any

from converters import new_site
from converters.exporters.hugo import authors, names, passthrough
from converters.exporters.hugo import languages as tongues
from converters.exporters.hugo.paths import writable
from converters.exporters.hugo.terms import TermPages
from converters.exporters.hugo.theme import shortcode_templates, starter_theme
from converters.exporters.site.exporter import icon_url
from converters.exporters.site.menus import MenuEntry, Menus
from converters.exporters.site.planner import section
from converters.exporters.site.words import words
from converters.frontmatter import write
from converters.model.notices import Log
from converters.old_site.archives import BASES
from converters.output import OutFile
from converters.plugin import SiteLookup


class HugoSiteWriter:
    """Writes the files of one site."""

    def __init__(
        self,
        lookup: SiteLookup,
        patterns: dict[str, str],
        lists: dict[str, str],
        *,
        bundles: bool = False,
        trusted: bool = False,
        markdown: Callable[[str], str],
    ) -> None:
        """`patterns`: section -> permalink pattern. `lists`: section or taxonomy key -> address of its list page.

        `bundles`: pictures are named as seen from the folders of their posts. `trusted`: see `passthrough`.

        `markdown` turns HTML into the Markdown of a page.
        """
        self._trusted, self._markdown = trusted, markdown
        self._bundles = bundles
        self._lookup, self._site = lookup, lookup.site
        self._patterns, self._lists = patterns, lists
        self._languages = tongues.HugoLanguages(lookup.site)

    def files(self, log: Log) -> Iterator[OutFile]:
        if self._site.settings is not None:
            yield from passthrough.files(self._lookup, self._site.settings, log, trusted=self._trusted)
            return
        names.TAXONOMIES.note_renamed(self._site, log)
        names.LABELS.note(self._site, log)
        terms = TermPages(self._lookup)
        yield OutFile("hugo.toml", self._config(log).encode(), own=True, holds={"terms": terms.count})
        yield from terms.files(log, self._markdown)
        yield from authors.files(self._lookup, log, self._markdown)
        for code in tongues.codes(self._site):
            if tongues.is_code(code) and (found := words(code)):
                yield OutFile(f"i18n/{code}.yaml", write.yaml(found).encode(), own=True)
        for path, data in (*shortcode_templates(), *starter_theme()):
            yield OutFile(path, data, own=True)

    def _config(self, log: Log) -> str:
        site = self._site
        values: dict[str, Any] = {
            "baseURL": new_site.url_of(site, "https://example.org") + "/",
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
            "menus": {} if site.languages else self._menus_in("", log),
            "markup": {"goldmark": self._goldmark()},
            "pagination": {"pagerSize": 10},
        }
        return write.toml({key: value for key, value in values.items() if value not in ("", {}, None)})

    def _goldmark(self) -> dict[str, Any]:
        delimiters = {"inline": [["\\(", "\\)"]], "block": []}
        values: dict[str, Any] = {
            "renderer": {"unsafe": True},
            "extensions": {"passthrough": {"enable": True, "delimiters": delimiters}},  # formulas
        }
        if self._bundles:  # for themes that do not find the files of a page: lists show its pictures, too
            values["renderHooks"] = {"image": {"useEmbedded": "fallback"}}
        return values

    def _multilingual(self, log: Log) -> dict[str, Any]:
        if not self._site.languages:
            code = tongues.codes(self._site)[0]
            return {"defaultContentLanguage": code} if code != "en" else {}
        menus = {language.code: self._menus_in(language.code, log) for language in self._site.languages}
        return tongues.configuration(self._languages, menus, self._site)

    def _params(self) -> dict[str, Any]:
        values = {
            "description": self._site.description,
            "icon": icon_url(self._site),
            "base_path": new_site.root_of(self._site),  # of addresses in texts; the starter theme asks for it
        }
        return {key: value for key, value in values.items() if value}

    def _taxonomies(self) -> dict[str, str]:
        found = {"category": "categories", "tag": "tags"} | authors.taxonomy(self._site)
        keys = set(found.values())
        for term in self._site.terms:
            key = names.TAXONOMIES.key(term.taxonomy, self._site)
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
                **{names.TAXONOMIES.key(taxonomy, self._site): f"/{base}/:slug/" for taxonomy, base in BASES.items()},
                **{key: f"/{base}/:slug/" for base, key in authors.taxonomy(self._site).items()},
            },
        }
        return {kind: patterns for kind, patterns in found.items() if patterns}

    def _menus_in(self, language: str, log: Log) -> dict[str, list[dict[str, Any]]]:
        """The menus of a language, by name. A menu of pages in one language is only of that one."""
        menus = Menus(self._lookup, self._list_url)
        found: dict[str, list[dict[str, Any]]] = {}
        for menu in self._site.menus:
            if menus.language_of(menu) in ("", language):
                known = {item.id for item in menu.items}
                entries = [_menu_entry(entry, known) for entry in menus.entries(menu, language, log)]
                if entries:  # themes show the one called `main`
                    name = names.term_path(menu.slug).replace("/", "-") if found else "main"
                    found[_unused(name or "main", found)] = entries
        return found

    def _list_url(self, kind: str, language: str) -> str:
        url = self._lists.get(section(kind), "")
        return url and self._languages.folder(language) + url


def _menu_entry(entry: MenuEntry, known: Set[str]) -> dict[str, Any]:
    """`known`: the ids of all entries of the menu."""
    item = entry.item
    values: dict[str, Any] = {"identifier": item.id, "name": entry.title, "url": entry.url, "weight": item.order or 1}
    if item.parent in known:
        values["parent"] = item.parent
    if item.tip:
        values["title"] = item.tip
    told = {
        "description": item.description,
        "class": item.classes,
        "target": "_blank" if item.new_window else "",
        "rel": item.relation,
    }
    if any(told.values()):
        values["params"] = {name: value for name, value in told.items() if value}
    return values


def _unused(key: str, taken: Container[str]) -> str:
    """The key, or the first one with a number behind it: two menus of one name are two."""
    own, number = key, 1
    while own in taken:
        number += 1
        own = f"{key}-{number}"
    return own
