"""Files of a site that are no posts and pages: lists, feeds, redirects, files for machines; and why each is left out.

A target makes its own lists, feeds and error page; the tables below say what is one of the old site's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import splitext
from urllib.parse import unquote

from converters.importers.html.page import HtmlPage

FURTHER = "further page of a list"
_FURTHER = re.compile(r"(?:^|/)page[/-]?\d+(?:/index)?\.html?$", re.I)
_LIST_PATHS = re.compile(
    r"(?:^|/)(?:tags?|categor(?:y|ies)|authors?|archives?|topics?|labels?|series)(?:/[^/]+){0,4}?(?:/index)?\.html?$"
    r"|(?:^|/)(?:19|20)\d\d(?:/\d\d){0,2}(?:/index)?\.html?$",
    re.I,
)
"""Where lists stand; a page with a text of its own there is a page all the same."""
_MACHINERY = frozenset(
    ".css .js .mjs .map .woff .woff2 .ttf .otf .eot .less .scss .webmanifest .xsl .xslt .php .htaccess .gz .br "
    ".bak".split()
)
_MACHINES_FILES = frozenset(
    "robots.txt sitemap.xml manifest.json site.webmanifest browserconfig.xml cname .nojekyll _headers _redirects "
    "search.json index.json sitemap.xml.gz .ds_store thumbs.db desktop.ini opensearch.xml llms.txt search.xml "
    "local-search.xml search_index.json searchindex.json objects.inv".split()
)
_SPHINX_SOURCE = re.compile(r"(?:^|/)_sources/.*\.txt$")
_MADE = ".genindextable, .modindextable, .genindex-jumpbox"
"""Sphinx's indexes (sphinx/themes/basic/genindex.html): their entries are anchors of pages."""
_ERROR = re.compile(r"\b(?:404|403|500|50x|error|not found)\b", re.I)
_SHORT = 1_000
_FEW = 10
_FEW_WORDS = 40


def machinery(path: str) -> str:
    """Why a file that is no page is not copied; empty for images, audio, documents."""
    name = path.rpartition("/")[2].lower()
    if name in _MACHINES_FILES or (name.startswith("sitemap") and name.endswith(".xml")):
        return "file for machines"
    if _SPHINX_SOURCE.search(path):
        return "source of a page"
    if splitext(name)[1] in _MACHINERY or name in _MACHINERY:
        return "style or script of the old site"
    return "hidden file" if any(part.startswith(".") for part in path.split("/")) and ".well-known" not in path else ""


def is_further_page(path: str) -> bool:
    return bool(_FURTHER.search(path))


def redirect(page: HtmlPage) -> str:
    """Where a page only sends its reader on to; empty for others."""
    found = page.document.meta_refresh()
    if found is None or not found[1] or found[0] > 15:
        return ""
    body = page.one("body")
    return found[1] if body is None or len(body.text) < 2_000 else ""


def is_list_path(path: str) -> bool:
    """Do lists of terms, authors or months stand at such a place?"""
    return bool(_LIST_PATHS.search(unquote(path)))


def left_out(page: HtmlPage, selector: str) -> str:
    """Why a page is not converted, as far as it shows by itself; empty when it may be."""
    path = unquote(page.path)
    if selector and page.one(selector) is not None:
        return ""
    for pattern, reason, is_one in _BY_PATH:
        if pattern.search(path) and is_one(page):
            return reason
    if page.one(_MADE) is not None:
        return "index made by a program"
    return "list page" if is_list_path(path) and _says_nothing(page) else ""


def _shows_error(page: HtmlPage) -> bool:
    """Does a page say that there is nothing, or next to nothing? Any page can be about errors."""
    heads = " ".join(element.text for element in page.all("title, h1")[:_FEW])
    return _ERROR.search(heads) is not None or _text_of(page) < _SHORT


def _is_search(page: HtmlPage) -> bool:
    return page.one("input, script, [class*=search], [id*=search]") is not None and _text_of(page) < _SHORT


def _always(page: HtmlPage) -> bool:
    return True


def _says_nothing(page: HtmlPage) -> bool:
    """Is there no text below the headings, as on the page of an author or a tag with nothing in its list?"""
    if page.one("main img, article img, main a[href], article") is not None:
        return False
    main = page.one("main") or page.one("body")
    heading = page.one("h1")
    words = len("".join(main.text.split())) if main is not None else 0
    return words - (len("".join(heading.text.split())) if heading is not None else 0) < _FEW_WORDS


def _text_of(page: HtmlPage) -> int:
    """Characters of the text of a page, roughly."""
    main = page.one("main, [role=main]") or page.one("article") or page.one("body")
    return len(main.text) if main is not None else 0


_BY_PATH: tuple[tuple[re.Pattern[str], str, Callable[[HtmlPage], bool]], ...] = (
    (
        re.compile(r"(?:^|/)(?:404|403|500|50x|error|not[-_]found)(?:/index)?\.html?$", re.I),
        "error page",
        _shows_error,
    ),
    (re.compile(r"(?:^|/)search(?:/index)?\.html?$", re.I), "search page", _is_search),
    (_FURTHER, FURTHER, _always),
    (re.compile(r"(?:^|/)(?:feed|rss|amp|embed|print)/index\.html?$", re.I), "another form of a page", _always),
)
"""(path, what a page there is, whether this one is it)"""
