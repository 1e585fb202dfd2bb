"""From what each block is worth to the text of a page: which blocks stay, in which element, and what is cut out of it.

A mark of the page (an `<article>`, an `articleBody`) is a reason to believe more, or less, in what the blocks say: in
it only what is surely foreign is cut, beside it only what is surely text comes along.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from converters.importers.html.main_text.blocks import Block, Blocks, Box
from converters.importers.html.main_text.code_boxes import code_boxes
from converters.importers.html.main_text.notes import with_notes
from converters.importers.html.main_text.twins import shown_twins
from converters.importers.html.shared_blocks import of_the_site

if TYPE_CHECKING:
    from turbohtml import Element

INSIDE_EXACT, INSIDE, OUTSIDE, UNMARKED = 0.25, 0.5, 0.75, 0.4
"""How sure the judge has to be for a block to stay: in an exact mark, in an `<article>` or `<main>`, beside a mark, and
on a page without one."""
_OF_A_SITE = 0.05
"""The same in any mark, on a page of a site whose pages were compared: what they do not share is of the page."""
_FEW_BLOCKS, _MANY_BLOCKS, _FEW_LINKS = 10, 120, 0.35
"""A page of so few blocks, of them so few beside its mark and with so few words in links, is its text alone."""
_CAPTION = 0.15
"""How sure the judge has to be for the caption of a picture that stays."""
_MOST_BESIDE, _BESIDE = 0.5, 0.1
"""The same for a paragraph, where of the words in those beside it so many stay."""
_LISTED = 0.2
"""The same for lists and tables in a mark, as a whole."""
_LISTS = {"ul": 0.5, "ol": 0.7, "table": 1.0}
"""The share of words in links up to which they are taken as a whole: steps and notes are numbered, menus are not."""
_PARAGRAPHS = frozenset({"p", "li", "dd", "dt", "td", "th", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"})
_LONG_TEXT, _LEAST = 150, 0.2
"""Words of a marked text from which something of it stays, if the judge is so sure of any of its blocks."""
_SHOWN_SHARE = 0.5
_CAPTIONED = re.compile(
    r"(?:^|[\s_-])(?:captioned|wp-caption|thumbinner|t(?:left|right|none|center)|gallerybox)(?:$|[\s_-])"
)
"""How the boxes of a picture with its caption are called: WordPress, MediaWiki, Substack."""
_NO_TEXT = 0.8
"""Where no block is sure enough, those stay that are nearly as likely as the likeliest."""


class Mark(NamedTuple):
    """The elements that a page marks as its text."""

    elements: Sequence[Element]
    exact: bool = False
    whole: bool = False
    """A person said so: nothing in it is judged."""


class Choice(NamedTuple):
    """Which blocks are the text, and the number of the box that holds all of them; no block where there is no text."""

    kept: list[bool]
    container: int
    captions: Sequence[bool] = ()
    """Which blocks may stay as the caption of a picture that does; none: all of them."""


def choose(page: Blocks, scores: Sequence[float], mark: Mark | None, shared: Collection[int] = frozenset()) -> Choice:
    """`scores`: how likely each block is text; `shared`: digests of texts that other pages of the site have as well."""
    inside = _inside(page, mark) if mark is not None else [False] * len(page.blocks)
    if mark is not None and not mark.whole and (twins := shown_twins(page, inside)) is not None:
        scores = [0.0 if here else score for score, here in zip(scores, inside, strict=True)]
        inside, mark = twins, mark._replace(exact=True)
    elif mark is not None and not mark.whole:
        scores = _believed(page, inside, scores, INSIDE_EXACT if mark.exact else INSIDE)
    own = of_the_site([block.text for block in page.blocks], shared)
    if mark is not None and (mark.whole or _is_plain(page, inside)):
        kept = [
            here and not (sites and block.links == block.words)
            for here, block, sites in zip(inside, page.blocks, own, strict=True)
        ]
    else:
        within = UNMARKED if mark is None else INSIDE_EXACT if mark.exact else INSIDE
        within = min(within, _OF_A_SITE) if shared else within
        beside = UNMARKED if mark is None else OUTSIDE
        kept = [
            score > (within if here else beside) and not (sites and score < 1 - within)
            for score, here, sites in zip(scores, inside, own, strict=True)
        ]
        if not any(kept):
            least = min(UNMARKED, _NO_TEXT * max(scores, default=0.0))
            kept = [score >= least for score in scores]
    kept = _smooth(page, kept, inside, scores)
    if mark is None or not mark.whole:
        with_notes(page, kept)
    captions = [score > (0 if shared else _CAPTION) for score in scores]
    return Choice(kept, _container(page, kept), captions)


def _believed(page: Blocks, inside: list[bool], scores: Sequence[float], within: float) -> Sequence[float]:
    """Where of a long marked text the judge would keep nothing, the page knows better: scores in proportion."""
    here = [number for number, is_inside in enumerate(inside) if is_inside]
    best = max((scores[number] for number in here), default=0.0)
    free = sum(free_words(page.blocks[number]) for number in here)
    if best > within or best < _LEAST or free < _LONG_TEXT or free < 0.5 * sum(page.blocks[n].words for n in here):
        return scores
    found = [0.0] * len(scores)
    for number in here:
        found[number] = min(1.0, scores[number] * 2 / best)
    return found


def _is_plain(page: Blocks, inside: list[bool]) -> bool:
    """Is there nothing on the page to tell its text from?"""
    root = page.boxes[0]
    return (
        inside.count(False) <= _FEW_BLOCKS
        and len(inside) <= _MANY_BLOCKS
        and root.links <= _FEW_LINKS * root.words
        and any(inside)
    )


def _inside(page: Blocks, mark: Mark) -> list[bool]:
    found = [False] * len(page.blocks)
    marked = set(mark.elements)
    for box in page.boxes:
        if box.element in marked:
            found[box.first : box.last] = [True] * (box.last - box.first)
    return found


def free_words(block: Block) -> int:
    """Words outside of links."""
    return block.words - block.links


def _smooth(page: Blocks, kept: list[bool], inside: list[bool], scores: Sequence[float]) -> list[bool]:
    """Code in a mark with text stays; lists, tables and other code stay or go as one; a heading stays where what it
    heads does."""
    kept = list(kept)
    listed_to = -1
    marked = any(stays and here for stays, here in zip(kept, inside, strict=True))
    for box in page.boxes:
        held = range(box.first, box.last)
        if not held:
            continue
        if box.tag == "dl":
            kept[box.first : box.last] = [any(kept[box.first : box.last])] * len(held)
        elif box.tag in _LISTS and inside[box.first] and box.links <= _LISTS[box.tag] * box.words:
            if box.first > listed_to and _likely(page, held, scores):
                kept[box.first : box.last] = [True] * len(held)
            listed_to = max(listed_to, box.last - 1)
    for box in code_boxes(page):
        code = (marked and inside[box.first]) or any(kept[box.first : box.last])
        kept[box.first : box.last] = [code] * (box.last - box.first)
    _join_broken(page, kept)
    _join_siblings(page, kept, scores)
    for number in range(len(kept) - 2, -1, -1):
        tag = page.boxes[page.blocks[number].box].tag
        if not kept[number] and tag in ("h2", "h3", "h4", "h5", "h6") and kept[number + 1]:
            above, below = (page.boxes[page.blocks[at].box].parent for at in (number, number + 1))
            kept[number] = page.blocks[number].links == 0 and (inside[number] or above == below)
    return kept


def _join_broken(page: Blocks, kept: list[bool]) -> None:
    """What line breaks part in a paragraph goes with most of it."""
    parts: dict[int, list[int]] = {}
    for number, block in enumerate(page.blocks):
        if page.boxes[block.box].tag in _PARAGRAPHS:
            parts.setdefault(block.box, []).append(number)
    for numbers in parts.values():
        if len(numbers) > 1:
            words = sum(page.blocks[number].words for number in numbers)
            if sum(page.blocks[number].words for number in numbers if kept[number]) * 2 >= words:
                for number in numbers:
                    kept[number] = True


def _join_siblings(page: Blocks, kept: list[bool], scores: Sequence[float]) -> None:
    """Paragraphs go with the paragraphs beside them where most of those stay."""
    beside: dict[int, list[int]] = {}
    for number, block in enumerate(page.blocks):
        if page.boxes[block.box].tag == "p" and block.links * 2 <= block.words:
            beside.setdefault(page.boxes[block.box].parent, []).append(number)
    for numbers in beside.values():
        words = sum(page.blocks[number].words for number in numbers)
        if sum(page.blocks[number].words for number in numbers if kept[number]) >= _MOST_BESIDE * words:
            for number in numbers:
                kept[number] |= scores[number] > _BESIDE


def _likely(page: Blocks, held: range, scores: Sequence[float]) -> bool:
    """Is a list or a table, as a whole, likely enough to be text?"""
    words = sum(page.blocks[number].words for number in held)
    return sum(page.blocks[number].words * scores[number] for number in held) > _LISTED * words


def _container(page: Blocks, kept: list[bool]) -> int:
    """The innermost box that holds all that stays."""
    first = next((number for number, stays in enumerate(kept) if stays), 0)
    last = next((number for number in range(len(kept) - 1, -1, -1) if kept[number]), len(kept) - 1)
    box = page.blocks[first].box if page.blocks else 0
    while box > 0 and not (page.boxes[box].first <= first and last < page.boxes[box].last):
        box = page.boxes[box].parent
    return max(box, 0)


def densest(page: Blocks) -> int:
    """The box with the most free words directly in it or one step below."""
    sums: dict[int, float] = {}
    for block in page.blocks:
        weight = free_words(block)
        above = page.boxes[block.box].parent
        sums[block.box] = sums.get(block.box, 0) + weight
        if above >= 0:
            sums[above] = sums.get(above, 0) + weight
    return max(sums, key=lambda box: (sums[box], -box), default=0)


def foreign(page: Blocks, choice: Choice) -> Iterator[int]:
    """The numbers of the largest boxes of the page that hold nothing of the text. A picture stays in the container
    where most words around it do, and its caption with it: `choice` is changed."""
    boxes = page.boxes
    holders = {choice.container, *(box.number for box in page.above(choice.container))}
    end = behind(page, choice.container)
    sums = [0]
    for stays in choice.kept:
        sums.append(sums[-1] + stays)
    weights, weights_kept = _weights(page, choice.kept)
    next_box = 1
    for box in boxes[1:]:
        if box.number < next_box or box.number in holders:
            continue
        if sums[box.last] > sums[box.first] or (box.first == box.last and not box.media):
            continue
        next_box = behind(page, box.number)
        if choice.container < box.number < end and _is_picture(page, box.number):
            above = boxes[box.parent]
            around = weights[above.last] - weights[above.first] - (weights[box.last] - weights[box.first])
            if weights_kept[above.last] - weights_kept[above.first] >= _SHOWN_SHARE * around:
                for number in range(box.first, box.last):
                    choice.kept[number] = not choice.captions or choice.captions[number]
                continue
        yield box.number


def _weights(page: Blocks, kept: list[bool]) -> tuple[list[int], list[int]]:
    words, of_kept = [0], [0]
    for block, stays in zip(page.blocks, kept, strict=True):
        words.append(words[-1] + block.words)
        of_kept.append(of_kept[-1] + (block.words if stays else 0))
    return words, of_kept


def _is_picture(page: Blocks, number: int) -> bool:
    """Pictures or players with a caption at most."""
    box = page.boxes[number]
    return (
        bool(box.media)
        and (box.tag == "figure" or box.first == box.last or _is_captioned(box))
        and box.last - box.first <= 3
        and box.words < 120
    )


def _is_captioned(box: Box) -> bool:
    """Is it called so, and made of words as captions are? Cards of other posts have their words in links."""
    return box.links * 2 <= box.words and _CAPTIONED.search(box.named) is not None


def behind(page: Blocks, number: int) -> int:
    """The number of the first box behind a box and all in it."""
    after = number + 1
    while after < len(page.boxes) and page.boxes[after].parent >= number:
        after += 1
    return after
