"""A page's title, dates, authors, terms and the like, from whatever says them: tables of where to look, best first.

What machines are told (JSON-LD, microdata) comes before what classes say (microformats: https://microformats.org),
before `<meta>` (Open Graph, Dublin Core, the names that search engines and news readers made customary), before what
only a reader sees. The place a date came from is kept: a guess has to be told from a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from converters import urls
from converters.importers.html import structured
from converters.importers.html.page import HtmlPage
from converters.importers.html.structured import Structured
from converters.model import Term

if TYPE_CHECKING:
    from turbohtml import Element

_NUMERIC = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_IN_PATH = re.compile(r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-])")
_META_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dcterms.issued",
    "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "pubdate",
    "publish-date", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date", "article.published",
    "citation_publication_date", "citation_date",
)  # fmt: skip
_META_CHANGED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
    "revised", "article.updated", "lastmod",
)  # fmt: skip
_SHOWN_DATES = (
    "time.dt-published[datetime]", "time[pubdate][datetime]", "time.entry-date[datetime]", "time.published[datetime]",
    "abbr.published[title]", "time.post-date[datetime]", "article header time[datetime]", "article time[datetime]",
    "main header time[datetime]", "header time[datetime]", "main time[datetime]",
)  # fmt: skip
_SHOWN_AUTHORS = (".p-author", "[rel~=author]", ".byline .author", ".author.vcard .fn", ".entry-author", ".post-author")
_BESIDE_TITLE = "nav, aside, footer, body > header, [class*=site-]"
_BYLINES = ".byline, .post-meta, .entry-meta, article header .meta, .article-meta, .post-byline"
_BY = re.compile(r"(?:^|\s)[Bb]y ([^·|•,–—]{2,60}?)(?=\s*(?:[·|•,–—]|\bon\b|$))")
_META_AUTHORS = "author article:author dc.creator dcterms.creator parsely-author sailthru.author byl".split()
_SEPARATORS = (" | ", " · ", " — ", " – ", " - ", " » ", " « ", " :: ", " • ", ": ")
_BASES = {
    "category": "category", "categories": "category", "cat": "category", "section": "category", "topics": "category",
    "tag": "post_tag", "tags": "post_tag", "label": "post_tag", "labels": "post_tag", "keyword": "post_tag",
    "tagged": "post_tag",
}  # fmt: skip
_NO_TAXONOMIES = frozenset("blog posts post archive archives search t en wiki".split())
_MANY = 200
_MICROFORMATS = ("time.dt-", ".p-")
_OTHERS = "[id*=comment], [class*=comment], [class*=related], .h-cite"
_ASIDE = "nav, aside, footer, [id*=comment], [class*=comment], [class*=related], [class*=sidebar], [class*=teaser]"


class Metadata(NamedTuple):
    titles: tuple[tuple[str, str], ...]
    """(where it stands, the title), best first"""
    site_name: str = ""
    date: datetime | None = None
    date_source: str = ""
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    logins: tuple[tuple[str, str], ...] = ()
    """(name, last part of the address of the author's page)"""
    terms: tuple[Term, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    canonical: str = ""
    picture: str = ""
    is_article: bool = False
    noindex: bool = False
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, address) of the page in other languages, itself among them"""

    def login(self, name: str) -> str:
        return dict(self.logins).get(name, name)

    def title(self, site_name: str) -> str:
        """The title without the name of the site that templates put behind or in front of it."""
        for where, title in self.titles:
            plain = without_site(title, site_name or self.site_name) if where != "heading" else title
            if plain:
                return plain
        return ""


def read(page: HtmlPage, zone: tzinfo | None) -> Metadata:
    said = structured.read(page)
    date, date_source = _date(page, said, zone)
    return Metadata(
        titles=tuple(_titles(page, said)),
        site_name=_site_name(said),
        date=date,
        date_source=date_source,
        modified=_first_date((*map(structured.text, said.article("dateModified")), *_metas(said, _META_CHANGED)), zone),
        authors=tuple(dict.fromkeys(_authors(page, said))),
        logins=tuple(_logins(page)),
        terms=tuple(_terms(page, said)),
        description=structured.text(next(iter(said.article("description")), ""))
        or said.first("description", "og:description", "dc.description", "dcterms.abstract", "twitter:description"),
        keywords=tuple(_split(said.first("keywords", "news_keywords"))),
        language=_language(page),
        canonical=_canonical(page, said),
        picture=structured.address(next(iter(said.article("image")), "")) or said.first("og:image", "og:image:url"),
        is_article=_is_article(page, said),
        noindex="noindex" in said.first("robots", "googlebot").lower(),
        alternates=tuple(_alternates(page)),
    )


def _is_article(page: HtmlPage, said: Structured) -> bool:
    kind = said.first("og:type").lower()
    return bool(said.articles) or kind in ("article", "blog", "post") or len(page.all(".h-entry, .hentry")) == 1


def _titles(page: HtmlPage, said: Structured) -> Iterable[tuple[str, str]]:
    named = page.all(".h-entry .p-name, .hentry .entry-title, [itemprop~=headline]")
    if len(named) == 1:
        yield "heading", _text(named[0])
    headings = [heading for heading in page.all("h1")[:_MANY] if heading.closest(_BESIDE_TITLE) is None]
    told = [structured.text(value) for name in ("headline", "name") for value in said.article(name)]
    told += [said.first("og:title"), said.first("twitter:title", "dc.title", "dcterms.title")]
    known = {folded(title) for title in told if title} | {folded(_text(title)) for title in page.all("head > title")}
    for heading in headings:  # what the page shows is whole; what it tells machines may be cut at a length
        words = folded(_text(heading))
        if words and any(words in title or title.rstrip(".… ") in words for title in known if title):
            yield "heading", _text(heading)
    yield from (("machine", title) for title in told if title)
    if len(headings) == 1:
        yield "heading", _text(headings[0])
    title = page.one("title")
    if title is not None:
        yield "title", " ".join(title.text.split())


def without_site(title: str, site_name: str) -> str:
    """`Tides | The Harbour` and `The Harbour - Tides` are both `Tides`."""
    if not site_name or title == site_name:
        return title
    for mark in _SEPARATORS:
        if title.endswith(mark + site_name):
            return title[: -len(mark + site_name)].strip()
        if title.startswith(site_name + mark):
            return title[len(site_name + mark) :].strip()
    return title


def tail(title: str) -> str:
    """What stands behind the last separator of a title: perhaps the name of the site."""
    places = [(title.rfind(mark), mark) for mark in _SEPARATORS[:-1]]
    position, mark = max(places)
    return title[position + len(mark) :].strip() if position > 0 else ""


def _site_name(said: Structured) -> str:
    for record in said.others:
        if "WebSite" in structured.kinds(record) and record.get("name"):
            return structured.text(record["name"][0])
    return said.first("og:site_name", "application-name")


def _date(page: HtmlPage, said: Structured, zone: tzinfo | None) -> tuple[datetime | None, str]:
    for value in said.article("datePublished") or said.article("dateCreated"):
        if date := parse_date(structured.text(value), zone):
            return date, "datePublished"
    for name in _META_DATES:
        if date := _first_date(said.meta.get(name, ()), zone):
            return date, f"meta {name}"
    for selector in _SHOWN_DATES:
        for element in page.all(selector)[:_MANY]:
            if not _is_aside(element, selector):
                value = str(element.attr("datetime") or element.attr("title") or "")
                if date := parse_date(value, zone):
                    return date, selector
    found = _IN_PATH.search(unquote(page.path))
    if found and (date := parse_date("-".join(found.groups()), zone)):
        return date, "address"
    return None, ""


def _is_aside(element: Element, selector: str) -> bool:
    """Is that said of something else than the post? A microformat may stand at its foot."""
    return element.closest(_OTHERS if selector.startswith(_MICROFORMATS) else _ASIDE) is not None


def _first_date(values: Iterable[str], zone: tzinfo | None) -> datetime | None:
    return next((date for value in values if (date := parse_date(value, zone))), None)


def _metas(said: Structured, names: Iterable[str]) -> list[str]:
    return [value for name in names for value in said.meta.get(name, ())]


def parse_date(value: str, zone: tzinfo | None = None) -> datetime | None:
    """An ISO date, or one as mail has it; without an offset it is read in `zone`, without that as universal time."""
    found = _NUMERIC.match(value.strip())
    try:
        if found:
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
            return datetime(year, month, day, hour, minute, second, tzinfo=_offset(found[7]) or zone or UTC)
        date = parsedate_to_datetime(value.strip()) if value.strip()[:1].isalnum() and len(value) < 80 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date is None or date.tzinfo else date.replace(tzinfo=zone or UTC)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    from datetime import timezone

    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _authors(page: HtmlPage, said: Structured) -> Iterable[str]:
    told = [structured.text(value) for value in said.article("author")]
    told = told or [value for name in _META_AUTHORS for value in said.meta.get(name, ())[:4]]
    names = [name for name in told if name and not name.startswith(("http:", "https:"))]
    if names:
        return names
    for selector in _SHOWN_AUTHORS:
        shown = [_text(element) for element in page.all(selector)[:_MANY] if not _is_aside(element, selector)]
        if shown := [name for name in shown if 0 < len(name) < 80]:
            return shown[:4]
    for line in page.all(_BYLINES)[:_MANY]:
        found = _BY.search(" ".join(line.text.split())) if line.closest(_ASIDE) is None else None
        if found:
            return [found[1].strip()]
    return ()


def _logins(page: HtmlPage) -> Iterable[tuple[str, str]]:
    for link in page.all("a[rel~=author][href], .author a[href], .byline a[href]")[:_MANY]:
        parts = urls.split(str(link.attr("href")))
        steps = [urls.decoded(step) for step in parts.path.strip("/").split("/")] if parts is not None else []
        if len(steps) > 1 and steps[-2] in ("author", "authors") and not _is_aside(link, ".p-author"):
            yield _text(link), steps[-1].removesuffix(".html")


def _terms(page: HtmlPage, said: Structured) -> Iterable[Term]:
    """`rel=tag` links with their addresses first; then what machines are told and no link says."""
    found: dict[tuple[str, str], Term] = {}
    links = page.all("a[rel~=tag][href], a[rel~=category][href], a.p-category[href]")[: 5 * _MANY]
    for link in links:
        if link.closest("aside, nav") is None and (linked := term(str(link.attr("href")), _text(link))):
            found.setdefault((linked.taxonomy, linked.name.casefold()), linked)
    if not links:
        for taxonomy, name in _named_terms(page, said):
            if name:
                found.setdefault((taxonomy, name.casefold()), Term(taxonomy, _slug(name), name))
    return found.values()


def _named_terms(page: HtmlPage, said: Structured) -> Iterable[tuple[str, str]]:
    """(taxonomy, name) of the terms that no link names."""
    yield from (("post_tag", _text(element)) for element in page.all(".h-entry .p-category"))
    for taxonomy, name in (("category", "articleSection"), ("post_tag", "keywords")):
        yield from ((taxonomy, part) for value in said.article(name) for part in _split(structured.text(value)))
    for taxonomy, name in (("category", "article:section"), ("post_tag", "article:tag")):
        yield from ((taxonomy, value) for value in said.meta.get(name, ()))


def term(href: str, name: str) -> Term | None:
    """The term that the list at an address is of."""
    parts = urls.split(href)
    if parts is None or not name:
        return None
    steps = [urls.decoded(step) for step in parts.path.strip("/").split("/") if step]
    steps = [step.removesuffix(".html") for step in steps if step not in ("index.html", ".", "..")]
    at = next((number for number, step in enumerate(steps) if step in _BASES), None)
    if at is None and len(steps) > 1 and steps[0] not in _NO_TAXONOMIES:  # `/cuisine/northern/harbour/`
        return Term(_slug(steps[0]), steps[-1], name, parent=steps[-2] if len(steps) > 2 else "")
    slug = steps[-1] if steps else _slug(name)
    if at is None:
        return Term("post_tag", slug, name)
    taxonomy = _BASES[steps[at]]
    return Term(taxonomy, slug, name, parent=steps[-2] if len(steps) - at > 2 else "")


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _language(page: HtmlPage) -> str:
    html = page.one("html[lang]") or page.one("body[lang]")
    return str(html.attr("lang") or "").strip() if html is not None else ""


def _canonical(page: HtmlPage, said: Structured) -> str:
    link = page.one("link[rel~=canonical][href]") or page.one("a.p-canonical[href]")
    return str(link.attr("href")).strip() if link is not None else said.first("og:url")


def _alternates(page: HtmlPage) -> Iterable[tuple[str, str]]:
    for link in page.all("link[rel~=alternate][hreflang][href]"):
        code = str(link.attr("hreflang")).lower().replace("_", "-")
        if code != "x-default":
            yield code, str(link.attr("href"))


def _text(element: Element) -> str:
    return " ".join(element.text.split())


def folded(text: str) -> str:
    """Words alone, in small letters: how titles are compared."""
    return " ".join(re.findall(r"\w+", text.casefold()))
