"""A page as blocks of text in document order: the runs of phrasing content between the bounds of boxes.

    <div>Words <b>and</b> more<p>A paragraph</p>rest</div>      three blocks: of the div, of the p, of the div again

What is phrasing content is told by the tag, as in the HTML standard (section 3.2.5.2.5); two line breaks in a row end a
block, for pages that make their paragraphs of them. Scripts, styles, templates and what no reader sees are no text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from converters.html.elements import HEADINGS

if TYPE_CHECKING:
    from turbohtml import Element, Node, Text

PHRASING = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math nobr q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
_UNSEEN = frozenset(
    "script style noscript template head svg iframe object embed canvas audio video textarea select datalist map "
    "noframes frameset title math img picture input source track param area col link meta".split()
)
"""Nothing in these is text that stands on the page; pictures and players among them are counted as media."""
MEDIA = frozenset({"img", "picture", "video", "audio", "iframe", "svg", "object", "embed", "canvas", "math"})
_BREAKS = 2
_LONG = 12
"""Characters a word at most: Chinese, Japanese and Thai put no spaces between theirs."""


class Box:
    """An element with what it holds: counts are of all blocks inside."""

    __slots__ = (
        "chars",
        "element",
        "first",
        "last",
        "links",
        "media",
        "named",
        "number",
        "parent",
        "prose",
        "tag",
        "words",
    )

    def __init__(self, number: int, parent: int, element: Element, named: str) -> None:
        self.number, self.parent, self.element, self.named = number, parent, element, named
        self.tag = element.tag
        self.first = self.last = 0
        """Its blocks: the numbers from `first` up to, without, `last`."""
        self.words = self.links = self.prose = self.chars = 0
        self.media = 0


class Block:
    """A run of phrasing content."""

    __slots__ = ("bold", "box", "link_count", "links", "media", "nodes", "text", "words")

    def __init__(self, box: int) -> None:
        self.box = box
        self.nodes: list[Text] = []
        self.text = ""
        self.words = self.links = self.link_count = self.bold = self.media = 0
        """Words in all, of those in links, links, words in bold; pictures and players."""


class Blocks(NamedTuple):
    """A page cut up. Boxes stand in document order, an outer one before those in it; the first is the root."""

    boxes: list[Box]
    blocks: list[Block]

    def above(self, box: int) -> Iterator[Box]:
        """The boxes around a box, from its parent to the root."""
        number = self.boxes[box].parent
        while number >= 0:
            yield self.boxes[number]
            number = self.boxes[number].parent


class _Frame(NamedTuple):
    """An element that is being walked."""

    nodes: Iterator[Node]
    box: int
    linked: bool
    bold: bool
    owns: bool
    """Is the box its own?"""


class _Cutter:
    """Walks a tree once, without recursion: pages of strangers nest as deep as they like."""

    def __init__(self, bounds: Collection[Element] = ()) -> None:
        self._bounds = bounds
        self.boxes: list[Box] = []
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._run: Block | None = None
        self._breaks = 0
        self._link = False
        """Has a link begun that shows no words yet?"""

    def cut(self, root: Element) -> Blocks:
        from turbohtml import Element as Tag
        from turbohtml import Text as Words

        self._box(root, -1)
        stack = [_Frame(iter(root.children), 0, False, False, True)]
        while stack:
            frame = stack[-1]
            node = next(frame.nodes, None)
            if node is None:
                stack.pop()
                if frame.owns:
                    self._flush()
                    self.boxes[frame.box].last = len(self.blocks)
            elif isinstance(node, Words):
                self._text(node, frame)
            elif isinstance(node, Tag) and (inner := self._enter(node, frame)) is not None:
                stack.append(inner)
        for made in reversed(self.boxes):
            if made.parent >= 0:
                above = self.boxes[made.parent]
                above.words += made.words
                above.links += made.links
                above.prose += made.prose
                above.chars += made.chars
                above.media += made.media
        return Blocks(self.boxes, self.blocks)

    def _enter(self, element: Element, frame: _Frame) -> _Frame | None:
        """The content of an element as the next to be walked; None where nothing in it is text."""
        tag = element.tag
        if tag in MEDIA:
            self._media(frame.box)
        if tag in _UNSEEN:
            return None
        if tag == "br":
            self._break()
            return None
        nodes = iter(element.children)
        if tag not in PHRASING:
            self._flush()
            return _Frame(nodes, self._box(element, frame.box), frame.linked, frame.bold, True)
        if element in self._bounds:
            self._flush()
            return _Frame(nodes, self._box(element, frame.box), frame.linked, frame.bold, True)
        linked = tag == "a" and self._leads(element, frame)
        self._link |= linked
        return _Frame(nodes, frame.box, frame.linked or linked, frame.bold or tag in ("b", "strong"), False)

    def _leads(self, link: Element, frame: _Frame) -> bool:
        """Does a link lead to anything? That of a heading to itself or to a table of contents does not."""
        href = link.attr("href")
        return href is not None and not (str(href).startswith("#") and self.boxes[frame.box].tag in HEADINGS)

    def _box(self, element: Element, parent: int) -> int:
        named = f"{' '.join(str(element.attr('class') or '').split())} {element.attr('id') or ''}".strip()
        box = Box(len(self.boxes), parent, element, named)
        box.first = len(self.blocks)
        self.boxes.append(box)
        return box.number

    def _block(self, box: int) -> Block:
        self._breaks = 0
        if self._run is None:
            self._run = Block(box)
        return self._run

    def _text(self, node: Text, frame: _Frame) -> None:
        data, linked, bold = node.data, frame.linked, frame.bold
        if data.isspace() or not data:
            if self._run is not None:
                self._pieces.append(" ")
            return
        if self._breaks >= _BREAKS:
            self._flush()
        run = self._block(frame.box)
        run.nodes.append(node)
        self._pieces.append(data)
        if linked or bold:
            run.link_count += linked and self._link
            self._link = False
            words = len(data.split())
            run.links += words if linked else 0
            run.bold += words if bold else 0

    def _media(self, box: int) -> None:
        self.boxes[box].media += 1
        if self._run is not None:
            self._run.media += 1

    def _break(self) -> None:
        if self._run is not None:
            self._breaks += 1
            self._pieces.append(" ")

    def _flush(self) -> None:
        self._breaks = 0
        run, self._run = self._run, None
        if run is None:
            return
        pieces, self._pieces = self._pieces, []
        words = " ".join(pieces).split() if len(pieces) == 1 else "".join(pieces).split()
        run.text = " ".join(words)
        run.words = max(len(words), len(run.text) // _LONG)
        if run.words > len(words):
            run.links, run.bold = (run.words * part // len(words) for part in (run.links, run.bold))
        run.links, run.bold = min(run.links, run.words), min(run.bold, run.words)
        box = self.boxes[run.box]
        box.words += run.words
        box.links += run.links
        box.chars += len(run.text)
        self.blocks.append(run)


def cut_up(root: Element, bounds: Collection[Element] = ()) -> Blocks:
    """The blocks of an element, in document order. `bounds`: elements of phrasing content that are boxes here."""
    return _Cutter(bounds).cut(root)
