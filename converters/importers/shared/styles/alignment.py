"""Where a text is aligned to: centre or right, however it is said, as `style="text-align: …"` on the element itself.

    class="has-text-align-center", "text-center", "ql-align-right", "et_pb_text_align_center"      editors, themes
    style="text-align:center", "-webkit-center", align="right", <center>                          everybody
    <tr align="right">, <td><center>…</center></td>, <table style="text-align:center">            of cells

What only says where a box is (`aligncenter` of an image or of a block, `align` of a table) is no alignment of text.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS
from converters.importers.shared.elements import attribute, classes
from converters.importers.shared.styles.declarations import declarations

ALIGNED = frozenset({*HEADINGS, *"p div blockquote ul ol dl figcaption td th address section article details".split()})
"""Elements that can say it."""
_CLASS = re.compile(
    r"(?:has-)?(?:text|ql-align|et_pb_text_align|has-text-align|text-align|fusion-text)"
    r"(?:[-_](?:xs|sm|md|lg|xl|xxl|tablet|desktop))?[-_]?(center(?:ed)?|right|left|end|start)|(align-?center|centered)"
)
_SIDES = {
    "center": "center", "-webkit-center": "center", "-moz-center": "center", "middle": "center", "centered": "center",
    "right": "right", "-webkit-right": "right", "end": "right", "left": "left", "start": "left", "justify": "left",
}  # fmt: skip
_CELLS = ("td", "th")
_SIDE = re.compile(r"text-align:\s*(center|right|left)\b")
_ROWS = ("table", "thead", "tbody", "tfoot", "tr")
_BOX = re.compile(r"wp-block-(?!buttons?\b)")


def take(element: etree._Element) -> str:
    """The alignment an element gives to its text: center, right, left or empty. Its attribute `align` goes."""
    said = attribute(element, "align").strip().lower()
    if said and element.tag in ALIGNED:
        del element.attrib["align"]
    if element.tag in _CELLS:
        said = str(element.attrib.pop("data-align", "")).strip().lower() or said
    style = attribute(element, "style")
    if "align" in style.lower():
        said = declarations(style).get("text-align", said)
    kinds = attribute(element, "class")
    if "align" in kinds or "text" in kinds or "center" in kinds:
        said = _of_classes(element, classes(element)) or said
    return _SIDES.get(said, "")


def _of_classes(element: etree._Element, kinds: list[str]) -> str:
    for kind in kinds:
        found = _CLASS.fullmatch(kind)
        if found is None:
            continue
        if found[1]:
            return found[1]
        if element.tag in ALIGNED - {"td", "th", "figcaption"} and not any(map(_BOX.match, kinds)):
            return "center"
    return ""


def prepare(root: etree._Element) -> None:
    """Give cells what their rows or the table say, blocks what the figure around them says; `<center>` is a box."""
    for box in list(root.iter("center")):
        _center(box)
    for figure in root.iter("figure"):
        style = attribute(figure, "style")
        said = declarations(style).get("text-align", "") if "align" in style else ""
        said = said or _of_classes(figure, [kind for kind in classes(figure) if not kind.startswith("align")])
        if side := _SIDES.get(said):
            for inner in figure.iterchildren("blockquote", "table", "p"):
                _give(inner, side)
    for cell in root.iter(*_CELLS):
        _of_paragraph(cell)
    _of_rows(root)


def _of_paragraph(cell: etree._Element) -> None:
    """A cell that is one paragraph, as word processors write them, is aligned as that is, and needs none."""
    first = cell[0] if len(cell) else None
    if first is None or first.tag not in ("p", "div") or len(cell) != 1 or first.get("id"):
        return
    if ((cell.text or "") + (first.tail or "")).strip() or any(tree.is_block(child) for child in first):
        return
    if side := take(first):
        _give(cell, side)
    if first.tail:
        first.tail = None
    cell.text = None
    tree.unwrap(first)


def _center(box: etree._Element) -> None:
    """`<center>`: on the cell that it fills, else a box of its own."""
    parent = box.getparent()
    box.tag = "div"
    alone = parent is not None and len(parent) == 1 and not ((parent.text or "") + (box.tail or "")).strip()
    if parent is None or parent.tag not in _CELLS or not alone:
        _give(box, "center")
        return
    _give(parent, "center")
    if not any(tree.is_block(child) for child in box):
        tree.unwrap(box)


def _give(element: etree._Element, side: str) -> None:
    """The alignment, as a style of the element, unless it says one itself."""
    side = take(element) or side
    style = attribute(element, "style").rstrip("; ")
    element.set("style", f"{style}; text-align: {side}" if style else f"text-align: {side}")


def _of_rows(root: etree._Element) -> None:
    """Give each cell what its row, its part of the table, or the table says."""
    said = {row: side for row in root.iter(*_ROWS) if (side := _of_row(row))}
    if not said:
        return
    for cell in root.iter(*_CELLS):
        for above in cell.iterancestors(*_ROWS):
            if above in said:
                _give(cell, said[above])
                break
            if above.tag == "table":
                break


def _of_row(row: etree._Element) -> str:
    """`align` of a table says where the table is; the rest is for the cells."""
    if row.tag == "table":
        side = _SIDES.get(declarations(attribute(row, "style")).get("text-align", ""), "")
        return side or _SIDES.get(_of_classes(row, classes(row)), "")
    given = str(row.attrib.pop("align", "")).strip().lower()
    return take(row) or _SIDES.get(given, "")


def kept(element: etree._Element) -> str:
    """The style that stays: none where the text would be aligned so anyhow."""
    side = take(element) if element.tag in ALIGNED or element.tag == "pre" else ""
    if side == "left" and element.tag not in _CELLS:
        around = (_SIDE.search(attribute(above, "style")) for above in element.iterancestors(*ALIGNED))
        side = "left" if next((found[1] for found in around if found), "left") != "left" else ""
    return f"text-align: {side}" if side else ""
