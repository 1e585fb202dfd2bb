"""The lists that Hugo makes by itself: of each section, of the terms of each taxonomy, of the pages of each term.

Their paths follow from the settings; an `_index` file at the place of one is its page, with a text and an address of
its own. https://gohugo.io/content-management/taxonomies/, https://gohugo.io/content-management/sections/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from converters.importers.hugo import post
from converters.importers.hugo.addresses import PagePath, address, term_address, term_slug
from converters.importers.hugo.config import NO_BASE, Config, get
from converters.model import PUBLIC, Entry, Listing, Post, Site, Term

POSTS = frozenset("post posts blog".split())
"""Sections whose pages are posts to other programs."""
_SMALL = frozenset("a an and as at but by en for if in of on or the to v v. via vs vs.".split())
"""Words that headlines in the style of the Associated Press leave small, but at their ends."""


class _Page(NamedTuple):
    """An `_index` file: the id of its item, and the path of its address."""

    id: str
    path: str
    title: str


class Lists:
    """The lists of a site, gathered while its pages pass."""

    def __init__(self) -> None:
        self._terms: dict[tuple[str, str, str], Term] = {}
        self._sections: dict[tuple[str, str], str] = {}
        """(section, language) -> kind"""
        self._pages: dict[tuple[str, str, str], _Page] = {}
        """(taxonomy or section, term or nothing, language) -> the page of the list"""

    def see(self, entry: Entry, page: PagePath, front: Mapping[str, Any], config: Config) -> None:
        """Take in an item, as the survey reports it."""
        language = entry.language
        for term in post.terms_of(front, config, language):
            known = self._terms.get((term.taxonomy, term.slug, language))
            public = entry.status in PUBLIC
            if known is None or (known.empty and public):
                self._terms[term.taxonomy, term.slug, language] = replace(term, empty=not public)
        if not page.is_list:
            if page.folders and entry.kind != "page" and entry.status in PUBLIC:
                self._sections.setdefault((page.section, language), entry.kind)
        elif page.stem:
            path = entry.permalink.removeprefix(config.base_url or NO_BASE)
            line = [*page.folders, page.stem]
            taxonomy = config.taxonomies_in(language).get(line[0].lower())
            slug = "/".join(term_slug(part, config) for part in line[1:])
            if taxonomy is not None or not slug:
                self._pages[taxonomy or line[0], slug, language] = _Page(entry.id, path, entry.title)

    def terms(self, config: Config) -> Iterator[Term]:
        """Every term, with the title and the page of its list."""
        for (taxonomy, slug, language), term in self._terms.items():
            page = self._pages.get((taxonomy, slug, language))
            if page is not None:
                term = replace(term, link=page.path, page=page.id)
            title = (page.title if page is not None else "") or headline(term.name, config)
            yield replace(term, title=title if title != term.name else "")

    def all(self, config: Config) -> Iterator[Listing]:
        """The lists of sections, and those of all terms of a taxonomy."""
        for (section, language), kind in self._sections.items():
            path = address(PagePath((), section, True, language, "", None, {}), config)
            if config.makes("section", language):
                yield self._list(Listing(path, section, kind=kind, language=language), section, config)
        for taxonomy, language in dict.fromkeys((term.taxonomy, term.language) for term in self._terms.values()):
            key = next(key for key, name in config.taxonomies_in(language).items() if name == taxonomy)
            row = Listing(term_address("", key, language, config), key, taxonomy=taxonomy, language=language)
            yield self._list(row, taxonomy, config)

    def _list(self, row: Listing, name: str, config: Config) -> Listing:
        page = self._pages.get((name, "", row.language))
        if page is not None:
            return replace(row, link=page.path, page=page.id, title=page.title)
        return replace(row, title=headline(_plural(row.title, config), config))


def listing_of(entry: Entry, site: Site) -> Listing | None:
    """What the page of an item lists."""
    found = next((row for row in site.lists if row.page == entry.id), None)
    if found is not None:
        return found
    term = next((term for term in site.terms if term.page == entry.id), None)
    if term is None:
        return None
    return Listing(term.link, term.title or term.name, taxonomy=term.taxonomy, term=term.name, language=term.language)


def named(found: Post, terms: Mapping[tuple[str, str, str], Term]) -> tuple[Term, ...]:
    """The terms of a post as the site knows them: names that differ only in their case are one term to Hugo."""
    return tuple(terms.get((term.taxonomy, term.slug, term.language), term) for term in found.terms)


def _plural(name: str, config: Config) -> str:
    if get(config.settings, "pluralizeListTitles") is False or name[-1:] in ("s", "") or not name.isascii():
        return name
    return name[:-1] + "ies" if name.endswith("y") and name[-2:-1] not in tuple("aeiou") else f"{name}s"


def headline(text: str, config: Config) -> str:
    """The title of a list as `capitalizeListTitles` and `titleCaseStyle` have it."""
    style = str(get(config.settings, "titleCaseStyle") or "ap").lower()
    if get(config.settings, "capitalizeListTitles") is False or style == "none":
        return text
    words = text.split(" ")
    if style == "firstupper":
        words = words[:1]
    last = len(words) - 1
    for at, word in enumerate(words):
        if style == "go" or at in (0, last) or word.lower() not in _SMALL:
            words[at] = word[:1].upper() + word[1:]
    return " ".join(words) + (text[len(text.split(" ")[0]) :] if style == "firstupper" else "")
