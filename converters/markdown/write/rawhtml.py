"""HTML that stays HTML: written so that a Markdown renderer passes it through unharmed.

An HTML block ends at a blank line, so there is none in it: outside `pre` white space means nothing, inside it the line
end is written as a character reference.
"""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from converters.html import tree
from converters.html.elements import HTML_BLOCK_STARTS, VOID

_PRE = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.S | re.I)
_BLANK_LINES = re.compile(r"\n[ \t\r\n\f]*(?=\n)")
_FIRST_BLANK_LINE = re.compile(r"\A([ \t]*)\n")
_LINE_END = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")
_TAG = re.compile(r"(<!--.*?-->|<[A-Za-z/!](?:\"[^\"]*\"|'[^']*'|[^'\">])*>)", re.S)
_OF_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "ol", "ul", "dl")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_KNOWN_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*[\s/>]")
_BUSY_VALUE = re.compile(r"[&\"<\n]")
_MARKS = re.compile(r"[\\`*_\[\]~|!]|-(?=-)")


def block(element: etree._Element) -> str:
    """The whole element as an HTML block."""
    marks = tree.take_out_raw(element)
    return marks.put_back(_block(element))


def _block(element: etree._Element) -> str:
    _rows_on_lines(element)
    html = without_blank_lines(_serialized(element))
    name = tree.name(element)
    if name not in HTML_BLOCK_STARTS and ">" in html:
        end = _tag_end(html)
        html = html[:end] + "\n" + html[end:].lstrip("\n")
    return html.strip("\n")


def _rows_on_lines(element: etree._Element) -> None:
    """Line ends between rows, cells and items, where white space means nothing: the text of two is never one word,
    whatever a target makes of the tags."""
    for part in element.iter(*_OF_PARTS):
        if not (part.text or "").strip():
            part.text = "\n"
        for child in part:
            if not (child.tail or "").strip():
                child.tail = "\n"


def _serialized(element: etree._Element) -> str:
    html = tree.serialize(element)
    if html.isascii():
        return html
    odd = [(inner, name) for inner in element.iter("*") for name in inner.attrib if not str(name).isascii()]
    for inner, name in odd:
        del inner.attrib[name]
    return tree.serialize(element) if odd else html


def without_blank_lines(html: str) -> str:
    if "\n" not in html and "<pre" not in html:
        return html
    parts = _PRE.split(html)
    for index in range(0, len(parts), 3):
        parts[index] = _BLANK_LINES.sub("", parts[index])
    for index in range(1, len(parts), 3):
        parts[index] = _shielded(parts[index], parts[index + 1].lower())
        parts[index + 1] = ""
    return "".join(parts)


def _shielded(html: str, name: str) -> str:
    if name in ("script", "style"):
        return _BLANK_LINES.sub("", html)
    end = _tag_end(html)
    front, inner = html[:end], html[end:]
    if name == "pre":
        front += "\n"  # which HTML drops: the text begins on a line of its own
    inner = _FIRST_BLANK_LINE.sub(r"\1&#10;", inner)
    return front + re.sub(r"\n(?=[ \t]*\n)", "&#10;", inner)


def _tag_end(html: str) -> int:
    """Where the first tag ends."""
    match = _TAG.match(html)
    return match.end() if match else len(html)


def is_tag(name: str) -> bool:
    """Whether Markdown knows such a tag. HTML has more (`<me@x.example>`, `<a_b>`), which browsers do not show."""
    return _NAME.fullmatch(name) is not None


def text(value: str, *, line_end: str = "\n") -> str:
    """Bare text inside a block of HTML."""
    return _LINE_END.sub(line_end, escape(value, quote=False)).strip(" \t\r\n\f")


def open_tag(element: etree._Element) -> str:
    """The start tag, on one line. Without attributes no Markdown knows the name of: `<abbr title=”two words”>`."""
    if not element.attrib:
        return f"<{tree.name(element)}>"
    attributes = "".join(
        [f' {name!s}="{_value(str(value))}"' for name, value in element.items() if str(name).isascii()]
    )
    return f"<{tree.name(element)}{attributes}>"


def _value(text: str) -> str:
    if _BUSY_VALUE.search(text):
        text = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("\n", "&#10;")
    return text


def close_tag(element: etree._Element) -> str:
    name = tree.name(element)
    return "" if name in VOID else f"</{name}>"


def inline(element: etree._Element) -> str:
    """The whole element inside a line. Tags pass a renderer unharmed there, but text between them is Markdown."""
    if element.tag in VOID and not len(element):
        return f"{open_tag(element)[:-1]}/>"
    marks = tree.take_out_raw(element)
    html = _serialized(element)
    if "\n" in html and "<pre" in html:
        html = _PRE.sub(lambda match: match[0].replace("\n", "&#10;"), html)
    pieces = _TAG.split(html)
    pieces[::2] = (_MARKS.sub(_reference, _LINE_END.sub(" ", piece)) for piece in pieces[::2])
    pieces[1::2] = (piece.replace("\n", " ") if _KNOWN_TAG.match(piece) else "" for piece in pieces[1::2])
    return marks.put_back("".join(pieces))


def escaped(text: str) -> str:
    """Text between tags inside a line: no character of it is markup."""
    return _MARKS.sub(_reference, escape(text, quote=False))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
