"""The lists that Hugo makes by itself: of each section, of the terms of each taxonomy, of the pages of each term.

Their paths follow from the settings; an `_index` file at the place of one is its page, with a text and an address of
its own. https://gohugo.io/content-management/taxonomies/, https://gohugo.io/content-management/sections/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from converters.importers.hugo import post
from converters.importers.hugo.addresses import PagePath, address, language_folder, term_address, term_slug
from converters.importers.hugo.config import NO_BASE, Config, get
from converters.importers.hugo.pagination import Cut, further
from converters.model import Entry, Listing, Post, Site, Status, Term
from converters.remembered import remembered

POSTS = frozenset("post posts blog".split())
"""Sections whose pages are posts to other programs."""
_SMALL = frozenset("a an and as at but by en for if in of on or the to v v. via vs vs.".split())
"""Words that headlines in the style of the Associated Press leave small, but at their ends."""


class _Page(NamedTuple):
    """An `_index` file: the id of its item, and the path of its address."""

    id: str
    path: str
    title: str
    taxonomy: str = ""
    """Of a term or of a taxonomy."""


class Lists:
    """The lists of a site, gathered while its pages pass."""

    def __init__(self) -> None:
        self.cut = Cut.NEVER
        self._fronts: dict[str, str] = {}
        """language -> the id of the front page, where that has a text of its own"""
        self._counts: Counter[tuple[str, str, str]] = Counter()
        """(taxonomy or section, term or nothing, language) -> public pages in the list; of the front page by nothing"""
        self._terms: dict[tuple[str, str, str], Term] = {}
        self._sections: dict[tuple[str, str], str] = {}
        """(section, language) -> kind"""
        self._pages: dict[tuple[str, str, str], _Page] = {}
        """(taxonomy or section, term or nothing, language) -> the page of the list"""
        self._hidden: set[tuple[str, str, str]] = set()
        """The same of lists whose page is not to be seen: Hugo makes no such list, whatever is in it."""

    def see(self, entry: Entry, page: PagePath, front: Mapping[str, Any], config: Config) -> None:
        """Take in an item, as the survey reports it."""
        language, public = entry.language, entry.status is Status.PUBLISHED and not entry.unlisted
        for term in post.terms_of(front, config, language):
            known = self._terms.get((term.taxonomy, term.slug, language))
            self._counts[term.taxonomy, term.slug, language] += public
            if known is None or (known.empty and public):
                self._terms[term.taxonomy, term.slug, language] = replace(term, empty=not public)
        if not page.is_list:
            if page.folders and public:
                below = [term_slug(part, config) for part in page.folders[1:]]
                self._counts.update((page.section, "/".join(below[:end]), language) for end in range(len(below) + 1))
                if entry.kind != "page":
                    self._sections.setdefault((page.section, language), entry.kind)
            self._counts["", "", language] += public
        elif page.stem:
            self._see_list(entry, page, config)
        else:
            self._fronts[language] = entry.id

    def _see_list(self, entry: Entry, page: PagePath, config: Config) -> None:
        path = entry.permalink.removeprefix(config.base_url or NO_BASE)
        line, language = [*page.folders, page.stem], entry.language
        taxonomies = config.taxonomies_in(language)
        key = next((key for key in taxonomies if f"{'/'.join(line)}/".lower().startswith(f"{key}/")), "")
        slug = "/".join(term_slug(part, config) for part in line[key.count("/") + 1 :])
        found = _Page(entry.id, path, entry.title, taxonomies.get(key, ""))
        at = (found.taxonomy or line[0], slug, language)
        if entry.status is Status.PUBLISHED:
            self._pages[at] = found
        else:
            self._hidden.add(at)

    def terms(self, config: Config) -> Iterator[Term]:
        """Every term, with the title and the page of its list."""
        for (taxonomy, slug, language), term in self._terms.items():
            page = self._pages.get((taxonomy, slug, language))
            if page is None and (term.empty or (taxonomy, slug, language) in self._hidden):
                continue  # only what is hidden has it, or its page is hidden: there is no such list
            if page is not None:
                term = replace(term, link=page.path, page=page.id)
            term = replace(term, former=self._further(term.link, (taxonomy, slug, language), config))
            title = (page.title if page is not None else "") or headline(term.name, config)
            yield replace(term, title=title if title != term.name else "")
        for (taxonomy, slug, language), page in self._pages.items():
            if page.taxonomy and slug and (taxonomy, slug, language) not in self._terms:
                name = page.title or slug
                term = Term(taxonomy, slug, name, language=language, empty=True, link=page.path, page=page.id)
                yield replace(term, former=self._further(term.link, (taxonomy, slug, language), config))

    def all(self, config: Config) -> Iterator[Listing]:
        """The front page, the lists of sections, and those of all terms of a taxonomy."""
        for language in [language.code for language in config.languages] if config.several else [""]:
            home = f"{language_folder(language, config)}/"
            pages = self._further(home, ("", "", language), config)
            former = (*_homes(home, language, config), *pages)
            yield Listing(home, config.title, language=language, former=former, page=self._fronts.get(language, ""))
            yield from self._of_terms(language, config)
        for (section, language), kind in self._sections.items():
            title = headline(_plural(section, config), config)
            path = address(PagePath((), section, True, language, title, None, {}), config)
            if config.makes("section", language) and (section, "", language) not in self._hidden:
                yield self._list(Listing(path, section, kind=kind, language=language), section, config)
        yield from self._of_pages(config)

    def _of_terms(self, language: str, config: Config) -> Iterator[Listing]:
        """The lists of all terms of the taxonomies; those without terms, too, where it is known that this is a site."""
        for key, taxonomy in config.taxonomies_in(language).items():
            if not config.settings and not any(name == taxonomy for name, _, _ in (*self._terms, *self._pages)):
                continue
            if (taxonomy, "", language) in self._hidden:
                continue
            own = {key for key, term in self._terms.items() if key[::2] == (taxonomy, language) and not term.empty}
            own -= self._hidden
            own |= {key for key, page in self._pages.items() if page.taxonomy and key[::2] == (taxonomy, language)}
            self._counts[taxonomy, "", language] = len(own - {(taxonomy, "", language)})
            title = headline(_plural(key, config), config)
            row = Listing(term_address("", key, language, config, title), key, taxonomy=taxonomy, language=language)
            yield self._list(row, taxonomy, config)

    def _of_pages(self, config: Config) -> Iterator[Listing]:
        """The lists that are there because they have a page: sections inside of others, and those that nothing public
        is in."""
        for (name, slug, language), page in self._pages.items():
            if not page.taxonomy and (slug or (name, language) not in self._sections):
                kind = "post" if name.lower() in POSTS else name.lower()
                row = Listing(page.path, page.title, kind=kind, language=language, page=page.id, inner=bool(slug))
                yield replace(row, former=self._further(row.link, (name, slug, language), config))

    def _further(self, path: str, key: tuple[str, str, str], config: Config) -> tuple[str, ...]:
        return further(path, self._counts[key], self.cut, config)

    def _list(self, row: Listing, name: str, config: Config) -> Listing:
        page = self._pages.get((name, "", row.language))
        if page is not None:
            row = replace(row, link=page.path, page=page.id, title=page.title)
        else:
            row = replace(row, title=headline(_plural(row.title, config), config))
        return replace(row, former=self._further(row.link, (name, "", row.language), config))


def _homes(home: str, language: str, config: Config) -> Iterator[str]:
    """Where Hugo leads to the front page from, of the site's first language: https://gohugo.io/configuration/all/"""
    off = get(config.settings, "disableDefaultLanguageRedirect") is True
    if config.several and language == config.default and not off:
        yield f"/{language}/" if home == "/" else "/"


@remembered
def _by_page(site: Site) -> dict[str, Listing]:
    """id of an item -> the first list that it is the page of, those of terms last"""
    terms = (
        Listing(
            one.link, one.title or one.name, taxonomy=one.taxonomy, term=one.name, language=one.language, page=one.page
        )
        for one in site.terms
    )
    return {row.page: row for row in reversed((*site.lists, *terms)) if row.page}


def listing_of(entry: Entry, site: Site) -> Listing | None:
    """What the page of an item lists."""
    return _by_page(site).get(entry.id)


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
