"""What speaks for a block of text being the page's own, as numbers: one row a block, one column a kind of evidence.

Nothing here decides: the judge learned what each column is worth. Sums over the page are made once, so that a block
costs the same on a page of any length.
"""

from __future__ import annotations

import re

from converters.importers.html.main_text.blocks import Block, Blocks, Box
from converters.importers.html.main_text.boxes import STEPS, chains, steps, to_best
from converters.importers.html.main_text.told import Said, Told

_SAYS = {
    "further": r"read more|more from|more on|related|see also|also read|recommended|continue reading|click here|"
    r"learn more|"
    r"you may|you might|next post|previous|read next|most read|popular|trending|latest|mehr zum|lire aussi|lees ook",
    "offer": r"subscri|newsletter|sign ?up|sign in|log ?in|register|advert|sponsor|download|free trial|join|donate|"
    r"cookie|"
    r"privacy|terms of|buy now|add to cart|anzeige|follow us|share|tweet|©|copyright|all rights",
    "picture": r"photo|image:|credit|getty|courtesy|source:|illustration|\(ap\b|reuters|foto|bild:|picture",
    "byline": r"\bby |posted|published|updated|author|min read|minutes? read|last modified|filed under|tags?:|categor|"
    r"comments?|reply",
}  # fmt: skip
"""Words of texts that stand around any text; few, and no more than a hint."""
_SAID = re.compile("|".join(f"({words})" for words in _SAYS.values()))
_START = 160
_TAGS = ("div", "heading", "pre", "figcaption", "li", "other")
_TAG = {
    **dict.fromkeys(("div", "section", "article", "main", "body"), 0), **{f"h{level}": 1 for level in range(1, 7)},
    "pre": 2,
    "figcaption": 3, **dict.fromkeys(("li", "dt", "dd"), 4), "p": -1, "td": -1, "th": -1, "blockquote": -1,
}  # fmt: skip
_CHAIN, _LEVELS = 4, 40
_BOX = ("words", "link share", "blocks", "prose share", "share of page", "prose of page", "block words")
_NEAR, _WIDE = 4, 12
_FAR = 99
_SIZE = 15
"""Words of a paragraph that others are measured from."""
_MARKS = "|•·»/>@#"

COLUMNS = (
    "words", "chars a word", "link share", "links", "bold share", "ends a sentence", "digits", "capitals",
    "ends with colon", "marks",
    "copies", "after heading words", "sentences", "commas", *(f"says {name}" for name in _SAYS),
    *(f"is {tag}" for tag in _TAGS), "heading level", *STEPS,
    *(f"{what} of box {level}" for level in range(1, _CHAIN + 1) for what in _BOX), "place in box 1", "place in box 4",
    "alike words", "alike link share", "alike count", "alike prose", "alike siblings",
    "place", "words before", "prose before", "prose after", "steps to best", "best levels", "best share", "best is",
    *(f"{what} {sign}" for sign in "-+" for what in ("words", "link share", "prose")),
    "near prose", "near links", "wide prose", "wide links",
    "blocks to prose before", "blocks to prose after", "prose size before", "prose size after",
    "in articleBody", "in description", "is headline", "blocks to title",
    "page words", "page links", "page prose", "page blocks", "page prose mean", "page articles",
)  # fmt: skip


def gather(page: Blocks, said: Said) -> list[list[float]]:
    """The evidence on every block of a page: rows in the order of COLUMNS."""
    return _Gathering(page, said).rows()


def prose(block: Block) -> int:
    """Words of a block that reads like prose: sentences, hardly linked; fewer where it does not quite."""
    free = block.words - block.links
    if free < 8 or block.links * 2 > block.words:
        return 0
    return free if free >= 25 or block.text[-1:] in '.?!。…:"”’)' else free // 3


class _Gathering:
    """The sums over a page, and the rows made of them."""

    def __init__(self, page: Blocks, said: Said) -> None:
        self._boxes, self._blocks = boxes, blocks = page
        self._prose = [prose(block) for block in blocks]
        for block, weight in zip(blocks, self._prose, strict=True):
            boxes[block.box].prose += weight
        for box in reversed(boxes):
            if box.parent >= 0:
                boxes[box.parent].prose += box.prose
        self._total_prose = sum(self._prose) or 1
        self._total = boxes[0].words or 1
        self._chains = chains(boxes, blocks, _CHAIN, _LEVELS)
        self._best = self._best_box()
        self._alike, self._forms, self._siblings = self._same_forms()
        self._told = Told(said, [(block.text, boxes[block.box].tag) for block in blocks])

    def rows(self) -> list[list[float]]:
        box_rows = [[*self._tag_row(box), *row] for box, row in zip(self._boxes, steps(self._boxes), strict=True)]
        best = to_best(self._boxes, self._best)
        chain_rows: dict[int, list[float]] = {}
        before, after = self._to_prose(self._prose), self._to_prose(self._prose[::-1])[::-1]
        sums = self._sums()
        copies: dict[str, int] = {}
        for block in self._blocks:
            copies[block.text] = copies.get(block.text, 0) + 1
        near = [
            (block.words, block.links / (block.words or 1), weight)
            for block, weight in zip(self._blocks, self._prose, strict=True)
        ]
        near = [(0, -1.0, 0), *near, (0, -1.0, 0)]
        page_row = self._page_row()
        rows = []
        heading = _FAR
        for number, block in enumerate(self._blocks):
            own = box_rows[block.box]
            row = _text_row(block, copies[block.text], heading)
            heading = 0 if own[1] else min(heading + block.words, _FAR)
            row += own
            chain = self._chains[number]
            for box in chain:
                row += chain_rows.get(box) or chain_rows.setdefault(box, self._box_row(self._boxes[box]))
            for _ in range(_CHAIN - len(chain)):
                row += row[-len(_BOX) :]
            row += self._places(number, chain)
            row += self._form_row(number, chain[0])
            row += self._order(number, sums, best[block.box], chain[0])
            row += near[number]
            row += near[number + 2]
            row += self._around(number, sums)
            row += (before[number][0], after[number][0], before[number][1], after[number][1])
            row += self._told.row(number)
            row += page_row
            rows.append(row)
        return rows

    def _tag_row(self, box: Box) -> list[float]:
        row = [0.0] * (len(_TAGS) + 1)
        place = _TAG.get(box.tag, len(_TAGS) - 1)
        if place >= 0:
            row[place] = 1.0
        row[-1] = float(box.tag[1]) if place == 1 else 0.0
        return row

    def _best_box(self) -> int:
        """The box with most prose directly in it."""
        sums: dict[int, float] = {}
        for weight, chain in zip(self._prose, self._chains, strict=True):
            if weight:
                sums[chain[0]] = sums.get(chain[0], 0) + weight
                if len(chain) > 1:
                    sums[chain[1]] = sums.get(chain[1], 0) + weight * 0.5
        return max(sums, key=lambda box: sums[box], default=0)

    def _same_forms(self) -> tuple[list[int], list[list[float]], dict[tuple[int, int], int]]:
        """Blocks whose box, and the two around it, have the same tags and first classes: as columns of sums."""
        forms: dict[tuple[str, ...], int] = {}
        keys: dict[int, int] = {}
        alike: list[int] = []
        sums: list[list[float]] = []
        siblings: dict[tuple[int, int], int] = {}
        for number, block in enumerate(self._blocks):
            form = keys.get(block.box)
            if form is None:
                box = self._boxes[block.box]
                above = self._boxes[box.parent] if box.parent >= 0 else box
                higher = self._boxes[above.parent] if above.parent >= 0 else above
                key = (box.tag, box.named.partition(" ")[0], above.tag, above.named.partition(" ")[0], higher.tag)
                form = keys[block.box] = forms.setdefault(key, len(forms))
            if form == len(sums):
                sums.append([0.0] * 4)
            row = sums[form]
            row[0] += block.words
            row[1] += block.links
            row[2] += 1
            row[3] += self._prose[number]
            alike.append(form)
            pair = (self._chains[number][0], form)
            siblings[pair] = siblings.get(pair, 0) + 1
        return alike, sums, siblings

    def _box_row(self, box: Box) -> list[float]:
        words, size = box.words or 1, (box.last - box.first) or 1
        return [
            words, box.links / words, size, box.prose / words, words / self._total, box.prose / self._total_prose,
            words / size,
        ]  # fmt: skip

    def _places(self, number: int, chain: list[int]) -> tuple[float, float]:
        inner, outer = self._boxes[chain[0]], self._boxes[chain[-1]]
        return (number - inner.first) / (inner.last - inner.first or 1), (number - outer.first) / (
            outer.last - outer.first or 1
        )

    def _form_row(self, number: int, inner: int) -> tuple[float, ...]:
        form = self._alike[number]
        words, links, count, weight = self._forms[form]
        return words, links / (words or 1), count, weight / self._total_prose, self._siblings[inner, form]

    def _sums(self) -> tuple[list[int], list[int], list[int]]:
        """Words, linked words and prose in front of each block."""
        words, links, weights = [0], [0], [0]
        for block, weight in zip(self._blocks, self._prose, strict=True):
            words.append(words[-1] + block.words)
            links.append(links[-1] + block.links)
            weights.append(weights[-1] + weight)
        return words, links, weights

    def _order(
        self, number: int, sums: tuple[list[int], list[int], list[int]], best: tuple[int, int], inner: int
    ) -> tuple[float, ...]:
        words, _, weights = sums
        total = self._total_prose
        return (
            number / len(self._blocks), words[number] / self._total, weights[number] / total,
            (total - weights[number + 1]) / total,
            *best, self._boxes[self._best].prose / total, float(inner == self._best),
        )  # fmt: skip

    def _around(self, number: int, sums: tuple[list[int], list[int], list[int]]) -> list[float]:
        words, links, weights = sums
        row = []
        for width in (_NEAR, _WIDE):
            low, high = max(0, number - width), min(len(self._blocks), number + width + 1)
            row.append((weights[high] - weights[low]) / (high - low))
            row.append((links[high] - links[low]) / (words[high] - words[low] or 1))
        return row

    def _to_prose(self, weights: list[int]) -> list[tuple[int, int]]:
        """How many blocks ago the last paragraph was, and its words."""
        found = []
        distance, size = _FAR, 0
        for weight in weights:
            found.append((distance, size))
            if weight >= _SIZE:
                distance, size = 0, weight
            else:
                distance = min(distance + 1, _FAR)
        return found

    def _page_row(self) -> list[float]:
        paragraphs = sum(weight > 0 for weight in self._prose) or 1
        articles = sum(box.tag == "article" for box in self._boxes)
        total = self._total_prose
        return [self._total, self._boxes[0].links / self._total, total, len(self._blocks), total / paragraphs, articles]


def _text_row(block: Block, copies: int, heading: int) -> list[float]:
    text, words = block.text, block.words or 1
    size = len(text) or 1
    start = text[:_START]
    parts = start.split()
    count = len(parts) or 1
    last = text[-1:] if text[-1:] not in "\"')”’»]" else text[-2:-1]
    said = [0.0] * len(_SAYS)
    for found in _SAID.finditer(start.lower()):
        if found.lastindex:
            said[found.lastindex - 1] += 1.0 / (1 + count)
    ends = float(last in ".?!。…" and bool(last))
    return [
        words, size / words, block.links / words, block.link_count, block.bold / words, ends,
        sum(map(str.isdigit, start[:40])) / min(size, 40), sum(map(str.isupper, (part[0] for part in parts))) / count,
        float(last == ":"),
        sum(map(_MARKS.__contains__, start)) / words, copies, heading, text.count(". ") + ends,
        text.count(",") / words, *said,
    ]  # fmt: skip
