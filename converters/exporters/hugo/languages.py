"""A site of several languages in Hugo: `name.fr.md` beside `name.md`, and `[languages]` in the configuration.

The first language of the site has no mark in file names, and none in addresses unless the old site had one there. Files
of the same name are translations of each other; others are tied by `translationKey`.
https://gohugo.io/content-management/multilingual/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Any

from converters.exporters.hugo import names
from converters.model import Language, Place, Post, Site
from converters.old_site.languages import Languages
from converters.paths import fold

_CODE = re.compile(r"([a-z]{2,3})(?:-[a-z0-9]{2,8}){0,3}")
_WITH_REGION = frozenset({"pt-br", "zh-cn", "zh-tw", "zh-hk", "zh-hans", "zh-hant"})


class HugoLanguages(Languages):
    """As Hugo lays out their files."""

    def mark(self, code: str) -> str:
        """What is before `.md` in the name of a file: `.fr`."""
        mark = super().mark(code)
        return mark and f".{mark}"


class Owners:
    """Files of one name in several languages are translations to Hugo, so that only one group can have a name."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def claim(self, path: str, owner: str) -> bool:
        return self._owners.setdefault(fold(path), owner) == owner


def aliases(paths: Iterable[str], post: Post, place: Place, languages: HugoLanguages) -> list[str]:
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


def tied_terms(site: Site, languages: HugoLanguages) -> set[str]:
    """The groups of terms whose translations have other names."""
    paths: dict[str, set[str]] = {}
    for term in site.terms if languages.all else ():
        if term.group:
            paths.setdefault(term.group, set()).add(names.term_path(names.LABELS.term(term, site)))
    return {group for group, found in paths.items() if len(found) > 1}


def is_code(code: str) -> bool:
    """Can a file be called after it?"""
    return bool(_CODE.fullmatch(code))


def codes(site: Site) -> list[str]:
    """What the languages of a site are called in Hugo. That of a site of one is the part in front of the region, by
    which themes call the files of their words, but for a region that writes in a way of its own."""
    if site.languages:
        return [language.code for language in site.languages]
    found = _CODE.fullmatch(site.language.lower().replace("_", "-"))
    if found is None:
        return ["en"]
    return [found[0] if found[0] in _WITH_REGION else found[1]]


def configuration(languages: HugoLanguages, menus: dict[str, dict[str, Any]], site: Site) -> dict[str, Any]:
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
