"""A page's title, dates, authors, terms and the like, from whatever says them: tables of where to look, best first.

What machines are told (JSON-LD, microdata) comes before what classes say (microformats: https://microformats.org),
before `<meta>` (Open Graph, Dublin Core, the names that search engines and news readers made customary), before what
only a reader sees. The place a date came from is kept: a guess has to be told from a statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import NamedTuple

from converters.importers.html import authors, beside, page_dates, places, structured, terms, titles
from converters.importers.html.dates import parse_date as parse_date
from converters.importers.html.page import HtmlPage
from converters.importers.html.page_dates import GUESSES as GUESSES
from converters.importers.html.structured import Structured
from converters.importers.html.terms import term as term
from converters.importers.html.titles import folded as folded
from converters.importers.html.titles import tail as tail
from converters.importers.html.titles import without_site as without_site
from converters.model import Term

_MANY = 200


class Metadata(NamedTuple):
    titles: tuple[tuple[str, str], ...]
    """(where it stands: heading, machine, title; the title), best first"""
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
    site_names: tuple[str, ...] = ()
    """What else the site may be called: its publisher, the part of the title that its host is called like."""

    def login(self, name: str) -> str:
        return dict(self.logins).get(name, name)

    def title(self, site_name: str) -> str:
        """The title without the name of the site that templates put behind or in front of it."""
        names = [name for name in (site_name, self.site_name, *self.site_names) if name]
        known = {folded(name) for name in names}
        cleaned = []
        for where, title in self.titles:
            if where != "heading":
                for name in names:
                    title = without_site(title, name)
            cleaned.append(title)
        return next((title for title in cleaned if title and folded(title) not in known), next(iter(cleaned), ""))


def read(page: HtmlPage, zone: tzinfo | None) -> Metadata:
    """The facts of a page. `zone` is that of dates that name none."""
    said = structured.read(page)
    canonical = places.joined(page.base, _canonical(page, said))
    address = canonical or page.saved_from
    names = tuple(dict.fromkeys(filter(None, titles.site_names(page, said, address))))
    title = titles.read(page, said, names)
    lines = beside.read(page, title.heading)
    language = _language(page, said)
    dates = page_dates.read(page, said, lines, page_dates.Where(zone, language, address))
    return Metadata(
        titles=title.said,
        site_name=_site_name(said),
        date=dates.published,
        date_source=dates.source,
        modified=dates.modified,
        authors=authors.read(page, said, lines, names),
        logins=tuple(authors.logins(page)),
        terms=terms.read(page, said),
        description=structured.text(next(iter(said.article("description")), ""))
        or said.first("description", "og:description", "dc.description", "dcterms.abstract", "twitter:description"),
        keywords=tuple(terms.split(said.first("keywords", "news_keywords"))),
        language=language,
        canonical=canonical,
        picture=places.joined(page.base, _picture(page, said)),
        is_article=_is_article(page, said),
        noindex="noindex" in said.first("robots", "googlebot").lower(),
        alternates=tuple(_alternates(page)),
        site_names=names,
    )


def _is_article(page: HtmlPage, said: Structured) -> bool:
    kind = said.first("og:type").lower()
    return bool(said.articles) or kind in ("article", "blog", "post") or len(page.all(".h-entry, .hentry")) == 1


def _site_name(said: Structured) -> str:
    for record in said.others:
        if "WebSite" in structured.kinds(record) and record.get("name"):
            return structured.text(record["name"][0])
    return said.first("og:site_name", "application-name")


def _picture(page: HtmlPage, said: Structured) -> str:
    told = structured.address(next(iter(said.article("image")), ""))
    told = told or said.first("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
    link = page.one("link[rel~=image_src][href]") if not told else None
    return str(link.attr("href") or "").strip() if link is not None else told


def _language(page: HtmlPage, said: Structured) -> str:
    """A code such as `en-GB`, as the page has it."""
    for selector, name in (("html[lang]", "lang"), ("html[xml\\:lang]", "xml:lang"), ("body[lang]", "lang")):
        element = page.one(selector)
        if element is not None and (code := str(element.attr(name) or "").strip()):
            return code
    told = structured.text(next(iter(said.article("inLanguage")), ""))
    told = told or said.first("content-language", "language", "dc.language", "dcterms.language", "og:locale")
    code = told.split(",")[0].strip().replace("_", "-")
    return code if 2 <= len(code) <= 12 and " " not in code else ""


def _canonical(page: HtmlPage, said: Structured) -> str:
    link = page.one("link[rel~=canonical][href]") or page.one("a.p-canonical[href]")
    return str(link.attr("href")).strip() if link is not None else said.first("og:url")


def _alternates(page: HtmlPage) -> Iterable[tuple[str, str]]:
    for link in page.all("link[rel~=alternate][hreflang][href]")[: 5 * _MANY]:
        code = str(link.attr("hreflang")).lower().replace("_", "-")
        if code != "x-default":
            yield code, str(link.attr("href"))
