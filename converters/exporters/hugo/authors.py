"""Authors in Hugo: a taxonomy, so that each has a page with what they wrote, at the address it had in WordPress.

The front matter of a post names its authors as readers see them. `data/authors.yaml` holds what is known of them,
by the last part of their address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from converters import urls
from converters.exporters.hugo import names
from converters.exporters.hugo.adapters import Adapters
from converters.exporters.hugo.descriptions import as_text
from converters.exporters.hugo.languages import Languages
from converters.frontmatter import write, yaml
from converters.model import Author, Site
from converters.model.notices import Log
from converters.old_site.archives import nicename
from converters.output import OutFile
from converters.plugin import SiteLookup

KEY = "authors"
BASE = "author"


def taxonomy(site: Site) -> dict[str, str]:
    """The row of the configuration; none where nobody is named, or where a kind of post is called so."""
    named = any(names.term_path(author.name) for author in site.authors)
    return {BASE: KEY} if named and KEY not in {names.section(kind) for kind in site.kinds} else {}


def files(lookup: SiteLookup, log: Log) -> Iterator[OutFile]:
    """A page for each author and language, and the data file."""
    site = lookup.site
    if not taxonomy(site):
        return
    languages = Languages(site)
    rows: dict[str, dict[str, str]] = {}
    pages: dict[tuple[str, str], dict[str, Any]] = {}
    bios: dict[tuple[str, str], str] = {}
    for author in site.authors:
        slug, path = nicename(author.login), names.term_path(author.name)
        if not path.strip("./"):
            continue
        rows[slug or path] = _row(author)
        for folder, mark in _places(languages):
            file = names.page_path(author.name), mark
            address = f"{folder}/{BASE}/{slug}/"
            page = pages.get(file)
            if page is not None:  # two accounts of one name are one author to Hugo
                if slug and lookup.address(urls.key(address)) is None:
                    page.setdefault("aliases", []).append(address.removeprefix(folder))
                continue
            pages[file] = {"title": author.name}
            bios[file] = author.bio
            if slug and address != f"{folder}/{BASE}/{path}/" and lookup.address(urls.key(address)) is None:
                pages[file]["url"] = address
    adapters = Adapters(log)
    for (path, mark), values in pages.items():
        html = as_text(bios[path, mark]) if bios[path, mark] else ""
        if names.is_folder(path):
            text = write.dumps(values) + (f"\n{html}\n" if html else "")
            yield OutFile(f"content/{KEY}/{path}/_index{mark}.md", text.encode())
        else:
            adapters.add(KEY, mark, path, values, html)
    yield from adapters.files()
    yield OutFile("data/authors.yaml", yaml.dumps(rows).encode(), own=True)


def _places(languages: Languages) -> list[tuple[str, str]]:
    """(folder of addresses, mark in file names) of each language."""
    codes = [language.code for language in languages.all] or [""]
    return [(languages.folder(code), languages.mark(code)) for code in codes]


def _row(author: Author) -> dict[str, str]:
    values = {"name": author.name, "url": author.url, "bio": author.bio}
    return {key: value for key, value in values.items() if value}
