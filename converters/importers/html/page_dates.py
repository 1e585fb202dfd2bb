"""When a page was published and changed: what machines are told, what is marked, what a reader sees beside the title.

A `<time>` in a sentence is a date of what the sentence is about, never the page's. One counts where it is marked
(`pubdate`, `dt-published`, `itemprop`), where it stands in a header, a byline or a box of facts, or where it is the
only one beside the text. Dates in words count in the lines beside the title and in boxes named after dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from converters import urls
from converters.importers.html import structured
from converters.importers.html.beside import BLOCKS, Beside, Line
from converters.importers.html.dates import parse_date, written
from converters.importers.html.month_names import fold
from converters.importers.html.page import HtmlPage
from converters.importers.html.structured import Structured

if TYPE_CHECKING:
    from turbohtml import Element

_IN_PATH = re.compile(r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-])")
_STAMP_IN_PATH = re.compile(r"/((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[/_.-]|$)")
_META_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date",
    "dc.date", "dc:date", "date", "pubdate", "pub_date", "publishdate", "publish-date", "publish_date", "publish_time",
    "publication_date", "publication-date", "published_time", "published-date", "published_at", "published", "pdate",
    "parsely-pub-date", "sailthru.date", "article.published", "article_date_original", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "bt:pubdate", "shareaholic:article_published_time",
    "rnews:datepublished", "og:pubdate", "video:release_date", "release_date", "datecreated", "date.created",
    "citation_publication_date", "citation_online_date", "citation_date", "prism.publicationdate",
)  # fmt: skip
_META_CHANGED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmodified", "last_modified", "modified_time", "revised",
    "article.updated", "lastmod", "date.modified", "shareaholic:article_modified_time", "cxenseparse:modifiedtime",
)  # fmt: skip
_MARKED = (
    "time.dt-published", ".dt-published[title]", "[itemprop~=datePublished]", "[property~='datePublished']",
    "[property~='schema:datePublished']", "time[pubdate]", "time.entry-date", "time.published", "abbr.published[title]",
    "time.post-date", "time.date-published", "[itemprop~=dateCreated]",
)  # fmt: skip
_ANY_MARKED = ", ".join(_MARKED)
_CHANGED_MARKS = ".dt-updated, [itemprop~=dateModified], time.updated, abbr.updated[title], time.modified"
_NAMED = (
    "[class*=date], [class*=Date], [class*=publi], [class*=Publi], [class*=posted], [class*=time], [class*=Time], "
    "[id*=date]"
)
_PLACES = re.compile(
    r"(?:^|[-_ ])(?:date|dateline|published|posted|byline|meta|metadata|info|author|details|timestamp|time|header|head|"
    r"subtitle|credits?|posthead|pubdate|title)",
    re.I,
)
_OTHERS = (
    "[id*=comment], [class*=comment]:not([class*=comments-], [class*=no-comment]), [class*=related], .h-cite, "
    "[class*=recommend], [class*=teaser], [class*=sidebar], [class*=popular], [class*=latest], [class*=recent]"
)
_ASIDE = f"nav, aside, footer, {_OTHERS}"
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_WHOLE_PAGE = frozenset({"html", "body", "main", "article"})
_SMALL_ASIDE = 80
"""Characters of an `<aside>` that is a line of facts."""
_NAMED_META = re.compile(r"publi(?:sh|cation).{0,10}(?:date|time)|(?:date|time).{0,10}publi(?:sh|cation)")
_CHANGED_WORDS = (
    r"updat|modif|revis|edited|amended|review|aktualisiert|geandert|bearbeitet|maj\b|mis(?:e)? a jour|actuali|"
    r"aggiorna|atualiza|bijgewerkt|gewijzigd|uppdater|andrad|oppdater|opdater|endret|paivitetty|muokattu|aktualiz|"
    r"zmodyfik|frissit|обновл|изменен|оновлен|更新|修改|修正|updaterad|수정|guncelle"
)
_CHANGED = re.compile(_CHANGED_WORDS)
_CHANGED_BEHIND = re.compile(r"\W{0,4}(?:更新|修改|에 수정)")
_PUBLISHED = re.compile(
    r"publi|post(?:ed|e)\b|pubblica|veroffentlicht|erstellt|geplaatst|julkaist|udgivet|opublik|dodano|создан|опубл|"
    r"written|first|original|creat|released|added|\bdate\b|\bdatum\b|fecha|\bdata\b|公開|投稿|作成|发布|發布|发表|作成|입력|작성|등록"
)
_SMALL = re.compile(
    r"\b(?:by|on|at|in|min|mins|minutes?|read|reading|time|views?|comments?|words?|am|pm|o'clock|uhr)\b"
)
_WEEKDAY_OR_NUMBER = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\d+")
_SENTENCE = re.compile(r"\w\W?[.!?。]['\"”’)]?$")
_REPUBLISHED = timedelta(days=2)
"""A page that moved tells machines when it did, and shows when it was written."""
_LATE = 60
"""Characters of a line of facts behind a summary."""
_FEW_WORDS = 7
_MANY = 200
_LEVELS = 8
GUESSES = ("feed", "address", "time", "beside the title", "box of a date", "last change")
"""How `date.source` begins for a date that no page states, but shows."""


class Dates(NamedTuple):
    published: datetime | None = None
    source: str = ""
    modified: datetime | None = None


class _Reading(NamedTuple):
    page: HtmlPage
    said: Structured
    beside: Beside
    zone: tzinfo | None
    language: str
    address: str
    """Of the page, as far as it says."""

    def parse(self, value: str) -> datetime | None:
        return parse_date(value, self.zone, self.language)

    def first(self, values: Iterable[str]) -> datetime | None:
        return next((date for value in values if (date := self.parse(value))), None)


Found = tuple[datetime, str]
"""(date, where it was read)"""


class Where(NamedTuple):
    """What dates are read in."""

    zone: tzinfo | None
    """Of dates without an offset."""
    language: str
    address: str
    """Of the page, as far as it says."""


def read(page: HtmlPage, said: Structured, beside: Beside, where: Where) -> Dates:
    """`beside`: the lines beside the title."""
    reading = _Reading(page, said, beside, *where)
    shown = _in_lines(reading)
    modified = _changed(reading) or shown.changed
    for way in _WAYS:
        if found := way(reading, shown.published):
            if shown.published is not None and shown.is_plain and found[0] - shown.published > _REPUBLISHED:
                found = shown.published, "beside the title"
            return Dates(*found, modified)
    if shown.changed is not None and modified is not None:
        return Dates(modified, "last change", modified)
    return Dates(modified=modified)


def _in_structured(reading: _Reading, shown: datetime | None) -> Found | None:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        values = [*reading.said.article(name), *(reading.said.page(name) if name == "datePublished" else ())]
        for value in values:
            if date := reading.parse(structured.text(value)):
                return date, "datePublished"
    return None


def _in_meta(reading: _Reading, shown: datetime | None) -> Found | None:
    for name in _META_DATES:
        if date := reading.first(reading.said.meta.get(name, ())):
            return date, f"meta {name}"
    for name, values in reading.said.meta.items():
        if _NAMED_META.search(name) and (date := reading.first(values[:_MANY])):
            return date, f"meta {name}"
    return None


def _marked(reading: _Reading, shown: datetime | None) -> Found | None:
    marked = reading.page.all(_ANY_MARKED)[:_MANY]
    marked = [element for element in marked if not within(element, _OTHERS, reading.beside.around)]
    for selector in _MARKED if marked else ():
        for element in [element for element in marked if element.matches(selector)]:
            if date := reading.parse(value_of(element)):
                return date, selector + ("[datetime]" if element.attr("datetime") else "")
    return None


def _placed(reading: _Reading, shown: datetime | None) -> Found | None:
    """A `<time>` in a place for facts; else the only one that stands in no sentence."""
    free: dict[datetime, None] = {}
    for element in (*reading.beside.times, *reading.page.all("time")[:_MANY]):
        if (
            within(element, _ASIDE, reading.beside.around)
            or _in_sentence(element)
            or _says_changed(element)
            or _in_link(element)
        ):
            continue
        date = reading.parse(value_of(element))
        if date is not None and (_in_place(element) or _is_labelled(element)):
            return date, _place(element)
        if date is not None:
            free.setdefault(date)
    return (next(iter(free)), "time beside the text") if len(free) == 1 else None


def within(element: Element, selector: str, around: frozenset[Element]) -> bool:
    """Does it stand in a box that fits? What holds the title, too, is none, whatever its classes; nor is a short
    `<aside>`. `around`: all that holds the title."""
    found = element.closest(selector)
    for _ in range(_LEVELS):
        if found is None or found.tag in ("html", "body"):
            return False
        small = found.tag == "aside" and found.closest("article, main") is not None and not found.matches(_OTHERS)
        small = small and sum(len(str(text)) for text in islice(found.stripped_strings, 20)) < _SMALL_ASIDE
        if found.tag not in _WHOLE_PAGE and not small and found not in around:
            return True
        above = found.parent
        found = above.closest(selector) if above is not None and hasattr(above, "closest") else None
    return True


def _in_link(element: Element) -> bool:
    """`<a href="/other/">Other post <time>…</time></a>` is a card of another page; a date may be a link itself."""
    link = element.closest("a[href]")
    return link is not None and len("".join(link.text.split())) > len("".join(element.text.split())) + 2


def _place(element: Element) -> str:
    """Where a `<time>` was found, as a selector."""
    outer = next((tag for tag in ("article", "main") if element.closest(tag) is not None), "")
    header = "header" if element.closest("header") is not None else ""
    return " ".join(filter(None, (outer, header, "time" + ("[datetime]" if element.attr("datetime") else ""))))


def _is_labelled(element: Element) -> bool:
    """`<h3>Published</h3> <p><time>`"""
    block = element
    for above in islice(element.ancestors, 2):
        block = above if getattr(above, "tag", "") in ("p", "div", "dd", "span") else block  # type: ignore[assignment]
    before = " ".join(str(getattr(node, "text", "") or "") for node in islice(block.previous_siblings, 3))
    return len(before) < 40 and bool(_PUBLISHED.match(fold(before).strip()))


def _in_place(element: Element) -> bool:
    for above in (element, *islice(element.ancestors, _LEVELS)):
        tag = getattr(above, "tag", "")
        if not tag or tag in _WHOLE_PAGE:
            return False
        if tag in ("header", "hgroup", "address") or _PLACES.search(str(above.attr("class") or "")):  # type: ignore[union-attr]
            return True
    return False


def _in_sentence(element: Element) -> bool:
    """Does it stand among words that are no label?"""
    block = next((above for above in islice(element.ancestors, _LEVELS) if getattr(above, "tag", "") in BLOCKS), None)
    if block is None or getattr(block, "tag", "") in ("body", "article", "main", "div", "header", "section", "footer"):
        around = " ".join(str(text) for text in _beside_inline(element))
    else:
        around = " ".join(islice((str(text) for text in block.strings), 40))
    words = " ".join(around.split())
    rest = fold(words).replace(fold(" ".join(element.text.split())), " ")
    return _is_prose(rest, sentence=bool(_SENTENCE.search(words)))


def _beside_inline(element: Element) -> Iterator[str]:
    """The texts of the siblings, as far as they are no blocks."""
    from turbohtml import Text

    for siblings in (islice(element.previous_siblings, 3), islice(element.next_siblings, 3)):
        for node in siblings:
            if isinstance(node, Text):
                yield node.data
            elif getattr(node, "tag", "") in BLOCKS:
                break
    yield element.text


def _is_prose(rest: str, *, sentence: bool) -> bool:
    """Is a line a sentence about something, by what it says besides a date? `Posted by Ida on` is a line of facts.
    `sentence`: it ends like one."""
    if _PUBLISHED.match(rest.strip()) or _CHANGED.match(rest.strip()):
        return len(rest) > 200
    if rest.strip().startswith("by "):
        return len(rest) > 200 or (sentence and len(rest.split()) > _FEW_WORDS)
    rest = _WEEKDAY_OR_NUMBER.sub(" ", _SMALL.sub(" ", rest))
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return len(words) > _FEW_WORDS or (bool(words) and sentence)


def _says_changed(element: Element) -> bool:
    """Does the class of an element, or the word in front of it, say that it is the date of a change?"""
    if element.matches(_CHANGED_MARKS):
        return True
    named = fold(f"{element.attr('class') or ''}")
    if _CHANGED.search(named) and not _PUBLISHED.search(named):
        return True
    before = next(iter(element.previous_siblings), None)
    words = fold(str(getattr(before, "data", "") or getattr(before, "text", "")))[-40:]
    return bool(_CHANGED.search(words))


def _in_address(reading: _Reading, shown: datetime | None) -> Found | None:
    parts = urls.split(reading.address)
    for path in (unquote(reading.page.path), unquote(parts.path) if parts is not None else ""):
        found = _IN_PATH.search(path) or _STAMP_IN_PATH.search("/" + path)
        if found and (date := reading.parse("-".join(found.groups()))):
            return (shown if shown is not None and shown.date() == date.date() else date), "address"
    return None


def _in_line(reading: _Reading, shown: datetime | None) -> Found | None:
    return (shown, "beside the title") if shown is not None else None


class _Shown(NamedTuple):
    """What the lines beside the title say."""

    published: datetime | None = None
    changed: datetime | None = None
    is_plain: bool = False
    """The date stands alone, or behind a word for publishing or a name."""


def _in_lines(reading: _Reading) -> _Shown:
    changed = None
    for line in reading.beside.lines():
        if _is_card(line):
            continue
        published, updated = of_line(line.text, reading.zone, reading.language, heading=line.block.tag in _HEADINGS)
        changed = changed or updated
        if published:
            return _Shown(published, changed, _is_plain(line.text))
    for line in reading.beside.late:
        if len(line.text) < _LATE:
            published, _ = of_line(line.text, reading.zone, reading.language, heading=True)
            if published:
                return _Shown(published, changed, _is_plain(line.text))
    return _Shown(changed=changed)


def _is_plain(line: str) -> bool:
    """Is the date of a line that of publication beyond doubt? `Accepted for publication on` says another thing."""
    folded = fold(line)
    found = next(written(line), None)
    before = _WEEKDAY_OR_NUMBER.sub(" ", _SMALL.sub(" ", folded[: found.start if found is not None else 0])).strip()
    return not re.search(r"[^\W\d_]{2,}", before) or bool(_PUBLISHED.match(before)) or folded.startswith("by ")


def _is_card(line: Line) -> bool:
    """Is a line the words of a link to something else, a date among them?"""
    link = line.block.closest("a[href]") or line.block.select_one("a[href]")
    if link is None or "".join(line.text.split()) not in "".join(link.text.split()):
        return False
    found = next(written(line.text), None)
    return found is not None and found.end - found.start + 12 < len(line.text)


def of_line(
    text: str, zone: tzinfo | None, language: str, *, heading: bool = False
) -> tuple[datetime | None, datetime | None]:
    """(published, changed) in a line of facts; nothing in a sentence, or in a heading that says more than a date."""
    if not any(sign.isdecimal() for sign in text):
        return None, None
    found = list(islice(written(text, zone, language), 4))
    if not found:
        return None, None
    folded = fold(text)
    rest = " ".join((folded[: found[0].start] + " " + folded[found[-1].end :]).split())
    if _is_prose(rest, sentence=bool(_SENTENCE.search(folded.strip()))):
        return None, None
    if heading and len(re.findall(r"[^\W\d_]{2,}", _WEEKDAY_OR_NUMBER.sub("", rest))) > 2:
        return None, None
    shown = changed = None
    at = 0
    for date in found:
        label = folded[at : date.start]
        at = date.end
        is_change = _last(_CHANGED, label) > _last(_PUBLISHED, label) or _CHANGED_BEHIND.match(folded, date.end)
        if is_change:
            changed = changed or date.date
        else:
            shown = shown or date.date
    return shown, changed


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)


def _in_boxes(reading: _Reading, shown: datetime | None) -> Found | None:
    """The one date in boxes that are named after dates."""
    found: dict[datetime, None] = {}
    for element in reading.page.all(_NAMED)[:_MANY]:
        if (
            element.tag in _WHOLE_PAGE
            or within(element, _ASIDE, reading.beside.around)
            or element.closest("form") is not None
        ):
            continue
        line = " ".join(islice(" ".join(islice(element.strings, 12)).split(), 20))
        published, _ = of_line(line, reading.zone, reading.language) if len(line) < 120 else (None, None)
        if published is not None and not _says_changed(element):
            found.setdefault(published)
    return (next(iter(found)), "box of a date") if len({date.date() for date in found}) == 1 else None


_WAYS: tuple[Callable[[_Reading, datetime | None], Found | None], ...] = (
    _in_structured,
    _in_meta,
    _marked,
    _placed,
    _in_address,
    _in_line,
    _in_boxes,
)
"""Best first."""


def _changed(reading: _Reading) -> datetime | None:
    said = reading.said
    told = (*said.article("dateModified"), *said.page("dateModified"))
    metas = (value for name in _META_CHANGED for value in said.meta.get(name, ()))
    if date := reading.first((*map(structured.text, told), *metas)):
        return date
    for element in reading.page.all(_CHANGED_MARKS)[:_MANY]:
        if not within(element, _OTHERS, reading.beside.around) and (date := reading.parse(value_of(element))):
            return date
    return None


def value_of(element: Element) -> str:
    """The date that an element gives: for machines, else as a reader sees it."""
    for name in ("datetime", "content", "title"):
        value = str(element.attr(name) or "").strip()
        if value and any(sign.isdecimal() for sign in value):
            return value
    return " ".join(islice(" ".join(islice(element.strings, 12)).split(), 20))
