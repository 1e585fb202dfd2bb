"""Paragraphs of the classic editor: blank lines end paragraphs, single line ends are line breaks.

Written from what WordPress's `wpautop` can be seen to do. Forms in the wild: bare text with blank lines; text between
block elements written by hand; lists and tables over several lines; `<pre>`; `<br>` at line ends.
"""

from __future__ import annotations

import re

_BLOCKS = """address article aside blockquote caption center col colgroup dd details div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main map math menu nav ol p section summary table tbody
td tfoot th thead tr ul""".split()
_CONTAINERS = frozenset(_BLOCKS) - {"hr", "col"}
_STRICT = frozenset("colgroup dl menu ol table tbody tfoot thead tr ul".split())
"""Elements that hold no text of their own: white space between their children means nothing."""
_TOKEN = re.compile(
    r"<(?P<whole>pre|script|style|textarea|svg|object|select)\b.*?</(?P=whole)\s*>|<!--.*?-->"
    rf"|</?(?P<block>{'|'.join(_BLOCKS)})(?=[\s/>])(?:\"[^\"]*\"|'[^']*'|[^'\">])*>",
    re.S | re.I,
)
_INSIDE_TAG = re.compile(r"<[a-zA-Z/](?:\"[^\"]*\"|'[^']*'|[^'\">])*>")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_BREAK = re.compile(r"(?:<br\s*/?>)?[ \t]*\n[ \t]*", re.I)
_INLINE_WHOLE = ("object", "select", "textarea")


def autop(text: str) -> str:
    """`text` with `<p>` and `<br />` where WordPress would show them."""
    if not text.strip():
        return ""
    text = _INSIDE_TAG.sub(lambda match: match[0].replace("\n", " "), text.replace("\r\n", "\n").replace("\r", "\n"))
    writer = _Writer()
    position = 0
    for match in _TOKEN.finditer(text):
        name = (match["whole"] or "").lower()
        if name in _INLINE_WHOLE or (not name and not match["block"] and match[0] != "<!--more-->"):
            continue
        writer.text(text[position : match.start()])
        writer.markup(match[0], (match["block"] or "").lower())
        position = match.end()
    writer.text(text[position:])
    return writer.result()


class _Writer:
    """Puts paragraphs around text, according to the element it stands in."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[str] = []

    def markup(self, tag: str, name: str) -> None:
        self._out.append(tag)
        if not name or name not in _CONTAINERS or tag.endswith("/>"):
            return
        if not tag.startswith("</"):
            self._open.append(name)
        elif name in self._open:
            while self._open.pop() != name:
                pass

    def text(self, text: str) -> None:
        if not text.strip():
            self._out.append("\n" if text else "")
            return
        where = self._open[-1] if self._open else ""
        if where in _STRICT:
            self._out.append(text)
            return
        pieces = [piece for piece in _BLANK.split(text.strip("\n")) if piece.strip()]
        if where in ("", "blockquote") or (where != "p" and (len(pieces) > 1 or self._after_block())):
            self._out.append("\n".join(f"<p>{_lines(piece)}</p>" for piece in pieces) + "\n")
        else:
            self._out.append("".join(_lines(piece, outer=text) for piece in pieces))

    def _after_block(self) -> bool:
        """Does the text follow the end of another block inside the same element?"""
        before = next((part for part in reversed(self._out) if part.strip()), "")
        return before.startswith("</") and self._open[-1] not in ("li", "p", "td", "th", "dd", "dt", "summary")

    def result(self) -> str:
        return "".join(self._out).strip() + "\n"


def _lines(text: str, outer: str = "") -> str:
    """Line ends as line breaks; white space at the edges of a paragraph goes, inside an element it stays."""
    inner = text.strip()
    front = " " if outer[:1].isspace() else ""
    back = " " if outer[-1:].isspace() else ""
    return front + _BREAK.sub("<br />\n", inner) + back
