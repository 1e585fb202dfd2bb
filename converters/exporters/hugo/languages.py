"""A site of several languages in Hugo: `name.fr.md` beside `name.md`, and `[languages]` in the configuration.

The first language of the site has no mark in file names, and none in addresses unless the old site had one there. Files
of the same name are translations of each other; others are tied by `translationKey`.
https://gohugo.io/content-management/multilingual/
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Any

from converters.exporters.hugo import names
from converters.model import Language, Menu, MenuItem, Place, Post, Site, Term
from converters.model.notices import Log
from converters.old_site.languages import Languages as SiteLanguages
from converters.old_site.languages import terms_by_id
from converters.paths import fold
from converters.plugin import SiteLookup

_SWITCHERS = ("#pll_switcher", "#qtransLangSw", "#wpml_ls", "#wpglobus")
"""Addresses of menu entries that a plug-in replaced by links to all languages."""


class Languages(SiteLanguages):
    """As Hugo lays out their files."""

    def mark(self, code: str) -> str:
        """What stands before `.md` in the name of a file: `.fr`."""
        return "" if self.of(code) == self.default else f".{code}"


class Owners:
    """Files of one name in several languages are translations to Hugo, so that only one group can have a name."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def claim(self, path: str, owner: str) -> bool:
        return self._owners.setdefault(fold(path), owner) == owner


def aliases(paths: Iterable[str], post: Post, place: Place, languages: Languages) -> list[str]:
    """Former addresses as Hugo wants them: it puts the language's folder before each that begins with `/`. Those
    outside of that folder are said as seen from the page."""
    folder = languages.folder(post.language)
    if not folder:
        return list(paths)
    above = posixpath.dirname(place.url.rstrip("/")) or "/"
    return [
        path.removeprefix(folder) if path.startswith(f"{folder}/") else posixpath.relpath(path, above) + "/"
        for path in paths
    ]


def translation_key(post: Post, place: Place, lookup: SiteLookup, languages: Languages) -> str:
    """What ties a page to translations whose files have other names; empty where the names do."""
    if not post.translations:
        return ""
    places = ((code, lookup.place(id)) for code, id in post.translations.items())
    stems = {_stem(other, code, languages) for code, other in places if other is not None}
    return post.translation_group or min(post.translations.values()) if len(stems) > 1 else ""


def _stem(place: Place, code: str, languages: Languages) -> str:
    return place.path.removesuffix(f"{languages.mark(code)}.md")


def tied_terms(terms: Iterable[Term], languages: Languages) -> set[str]:
    """The groups of terms whose translations have other names."""
    paths: dict[str, set[str]] = {}
    for term in terms if languages.all else ():
        if term.group:
            paths.setdefault(term.group, set()).add(names.term_path(term.name))
    return {group for group, found in paths.items() if len(found) > 1}


def configuration(languages: Languages, menus: dict[str, dict[str, Any]], site: Site) -> dict[str, Any]:
    """The part of the configuration that is about languages."""
    values: dict[str, Any] = {"defaultContentLanguage": languages.default}
    if site.default_below_code:
        values["defaultContentLanguageInSubdir"] = True
    values["languages"] = {
        language.code: _language(language, number, menus.get(language.code, {}), site)
        for number, language in enumerate(languages.all, start=1)
    }
    return values


def _language(language: Language, weight: int, menus: dict[str, Any], site: Site) -> dict[str, Any]:
    same = site.language.lower().partition("-")[0] == language.code
    locale = language.locale or (site.language if same else language.code)
    values: dict[str, Any] = {"label": language.name, "locale": locale, "weight": weight}
    if language.title and language.title != site.title:
        values["title"] = language.title
    values["params"] = {"languageName": language.name}  # for layouts: Hugo before 0.158 does not know `label`
    if language.description and language.description != site.description:
        values["params"]["description"] = language.description
    return values | ({"menus": menus} if menus else {})


def menus_of(site: Site, code: str, languages: Languages, lookup: SiteLookup, log: Log) -> list[Menu]:
    """The menus of a language, their labels and targets in it. A menu of pages in one language is only of that one."""
    found = []
    for menu in site.menus:
        spoken = _spoken(menu, languages, lookup, site)
        if spoken in ("", code):
            items = (item for item in menu.items if not _is_switcher(item, log))
            found.append(Menu(menu.slug, menu.name, tuple(_said(item, code, lookup, site) for item in items)))
    return found


def _spoken(menu: Menu, languages: Languages, lookup: SiteLookup, site: Site) -> str:
    """The language of all pages and terms in a menu; empty where it leads to several, or to none."""
    if site.joined_languages:
        return ""
    found = set()
    for item in menu.items:
        entry = lookup.entry(item.target) if item.kind == "post_type" else None
        term = find_term(site, item, "") if item.kind == "taxonomy" else None
        target = entry or term
        if target is not None:
            found.add(languages.of(target.language))
    return found.pop() if len(found) == 1 else ""


def _is_switcher(item: MenuItem, log: Log) -> bool:
    found = item.address.startswith(_SWITCHERS) or item.kind == "wpml_ls_menu_item"
    if found:
        log("menu.languages", item.title or item.id)
    return found


def _said(item: MenuItem, code: str, lookup: SiteLookup, site: Site) -> MenuItem:
    values = {name: getattr(item, name) for name in item.__struct_fields__} | item.other.get(code, {})
    if site.joined_languages and item.kind == "post_type":
        values["target"] = lookup.translations(item.target).get(code, item.target)
    return MenuItem(**values)


def find_term(site: Site, item: MenuItem, code: str) -> Term | None:
    """The term a menu entry leads to, in the language where it has several."""
    terms = terms_by_id(site.terms).get((item.object, item.target), [])
    return next((term for term in terms if term.language == code), terms[0] if terms else None)
