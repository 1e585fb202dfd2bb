"""Documents that Word saved as pages: lists that are paragraphs, marks of its own, remarks of reviewers.

    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>
       <span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span>
       <![endif]>Item<o:p></o:p></p>                                       an item of a list, full HTML
    <p class=MsoListParagraph style='margin-left:1.0in;text-indent:-.25in'><span style='font-family:"Courier New"'>o
       <span style='font:7.0pt "Times New Roman"'>&nbsp;</span></span>Item</p>       filtered: its indent is its level
    <p class=MsoTitle>, <p class=MsoToc1>, <a class=msocomanchor>, <div class=msocomtxt>

What it knows of a document stands in a comment: `<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>…`.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from converters.importers.html.saved.page import Maker, Saved, elements, remove, say
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Document, Element, Text

_LIST = re.compile(r"mso-list:\s*(l\d{1,4})\s+level(\d)")
_NONE = re.compile(r"mso-list:\s*none")
_MARGIN = re.compile(r"margin-left:\s*([\d.]{1,8})(in|pt|cm|mm|px)?")
_TO_INCHES = {"in": 1.0, "pt": 1 / 72, "cm": 1 / 2.54, "mm": 1 / 25.4, "px": 1 / 96}
_NUMBER = re.compile(r"\(?(?:(\d{1,4})|([ivxlc]{1,6}|[a-z]{1,2}))(?:[.)]|\.\d{1,3})+", re.I)
_ROMAN = re.compile(r"[ivxlc]+", re.I)
_MARKER = re.compile(r"[·•o§ØüvqàèðÞ▪■□○●◦∙–—*\-]|\(?\w{1,6}(?:\.\d{1,3}){0,4}[.)]", re.I)
_PROPERTY = re.compile(r"<o:(Author|Created|Keywords)>([^<]{1,400})</o:")
_BULLET = re.compile(r"[·•●○■▪§]")
"""Of the web version of Word, which writes no white space behind it."""
_SPACE = re.compile(r"font:\s*7(?:\.0)?pt")
_SAID = {"Author": "author", "Created": "dcterms.created", "Keywords": "keywords"}
_DEEPEST = 9
_BOXES = 4
"""Boxes in each other that the mark of an item may stand in."""
_OWN_MARKS = ", ".join(f"a[name^={name}]:not([href])" for name in ("_Toc", "_Hlk", "_GoBack", "OLE_LINK", "_MailAuto"))


class _Item(NamedTuple):
    paragraph: Element
    list: str
    level: int
    marker: str


def _read(document: Document, path: str, log: Log) -> Saved | None:
    generator = document.select_one("meta[name=Generator i][content*=Word i], meta[name=ProgId i][content*=Word i]")
    if generator is None and document.select_one("[class^=Mso]") is None:
        return None
    _properties(document)
    _remarks(document, log)
    for element in elements(document):
        if element.tag.startswith(("o:", "st1:")) and element.parent is not None:
            element.unwrap()
    for paragraph in document.select("p[class^=Mso]"):
        if not paragraph.text.strip() and paragraph.select_one("img") is None:
            paragraph.extract()
    if contents := document.select("p[class^=MsoToc]"):
        log("html.chrome", "table of contents", where=contents[0].text.strip()[:80])
        for line in contents:
            line.extract()
    if document.select_one("h1") is None and (shown := document.select_one("p.MsoTitle")) is not None:
        shown.tag = "h1"
    _boxes(document)
    _lists(document)
    return Saved()


def _boxes(document: Document) -> None:
    """Sections are of the print, and so is the rule over the notes; marks of its lists of contents and of the cursor
    lead nowhere."""
    for mark in document.select(_OWN_MARKS):
        mark.unwrap()
    for box in document.select("div[class^=WordSection], div[class^=Section], div[style*='mso-element:footnote-list']"):
        if "footnote-list" in str(box.attr("style")):
            for rule in [node for node in box.children if getattr(node, "tag", "") in ("hr", "br")]:
                rule.extract()
        box.unwrap()


def _properties(document: Document) -> None:
    """What the comment for Office says, as `<meta>`."""
    from turbohtml import Comment

    head = document.select_one("head")
    for node in list(head.children) if head is not None else ():
        if isinstance(node, Comment) and "<o:DocumentProperties>" in node.data:
            for name, value in _PROPERTY.findall(node.data):
                say(document, _SAID[name], unescape(value).strip())


def _remarks(document: Document, log: Log) -> None:
    count = len(document.select("div.msocomtxt")) or len(document.select("p.MsoCommentText"))
    if count:
        log("html.comments", str(count))
        remove(document, "a.msocomanchor, .MsoCommentReference, div.msocomtxt, p.MsoCommentText, hr.msocomoff")


def _lists(document: Document) -> None:
    """Rows of paragraphs that are items become lists."""
    row: list[_Item] = []
    for paragraph in document.select("p[class^=MsoList], p[style*='mso-list'], p[style*='text-indent:-']"):
        item = _item(paragraph)
        if item is None:
            continue
        if row and (_before(paragraph) != row[-1].paragraph):
            _make(row)
            row = []
        row.append(item)
    _make(row)


def _item(paragraph: Element) -> _Item | None:
    style = str(paragraph.attr("style") or "")
    if _NONE.search(style):
        return None
    ignored = paragraph.select_one("span[style*='mso-list:Ignore'], span[style*='mso-list: Ignore']")
    mark = [ignored] if ignored is not None else _filtered(paragraph)
    if not mark:
        return None
    marker = " ".join("".join(node.text for node in mark).split())
    told = _LIST.search(style)
    level = int(told[2]) - 1 if told else _indent(style)
    for node in mark:
        _take_out(node, paragraph)
    return _Item(paragraph, told[1] if told else "", min(max(level, 0), _DEEPEST), marker)


def _filtered(paragraph: Element) -> list[Element | Text]:
    """The mark of an item in filtered HTML: the first thing in it, with white space in seven points behind it."""
    from turbohtml import Element as Box
    from turbohtml import Text

    around: Element = paragraph
    for _ in range(_BOXES):  # bold items have their mark in a box of their own
        nodes = [
            node for node in around.children if isinstance(node, Box) or (isinstance(node, Text) and node.data.strip())
        ]
        if not nodes:
            return []
        first = nodes[0]
        if isinstance(first, Text):
            follows = nodes[1] if len(nodes) > 1 else None
            space = isinstance(follows, Box) and _SPACE.search(str(follows.attr("style") or ""))
            return [first, follows] if space and follows and _MARKER.fullmatch(" ".join(first.data.split())) else []
        words = " ".join(first.text.split())
        if _BULLET.fullmatch(words):
            return [first]
        if first.select_one("span[style*='7.0pt'], span[style*='7pt']") is not None and _MARKER.fullmatch(words):
            return [first]
        around = first
    return []


def _take_out(node: Element | Text, paragraph: Element) -> None:
    """With the boxes around it that hold nothing else."""
    from turbohtml import Element as Box

    above = node.parent
    node.extract()
    for _ in range(_BOXES):
        if (
            not isinstance(above, Box)
            or above == paragraph
            or above.text.strip()
            or above.select_one("img") is not None
        ):
            break
        box, above = above, above.parent
        box.extract()


def _indent(style: str) -> int:
    """The level of an item by its indent: half an inch each."""
    found = _MARGIN.search(style)
    return round(float(found[1].strip(".") or 0) * _TO_INCHES[found[2] or "px"] / 0.5) - 1 if found else 0


def _before(paragraph: Element) -> Element | None:
    from turbohtml import Element as Box
    from turbohtml import Text

    node = paragraph.previous_sibling
    while node is not None and not isinstance(node, Box) and not (isinstance(node, Text) and node.data.strip()):
        node = node.previous_sibling
    return node if isinstance(node, Box) else None


def _make(row: list[_Item]) -> None:
    """The list of a row of items, in the place of the first."""
    from turbohtml import Element as Box

    opened: list[tuple[int, Element]] = []  # (level, list), outermost first
    last: Element | None = None
    for item in row:
        tag, attributes = _kind(item.marker)
        while opened and (opened[-1][0] > item.level and len(opened) > 1):
            opened.pop()
        if not opened or opened[-1][0] < item.level or (opened[-1][1].tag != tag and len(opened) == 1):
            made = Box(tag, attributes)
            if opened and opened[-1][0] < item.level and last is not None:
                last.append(made)
            else:
                item.paragraph.insert_before(made)
                opened = []
            opened.append((item.level, made))
        entry = Box("li", {})
        entry.extend(list(item.paragraph.children))
        opened[-1][1].append(entry)
        item.paragraph.extract()
        last = entry


def _kind(marker: str) -> tuple[str, dict[str, str | list[str] | None]]:
    """The element of a list and its attributes, by the mark of its first item."""
    found = _NUMBER.fullmatch(marker)
    if found is None:
        return "ul", {}
    if found[1]:
        return "ol", {"start": found[1]} if int(found[1]) > 1 else {}
    letters = found[2]
    kind = "i" if _ROMAN.fullmatch(letters) and letters.lower() != "c" else "a"
    return "ol", {"type": kind.upper() if letters.isupper() else kind}


MAKERS = (Maker((b"Mso", b"urn:schemas-microsoft-com:office"), _read),)
