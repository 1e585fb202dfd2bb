"""What is left out of a page, piece by piece: is it prose that somebody wrote, or a way around the site?

By what a piece says, never by what it is called: navigation is made of links, what a reader would miss of words.
What other pages of the site say as well, and facts of the post that go along elsewhere, are no prose of this page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from converters.importers.html.main_text.blocks import Block
from converters.importers.html.shared_blocks import digest_of_text

if TYPE_CHECKING:
    from turbohtml import Element

_LEVELS = 4
_SENTENCE = 1
"""Words outside of links that are prose where they end as a sentence does."""
_IN_TIME = 3
"""Elements around words in which a `<time>` is looked for."""
_FEW = 5
"""Words of short texts, in a piece without a link, that are prose together."""
_WORDS = 8
"""Words outside of links that are prose however they end."""
_FORMAL = re.compile(
    r"©|\(c\) \d|copyright|all rights reserved|powered by|cookies?\b|privacy policy|subscribe|newsletter|sign ?up"
    r"|log ?in\b"
    r"|javascript|skip to|share (?:this|on)|follow us|advertisement",
    re.I,
)
"""What sites say of themselves around any text."""
_FORMAL_START = 160
_FORMAL_WORDS = 40
_SHORT = re.compile(
    r"(?:by|in|on|at|and|posted|published|updated|written|tags?|categor(?:y|ies)|filed under|tagged|"
    r"last (?:modified|updated)|\d+ min(?:utes?)?(?: read)?|comments?|no comments?|\d+ comments?|views?|permalink)"
    r"(?: (?:by|in|on|at))?"
)
_BEFORE = re.compile(r"^(?:(?:posted|published|written|updated|filed|on|in|by|under|author) )+")
_BEHIND = re.compile(r"(?:^| )(?:on|in|at|by|and)$")
_DATE = re.compile(
    r"(?:\w{2,12}\.? )?(?:\d{1,2}(?:st|nd|rd|th)?\.? \w{3,12}\.?|\w{3,12}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,4} \d{1,2})"
    r" \d{1,4}"
    r"(?:(?: at)? \d{1,2} \d\d(?: \d\d)?(?: ?[ap]m)?)?(?: [a-z]{2,4})?"
)


class Piece(NamedTuple):
    """A part of the page that does not go along."""

    name: str
    """`div.sidebar`"""
    blocks: list[Block]
    element: Element | None = None
    """None for words that stand in no box of their own."""
    inside: bool = False
    """In the element that holds the text."""
    html: str = ""
    """Of words that stand in no box of their own, with their links; the link that is around a box."""

    @property
    def words(self) -> str:
        return " ".join(block.text for block in self.blocks)


def html_of(block: Block) -> str:
    """The words of a block with their links, which are all that is wanted of what is left out."""
    pieces = []
    for node in block.nodes:
        link = next((up for up in islice(node.ancestors, _LEVELS) if getattr(up, "tag", "") == "a"), None)
        href = getattr(link, "attr", str)("href")
        words = escape(node.data)
        pieces.append(f'<a href="{escape(str(href))}">{words}</a>' if href else words)
    return "".join(pieces)


def link_around(box: Element) -> str:
    """The link that a box stands in, with its first word: the box goes, and the link with it."""
    for above in islice(box.ancestors, _LEVELS):
        if getattr(above, "tag", "") == "a" and (href := getattr(above, "attr", str)("href")):
            return f'<a href="{escape(str(href))}">{escape((box.text.split() or ["-"])[0])}</a>'
    return ""


def folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def unknown(block: Block, facts: Collection[str]) -> list[str]:
    """The texts of a block that are neither facts of the post nor the words and dates that go with them."""
    found = []
    for node in block.nodes:
        words = folded(node.data)
        bare = _BEFORE.sub("", _BEHIND.sub("", words))
        if not bare or words in facts or bare in facts or _SHORT.fullmatch(words) or _DATE.fullmatch(words):
            continue
        if all(getattr(above, "tag", "") != "time" for above in islice(node.ancestors, _IN_TIME)):
            found.append(" ".join(node.data.split()))
    return found


def prose(piece: Piece, facts: Collection[str], shared: Collection[int]) -> Iterator[str]:
    """What a reader would miss of a piece: its texts that are none of the things above. Short ones count where the
    piece is made of them, as comments of a few words are."""
    linked = sum(block.links for block in piece.blocks)
    short: list[str] = []
    found = False
    for block in piece.blocks:
        free = block.words - block.links
        if free * 2 < block.words or digest_of_text(block.text) in shared or _is_formal(block):
            continue
        words = " ".join(unknown(block, facts))
        if words and (free >= _WORDS or (free >= _SENTENCE and block.text[-1:] in ".?!。！？")):
            found = True
            yield words
        elif words:
            short.append(words)
    told = " ".join(short)
    if not found and not linked and len(told.split()) >= _FEW:
        yield told


def _is_formal(block: Block) -> bool:
    return block.words < _FORMAL_WORDS and bool(_FORMAL.search(block.text[:_FORMAL_START]))
