"""Pages of terms in Hugo: for those whose old address, description or emptiness Hugo would not know by itself.

Hugo knows terms by their names, so that each has a label of its own in front matter (`names.LABELS`); its page has the
name as title. Terms that a rule makes one share a page, which answers at the addresses of all. A term with others below
it says which: its list shows their posts, too, as WordPress's does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from converters import urls
from converters.exporters.hugo import languages as tongues
from converters.exporters.hugo import list_pages, names
from converters.exporters.hugo.keys import READ_FROM_ONE_MAP, field_keys, front_matter_url
from converters.exporters.hugo.list_pages import ListPage, PageKey
from converters.exporters.hugo.paths import writable
from converters.exporters.site.subterms import SubTerms
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
    merged: dict[str, None] = field(default_factory=dict)
    """Addresses of further terms of that label, in their order; the values say nothing."""


class TermPages:
    """The pages of all terms of a site."""

    def __init__(self, lookup: SiteLookup) -> None:
        self._lookup, self._languages = lookup, tongues.HugoLanguages(lookup.site)
        self._tied = tongues.tied_terms(lookup.site, self._languages)
        self._below = SubTerms(lookup.site, names.LABELS)
        self._pages: dict[PageKey, _Page] = {}
        self.count = 0
        """Terms that have a page, be it one of several."""
        self._archives = Archives(lookup.site)
        for term in lookup.site.terms:
            self._take(term)

    def _take(self, term: Term) -> None:
        site = self._lookup.site
        label, address = names.LABELS.term(term, site), unobeyed(self._archives.term_path(term))
        path, key = names.term_path(label), names.TAXONOMIES.key(term.taxonomy, site)
        if not names.page_path(label).strip("./"):  # no name of a page to Hugo
            return
        self.count += 1
        folder, mark = self._languages.folder(term.language), self._languages.mark(term.language)
        # `:slug` is that of the title; of a name like `!!` or of signs only Hugo makes the address of the list itself
        known = path.strip("./") if label == term.name else ""
        derived = f"{folder}/{BASES.get(term.taxonomy, key)}/{path}/" if known else ""
        page = self._pages.setdefault(PageKey(key, names.page_path(label), mark), _Page(term, address, derived))
        if page.term is not term and address != page.address:
            page.merged[address] = None

    def files(self, log: Log, markdown: Callable[[str], str]) -> Iterator[OutFile]:
        made = ((key, ListPage(self._values(page, log), page.term.description)) for key, page in self._pages.items())
        yield from list_pages.files({key: page for key, page in made if page.values}, log, markdown)

    def _values(self, page: _Page, log: Log) -> dict[str, Any]:
        """The front matter of its page; empty where it would say nothing that Hugo does not know."""
        term, below = page.term, self._below.of(page.term)
        former = self._archives.other_term_paths(term) if term.parent else ()
        others = [other for other in (*former, *page.merged) if self._free(other)]
        tied = term.group in self._tied
        said = term.description or tied or term.empty or others or below or term.meta
        if page.address == page.derived and not said:
            return {}
        folder = self._languages.folder(term.language)
        values: dict[str, Any] = {"title": term.name}
        if tied:
            values["translationKey"] = term.group
        if page.address != page.derived and self._free(page.address):
            values["url"] = front_matter_url(writable(page.address))
        if others:
            values["aliases"] = [writable(other.removeprefix(folder)) for other in others]
        if below:
            values["subterms"] = below
        if term.meta:
            values["params"] = field_keys(term.meta, READ_FROM_ONE_MAP, log)
        return values

    def _free(self, address: str) -> bool:
        return self._lookup.address(urls.key(address)) is None
