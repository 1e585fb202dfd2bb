"""Tables: Markdown's where the table fits, HTML where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS

_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_RICH = frozenset({"colspan", "rowspan", "id"})
_RULE = re.compile(r"[+|: ]*([-=])[-=+|: ]*")
_RULES = {"": "---", "left": ":--", "right": "--:", "center": ":-:"}


def rows_of(table: etree._Element) -> list[list[etree._Element]] | None:
    """The rows, the header first, if Markdown has a form for the table: one header, equal rows, no spans, phrases."""
    sections = [child for child in table if tree.name(child)]
    names = [tree.name(section) for section in sections]
    if names not in (["thead", "tbody"], ["thead"], ["tbody"]) or (names[0] == "thead" and len(sections[0]) != 1):
        return None
    rows = [_cells(row) for section in sections for row in section if tree.name(row)]
    if not rows or any(row is None for row in rows):
        return None
    found = [row for row in rows if row is not None]
    header = {tree.name(cell) for cell in found[0]} == {"th"}
    body = all(tree.name(cell) == "td" for row in found[1:] for cell in row)
    width = len(found[0])
    return found if header and body and width and all(len(row) == width for row in found) else None


def _cells(row: etree._Element) -> list[etree._Element] | None:
    cells = [cell for cell in row if tree.name(cell)]
    for cell in cells:
        heads_its_column = cell.get("scope", "col") == "col"  # as every cell of a header row does
        if not heads_its_column or not _RICH.isdisjoint(cell.keys()) or _holds_blocks(cell):
            return None
    return cells


def _holds_blocks(cell: etree._Element) -> bool:
    return any(tree.name(inner) in BLOCKS or _is_foreign(inner) for inner in cell.iterdescendants())


def _is_foreign(inner: etree._Element) -> bool:
    """Is it text for the target that would end a cell, or be a block in it?"""
    if inner.tag != tree.RAW:
        return False
    return tree.is_block(inner) or not {"|", "\n"}.isdisjoint(inner.text or "")


def render(rows: list[list[etree._Element]], inline: Callable[[etree._Element], str]) -> str:
    head, *body = [[inline(cell) for cell in row] for row in rows]
    rule = [_RULES[_alignment([row[column] for row in rows])] for column in range(len(head))]
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, rule, *body)]
    return "\n".join(line if number == 1 else _no_rule(line) for number, line in enumerate(lines))


def _no_rule(line: str) -> str:
    """A row of nothing but dashes is a rule to kramdown, wherever it is; one of `=` begins the foot."""
    found = _RULE.fullmatch(line)
    return line if found is None else f"{line[: found.start(1)]}\\{line[found.start(1) :]}"


def _alignment(column: list[etree._Element]) -> str:
    """The alignment all cells of a column share, however it is given."""
    found = {_cell_alignment(cell) for cell in column}
    return found.pop() if len(found) == 1 else ""


def _cell_alignment(cell: etree._Element) -> str:
    given = str(cell.get("align") or cell.get("data-align") or "")
    match = _ALIGN.search(str(cell.get("style") or ""))
    given = match[1] if match else given
    return given if given in _RULES else ""
