"""A tree made ready for Markdown engines of others, which leave marks of Markdown and HTML in texts as they are.

What these engines write is read again by a renderer, with HTML allowed: a `<` of a text must not begin a tag there, an
alternative text must not end its image, an address not its link. Such characters travel as marks of `placeholders.py`
and come back as references (`&lt;`), which every renderer shows as the characters they are.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.html.placeholders import Marks
from converters.markdown.write import escape, rawhtml

_IN_TEXT = re.compile(r"<(?=[A-Za-z/!?])|\{(?=[:#.%])")
_IN_ANY_TEXT = re.compile(r"[<&`\[\]\\]|\{(?=[:#.%])")
_IN_HEADING = re.compile(r"<(?=[A-Za-z/!?])|[{}]")
_IN_VALUE = re.compile(r"[<>\[\](){}\\\"`*_|&]")
_IN_ADDRESS = re.compile(r"[\x00-\x20<>\"`\\\[\]{}|\x7f]")
_LANGUAGE = re.compile(r"[^\s`~{}<>]*")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOXES = frozenset({"div", "section", "article", "main", "body"})
"""Around a block of code these change nothing of how it is written."""


def shield(root: etree._Element, marks: Marks, *, escapes: bool) -> None:
    """Change the tree in place; what is put back is added to `marks`. `escapes`: does the engine escape texts?"""
    for code in list(root.iter("pre", "code")):
        if next(code.iterancestors("pre"), None) is None and _breaks(code, fenced=escapes):
            _as_html(code, marks)
    for element in root.iter():
        if not tree.name(element):
            continue
        _attributes(element)
        if element.tag not in ("pre", "code") and next(element.iterancestors("pre", "code"), None) is None:
            pattern = _IN_HEADING if element.tag in _HEADINGS else _IN_TEXT if escapes else _IN_ANY_TEXT
            element.text = _marked(element.text, pattern, marks)
            for child in element:
                child.tail = _marked(child.tail, pattern, marks)


def _breaks(code: etree._Element, *, fenced: bool) -> bool:
    """Could what is in it come to stand outside of it?"""
    text = tree.plain_text(code)
    if "<" not in text and "`" not in text and "{" not in text:
        return False
    if not fenced:
        return True
    if code.tag == "pre":
        nested = any(above.tag not in _BOXES for above in code.iterancestors())
        return nested or "```" in text
    return "`" in text or "|" in text or "\n" in text


def _as_html(code: etree._Element, marks: Marks) -> None:
    is_block = code.tag == "pre"
    tail, code.tail = code.tail, None
    mark = marks.keep(rawhtml.block(code) if is_block else rawhtml.inline(code))
    code.clear()
    code.tag, code.text, code.tail = "p" if is_block else "span", mark, tail


def _attributes(element: etree._Element) -> None:
    for name in ("href", "src", "poster"):
        value = element.get(name)
        if value and _IN_ADDRESS.search(str(value)):
            url = escape.destination(str(value), escapes=False)
            element.set(name, _IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url))
        elif value:
            element.set(name, escape.destination(str(value), escapes=False))
    for name in ("alt", "title"):
        value = element.get(name)
        if value and (_IN_VALUE.search(str(value)) or "\n" in str(value)):
            element.set(name, _IN_VALUE.sub(_reference, " ".join(str(value).split())))
    if element.tag == "code" and element.get("class"):
        words = str(element.get("class")).split()
        element.set("class", " ".join(word for word in words if _LANGUAGE.fullmatch(word)))


def _marked(text: str | None, pattern: re.Pattern[str], marks: Marks) -> str | None:
    if not text:
        return text
    return pattern.sub(lambda found: marks.keep(_reference(found)), text)


def _reference(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(found[0], f"&#{ord(found[0])};")
