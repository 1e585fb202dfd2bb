"""Every address of a site that a generator built, and what another site answers at each.

A site of Hugo is built by the real Hugo with small layouts where it has none, so that all pages, lists and feeds are
there; its folder of published files says every address that readers and programs knew.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from tests.crawl import Answer, served
from tests.support import hugo

_LIST = """<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}
{{ with .Paginate .Pages }}{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}{{ end }}
"""
LAYOUTS = {
    "list.html": _LIST,
    "single.html": "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}\n",
}
"""Of a site without any: lists are cut into pages, as most themes do."""
SEEN = (".html", ".xml")
WHOLE = frozenset({"404.html", "sitemap.xml"})
"""What a generator adds for the site as a whole: the page of errors, which servers answer with, and the map for search
engines, which the new site may have by another plug-in."""


class Silent(NamedTuple):
    """An address that does not answer."""

    path: str
    why: str


def write_site(folder: Path, files: dict[str, str]) -> Path:
    """A site from (path below it, text); with layouts where `files` has none."""
    layouts = {} if any(name.startswith("layouts/") for name in files) else LAYOUTS
    for name, text in (files | {f"layouts/_default/{name}": text for name, text in layouts.items()}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def built_by_hugo(source: Path, folder: Path) -> Path:
    """The published files of a source, which is left as it is."""
    shutil.copytree(source, folder)
    if not (folder / "layouts").exists():
        write_site(folder, {})
    return hugo(folder)


def addresses(public: Path) -> list[str]:
    """The path of every page, list and feed below the root of the site: `/tags/x/`, `/tags/x/index.xml`."""
    files = (
        path.relative_to(public).as_posix()
        for path in sorted(public.rglob("*"))
        if path.suffix in SEEN and path.is_file()
    )
    own = (path for path in files if path.rpartition("/")[2] not in WHOLE)
    return [f"/{path.removesuffix('index.html')}" for path in own]


def silent(paths: Iterable[str], built: Path, base: str) -> list[Silent]:
    """Those that the site in `built` does not answer as they were: a page with a page, a feed with a feed; at once, or
    by one page that leads on to where something is. `base`: the URL of the site."""
    with served(built, base) as site:
        root = urlsplit(site.base).path.rstrip("/")
        return [Silent(path, why) for path in paths if (why := _why(site.follow(_url(site.base, path)), path, root))]


def _url(base: str, path: str) -> str:
    return base.rstrip("/") + quote(path, safe="/")


def _why(found: tuple[Answer, str, int], path: str, root: str) -> str:
    answer, url, _ = found
    if answer.status != 200:
        return f"{answer.status} at {urlsplit(url).path.removeprefix(root)}"
    is_feed = path.endswith(".xml")
    if is_feed != answer.type.endswith("xml"):
        return f"answered as {answer.type}"
    return "is no feed" if is_feed and b"<rss" not in answer.body else ""


def leads(built: Path, base: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(address, where a reader ends) below the root of the site."""
    with served(built, base) as site:
        for path in paths:
            _, url, _ = site.follow(_url(site.base, path))
            yield path, url.removeprefix(site.base.rstrip("/"))
