"""Files of a site that are no posts and pages: lists, feeds, redirects, files for machines; and why each is left out.

A target makes its own lists, feeds and error page; the tables below say what is one of the old site's.
"""

from __future__ import annotations

import re
from posixpath import splitext
from urllib.parse import unquote

from converters import urls
from converters.importers.html import content, structured
from converters.importers.html.page import HtmlPage

_FURTHER = re.compile(r"(?:^|/)page[/-]?\d+(?:/index)?\.html?$", re.I)
_BY_PATH = (
    (re.compile(r"(?:^|/)(?:404|403|500|50x|error|not[-_]found)(?:/index)?\.html?$", re.I), "error page"),
    (re.compile(r"(?:^|/)search(?:/index)?\.html?$", re.I), "search page"),
    (_FURTHER, "further page of a list"),
    (re.compile(r"(?:^|/)(?:feed|rss|amp|embed|print)/index\.html?$", re.I), "another form of a page"),
)
_LIST_PATHS = re.compile(
    r"(?:^|/)(?:tags?|categor(?:y|ies)|authors?|archives?|topics?|labels?|series)(?:/[^/]+){0,4}?(?:/index)?\.html?$"
    r"|(?:^|/)(?:19|20)\d\d(?:/\d\d){0,2}(?:/index)?\.html?$",
    re.I,
)
"""Where lists stand; with an article of its own, a page there is a page all the same."""
_MACHINERY = frozenset(
    ".css .js .mjs .map .woff .woff2 .ttf .otf .eot .less .scss .webmanifest .xsl .xslt .php .htaccess .gz .br "
    ".bak".split()
)
_MACHINES_FILES = frozenset(
    "robots.txt sitemap.xml manifest.json site.webmanifest browserconfig.xml cname .nojekyll _headers _redirects "
    "search.json index.json sitemap.xml.gz .ds_store thumbs.db desktop.ini opensearch.xml llms.txt".split()
)
_INSIDE_LINKS = 0.8
"""The share of a page's words that stand in links, from which on it is a list."""
_FEW_WORDS = 40


def machinery(path: str) -> str:
    """Why a file that is no page is not copied; empty for images, audio, documents."""
    name = path.rpartition("/")[2].lower()
    if name in _MACHINES_FILES or (name.startswith("sitemap") and name.endswith(".xml")):
        return "file for machines"
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


def left_out(page: HtmlPage, said: structured.Structured, selector: str) -> str:
    """Why a page is not converted; empty when it is."""
    path = unquote(page.path)
    for pattern, reason in _BY_PATH:
        if pattern.search(path):
            return reason
    if selector and page.one(selector) is not None:
        return ""
    if not _is_list(page, said, path):
        return ""
    told = not _LIST_PATHS.search(path) and content.own_box(page) is not None
    return "" if told else "list page"


def _is_list(page: HtmlPage, said: structured.Structured, path: str) -> bool:
    entries = len(page.all(".h-feed .h-entry, .hfeed .hentry, [itemprop~=blogPost]"))
    if entries > 1:
        return True
    articles = content.articles_of(page)
    if len(articles) > 1:
        sizes = sorted((len(article.text) for article in articles), reverse=True)
        return not (bool(said.articles) or said.first("og:type") == "article") or sizes[0] < 2 * sizes[1]
    if len(articles) == 1:
        heading = articles[0].select_one("h1 a[href], h2 a[href], h3 a[href]")
        away = heading is not None and not page.all("article h1") and _leads_away(str(heading.attr("href")), path)
        return away and not said.articles
    if said.articles or said.first("og:type") == "article":
        return False
    if not said.articles and said.has(structured.LISTS):
        return True
    return _only_links(page, listed=bool(_LIST_PATHS.search(path)))


def _leads_away(href: str, path: str) -> bool:
    parts = urls.split(href)
    if parts is None or not parts.path:
        return False
    own = "/" + re.sub(r"(?:^|/)index\.html?$", "", path).strip("/")
    return not urls.key(parts.path).endswith(own) if own != "/" else urls.key(parts.path) != "/"


def _only_links(page: HtmlPage, *, listed: bool) -> bool:
    """Is nearly all of the text the words of links? In a place where lists stand, half is enough."""
    found = content.find(page, "")
    if found is None or found.exact:
        return False
    element = found.elements[0]
    words = "".join(element.text.split())
    heading = element.select_one("h1")
    total = len(words) - (len("".join(heading.text.split())) if heading is not None else 0) or 1
    found_links = element.select("a[href]")
    links = sum(len("".join(link.text.split())) for link in found_links)
    if listed and total - links < _FEW_WORDS:
        return True  # an author or a tag with nothing in its list
    if len(found_links) < (1 if listed else 2):
        return False
    return links / total >= (0.4 if listed else _INSIDE_LINKS)
