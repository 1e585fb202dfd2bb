"""Code as other programs have coloured it, pasted whole: the boxes around it go, its lines are one block.

<table><tr><td class="gutter"><pre>1\\n2</pre><td class="code"><pre>…   Pygments, CodeRay, hilite.me, WP-Syntax
<table><tr><td>1</td><td><code>…</td></tr><tr><td>2</td>…             SyntaxHighlighter, a row for each line
<div class="csharpcode"><pre class="alt"><span class="lnum">   1:  </span>…</pre><pre>…   Windows Live Writer
<div id="codeSnippet"><pre><span id="lnum1">   1:</span>…</pre><!--CRLF--><pre>…       its Code Snippet plug-in
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute, classes

_NUMBER = re.compile(r"\s*\d{1,5}[.:]?\s*")
_NUMBERS = re.compile(r"[\s.:|]*\d[\s\d.:|]*")
_ROWS = re.compile(r"number|gutter|lineno|\bln|hljs-ln|blob-num", re.I)


def without_numbers(table: etree._Element) -> None:
    """A table of line numbers and code becomes the code."""
    if next(table.iterdescendants("table", "th", "caption"), None) is not None:
        return
    rows = [list(row.iterchildren("td")) for row in table.iter("tr")]
    if not rows or any(len(row) != 2 for row in rows):
        return
    if len(rows) == 1:
        _of_two_cells(table, *rows[0])
    elif all(_is_number(cell) for cell, _ in rows):
        pre = etree.Element("pre")
        pre.text = "\n".join(tree.plain_text(line).strip("\n") for _, line in rows)
        tree.replace(table, pre)


def _of_two_cells(table: etree._Element, numbers: etree._Element, code: etree._Element) -> None:
    pre = next(code.iter("pre"), None)
    if pre is None or _NUMBERS.fullmatch(tree.plain_text(numbers)) is None:
        return
    if tree.plain_text(code).strip() == tree.plain_text(pre).strip():
        tree.replace(table, pre)


def _is_number(cell: etree._Element) -> bool:
    named = f"{attribute(cell, 'class')} {attribute(cell, 'id')}"
    return _NUMBER.fullmatch(tree.plain_text(cell)) is not None and _ROWS.search(named) is not None


def join_lines(box: etree._Element) -> None:
    """A box with a `pre` for each line becomes a box with one for all."""
    if "csharpcode" not in classes(box) and box.get("id") not in ("codeSnippet", "codeSnippetWrapper"):
        return
    lines = list(box.iterchildren("pre"))
    beside = [tree.plain_text(one) for one in box.iterchildren("*") if one.tag != "pre"]
    beside += [box.text or "", *(child.tail or "" for child in box)]
    if len(lines) < 2 or any(map(str.strip, beside)) or next(box.iter("img", "iframe"), None) is not None:
        return
    first = lines[0]
    for line in lines[1:]:
        mark = etree.SubElement(first, "span")
        mark.text, mark.tail = "\n", line.text
        first.extend(list(line))
    tree.remove_all(box, lines[1:])
