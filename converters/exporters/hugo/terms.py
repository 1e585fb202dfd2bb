"""Pages of terms in Hugo: for those whose old address, description or emptiness Hugo would not know by itself.

Hugo knows terms by their names, so that two of one name are one there; the page of the first also answers at the
address of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from converters import urls
from converters.exporters.hugo import languages as tongues
from converters.exporters.hugo import list_pages, names
from converters.exporters.hugo.list_pages import ListPage, PageKey
from converters.exporters.hugo.paths import writable
from converters.model import Term
from converters.model.notices import Log
from converters.old_site.archives import BASES, Archives
from converters.old_site.permalinks import unobeyed
from converters.output import OutFile
from converters.plugin import SiteLookup


@dataclass
class _Page:
    term: Term
    address: str
    derived: str
    others: dict[str, None] = field(default_factory=dict)
    """In their order; the values say nothing."""


class TermPages:
    """The pages of all terms of a site."""

    def __init__(self, lookup: SiteLookup) -> None:
        self._lookup, self._languages = lookup, tongues.HugoLanguages(lookup.site)
        self._tied = tongues.tied_terms(lookup.site.terms, self._languages)
        self._pages: dict[PageKey, _Page] = {}
        archives = Archives(lookup.site)
        for term in lookup.site.terms:
            self._take(term, unobeyed(archives.term_path(term)))

    def _take(self, term: Term, address: str) -> None:
        path, key = names.term_path(term.name), names.TAXONOMIES.key(term.taxonomy, self._lookup.site)
        if not names.page_path(term.name).strip("./"):  # no name of a page to Hugo
            return
        folder, mark = self._languages.folder(term.language), self._languages.mark(term.language)
        known = path.strip("./")  # of a name like `!!` or of signs only Hugo makes the address of the list itself
        derived = f"{folder}/{BASES.get(term.taxonomy, key)}/{path}/" if known else ""
        page = self._pages.setdefault(PageKey(key, names.page_path(term.name), mark), _Page(term, address, derived))
        if page.term is not term and address != page.address:
            page.others[address] = None

    def merged(self) -> dict[str, str]:
        """Addresses of terms that share a page -> the address of that page."""
        return {other: page.address for page in self._pages.values() for other in page.others}

    def files(self, log: Log) -> Iterator[OutFile]:
        made = ((key, ListPage(self._values(page), page.term.description)) for key, page in self._pages.items())
        yield from list_pages.files({key: page for key, page in made if page.values}, log)

    def _values(self, page: _Page) -> dict[str, Any]:
        """The front matter of its page; empty where it would say nothing that Hugo does not know."""
        term, others = page.term, [other for other in page.others if self._free(other)]
        tied = term.group in self._tied
        if page.address == page.derived and not (term.description or tied or term.empty or others):
            return {}
        folder = self._languages.folder(term.language)
        values: dict[str, Any] = {"title": term.name}
        if tied:
            values["translationKey"] = term.group
        if page.address != page.derived and self._free(page.address):
            values["url"] = writable(page.address)
        if others:
            values["aliases"] = [other.removeprefix(folder) for other in others]
        return values

    def _free(self, address: str) -> bool:
        return self._lookup.address(urls.key(address)) is None
