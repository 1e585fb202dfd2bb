"""Markdown engines of others behind our interface. Each is imported when it is used.

What these engines write is read again by a renderer, with HTML allowed: a `<` of a text must not begin a tag there, an
alternative text must not end its image, a URL not its link. Such characters travel as marks of `placeholders.py` and
come back as references (`&lt;`), which every renderer shows as the characters they are; raw elements travel as marks,
too.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.errors import PluginError
from converters.html import tree
from converters.html.elements import HEADINGS
from converters.html.parse import flatten
from converters.html.placeholders import Marks
from converters.markdown.write import escape, rawhtml
from converters.model.notices import Log

_DEPTH = 180
"""markdownify calls itself for every level and ends in a RecursionError at some thousand."""
_IN_TEXT = re.compile(r"<(?=[A-Za-z/!?])|\{(?=[:#.%])")
_IN_ANY_TEXT = re.compile(r"[<&`\[\]\\]|\{(?=[:#.%])")
_IN_HEADING = re.compile(r"<(?=[A-Za-z/!?])|[{}]")
_IN_VALUE = re.compile(r"[<>\[\](){}\\\"`*_|&]")
_IN_URL = re.compile(r"[\x00-\x20<>\"`\\\[\]{}|\x7f]")
_LANGUAGE = re.compile(r"[^\s`~{}<>]*")
_BOXES = frozenset({"div", "section", "article", "main", "body"})
"""Around a block of code these change nothing of how it is written."""


class MarkdownifyEngine:
    """https://github.com/matthewwithanm/python-markdownify"""

    def render(self, root: etree._Element, *, dialect: str, log: Log) -> str:
        import markdownify

        marks = _shield(root, log, escapes=True)
        text = markdownify.markdownify(
            tree.inner_html(root),
            heading_style=markdownify.ATX,
            bullets="-",
            newline_style=markdownify.BACKSLASH,
            escape_misc=True,
            code_language_callback=_language,
            keep_inline_images_in=["td", "th", *HEADINGS, "a", "figcaption"],
        )
        return _finished(marks.put_back(text))


class Html2TextEngine:
    """https://github.com/Alir3z4/html2text (GPL-3.0-or-later, an extra: `pip install 'postferry[html2text]'`)"""

    def render(self, root: etree._Element, *, dialect: str, log: Log) -> str:
        try:
            import html2text
        except ImportError as error:
            raise PluginError("html2text is not installed: pip install 'postferry[html2text]'.") from error
        marks = _shield(root, log, escapes=False)
        writer = html2text.HTML2Text(bodywidth=0)
        writer.unicode_snob = True
        return _finished(marks.put_back(writer.handle(tree.inner_html(root))))


def _finished(text: str) -> str:
    text = text.strip("\n")
    return text + "\n" if text.strip() else ""


def _language(element: object) -> str:
    """The language of a `pre`, which is on the `code` inside."""
    find = getattr(element, "find", None)
    code = find("code") if find is not None else None
    kinds = (code.get("class") or []) if code is not None else []
    return next((str(kind).removeprefix("language-") for kind in kinds if str(kind).startswith("language-")), "")


def _shield(root: etree._Element, log: Log, *, escapes: bool) -> Marks:
    """Change the tree in place; returns what is to be put back. `escapes`: whether the engine escapes texts."""
    marks = Marks()
    for raw in list(root.iter(tree.RAW)):
        mark = marks.keep(raw.text or "")
        raw.tag = "p" if raw.get("display") == "block" else "span"
        raw.attrib.clear()
        raw.text = mark
    flatten(root, _DEPTH, log)
    for code in list(root.iter("pre", "code")):
        if next(code.iterancestors("pre"), None) is None and _breaks(code, fenced=escapes):
            _as_html(code, marks)
    for element in root.iter():
        if not tree.name(element):
            continue
        _attributes(element)
        if element.tag not in ("pre", "code") and next(element.iterancestors("pre", "code"), None) is None:
            pattern = _IN_HEADING if element.tag in HEADINGS else _IN_TEXT if escapes else _IN_ANY_TEXT
            element.text = _marked(element.text, pattern, marks)
            for child in element:
                child.tail = _marked(child.tail, pattern, marks)
    return marks


def _breaks(code: etree._Element, *, fenced: bool) -> bool:
    """Whether its content could end up outside of it."""
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
        if value and _IN_URL.search(str(value)):
            url = escape.destination(str(value), escapes=False)
            element.set(name, _IN_URL.sub(lambda found: f"%{ord(found[0]):02X}", url))
        elif value:
            element.set(name, escape.destination(str(value), escapes=False))
    for name in ("alt", "title"):
        value = element.get(name)
        if value and (_IN_VALUE.search(str(value)) or "\n" in str(value)):
            element.set(name, _IN_VALUE.sub(_reference, " ".join(str(value).split())))
    if element.tag == "code" and element.get("class"):
        names = str(element.get("class")).split()
        element.set("class", " ".join(name for name in names if _LANGUAGE.fullmatch(name)))


def _marked(text: str | None, pattern: re.Pattern[str], marks: Marks) -> str | None:
    if not text:
        return text
    return pattern.sub(lambda found: marks.keep(_reference(found)), text)


def _reference(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(found[0], f"&#{ord(found[0])};")
