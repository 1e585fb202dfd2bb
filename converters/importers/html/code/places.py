"""Where on a page code is: a `<pre>` and its forebears, tables with numbers beside lines, editors, and boxes of CSS."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute, classes

PRE = frozenset({"pre", "xmp", "listing", "plaintext"})
_TABLES = frozenset(
    """lntable rouge-table highlighttable codehilitetable hljs-ln crayon-table js-file-line-container
    processedcode""".split()
)
_CELLS = (
    {"gutter", "code"}, {"linenos", "code"}, {"blob-num", "blob-code"}, {"hljs-ln-numbers", "hljs-ln-code"},
    {"crayon-nums", "crayon-code"}, {"rouge-gutter", "rouge-code"}, {"lineno", "code"}, {"line-number", "line-code"},
    {"line-numbers", "line-content"}, {"line_numbers", "code"},
)  # fmt: skip
"""Classes of the two cells of a row, or of the only row."""
_EDITORS = {
    "CodeMirror": "CodeMirror-line", "cm-editor": "cm-line", "monaco-editor": "view-line", "ace_editor": "ace_line",
    "CodeMirror-code": "CodeMirror-line", "cm-content": "cm-line", "view-lines": "view-line",
    "ace_text-layer": "ace_line",
}  # fmt: skip
"""Boxes of editors, and the class of a line in them; all else in them is for typing."""
_HIGHLIGHTERS = frozenset(
    {"syntaxhighlighter", "crayon-syntax", "enlighter", "EnlighterJS", "linenums", "dp-highlighter"}
)
"""Boxes whose lines are boxes, with nothing that keeps their blanks."""
NAMES = frozenset({*_TABLES, *_EDITORS, *_HIGHLIGHTERS, "fragment"})
"""Classes of boxes that show code without a `<pre>`, most of them."""
KEPT_BLANKS = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)\s*(?:!important\s*)?(?:;|$)", re.I)
_WRAPPED = re.compile(r"(?:^|;)\s*white-space\s*:\s*pre-wrap", re.I)
_MONOSPACED = re.compile(r"(?:^|;)\s*font(?:-family)?\s*:[^;]*(?:mono|courier|consolas|menlo|monaco)", re.I)
_NO_LINES = (
    "img",
    "video",
    "iframe",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "figure",
    "blockquote",
    "pre",
    "math",
    "ul",
    "ol",
)
_NOT_IN_LINES = ("li", "ul", "ol")
_LOOKED_AT = 12
_LEVELS = 6


class Place(NamedTuple):
    """An element that shows code."""

    element: etree._Element
    lines: bool = False
    """Its lines are boxes or rows, and blanks between them mean nothing; else blanks and line breaks are the text's."""
    line: str = ""
    """The class of a line, where nothing else in the element is code."""
    aligned: bool = False
    """Blanks are kept, and it need not be code."""


def find(root: etree._Element) -> list[Place]:
    """All code of a tree, in its order; none stands in another."""
    found: list[Place] = []
    hidden: list[etree._Element] = []
    walker = etree.iterwalk(root, events=("start",), tag=_LOOKED_FOR)
    for _, element in walker:
        if element is root:
            continue
        place = _place(element)
        if place is None:
            continue
        walker.skip_subtree()
        if _is_twin(element, found[-1].element if found else None):
            hidden.append(_whole_twin(element))
        else:
            found.append(place)
    tree.remove_all(root, hidden)
    return found


_LOOKED_FOR = ("pre", "xmp", "listing", "plaintext", "table", "div", "ol", "ul", "code", "p", "section")


def _place(element: etree._Element) -> Place | None:
    tag, kinds = tree.name(element), classes(element)
    if tag in PRE and _EDITORS.keys().isdisjoint(kinds):
        return Place(element)
    if tag == "table":
        return Place(element, lines=True) if _is_table(element, kinds) else None
    for kind in kinds:
        if kind in _EDITORS and tag != "code":
            if _has_line(element, _EDITORS[kind]):
                return Place(element, lines=True, line=_EDITORS[kind])
            return Place(element) if tag in PRE else None
        if kind in _HIGHLIGHTERS and tag != "code" and (tag != "ul"):
            return Place(element, lines=True) if _has_lines(element) else None
    if "fragment" in kinds and _is_doxygen(element):
        return Place(element, lines=True)
    return _by_style(element, tag)


def _is_doxygen(element: etree._Element) -> bool:
    children = list(islice(element, _LOOKED_AT))
    return bool(children) and all(child.tag == "div" and "line" in classes(child) for child in children)


def _is_table(table: etree._Element, kinds: list[str]) -> bool:
    if not _TABLES.isdisjoint(kinds):
        return True
    bodies = [table, *(part for part in islice(table, 4) if part.tag == "tbody")]
    rows = [row for body in bodies for row in islice(body, 3) if row.tag == "tr"]
    cells = {kind for row in rows for cell in islice(row, _LOOKED_AT) for kind in classes(cell)}
    return any(pair <= cells for pair in _CELLS) or ("code" in cells and _holds_lines(rows))


def _holds_lines(rows: list[etree._Element]) -> bool:
    """SyntaxHighlighter's table without its box and its numbers, as copies of pages have it."""
    boxes = (box for row in rows for cell in islice(row, _LOOKED_AT) for box in islice(cell, 2))
    return any("container" in classes(box) and len(box) > 0 and "line" in classes(box[0]) for box in boxes)


def _has_line(element: etree._Element, kind: str) -> bool:
    return any(kind in classes(inner) for inner in islice(element.iter("div", "pre"), 400))


def _has_lines(element: etree._Element) -> bool:
    """A box of a highlighter; one around a `<pre>` is only a box."""
    tags = [tree.name(inner) for inner in islice(element.iter("pre", "li", "div", "td"), 400)]
    if "pre" in tags:
        return any("crayon-pre" in classes(inner) for inner in islice(element.iter("pre", "div"), 400))
    return "td" in tags or "li" in tags or tags.count("div") > 1


def _by_style(element: etree._Element, tag: str) -> Place | None:
    """Boxes in which CSS keeps blanks, as editors of posts write them."""
    style = attribute(element, "style")
    if "white-space" not in style or tag in _NOT_IN_LINES:
        return None
    mono = tag == "code" or bool(_MONOSPACED.search(style))
    if not (KEPT_BLANKS.search(style) or (mono and _WRAPPED.search(style))):
        return None
    if next(element.iter(*_NO_LINES), None) is not None:
        return None
    text = tree.plain_text(element)
    if "\n" not in text.strip() and next(element.iterdescendants("br", "div", "p"), None) is None:
        return None
    return Place(element, aligned=not mono)


def _whole_twin(element: etree._Element) -> etree._Element:
    whole = element
    for above in islice(element.iterancestors(), _LEVELS):
        if "enlighter" not in attribute(above, "class"):
            break
        whole = above
    return whole


def _is_twin(element: etree._Element, last: etree._Element | None) -> bool:
    """The same code once more: Enlighter shows what it makes of a text beside the text."""
    if last is None or "enlighter" not in attribute(element, "class").lower():
        return False
    original = "enlighterjsraw" in attribute(last, "class").lower() or "enlighter-origin" in attribute(last, "class")
    return original and "".join(tree.plain_text(last).split()) == "".join(tree.plain_text(element).split())
