"""Markdown for the parser (comrak), kept from what makes its time or memory grow with the square of the text.

Measured: each e-mail address in a line copies the rest of the line; each `)` at the end of a URL counts the brackets
of all of it; a short row of a table gets all the cells of its head; each item of a list of definitions looks at those
before it. A text that is far from that is given to the parser as it is. In any other, the signs that start it are
hidden, and come back in the HTML: the text stays, a mark may stay text. E-mail addresses that were hidden become
links here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from converters.model.limits import DEFAULT

_COPIED = 2_000_000
"""Characters of lines that e-mail addresses may have copied."""
_BRACKETS = 200
"""Brackets that an address without spaces may end in and be a link."""

_AT, _JOINT = "\ufdd6", "\ufdd7"
"""In place of `@`, and of nothing, while the text is parsed. A text that holds them, and is changed, loses them."""
_REPLACED = {ord(_AT): "\ufffd", ord(_JOINT): "\ufffd"}
_ENCODED = {"%EF%B7%96": "@", "%EF%B7%97": ""}
_ANGLE = re.compile(r"<[^\s<>@]{1,100}@[^\s<>]{1,300}>|@")
_LONG = re.compile(rf"\S*?\)[^\s)]*+(?:\)[^\s)]*+){{{_BRACKETS},}}")
_ROW = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?$")
_LINE_END = re.compile(r"(\r\n?|\n)")
_EMPTY = re.compile(r"[ \t>\r]*")
_DEFINITION = re.compile(r"^[ \t>]*[:~][ \t]", re.M)
_TAG = re.compile(r"(<!--.*?-->|<[^<>]*>)", re.S)
_MAIL = re.compile(
    rf"(?<![\w.+:-])((?:mailto:|xmpp:)?[A-Za-z0-9.+_-]++{_AT}[A-Za-z0-9_-]*+(?:\.[A-Za-z0-9_-]++)++(?<![-_]))(?!{_AT})"
)
_BLIND = frozenset("a code pre script style textarea".split())


class Bounded(NamedTuple):
    """A text that can be parsed."""

    text: str
    hidden: bool
    """Whether it holds signs of ours; then the HTML goes through `restored`."""
    definitions: bool
    """Whether lists of definitions can be read."""
    cut: tuple[str, ...] = ()
    """What of it stays text, by name."""


def bounded(text: str, *, autolink: bool) -> Bounded:
    """The text, changed only where it would cost too much."""
    cut: list[str] = []
    made = text
    if autolink and text.count("@") > 100 and _copied(text) > _COPIED:
        made = _ANGLE.sub(lambda found: _AT if found[0] == "@" else found[0], made)
    if autolink and text.count(")") > _BRACKETS:
        made = _LONG.sub(_unlinked, made)
    if text.count("|") > 100:
        made, tables = _narrow(made)
        cut += [f"a table with {tables} empty cells"] if tables else []
    definitions = (
        text.count(":") + text.count("~") <= DEFAULT.markdown_definitions
        or sum(1 for _ in _DEFINITION.finditer(text)) <= DEFAULT.markdown_definitions
    )
    cut += [] if definitions else ["lists of definitions"]
    hidden = made is not text and made != text
    if hidden and not text.isascii() and (_AT in text or _JOINT in text):
        return bounded(text.translate(_REPLACED), autolink=autolink)
    return Bounded(made, hidden, definitions, tuple(cut))


def _copied(text: str) -> int:
    """Characters that the parser would copy for the addresses of each line."""
    return sum(line.count("@") * len(line) for line in text.split("\n") if "@" in line)


def _unlinked(found: re.Match[str]) -> str:
    return found[0].replace("://", f":{_JOINT}//").replace("www.", f"www{_JOINT}.")


def _narrow(text: str) -> tuple[str, int]:
    """The text without tables that would be filled up with more cells than there is room for, and their cells."""
    room, cut = DEFAULT.markdown_cells + len(text), 0
    pieces = _LINE_END.split(text)
    lines = pieces[::2]
    for chunk in _chunks(lines):
        heads = [
            number for number in chunk if "-" in lines[number] and "|" in lines[number] and _ROW.match(lines[number])
        ]
        if not heads:
            continue
        columns = max(lines[number].count("|") + 1 for number in heads)
        there = sum(lines[number].count("|") for number in chunk if number > heads[0])
        filled = columns * (chunk[-1] - heads[0]) - there
        if filled > room:
            cut += filled
            for number in heads:
                lines[number] = _JOINT + lines[number]
        else:
            room -= max(filled, 0)
    pieces[::2] = lines
    return ("".join(pieces), cut) if cut else (text, 0)


def _chunks(lines: list[str]) -> Iterator[list[int]]:
    """Numbers of lines without an empty one between them: no table is longer."""
    chunk: list[int] = []
    for number, line in enumerate(lines):
        if not _EMPTY.fullmatch(line):
            chunk.append(number)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def restored(html: str) -> str:
    """The HTML of a text that was bounded, with what was hidden."""
    parts, blind = [], 0
    for part in _TAG.split(html) if _AT in html else [html]:
        if part.startswith("<"):
            name = re.match(r"</?([a-z]*)", part)
            if name is not None and name[1] in _BLIND:
                blind += -1 if part.startswith("</") else 1
                blind = max(blind, 0)
            parts.append(part)
        else:
            parts.append(part if blind else _MAIL.sub(_link, part))
    html = "".join(parts).replace(_AT, "@").replace(_JOINT, "")
    for encoded, sign in _ENCODED.items():
        html = html.replace(encoded, sign)
    return html


def _link(found: re.Match[str]) -> str:
    address = found[1]
    scheme = "" if address.startswith(("mailto:", "xmpp:")) else "mailto:"
    return f'<a href="{scheme}{address}">{address}</a>'
