"""Tables that posts name: TablePress, WP Table Builder, and the data of Visualizer's charts.

[table id=3 /]   [table id=3 hide_rows="2,last" show_columns="1-3" table_head=false print_name=true /]
<!-- wp:tablepress/table {"id":"3","parameters":"hide_rows=\\"2\\""} /-->

TablePress keeps the cells as JSON in the text of its item, the options and which rows and columns are shown as JSON in
meta fields; `#colspan#` joins a cell with the one before it, `#rowspan#` with the one above it, `#span#` with both
(https://tablepress.org/documentation/). Line ends in cells are breaks. Formulas are worked out when the table is shown;
here they stay, and are named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from converters.importers.wordpress import php
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Shortcode
from converters.importers.wordpress.rawitem import RawItem, plain

_OFF = frozenset({"", "0", "false", "no", "off"})
_COLSPAN, _ROWSPAN, _SPAN = "#colspan#", "#rowspan#", "#span#"
_FORMULA = re.compile(r"=\s*[A-Za-z(\d+-]")
_MOST = 500
"""Rows of a head, and numbers that a list of rows may name: more is a mistake."""


class _Cell(NamedTuple):
    html: str
    columns: int = 1
    rows: int = 1


def loaded(text: str) -> Any:
    """The value of a JSON text; None for what is none."""
    try:
        return json.loads(text) if text.strip() else None
    except (ValueError, RecursionError):
        return None


def tablepress(id: str, code: Shortcode, context: Context, item: RawItem) -> str | None:
    cells = loaded(item["content:encoded"])
    if not isinstance(cells, list):
        return None
    rows = [[_text(cell) for cell in row] for row in cells if isinstance(row, list)]
    own = loaded(item.first_meta("_tablepress_table_options"))
    options = {**(own if isinstance(own, dict) else {}), **code.attributes}
    if any(_FORMULA.match(cell) for row in rows for cell in row):
        context.log("table.formula", plain(item["title"]))
    rows = _visible(rows, loaded(item.first_meta("_tablepress_table_visibility")), options)
    head, foot = _count(options.get("table_head", True)), _count(options.get("table_foot", False))
    table = _table(rows, head, foot, context, first_column=_is_on(options.get("first_column_th", False)))
    before: list[str] = []
    after: list[str] = []
    for name, html in (
        ("name", f"<h2>{_plain(item['title'])}</h2>"),
        ("description", f"<p>{item['excerpt:encoded']}</p>"),
    ):
        if _is_on(options.get(f"print_{name}", False)):
            (after if options.get(f"print_{name}_position") == "below" else before).append(html)
    return "".join((*before, table, *after))


def _plain(text: str) -> str:
    return escape(plain(text), quote=False)


def _text(cell: Any) -> str:
    return "" if cell is None or isinstance(cell, bool | list | dict) else str(cell)


def _is_on(value: Any) -> bool:
    return bool(value) if not isinstance(value, str) else value.strip().lower() not in _OFF


def _count(value: Any) -> int:
    """How many rows: a number, or yes and no."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 6:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return max(0, min(value, _MOST))
    return int(_is_on(value))


def _visible(rows: list[list[str]], visibility: Any, options: Mapping[str, Any]) -> list[list[str]]:
    """The rows and columns that are shown; what the shortcode says wins over what the table says."""
    said = visibility if isinstance(visibility, dict) else {}
    width = max(map(len, rows), default=0)
    shown_rows = _shown("rows", len(rows), said, options)
    shown_columns = _shown("columns", width, said, options)
    return [
        [cell for number, cell in enumerate(row) if shown_columns[number]]
        for number, row in enumerate(rows)
        if shown_rows[number]
    ]


def _shown(what: str, count: int, said: Mapping[str, Any], options: Mapping[str, Any]) -> list[bool]:
    listed = said.get(what)
    flags = [str(flag) != "0" for flag in listed[:count]] if isinstance(listed, list) else []
    flags += [True] * (count - len(flags))
    for option, value in ((f"hide_{what}", False), (f"show_{what}", True)):
        for number in _numbers(str(options.get(option) or ""), count):
            flags[number] = value
    return flags


def _numbers(text: str, count: int) -> list[int]:
    """`1,3-5,last`, `all`, and letters for columns, as places from 0."""
    found: list[int] = []
    for part in text.replace("last", str(count)).split(",")[:_MOST]:
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        if first == "all":
            return list(range(count))
        start, end = _place(first), _place(last if dash else first)
        found += range(max(start, 1) - 1, min(end, count)) if start and end else ()
        if len(found) > count + _MOST:
            break
    return found


def _place(text: str) -> int:
    """A number, or the number of a column's letters; 0 for neither."""
    if text.isdecimal() and len(text) < 7:
        return int(text)
    number = 0
    for letter in text.upper() if 0 < len(text) < 4 and text.isascii() and text.isalpha() else "":
        number = number * 26 + ord(letter) - 64
    return number


def _table(rows: Sequence[Sequence[str]], head: int, foot: int, context: Context, *, first_column: bool) -> str:
    joined = _joined(rows)
    head = head if head < len(joined) or len(joined) == 1 else max(0, len(joined) - 1)
    foot = foot if head + foot <= len(joined) else 0
    cut = len(joined) - foot
    parts = []
    for tag, part in (("thead", joined[:head]), ("tbody", joined[head:cut]), ("tfoot", joined[cut:])):
        cells = (
            "".join(_cell(cell, tag != "tbody" or (first_column and not n), context) for n, cell in enumerate(row))
            for row in part
        )
        lines = "".join(f"<tr>{one}</tr>" for one in cells)
        parts.append(f"<{tag}>{lines}</{tag}>" if lines else "")
    return f"\n<table>{''.join(parts)}</table>\n"


def _joined(rows: Sequence[Sequence[str]]) -> list[list[_Cell]]:
    """Rows of the cells that are left once those that belong to others are joined with them."""
    grid: list[dict[int, _Cell]] = []
    owners: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        cells: dict[int, _Cell] = {}
        now: list[tuple[int, int]] = []
        grid.append(cells)
        for column, text in enumerate(row):
            above = owners[column] if column < len(owners) else None
            if text == _COLSPAN and now:
                owner = now[-1]
                if owner[0] == number:
                    cell = cells[owner[1]]
                    cells[owner[1]] = cell._replace(columns=column - owner[1] + 1)
            elif text in (_ROWSPAN, _SPAN) and above is not None:
                owner = above
                cell = grid[owner[0]][owner[1]]
                grid[owner[0]][owner[1]] = cell._replace(rows=number - owner[0] + 1)
            else:
                owner = number, column
                cells[column] = _Cell("" if text in (_COLSPAN, _ROWSPAN, _SPAN) else text)
            now.append(owner)
        owners = now
    return [list(cells.values()) for cells in grid]


def _cell(cell: _Cell, is_head: bool, context: Context) -> str:
    tag = "th" if is_head else "td"
    html = context.expand(cell.html) if "[" in cell.html else cell.html
    html = html.replace("\r\n", "\n").replace("\n", "<br>\n")
    spans = "".join(f' {name}="{n}"' for name, n in (("colspan", cell.columns), ("rowspan", cell.rows)) if n > 1)
    return f"<{tag}{spans}>{html}</{tag}>"


def table_builder(id: str, code: Shortcode, context: Context, item: RawItem) -> str | None:
    """WP Table Builder keeps the table as HTML."""
    return item.first_meta("_wptb_content_") or None


def chart(id: str, code: Shortcode, context: Context, item: RawItem) -> str | None:
    """Visualizer draws a chart of a table: its titles are in a meta field, its rows are the item's text."""
    rows = php.read(item["content:encoded"]) if php.looks_serialized(item["content:encoded"]) else None
    series = php.read(item.first_meta("visualizer-series")) if item.first_meta("visualizer-series") else None
    listed = _values(rows)
    if not listed:
        return None
    heads = [_escaped(one.get("label")) if isinstance(one, dict) else "" for one in _values(series)]
    context.log("table.chart", plain(item["title"]))
    lines = [[_escaped(cell) for cell in _values(row)] for row in listed]
    table = _table([heads, *lines] if any(heads) else lines, int(any(heads)), 0, context, first_column=False)
    return (
        table
        if not item["title"].strip()
        else f"<figure>{table}<figcaption>{_plain(item['title'])}</figcaption></figure>"
    )


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []


def _escaped(value: Any) -> str:
    return escape(_text(value), quote=False)
