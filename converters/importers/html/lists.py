"""Lists of pages (home, tags, archives) told from texts by what they list: titles of other pages, linked to them.

An entry is a heading with a link to another page, or an article whose links lead to one; with what follows it, an
excerpt or the whole text. A list is a page that says nothing besides its entries and lines of links. Whether the linked
pages are there, and are called and begin as the entries say, is known once all pages are seen (`classify_lists`); here
a page is looked at alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from converters.importers.html import content
from converters.importers.html.page import HtmlPage
from converters.importers.html.shared_blocks import BLOCK_TAGS, blocks, digest_of_text

if TYPE_CHECKING:
    from turbohtml import Element

_BLOCKS = ", ".join(BLOCK_TAGS)
_REGIONS = ("main", "[role=main]", "body")
_AROUND = "nav, aside, footer, form, [role=navigation], [role=search], [role=contentinfo]"
_HEADINGS = "h1, h2, h3, h4, h5, h6, .entry-title, .post-title, .p-name"
_LINKED = ", ".join(f"{one} a[href]" for one in _HEADINGS.split(", ")) + ", a[href] h2, a[href] h3, a[href] h4"
_ARTICLES = "article, .hentry, .h-entry, [itemprop~=blogPost]"
_BOXES = frozenset({"article", "li", "section", "tr"})
_OF_OTHERS = "[id*=comment], [class*=comment]"
_MANY = 200
_LEVELS = 256
_ENTRIES, _LINES, _OWN = 50, 20, 24
_HREFS = 6
_OPENING, _OPENING_LEAST = 6, 4
"""Words that tell an excerpt; texts may be shorter."""
_OPENINGS = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LINE = 0.5
"""The part of a line's words that are links, from which on it is a line of links."""
_SENTENCE = 5
"""Words from which on a block outside of entries is something that a page says itself."""
_PLENTY, _TEXT = 200, 1_000
"""Words of its own with which a page is no list, unless it lists more; and with which it is none."""


class ListEntry(NamedTuple):
    """A page as a list shows it."""

    title: str
    hrefs: tuple[str, ...]
    """As written; one of them leads to the page."""
    openings: tuple[int, ...]
    """How the first blocks below the title begin."""
    words: int
    linked: bool
    """Is the title itself the link?"""


class Listing(NamedTuple):
    """What a page lists, and what it says besides."""

    entries: tuple[ListEntry, ...]
    lines: tuple[str, ...]
    """Links of lines that are nothing but links, the first ones; as written."""
    own: tuple[tuple[int, int], ...]
    """(digest, words) of the blocks outside of entries that hold a sentence."""
    line_words: int
    own_words: int
    own_images: int
    own_box: bool = False
    """Is there a text of its own in a box as themes have for texts?"""


class Region(NamedTuple):
    """Where a page lists what it lists."""

    element: Element
    skipped: set[Element]
    """What is inside of navigation and the like."""


def look(page: HtmlPage, region: Region | None) -> Listing | None:
    """What a page lists; None for one that lists nothing, or says too much for a list."""
    if region is None:
        return None
    entries, material = _entries(region)
    shown = sum(entry.words for entry in entries)
    lines: list[str] = []
    own: list[tuple[int, int]] = []
    own_words = line_words = 0
    for element, words in blocks(region.element):
        if element in region.skipped or element.tag == "h1":
            continue
        count = count_words(words)
        if element in material:
            continue
        if hrefs := _line_of_links(element, words):
            lines += hrefs[: _LINES - len(lines)]
            line_words += count
        elif count >= _SENTENCE:
            own_words += count
            if len(own) < _OWN:
                own.append((digest_of_text(words), count))
            if own_words > _TEXT + 2 * (shown + line_words):
                return None
    if not (entries or lines) or own_words > max(_PLENTY, 2 * (shown + line_words)):
        return None
    images = sum(
        image not in region.skipped and not any(above in material for above in islice(image.ancestors, _LEVELS))
        for image in region.element.select("img, video, audio, iframe, svg")[:_MANY]
    )
    return Listing(tuple(entries[:_ENTRIES]), tuple(lines), tuple(own), line_words, own_words, images, _has_box(page))


def _has_box(page: HtmlPage) -> bool:
    box = content.own_box(page)
    return box is not None and not any(entry.closest(_ARTICLES) is None for entry in box.select(_LINKED)[:1])


def count_words(text: str) -> int:
    """How many words a text has; two signs of a script without spaces count as one."""
    if text.isascii():
        return len(text.split())
    return sum(1 if word.isascii() else max(1, len(_CJK.findall(word)) // 2) for word in _WORD.findall(text))


def openings(region: Region | None, description: str) -> tuple[int, ...]:
    """Digests of the first words of the first blocks of a page, and of what it says of itself: how an excerpt of it
    begins."""
    found = [opening(description)]
    if region is not None:
        texts = (
            words
            for element, words in islice(blocks(region.element), _MANY)
            if element not in region.skipped and element.tag != "h1"
        )
        found += islice(filter(None, map(opening, texts)), _OPENINGS)
    return tuple(dict.fromkeys(filter(None, found)))


def opening(text: str) -> int:
    """A digest of the first words of a text; 0 for a text of few words, such as a date."""
    words = re.findall(r"\w+", text[:1_000])
    return digest_of_text(" ".join(words[:_OPENING])) if len(words) >= _OPENING_LEAST else 0


def region_of(page: HtmlPage) -> Region | None:
    """Where on a page to look: its `<main>`, else all of it."""
    element = next((found for name in _REGIONS if (found := page.one(name)) is not None), None)
    if element is None:
        return None
    skipped: set[Element] = set()
    heads = [head for head in page.all("header")[:_MANY] if head.closest("main, article, [role=main]") is None]
    for box in (*element.select(_AROUND), *element.select(_OF_OTHERS), *heads):
        if box not in skipped and box.tag not in ("body", "main"):
            skipped.add(box)
            skipped.update(box.select(f"{_BLOCKS}, a"))
    return Region(element, skipped)


def _entries(region: Region) -> tuple[list[ListEntry], set[Element]]:
    """The entries of a list, and everything that is theirs."""
    heads = dict.fromkeys(_linked_headings(region))
    boxes, above = _containers(region, heads)
    articles = [article for article in _outermost(region.element.select(_ARTICLES)) if article not in region.skipped]
    for article in articles[:_MANY]:
        titles = _heads(article)
        its_page = len(articles) == 1 and bool(titles) and titles[0].tag == "h1"
        linked = article in boxes or any(title in heads for title in titles)
        if titles and not its_page and not linked and _ways(article, titles[0]):
            boxes[article] = titles[0]
    material: set[Element] = set()
    found = []
    for box, head in boxes.items():
        parts = [box] if box is not head else [head, *_following(head, heads.keys() | above)]
        material.update(element for part in parts for element in (part, *part.select(_BLOCKS)))
        found.append(_entry(head, parts, linked=head in heads))
    return found, material


def _linked_headings(region: Region) -> Iterator[Element]:
    for link in islice(region.element.select(_LINKED), 2 * _MANY):
        head = link if link.tag != "a" else link.closest(_HEADINGS)
        anchor = link if link.tag == "a" else link.closest("a[href]")
        if head is None or anchor is None or head in region.skipped:
            continue
        href = str(anchor.attr("href")).strip()
        if href and not href.startswith("#") and 2 * len(anchor.text.strip()) >= len(head.text.strip()) > 0:
            yield head


def _containers(region: Region, heads: Iterable[Element]) -> tuple[dict[Element, Element], set[Element]]:
    """box of an entry -> its heading: the largest box with no other entry in it, where there are several entries; the
    heading itself where its text follows it."""
    above: Counter[Element] = Counter()
    ways: dict[Element, list[Element]] = {}
    for head in islice(heads, _MANY):
        ways[head] = list(_up(head, region.element))
        above.update(ways[head])
    boxes: dict[Element, Element] = {}
    for head, way in ways.items():
        alone = [box for box in way if above[box] == 1]
        named = next((box for box in alone if box.tag in _BOXES), None)
        if named is None and len(ways) > 1 and alone:
            named = alone[-1]
        boxes[named if named is not None else head] = head
    return boxes, set(above)


def _up(element: Element, top: Element) -> Iterator[Element]:
    from turbohtml import Element as Box

    for above in islice(element.ancestors, _LEVELS):
        if not isinstance(above, Box) or above == top or above.tag in ("main", "body"):
            return
        yield above


def _following(head: Element, entries: Collection[Element]) -> Iterator[Element]:
    """What follows a heading, up to the next entry and the next heading of its rank."""
    from turbohtml import Element as Box

    for sibling in islice(head.next_siblings, _MANY):
        if not isinstance(sibling, Box):
            continue
        if sibling in entries or (
            "h1" <= sibling.tag <= head.tag and sibling.tag != "header" and len(sibling.tag) == 2
        ):
            return
        yield sibling


def _heads(article: Element) -> list[Element]:
    return article.select(_HEADINGS)[:_HREFS]


def _outermost(boxes: Iterable[Element]) -> Iterator[Element]:
    taken: set[Element] = set()
    for box in boxes:
        if box not in taken:
            yield box
            taken.update(box.select(_ARTICLES))


def _ways(article: Element, head: Element) -> list[str]:
    """Links of an article that seem to lead to its page: named like it, without words, or in a line of their own."""
    title = head.text.casefold().strip()
    found = []
    for link in article.select("a[href]")[:_MANY]:
        words = link.text.strip()
        named = title in f"{words} {link.attr('aria-label') or ''} {link.attr('title') or ''}".casefold()
        parent = link.parent
        if named or not words or (parent is not None and parent.text.strip() == words):
            found.append(str(link.attr("href")).strip())
    return found[:_HREFS]


def _entry(head: Element, parts: list[Element], *, linked: bool) -> ListEntry:
    title = " ".join(head.text.split())
    if linked:
        links = [head.closest("a[href]"), *head.select("a[href]")[:_HREFS]]
        hrefs = dict.fromkeys(str(link.attr("href")).strip() for link in links if link is not None)
    else:
        hrefs = dict.fromkeys(_ways(parts[0], head))
    texts = [words for part in parts for element, words in _blocks_of(part) if element != head]
    begins = tuple(islice(filter(None, map(opening, texts)), _OPENINGS))
    count = sum(number for words in texts if (number := count_words(words)) >= _SENTENCE)
    return ListEntry(title[:200], tuple(islice(hrefs, _HREFS)), begins, count, linked)


def _blocks_of(part: Element) -> Iterator[tuple[Element, str]]:
    found = list(blocks(part))
    return iter(found) if found else iter([(part, part.text.strip())])


def _line_of_links(element: Element, words: str) -> list[str]:
    links = element.select("a[href]")[:_MANY]
    linked = sum(len("".join(link.text.split())) for link in links)
    letters = sum(map(len, _WORD.findall(words)))
    if not links or linked < _LINE * letters or not linked:
        return []
    return [str(link.attr("href")).strip() for link in links]
