"""Blocks of words that pages of one site have in common: menus, footers, calls to subscribe, whatever they are called.

A block is an element of block level with no other one inside (a paragraph, an item of a list, a cell), and what is
compared is a digest of its words. The survey counts on how many pages a block is, outside of what pages mark as their
text; blocks of many pages are the site's. A heading such as `See also` may be one of them and part of a text all the
same: a single shared block is a hint, a box in which nearly all is shared is boilerplate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from converters.importers.html.page import HtmlPage

if TYPE_CHECKING:
    from turbohtml import Document, Element

BLOCK_TAGS = (
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "legend", "li", "main", "nav", "ol",
    "p", "pre", "section", "summary", "table", "td", "th", "ul",
)  # fmt: skip
"""Elements of block level; one of them with no other inside is a block."""
_BLOCKS = ", ".join(BLOCK_TAGS)
_MARKED = ".e-content, [itemprop~=articleBody], .entry-content, .post-content, .article-body, .markdown-body"
RELATION = "shared blocks"
"""Under which the survey files the digests, in hexadecimal (`SurveySink.relate`)."""
_PAGES = 1_000
"""Pages that are counted, of a site of any size."""
_PER_PAGE = 2_000
_LONG = 5
"""Words from which on a block is told by them alone."""
_KEPT = 100_000
"""Digests held while counting."""
_SHARED = 10_000
"""Digests handed on."""
_LEAST, _SHARE = 3, 0.2
"""A block is shared when it is on so many pages, and on this part of those counted."""


def digest_of_text(text: str) -> int:
    """A number of 64 bits for the words of a text; the same for all cases of letters and all white space."""
    words = " ".join(text.casefold().split())
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def blocks(root: Element | Document) -> Iterator[tuple[Element, str]]:
    """The blocks below an element that have words, in the order of the page, with their words."""
    for element in root.select(_BLOCKS):
        if element.select_one(_BLOCKS) is None and (words := element.text.strip()):
            yield element, words


def of_the_site(texts: Sequence[str], shared: Collection[int]) -> list[bool]:
    """Which blocks of a page, in their order, are the site's. A few words may be an entry of a menu and a cell of a
    table as well: such a block is the site's only where one beside it is."""
    known = [bool(shared) and digest_of_text(text) in shared for text in texts]
    return [
        here and (any(known[max(number - 1, 0) : number] + known[number + 1 : number + 2]) or _is_long(text))
        for number, (here, text) in enumerate(zip(known, texts, strict=True))
    ]


def _is_long(text: str) -> bool:
    return len(text.split()) >= _LONG


class SharedBlocks:
    """Counts blocks over the pages of a site, in bounded memory."""

    def __init__(self, files: int) -> None:
        """`files`: how many the site has. Of a large site pages from all over are counted."""
        self._every = max(1, files // _PAGES)
        self._seen = self._pages = 0
        self._counts: Counter[int] = Counter()

    def see(self, page: HtmlPage) -> None:
        """Count the blocks of a page with a text of its own. Lists repeat the beginnings of posts: leave them out."""
        self._seen += 1
        if (self._seen - 1) % self._every or self._pages >= 2 * _PAGES:
            return
        self._pages += 1
        self._counts.update(self._digests(page))
        while len(self._counts) > _KEPT:  # what is rare so far is forgotten, and counts anew when it comes back
            least = min(self._counts.values())
            self._counts = Counter({digest: count for digest, count in self._counts.items() if count > least})

    def _digests(self, page: HtmlPage) -> set[int]:
        marked = {element for box in _outermost(page.all(_MARKED)) for element in (box, *box.select(_BLOCKS))}
        found: set[int] = set()
        for element, words in blocks(page.document):
            if element not in marked:
                found.add(digest_of_text(words))
                if len(found) >= _PER_PAGE:
                    break
        return found

    def found(self) -> Sequence[int]:
        """The digests of the blocks that are shared, those of most pages first."""
        least = max(_LEAST, self._pages * _SHARE)
        often = [(-count, digest) for digest, count in self._counts.items() if count >= least]
        return [digest for _, digest in sorted(often)[:_SHARED]]


def _outermost(boxes: Iterable[Element]) -> Iterator[Element]:
    """Boxes in none of the others, so that nothing is looked through twice."""
    taken: set[Element] = set()
    for box in boxes:
        if box not in taken:
            yield box
            taken.update(box.select(_MARKED))
