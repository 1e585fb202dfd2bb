"""The main text of a page: its marks and the judge put together, and everything else named piece by piece.

What is no text is taken out of the page's own tree, so that what is left of the container is the text and can be
written as HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from converters.importers.html.main_text import judge
from converters.importers.html.main_text.blocks import PHRASING, Block, Blocks, Box, cut_up
from converters.importers.html.main_text.choose import Choice, Mark, behind, choose, densest, foreign, free_words
from converters.importers.html.main_text.pieces import Piece, html_of, link_around, unknown
from converters.importers.html.main_text.told import Said

if TYPE_CHECKING:
    from turbohtml import Element, Text

_HOLDERS = frozenset(
    """div section article main body td th center form header footer aside figure blockquote li dd details fieldset
    address""".split()
)
"""Elements whose content stands for itself; `ul`, `pre` or `p` are a part of what they hold."""
_ENOUGH = 40
"""Words from which on a page is judged; below, there is nothing to learn from."""
_MOST_OF = 0.5
_LEVELS = 8
_BLOCKS = 20_000
"""The most blocks that are judged. A page of more is taken as it marks itself, or whole."""
_PARAGRAPH = 12
"""Words of a paragraph that may be the first of a text; a date and a name have fewer."""
_TITLES = ("h1", "h2")


class MainText(NamedTuple):
    """Where the text is, and what else there is."""

    container: Element
    how: str
    pieces: list[Piece]


class Known(NamedTuple):
    """What is known of a page beside its body."""

    said: Said = Said()
    facts: Collection[str] = frozenset()
    """Of the post, folded: a line of nothing else at the head or the foot of the text is left out."""
    shared: Collection[int] = frozenset()
    """Digests of texts that other pages of the site have as well."""


def find_text(body: Element, mark: Mark | None, how: str, known: Known) -> MainText:
    """The text of a page that shows something. `mark` and `how`: the elements that it marks, and the rule that found
    them."""
    page = cut_up(body, frozenset(mark.elements) if mark is not None else ())
    if mark is not None and frozenset(mark.elements).isdisjoint(box.element for box in page.boxes):
        mark = None  # in what no reader sees
    words = sum(free_words(block) for block in page.blocks)
    if mark is not None and (mark.whole or words < _ENOUGH or len(page.blocks) > _BLOCKS):
        choice = choose(page, [1.0] * len(page.blocks), mark._replace(whole=True), known.shared)
    elif words < _ENOUGH or len(page.blocks) > _BLOCKS:
        choice, how = _densest(page), "density"
    else:
        choice = choose(page, judge.scores(page, known.said), mark, known.shared)
        how = how or "evidence"
    container = page.boxes[_holder(page, choice, mark)]
    kept = choice.kept
    if mark is None or not (mark.exact or len(mark.elements) > 1):  # each of several has facts of its own
        before = list(kept)
        _drop_facts(page, kept, known.facts)
        _keep_opening(page, kept, before)
        if not any(stays and block.words for stays, block in zip(kept, page.blocks, strict=True)):
            kept[:] = before  # a text of one sentence is its own description
    return MainText(container.element, how, _take_out(page, Choice(kept, container.number, choice.captions)))


def _densest(page: Blocks) -> Choice:
    box = page.boxes[densest(page)]
    while box.parent >= 0 and box.tag not in _HOLDERS:
        box = page.boxes[box.parent]
    return Choice([box.first <= number < box.last for number in range(len(page.blocks))], box.number)


def _holder(page: Blocks, choice: Choice, mark: Mark | None) -> int:
    """The box whose content is the text: it holds all that stays, and what is marked where most of that is in it."""
    wanted = {choice.container}
    if mark is not None:
        marked = set(mark.elements)
        boxes = [box for box in page.boxes if box.element in marked]
        total = sum(block.words for block, stays in zip(page.blocks, choice.kept, strict=True) if stays)
        here = sum(
            page.blocks[number].words for box in boxes for number in range(box.first, box.last) if choice.kept[number]
        )
        if here >= _MOST_OF * total:
            wanted |= {box.number for box in boxes} if any(choice.kept) else set()
            if not any(choice.kept):
                wanted = {box.number for box in boxes}
    return _lift(page, _common(page, wanted))


def _common(page: Blocks, wanted: set[int]) -> int:
    """The innermost box that holds all of these."""
    while len(wanted) > 1:
        inner = max(wanted)
        wanted.discard(inner)
        wanted.add(max(page.boxes[inner].parent, 0))
    return next(iter(wanted))


def _lift(page: Blocks, number: int) -> int:
    while page.boxes[number].parent >= 0 and page.boxes[number].tag not in _HOLDERS:
        number = page.boxes[number].parent
    return number


def _drop_facts(page: Blocks, kept: list[bool], facts: Collection[str]) -> None:
    """Lines of facts before the first prose and behind the last go along as front matter."""
    order = [number for number, stays in enumerate(kept) if stays]
    parts = Counter(page.blocks[number].box for number in order)
    for numbers in (order, order[::-1]):
        for number in numbers:
            block = page.blocks[number]
            tag = page.boxes[block.box].tag
            if block.media or tag in ("pre", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"):
                if tag in _TITLES:
                    continue
                break
            if unknown(block, facts) or (tag == "p" and parts[block.box] > 1):  # the end of a paragraph is no fact
                break
            kept[number] = False


def _keep_opening(page: Blocks, kept: list[bool], before: Sequence[bool]) -> None:
    """A paragraph among the paragraphs of the text is of the text, though the page says it to machines as well: many
    take the first one as their description."""
    beside = {
        page.boxes[block.box].parent
        for block, stays in zip(page.blocks, kept, strict=True)
        if stays and _is_paragraph(page, block)
    }
    for number, (stays, stayed) in enumerate(zip(kept, before, strict=True)):
        block = page.blocks[number]
        if stayed and not stays and block.words >= _PARAGRAPH and _is_paragraph(page, block):
            kept[number] = page.boxes[block.box].parent in beside


def _is_paragraph(page: Blocks, block: Block) -> bool:
    return page.boxes[block.box].tag == "p" and free_words(block) * 2 > block.words


def _take_out(page: Blocks, choice: Choice) -> list[Piece]:
    """What is not kept, as the largest boxes and as loose words; what of it is in the container is taken out."""
    holder = page.boxes[choice.container]
    pieces = []
    covered = 0
    gone = []
    end = behind(page, holder.number)
    for number in foreign(page, choice):
        box = page.boxes[number]
        inside = holder.number < number < end
        pieces += _loose(page, choice, holder, covered, box.first)
        covered = max(covered, box.last)
        pieces.append(
            Piece(label(box), page.blocks[box.first : box.last], box.element, inside, link_around(box.element))
        )
        if inside:
            gone.append(box.element)
    pieces += _loose(page, choice, holder, covered, len(page.blocks))
    for element in gone:
        element.extract()
    return pieces


def _loose(page: Blocks, choice: Choice, holder: Box, first: int, last: int) -> list[Piece]:
    """Words that are left out and stand in a box with words that are not."""
    found = []
    for number in range(first, last):
        if choice.kept[number]:
            continue
        block = page.blocks[number]
        inside = holder.first <= number < holder.last
        found.append(Piece(label(page.boxes[block.box]), [block], None, inside, html_of(block)))
        if inside:
            for node in block.nodes:
                _remove(node)
    return found


def _remove(node: Text) -> None:
    """Take words out of the page, with the `<time>`, the links and the like that then hold nothing."""
    from turbohtml import Element as Tag

    above = node.parent
    node.extract()
    for _ in range(_LEVELS):
        if not isinstance(above, Tag) or above.tag not in PHRASING or not _is_bare(above):
            return
        empty, above = above, above.parent
        empty.extract()


def _is_bare(element: Element) -> bool:
    """Is there nothing but white space in it?"""
    return all(not getattr(child, "data", "x").strip() for child in islice(element.children, _LEVELS))


def label(box: Box) -> str:
    """How a box is called in the report: `nav.site-menu`."""
    first = box.named.split()[0] if box.named else ""
    return f"{box.tag}.{first}" if first else box.tag
