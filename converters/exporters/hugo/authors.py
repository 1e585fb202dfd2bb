"""Authors in Hugo: a taxonomy, so that each has a page with what they wrote, at the address it had in WordPress.

The front matter of a post names its authors as readers see them. `data/authors.yaml` holds what is known of them,
by the last part of their address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from converters import urls
from converters.exporters.hugo import list_pages, names
from converters.exporters.hugo.keys import front_matter_url
from converters.exporters.hugo.languages import HugoLanguages
from converters.exporters.hugo.list_pages import ListPage, PageKey
from converters.exporters.site.exporter import author_values
from converters.exporters.site.planner import section
from converters.frontmatter import write
from converters.model import Site
from converters.model.notices import Log
from converters.old_site.archives import nicenames
from converters.output import OutFile
from converters.plugin import SiteLookup

KEY = "authors"
BASE = "author"


def taxonomy(site: Site) -> dict[str, str]:
    """The row of the configuration; none where nobody is named, or where a kind of post is called so."""
    named = any(names.term_path(author.name) for author in site.authors)
    return {BASE: KEY} if named and KEY not in {section(kind) for kind in site.kinds} else {}


def files(lookup: SiteLookup, log: Log, markdown: Callable[[str], str]) -> Iterator[OutFile]:
    """A page for each author and language, and the data file."""
    site = lookup.site
    if not taxonomy(site):
        return
    languages = HugoLanguages(site)
    rows: dict[str, dict[str, str]] = {}
    pages: dict[PageKey, ListPage] = {}
    taken: set[str] = set()
    slugs = nicenames(site)
    for author in site.authors:
        slug, label = slugs[author.login], names.LABELS.author(author.login, site)
        path = names.term_path(label)
        if not path.strip("./"):
            continue
        rows[slug or path] = author_values(author)
        for folder, mark in _places(languages):
            key = PageKey(KEY, names.page_path(label), mark)
            url = f"{folder}/{BASE}/{slug}/"
            is_free = bool(slug) and url not in taken and lookup.address(urls.key(url)) is None
            taken.add(url)
            derived = f"{folder}/{BASE}/{path}/" if label == author.name else ""  # `:slug` is that of the title
            own = {"url": front_matter_url(url)} if is_free and url != derived else {}
            pages.setdefault(key, ListPage({"title": author.name, **own}, author.bio))
    yield from list_pages.files(pages, log, markdown)
    yield OutFile("data/authors.yaml", write.yaml(rows).encode(), own=True, holds={"authors": len(rows)})


def _places(languages: HugoLanguages) -> list[tuple[str, str]]:
    """(folder of addresses, mark in file names) of each language."""
    codes = [language.code for language in languages.all] or [""]
    return [(languages.folder(code), languages.mark(code)) for code in codes]
