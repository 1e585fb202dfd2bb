"""The title of a page: what it shows, what it tells machines, and which part of that is the site's name.

Sites put their name behind or before the title of every page (`Tides | The Harbour`). It is taken off where it is
known to be the site's: pages say it (`og:site_name`, JSON-LD), the host is called so, or other pages end so, too. A
heading that the page shows is whole; what machines are told may be cut at a length or written for search engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from converters import urls
from converters.importers.html import structured
from converters.importers.html.heading_marks import title_of
from converters.importers.html.page import HtmlPage
from converters.importers.html.structured import Structured

if TYPE_CHECKING:
    from turbohtml import Element

_SEPARATORS = (" | ", " · ", " — ", " – ", " - ", " » ", " « ", " :: ", " • ", " ~ ", " ∙ ", " ‹ ", " › ", " > ", " / ",
    "｜", " − ", ": ")  # fmt: skip
_TIGHT = ("|", "»", "«")
"""Between a title and a name also without spaces."""
_MARKED = ".h-entry .p-name, .hentry .entry-title, [itemprop~=headline]"
_OTHERS = ".h-cite, [class*=comment], [class*=related]"
_CHROME = (
    "nav, aside, footer, dialog, form, [class*=site-title], [class*=site-name], [class*=site-header], "
    "[class*=site-branding], [class*=logo], [id*=logo], [class*=sidebar], [class*=modal], [class*=popup], "
    "[class*=newsletter], [class*=subscribe], [class*=cookie], [class*=related]"
)
_BESIDE_TITLE = f"{_CHROME}, body > header"
_LOWER = (
    "article header h2, article h2, main h2, .post-title, .entry-title, [class*=post-title], [class*=article-title], h2"
)
_MANY = 200
_ALIKE = 0.3
_HARDLY_ALIKE = 0.12
"""Shares of words in common from which on a heading is the title: one of several, the only one."""
_MOST_HEADINGS = 20


class Titles(NamedTuple):
    said: tuple[tuple[str, str], ...]
    """(where it stands: heading, machine, title; the words), best first"""
    heading: Element | None
    """The one on the page that shows the title."""


def read(page: HtmlPage, said: Structured, names: Iterable[str]) -> Titles:
    """`names`: of the site, as far as the page tells them."""
    known = {folded(name) for name in names if name}
    told = list(_told(said))
    title = page.one("head > title") or page.one("title")
    in_head = unescape(" ".join(title.text.split())) if title is not None else ""
    wanted = [folded(words) for words in (*told, in_head) if words]
    parts = {folded(part) for words in (*told, in_head) for part in _parts(words)}
    heading = _marked(page, known) or _best_heading(page, _Told(wanted, parts, folded(tail(in_head))), known)
    found = [("heading", title_of(heading))] if heading is not None else []
    found += [("machine", words) for words in told]
    if in_head:
        found.append(("title", in_head))
    return Titles(tuple(dict.fromkeys(found)), heading)


class _Told(NamedTuple):
    """The titles that machines are told, folded."""

    titles: list[str]
    parts: set[str]
    """They, and what stands before and behind their separators."""
    ending: str
    """What stands behind the last one in the head of the page."""


def _parts(title: str) -> Iterator[str]:
    """A title, and what it is without what stands behind its last separator or before its first."""
    yield title
    for mark in _SEPARATORS[:-1]:
        if mark in title:
            yield from (title.rpartition(mark)[0], title.partition(mark)[0], title.partition(mark)[2])


def _told(said: Structured) -> Iterator[str]:
    for name in ("headline", "name"):
        for value in said.article(name)[:2]:
            if words := unescape(unescape(structured.text(value))):
                yield words
    for names in (("og:title",), ("twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title")):
        if words := unescape(unescape(said.first(*names))):
            yield words


def _marked(page: HtmlPage, names: set[str]) -> Element | None:
    marked = [element for element in page.all(_MARKED)[:_MANY] if element.closest(_OTHERS) is None]
    marked = [element for element in marked if folded(text(element)) and folded(text(element)) not in names]
    return marked[0] if len({folded(text(element)) for element in marked}) == 1 else None


def _best_heading(page: HtmlPage, told: _Told, names: set[str]) -> Element | None:
    """The heading most like what machines are told; a lower one where it is the title word for word; the only one."""
    wanted, ending = told.titles, told.ending
    every = page.all("h1")[:_MANY]
    inside = [heading for heading in every if heading.closest(_BESIDE_TITLE) is None]
    rated = [_rated(headings, wanted, names, ending) for headings in (inside, every)]
    best = [max((likeness for likeness, _ in headings), default=0.0) for headings in rated]
    if best[0] == 1.0:
        return _first(rated[0], 1.0)
    for heading in page.all(_LOWER)[:_MOST_HEADINGS]:
        words = folded(text(heading))
        if " " in words and words in told.parts and words not in names and heading.closest(_CHROME) is None:
            return heading
    for likeness, headings in zip(best, rated, strict=True):
        if likeness >= _ALIKE:
            return _first(headings, likeness)
        alone = [heading for _, heading in headings if heading.closest("article, main, [role=main]") is not None]
        alone = [heading for _, heading in headings] if len(headings) == 1 else alone
        if len(alone) == 1 and (likeness >= _HARDLY_ALIKE or not wanted):
            return alone[0]
    return None


def _rated(headings: list[Element], wanted: list[str], names: set[str], ending: str) -> list[tuple[float, Element]]:
    known = ((heading, _title_like(heading, names, ending)) for heading in headings)
    return [(_likeness(words, wanted), heading) for heading, words in known if words]


def _first(rated: list[tuple[float, Element]], wanted: float) -> Element:
    return next(heading for likeness, heading in rated if likeness == wanted)


def _title_like(heading: Element, names: set[str], ending: str) -> str:
    """The words of a heading; empty when it is the site's, which may stand outside of the text and end titles."""
    words = folded(text(heading))
    if not words or words in names or len(words) > 500:
        return ""
    return "" if words == ending and heading.closest("article, main, [role=main]") is None else words


def _likeness(words: str, wanted: list[str]) -> float:
    """The share of words that a heading and a title have in common; 1 where one holds the other."""
    if _is_part(words, wanted):
        return 1.0
    own = set(words.split())
    return max((2 * len(own & other) / (len(own) + len(other)) for other in map(_words, wanted) if other), default=0.0)


def _words(folded_text: str) -> set[str]:
    return set(folded_text.split())


def _is_part(words: str, wanted: list[str]) -> bool:
    """Is one in the other, whole words and most of them?"""
    for title in wanted:
        short, long = sorted((words, title), key=len)
        if f" {short} " in f" {long} " and (3 * len(short) >= len(long) or short.count(" ") >= 2):
            return True
    return False


def without_site(title: str, site_name: str) -> str:
    """`Tides | The Harbour` and `The Harbour - Tides` are both `Tides`."""
    own = folded(site_name)
    if not own or folded(title) == own:
        return title
    for mark in (*_SEPARATORS, *_TIGHT):
        first, found, rest = title.partition(mark)
        if found and rest.strip() and folded(first) == own:
            return rest.strip()
        rest, found, last = title.rpartition(mark)
        if found and rest.strip() and folded(last) == own:
            return rest.strip()
    if title.casefold().endswith(site_name.casefold()):  # a name with a separator in it
        rest = title[: -len(site_name)].rstrip()
        for mark in _SEPARATORS[:-1]:
            if rest.endswith(mark.strip()) and rest[: -len(mark.strip())].strip():
                return rest[: -len(mark.strip())].strip()
    return title


def tail(title: str) -> str:
    """What stands behind the last separator of a title: perhaps the name of the site."""
    places = [(title.rfind(mark), mark) for mark in _SEPARATORS[:-1]]
    position, mark = max(places)
    return title[position + len(mark) :].strip() if position > 0 else ""


def site_names(page: HtmlPage, said: Structured, address: str) -> Iterator[str]:
    """What the site may be called, best first: as pages say, and the part of the title that is the name of the host."""
    for record in said.others:
        if "WebSite" in structured.kinds(record) and record.get("name"):
            yield unescape(structured.text(record["name"][0]))
    yield unescape(said.first("og:site_name"))
    yield unescape(said.first("application-name", "apple-mobile-web-app-title"))
    for value in said.article("publisher")[:1]:
        yield unescape(structured.text(value))
    title = page.one("head > title") or page.one("title")
    yield urls.plain_host(urls.host_of(address))
    if title is not None:
        yield from _named_like_host(" ".join(title.text.split()), address)


def _named_like_host(title: str, address: str) -> Iterator[str]:
    """`CBC Bank` in the title of a page at `www.cbcbank.com`."""
    host = re.sub(r"[^a-z0-9.]", "", urls.plain_host(urls.host_of(address)).lower())
    labels = [label for label in host.split(".")[:-1] if len(label) > 2]
    for mark in _SEPARATORS[:-1]:
        parts = title.split(mark)
        for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
            bare = re.sub(r"[^a-z0-9]", "", part.casefold())
            if len(bare) > 2 and any(_are_one_name(bare, label) for label in (*labels, host.replace(".", ""))):
                yield part.strip()


def _are_one_name(name: str, label: str) -> bool:
    """`koia` and `getkoia`: one holds the other, and not by chance."""
    short, long = sorted((name, label), key=len)
    return short == long or (len(short) > 3 and short in long and 2 * len(short) > len(long))


def text(element: Element) -> str:
    """The words of a heading; a break parts them."""
    if element.select_one("br") is None:
        return " ".join(element.text.split())
    pieces = (getattr(node, "data", " " if getattr(node, "tag", "") == "br" else "") for node in element.descendants)
    return " ".join("".join(str(piece) for piece in islice(pieces, 500)).split())


def folded(text: str) -> str:
    """Words alone, in small letters: how titles are compared."""
    return " ".join(re.findall(r"\w+", text.casefold()))
