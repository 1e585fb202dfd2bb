"""Semantic HTML as plain text: what a reader would see, without marks and addresses, a blank line between blocks."""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree

_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "audio", "video", "{http://www.w3.org/2000/svg}svg"}
)
_GAPS = {  # element -> line ends in front of it and behind it
    **dict.fromkeys(
        "p div h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre figure table section article aside header footer main "
        "details address form fieldset hr audio video nav center".split(),
        2,
    ),
    **dict.fromkeys("li tr dt dd summary caption figcaption legend option br".split(), 1),
}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_INDENT = "  "


def plain_text(root: etree._Element) -> str:
    """The text inside `root`; ends without a line end. Pictures are their alternative text, embeds their address."""
    writer = _Writer()
    writer.words(root.text)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if element is root:
            continue
        hidden = tree.name(element) in _HIDDEN
        if event == "start" and hidden:
            walker.skip_subtree()
        elif event == "start":
            writer.start(element)
        elif hidden or tree.is_comment(element):
            writer.behind(element)
        else:
            writer.end(element)
    return writer.text()


class _Writer:
    """Pieces of text, and how many line ends are due before the next one."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._due = 0
        self._space = False
        self._marker = ""
        self._lists: list[int | None] = []
        self._preformatted = 0
        self._cells = 0
        self._tabs = 0
        self._in_cells = 0

    def start(self, element: etree._Element) -> None:
        name = tree.name(element)
        self._gap(name)
        if name in ("ul", "ol"):
            self._lists.append(_first(element) if name == "ol" else None)
        elif name == "li":
            self._marker = self._next_marker()
        elif name == "pre":
            self._preformatted += 1
        elif name == "tr":
            self._cells = 0
        elif name in ("td", "th"):
            self._in_cells += 1
            self._tabs += bool(self._cells)
            self._cells += 1
        elif name == "img":
            self._space = True
            self.words(element.get("alt"))
            self._space = True
        elif name == "figure" and (address := _address(element)):
            self.words(address)
            self._due = 1
        self.words(element.text)

    def end(self, element: etree._Element) -> None:
        name = tree.name(element)
        if name in ("ul", "ol"):
            self._lists.pop()
        elif name == "pre":
            self._preformatted -= 1
        elif name == "li":
            self._marker = ""
        elif name in ("td", "th"):
            self._in_cells -= 1
        self.behind(element)

    def behind(self, element: etree._Element) -> None:
        """What follows an element that is over, or that says nothing."""
        self._gap(tree.name(element))
        self.words(element.tail)

    def words(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted:
            self._put(text.replace("\n", "\n" + self._indent()) if self._lists else text)
            return
        folded = _SPACE.sub(" ", text)
        self._space = self._space or folded.startswith(" ")
        if words := folded.strip(" "):
            self._put(words)
            self._space = folded.endswith(" ")

    def text(self) -> str:
        return "".join(self._pieces).rstrip()

    def _put(self, text: str) -> None:
        if self._due and self._pieces:
            self._pieces.append("\n" * self._due)
        if self._due or not self._pieces:
            self._pieces.append(self._indent(less=bool(self._marker)) + self._marker)
        elif self._space and not self._tabs:
            self._pieces.append(" ")
        self._pieces.append("\t" * self._tabs + text)
        self._due, self._space, self._marker, self._tabs = 0, False, "", 0

    def _gap(self, name: str) -> None:
        """Lists inside lists and what stands right behind a list's mark make no new paragraph; a cell is one line."""
        lines = _GAPS.get(name, 0)
        if lines and self._in_cells:
            self._space = True
        elif lines and not self._marker:
            self._due = max(self._due, 1 if name in ("ul", "ol") and self._lists else lines)
            self._space = False

    def _indent(self, *, less: bool = False) -> str:
        return _INDENT * max(len(self._lists) - less, 0)

    def _next_marker(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "


def _first(element: etree._Element) -> int:
    """The number a list begins with."""
    start = str(element.get("start") or "1")
    return int(start) if len(start) < 10 and start.removeprefix("-").isdecimal() else 1


def _address(figure: etree._Element) -> str:
    """The address of an embed that does not show it itself."""
    address = str(figure.get("data-url") or "")
    return "" if address in tree.plain_text(figure) else address
