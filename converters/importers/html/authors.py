"""Who wrote a page: people that it names to machines, in marked elements, in lines beside its title.

A publisher that is named as the author (`"author": {"@type": "Organization"}`) gives way to a person that the page
shows. Addresses, handles (`@ida`) and the names of machines are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any

from converters import urls
from converters.importers.html import structured
from converters.importers.html.beside import Beside
from converters.importers.html.dates import written
from converters.importers.html.month_names import fold, month_of
from converters.importers.html.page import HtmlPage
from converters.importers.html.page_dates import within
from converters.importers.html.structured import Structured

if TYPE_CHECKING:
    from turbohtml import Element

_METAS = (
    "dc.creator", "dcterms.creator", "dc:creator", "author", "article:author", "og:article:author",
    "article:author_name", "dc.contributor", "citation_author", "parsely-author", "sailthru.author", "byl", "byline",
    "authors", "article.author", "cxenseparse:author", "rbauthors", "shareaholic:article_author_name", "vr:author",
    "bt:author", "twitter:data1",
)  # fmt: skip
_LABELLED = {
    "twitter:data1": ("twitter:label1", ("written by", "author", "by", "verfasst von", "ecrit par", "escrito"))
}
"""A name that holds an author only where another one says so."""
_MARKED = (
    ".p-author", "[itemprop~=author] [itemprop~=name]", "[itemprop~=author]", "[itemprop~=creator]", "[rel~=author]",
    ".byline .author", ".author.vcard .fn", "[property~='schema:author']", "[property~=author]",
)  # fmt: skip
_NAMED = (
    ".author-name", ".authorName", ".author__name", ".author_name", ".entry-author", ".post-author-name",
    ".post-author", ".article-author", ".byline-name", ".byline__name", ".article__author", "[data-testid*=authorName]",
    "[class*=author-name]", "[class*=authorName]", "[class*=author_name]", "[class*=AuthorName]",
    "[class*=author] a[href*='/author']", "a[href*='/author/']", "a[href*='/authors/']", "a[href*='/people/']",
    "a[href*='/contributors/']", ".author", "[class*=byline]", "[class*=Byline]", "#author",
    "[class*=post-author]", "[class*=article-author]", "[class*=author]", "[class*=Author]",
)  # fmt: skip
"""How themes call it; best first."""
_ANY_MARKED = ", ".join(_MARKED)
_ANY_NAMED = (
    "[class*=author], [class*=Author], [class*=byline], [class*=Byline], #author, a[href*='/author'], "
    "a[href*='/people/'], a[href*='/contributors/'], [data-testid*=authorName]"
)
"""What holds all of them, and is quick to look for."""
_WHOLE_PAGE = frozenset({"body", "html", "main", "article"})
_ASIDE = (
    "nav, aside:not([class*=author], [class*=meta], [class*=byline]), footer, [id*=comment], "
    "[class*=comment]:not([class*=comments-]), [class*=related], [class*=sidebar], "
    "[class*=recommend], [class*=teaser], [class*=popular], [class*=latest], blockquote, .h-cite"
)
_OTHERS = "[id*=comment], [class*=comment]:not([class*=comments-]), [class*=related], .h-cite, [itemprop~=comment]"
_BY = re.compile(
    r"(?:^|[\s|·•—–-])(?:(?:written|posted|published|story|words|text|article|reviewed|submitted|created|reported)\s)?"
    r"(?:by|von|par|por|escrito por|publicado por|di|scritto da|pubblicato da|door|av|af|przez|napisal|"
    r"author|authors|autor|autora|auteur|autore|forfatter|skribent|kirjoittaja|verfasser|автор|autorzy|szerzo|yazar|"
    r"作者|著者|文|撰文|執筆者?|投稿者|글쓴이|작성자|기자)"
    r"(?::|：|／|\s|$)\s{0,2}",
)
_NOUNS_NEED_COLON = re.compile(r"(?:author|autor|auteur|autore|forfatter|автор|作者|著者|文)")
_STOP = re.compile(
    r"\s[|·•—–/-]\s|[|·•—–]|\s{2,}|\bon\b|\bam\b|\bin\b|\bat\b|\ble\b|\bel\b|\bpublished\b|\bposted\b|\bupdated\b|"
    r"\blast\b|\bfor\b|\bfact[- ]checked\b|\bmedically\b|\breviewed\b|\bedited\b|\bphoto|\bmin\b|\bread\b|"
    r"(?:19|20)\d\d|\b\d|\(|\[|:|;|(?<=[a-zà-ÿ]{3})\.\s"
)
_AND = re.compile(r"\s+(?:and|und|et|y|e|og|och|ja|i|и|&|＆|with)\s+|\s*[;、，/&]\s*|\s*,\s*(?:and\s+)?")
_TITLE = re.compile(
    r"^(?:m\.?d|ph\.?\s?d|jr|sr|m\.?sc?|mba|m\.?a|b\.?a|b\.?sc?|rn|rd|rdn|ldn|cpa|cfa|cfp|esq|dds|dmd|dvm|do|dabom|faclm|"
    r"foma|facp|j\.?d|ll\.?m|pmp|cscs|e-ryt.*|ii|iii|iv|inc|llc|ltd|[a-z]{2,5}-[a-z-]{1,5})\.?$",
    re.I,
)
_NO_NAMES = frozenset(
    """undefined null none bluesky mastodon threads youtube github discord reddit medium email anonymous unknown
    author authors admin administrator webmaster editor root user guest staff
    editorial by posted name website home blog team share follow twitter facebook linkedin instagram email subscribe
    """.split()
)
_WEAK = frozenset("admin administrator webmaster editor staff user root editorial team guest anonymous".split())
"""Real names of accounts all the same: taken where no other is told."""
_NO_NAME = re.compile(
    r"@|://|www\.|^\d+$|\bread more\b|\bview all\b|\ball posts\b|\babout the\b|\bsee all\b|\bmore (?:posts|articles)\b|"
    r"\bmins?\b|\bread\b|\b(?:published|updated|modified|posted|reviewed|written)\b|\b[a-z]+\.[a-z]+\.[a-z]|\{\{|"
    r"\bprofile\b|\bsign (?:in|up)\b|\bfollow\b|\bshare\b|\bposts?\b|\bcomments?\b|\bcopyright\b|\bminutes?\b|"
    r"\bavatar\b",
    re.I,
)
_PREPOSITIONS = ("by", "von", "par", "por", "di", "door", "av", "af", "przez")
_PARTICLES = frozenset("de da di do dos das del della van von der den la le el al bin ibn y e ter ten".split())
_LABEL = re.compile(
    r"(?:(?:written|posted|published|article|story|words|text|reported)\s)?(?:by|von|par|por|di|door|av|af|author|authors|"
    r"author\(s\)|contributors?|autor|autora|auteur|autore|writer|about the author|作者|著者)\s?[:：]?"
)
"""A line that announces the name in the next one."""
_SIGNED, _FIRST = 6, 8
_MANY = 200
_MOST = 12
_LONGEST = 60


def read(page: HtmlPage, said: Structured, beside: Beside, site_names: Iterable[str]) -> tuple[str, ...]:
    """The names of the authors, each once, in the order of the page."""
    sites = {fold(name) for name in site_names if name}
    told = list(_told(said))
    people = [name for name, is_person in told if is_person and fold(name) not in sites and fold(name) not in _WEAK]
    signed = _signed(beside, sites)
    if people and not (signed and _are_others(people, signed)):
        return tuple(dict.fromkeys(people))
    shown = signed or _shown(page, beside, sites)
    return tuple(dict.fromkeys(shown or people or [name for name, _ in told] or _weak(page)))


def _signed(beside: Beside, sites: set[str]) -> list[str]:
    """The people that a line right behind the title names after "by"."""
    for line in beside.after[:_SIGNED]:
        names = [name for name in of_line(without_dates(line.text), only_by=True) if fold(name) not in sites]
        if names and all(_looks_like_person(name) for name in names):
            return names
    return []


def _are_others(told: list[str], signed: list[str]) -> bool:
    """Does the page show none of those that it tells machines? The account that published it need not be its author."""
    known = {word for name in told for word in re.findall(r"\w{2,}", fold(name))}
    return known.isdisjoint(word for name in signed for word in re.findall(r"\w{2,}", fold(name)))


def _told(said: Structured) -> Iterator[tuple[str, bool]]:
    """(name, is it a person's as far as is known) in JSON-LD, microdata and `<meta>`."""
    found = False
    for value in [*said.article("author"), *said.article("creator")][:_MOST]:
        organization = _is_organization(value)
        text = unescape(structured.text(value))
        for name in [text] if organization and is_name(text) else _split_told(text):
            found = True
            yield name, not organization
    if not found:
        for value in [*said.page("author")][:_MOST]:
            for name in _split_told(structured.text(value)):
                found = True
                yield name, not _is_organization(value)
    for name in _METAS if not found else ():
        label = _LABELLED.get(name)
        if label is not None and fold(said.first(label[0])) not in label[1]:
            continue
        names = [part for value in said.meta.get(name, ())[:_MOST] for part in _split_told(value)]
        if names:
            yield from ((part, True) for part in names)
            return


def _is_organization(value: Any) -> bool:
    kinds = value.get("@type") if isinstance(value, dict) else ""
    return any(
        "Organization" in str(kind) or kind == "Brand" for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _split_told(value: str) -> list[str]:
    """The names in a value for machines: lists of them come in one, with titles behind names."""
    value = " ".join(unescape(value).split())
    if not value or len(value) > 300 or value.startswith(("http:", "https:", "//", "/")):
        return []
    parts = [value] if value.count(",") == 1 and _TITLE.match(value.partition(",")[2].strip()) else _names(value)
    return [part for part in parts if is_name(part) or fold(part) in _WEAK]


def _names(text: str) -> list[str]:
    """`Ida Weir, PhD, and Bo Moor` are two: what is no name of its own goes with the name before it."""
    found: list[str] = []
    for part in _AND.split(re.sub(r"^(?:by|von|par|por)[:\s]\s*", "", text, flags=re.I)):
        part = (part or "").strip(" .,·|-–—")
        if not part:
            continue
        if _TITLE.match(part) and found:
            found[-1] += f", {part}"
        else:
            found.append(part)
    if found and text.count(",") == 1 and len(found) == 2 and all(" " not in part for part in found):
        return [text]  # Weir, Ida
    return found[:_MOST]


def is_name(text: str) -> bool:
    words = text.split()
    return bool(
        0 < len(text) <= _LONGEST
        and len(words) <= 7
        and fold(text) not in _NO_NAMES
        and not _LABEL.fullmatch(fold(text))
        and not (len(words) <= 2 and month_of(words[0].strip(".,")) and words[-1][-1:].isdecimal())
        and not (len(words) == 1 and month_of(text.strip(".")))
        and not _NO_NAME.search(text)
        and any(sign.isalpha() for sign in text)
        and sum(sign.isdecimal() for sign in text) <= 2
    )


def _shown(page: HtmlPage, beside: Beside, sites: set[str]) -> list[str]:
    """What a reader sees: marked, in the lines beside the title, in boxes named after authors."""
    marked = page.all(_ANY_MARKED)[:_MANY]
    marked = [element for element in marked if not within(element, _OTHERS, beside.around)]
    for selector in _MARKED if marked else ():
        elements = [element for element in marked if element.matches(selector)]
        if names := _of_elements(elements[:_MOST], sites):
            return names
    if names := [name for name in _in_lines(beside) if fold(name) not in sites]:
        return names
    named = page.all(_ANY_NAMED)[:_MANY]
    named = [
        element for element in named if element.tag not in _WHOLE_PAGE and not within(element, _ASIDE, beside.around)
    ]
    for selector in _NAMED if named else ():
        for element in [element for element in named if element.matches(selector)][:_FIRST]:
            if names := _of_elements([element], sites):
                return names
    return []


def _in_lines(beside: Beside) -> list[str]:
    label = False
    for line in (*beside.after, *beside.before):
        text = without_dates(line.text)
        if label and is_name(text) and len(text.split()) <= 4:
            return _names(text)
        label = bool(_LABEL.fullmatch(fold(text)))
        names = of_line(text)
        if names:
            return names
    return []


def without_dates(text: str) -> str:
    """A line of facts without its dates."""
    if len(text) > 160 or not any(sign.isdecimal() for sign in text) or len(fold(text)) != len(text):
        return text
    for date in reversed(list(islice(written(text), 3))):
        text = text[: date.start] + " | " + text[date.end :]
    return text.strip(" |")


def _of_elements(elements: Iterable[Element], sites: set[str]) -> list[str]:
    found: list[str] = []
    for element in elements:
        if element.tag in _WHOLE_PAGE:
            continue
        pieces = [" ".join(str(piece).split()) for piece in islice(element.strings, 12)]
        pieces = [piece for piece in pieces if piece and not _LABEL.fullmatch(fold(piece))]
        line = str(element.attr("content") or "") if element.tag == "meta" else " ".join(pieces)
        names = of_line(without_dates(line)) if len(line) < 160 else []
        if not names:  # a box with a name in one of its pieces
            first = next((piece for piece in pieces[:4] if _looks_like_person(piece)), "")
            names = [first] if first else []
        if not names and len(line) < 80 and not _BY.search(" " + fold(line)):
            names = [name for name in _names(re.split(r"\s[|·•—–-]\s|[|·•]", without_dates(line))[0]) if is_name(name)]
        found += [name for name in names if fold(name) not in sites]
    return list(dict.fromkeys(found))


def _looks_like_person(text: str) -> bool:
    words = text.split()
    return is_name(text) and 2 <= len(words) <= 4 and all(word[:1].isupper() or word in _PARTICLES for word in words)


def of_line(line: str, *, only_by: bool = False) -> list[str]:
    """The names behind "by" and its kin in a line of facts; nothing in a sentence."""
    if len(line) > 160:
        return []
    lower = line.lower()
    for found in islice(_BY.finditer(lower), 3):
        rest = line[found.end() :]
        if only_by and not found[0].strip(" |·•—–-:：").endswith(_PREPOSITIONS):
            continue
        if only_by and len(re.findall(r"[^\W\d_]{2,}", line[: found.start()])) > 1:
            continue
        noun = _NOUNS_NEED_COLON.search(found[0])
        if noun and not found[0].rstrip().endswith((":", "：", "／")) and len(line) > 60:
            continue
        names = [name for name in _names(_cut(rest)) if is_name(name)]
        good = [name for name in names if name[:1].isupper() or not name[:1].isascii() or " " not in name]
        labelled = " " in found[0].strip(" |·•—–-:")  # not by alone: posted by
        if good and (labelled or not _is_sentence(line, found.start(), good)):
            return good
    return []


def _is_sentence(line: str, at: int, names: list[str]) -> bool:
    """`Made by hand in the yard` is none of a line of facts."""
    before = re.findall(r"[^\W\d_]{2,}", line[:at])
    return len(before) > 6 or all(name[:1].islower() and name.isascii() for name in names)


def _cut(text: str) -> str:
    """Up to what ends a name in a line of facts."""
    found = _STOP.search(text, 2)
    return (text[: found.start()] if found else text).strip(" .,·|-–—")


def _weak(page: HtmlPage) -> list[str]:
    for selector in ("[rel~=author]", ".author.vcard .fn", ".author"):
        for element in page.all(selector)[:_MANY]:
            name = " ".join(element.text.split())
            if fold(name) in _WEAK and element.closest(_ASIDE) is None:
                return [name]
    return []


def logins(page: HtmlPage) -> Iterator[tuple[str, str]]:
    """(name, last part of the address of the author's page)"""
    for link in page.all("a[href*='/author']")[:_MANY]:
        if "author" not in str(link.attr("rel") or "") and link.closest(".author, .byline") is None:
            continue
        parts = urls.split(str(link.attr("href")))
        steps = [urls.decoded(step) for step in parts.path.strip("/").split("/")] if parts is not None else []
        if len(steps) > 1 and steps[-2] in ("author", "authors") and link.closest(_OTHERS) is None:
            yield " ".join(link.text.split()), steps[-1].removesuffix(".html")
