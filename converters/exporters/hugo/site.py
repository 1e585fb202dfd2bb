"""Everything in a Hugo site that is not of one item: configuration, menus, term pages, start layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from converters import tree, urls
from converters.exporters.hugo import languages as tongues
from converters.exporters.hugo import names, shortcodes, starter
from converters.exporters.hugo.permalinks import old_path
from converters.frontmatter import write
from converters.model import Menu, MenuItem, OutFile, Term
from converters.notices import Log
from converters.plugin import SiteLookup

_TERM_BASES = {"category": "category", "post_tag": "tag"}  # WordPress's own, where a site did not choose others


class SiteWriter:
    """Writes the files of one site."""

    def __init__(self, lookup: SiteLookup, patterns: dict[str, str], lists: dict[str, str]) -> None:
        """`patterns`: section -> permalink pattern. `lists`: section or taxonomy key -> address of its list page."""
        self._lookup, self._site = lookup, lookup.site
        self._patterns, self._lists = patterns, lists
        self._languages = tongues.Languages(lookup.site)

    def files(self, log: Log) -> Iterator[OutFile]:
        yield OutFile("hugo.toml", self._config(log).encode())
        yield from self._term_pages()
        for path, data in (*shortcodes.files(), *starter.files()):
            yield OutFile(path, data)

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
            "markup": {"goldmark": {"renderer": {"unsafe": True}}},
            "pagination": {"pagerSize": 10},
        }
        return write.toml({key: value for key, value in values.items() if value not in ("", {}, None)})

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
        found = {"category": "categories", "tag": "tags"}
        for term in self._site.terms:
            key = names.taxonomy(term.taxonomy, self._site)
            if key not in found.values():
                found[key] = key
        return found

    def _permalinks(self) -> dict[str, dict[str, str]]:
        taxonomies = set(self._taxonomies().values())
        lists = {key: url for key, url in self._lists.items() if url != f"/{key}/"}
        found = {
            "page": dict(sorted(self._patterns.items())),
            "section": {key: url for key, url in sorted(lists.items()) if key not in taxonomies},
            "taxonomy": {key: url for key, url in sorted(lists.items()) if key in taxonomies},
            "term": {self._key(taxonomy): f"/{base}/:slug/" for taxonomy, base in _TERM_BASES.items()},
        }
        return {kind: patterns for kind, patterns in found.items() if patterns}

    def _key(self, taxonomy: str) -> str:
        return names.taxonomy(taxonomy, self._site)

    def _menus(self, menus: Iterable[Menu], language: str, log: Log) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for menu in menus:
            entries = [entry for item in menu.items if (entry := self._menu_entry(item, menu, language, log))]
            if entries:
                found[names.term_path(menu.slug).replace("/", "-") or "main"] = entries
        return found

    def _menu_entry(self, item: MenuItem, menu: Menu, language: str, log: Log) -> dict[str, Any] | None:
        address, title = self._menu_target(item, language)
        if not address:
            log("menu.missing", item.title or item.id, where=menu.name, old=f"{item.object} {item.target}")
            return None
        parents = {other.id for other in menu.items}
        entry = {"identifier": item.id, "name": item.title or title or address, "url": address, "weight": item.order}
        entry["weight"] = item.order or 1
        if item.parent in parents:
            entry["parent"] = item.parent
        return entry

    def _menu_target(self, item: MenuItem, language: str) -> tuple[str, str]:
        """(address, title of the target)."""
        if item.kind == "post_type":
            place, entry = self._lookup.place(item.target), self._lookup.entry(item.target)
            return (place.url if place else "", entry.title if entry else "")
        if item.kind == "taxonomy":
            term = tongues.find_term(self._site, item, language)
            return (self._term_address(term), term.name) if term else ("", "")
        if item.kind == "post_type_archive":
            list_page = self._lists.get(names.section(item.object), "")
            return list_page and self._languages.folder(language) + list_page, item.object
        own = urls.own(item.address, urls.host_of(self._site.base_url))
        if own is None:
            return item.address, ""
        if own.query:
            return item.address, ""
        return self._own_address(own.path, language) or old_path(item.address, self._site), ""

    def _own_address(self, path: str, language: str) -> str | None:
        """Where that path of the old site is now: in the language of the menu, where the source leaves that open."""
        folder = self._languages.folder(language) if self._site.joined_languages else ""
        spoken = self._lookup.address(urls.key(folder + path)) if folder else None
        return spoken or self._lookup.address(urls.key(path))

    def _term_address(self, term: Term) -> str:
        line = "/".join([_TERM_BASES.get(term.taxonomy, term.taxonomy), *self._line(term)])
        return f"{self._languages.folder(term.language)}/{line}/"

    def _line(self, term: Term) -> list[str]:
        """The slugs from the topmost term down to this one: WordPress puts them all into the address of categories."""
        every = sorted(self._site.terms, key=lambda other: other.language == term.language)
        terms = {(other.taxonomy, other.slug): other for other in every}
        line = [term.slug]
        while term.parent and term.parent not in line and (term.taxonomy, term.parent) in terms:
            term = terms[term.taxonomy, term.parent]
            line.insert(0, term.slug)
        return line

    def _term_pages(self) -> Iterable[OutFile]:
        """A page for every term whose old address or description Hugo would not find by itself."""
        written: set[str] = set()
        tied = tongues.tied_terms(self._site.terms, self._languages)
        for term in self._site.terms:
            path = names.term_path(term.name)
            key = self._key(term.taxonomy)
            address = self._term_address(term)
            derived = f"{self._languages.folder(term.language)}/{_TERM_BASES.get(term.taxonomy, key)}/{path}/"
            file = f"{key}/{path}/_index{self._languages.mark(term.language)}.md"
            told = address != derived or term.description or term.group in tied
            if not path.strip("./") or file in written or not told:
                continue
            written.add(file)
            values = {"title": term.name}
            if term.group in tied:
                values["translationKey"] = term.group
            if address != derived and self._lookup.address(urls.key(address)) is None:
                values["url"] = address
            text = write.dumps(values) + (f"\n{_description(term)}\n" if term.description else "")
            yield OutFile(f"content/{file}", text.encode())


def _description(term: Term) -> str:
    """Descriptions of terms are HTML; Hugo shows it as such."""
    return tree.inner_html(tree.parse(term.description)).replace("{{", "&#123;{").strip()
