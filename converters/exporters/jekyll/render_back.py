"""What a file for Jekyll says, read back: for the check of a conversion (docs/verify.md).

Nothing of the writing is used. Liquid prints the marks it is told to print, then a parser of CommonMark and GitHub's
extensions reads the text, and what only kramdown means is put right in the tree: lists of attributes
(`{: width="3"}`, `{: start="3"}`), ids of headings (`{#id}`), `^` between two lists
(https://kramdown.gettalong.org/syntax.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from converters.exporters.jekyll import names
from converters.exporters.jekyll.keys import KEYS
from converters.exporters.site.players import CARDS, FRAMES
from converters.exporters.site.reader import FrontMatterReader
from converters.html import placeholders, quotes, tree
from converters.html.elements import HEADINGS
from converters.markdown.read.parse import html_of
from converters.markdown.scan import spans
from converters.model import Place, Post, Site

_PRINTED = re.compile(r'\{\{ "(\{[{%]|<!--)" \}\}')
_SIZE = re.compile(r"\{: [^{}\n]*\}")
_START = re.compile(r'\s*\{: start="(\d{1,9})"\}\s*\Z')
_ID = re.compile(r"\s*\{#([A-Za-z][\w-]*)\}\s*\Z")
_TITLE = re.compile(r"^[ >*+\d.-]*#{1,6} .*\\\{.*$", re.M)
_IN_LINE = re.compile(
    r"^([ >]*(?:(?:[-*+]|\d{1,9}\.) +)*)"
    r"(?=</?(?:a|abbr|b|br|cite|code|em|i|img|input|kbd|q|s|samp|small|span|strong|sub|sup|svg|u)\b)",
    re.M,
)
"""Tags that begin no block in kramdown, wherever they stand."""
_BACKSLASH = re.compile(r"\]\([^)\s]*\\")
_JOINT, _BRACE = placeholders.sign(), placeholders.sign()
"""Stand for nothing, and for a brace, while the text is read."""


class JekyllReader(FrontMatterReader):
    """Reads the files of posts."""

    keys = KEYS
    taxonomies = names.TAXONOMIES

    def is_draft(self, values: Mapping[str, Any], place: Place) -> bool:
        return place.path.startswith("_drafts/") or (values.get("published") is False and "publish_date" not in values)

    def as_written(self, root: etree._Element, post: Post, place: Place, site: Site) -> etree._Element:
        if site.draws_quotes:
            root = deepcopy(root)
            quotes.draw(root)
        return root

    def tree_back(self, text: str) -> etree._Element:
        return tree_back(text)


def tree_back(text: str) -> etree._Element:
    """The tree of a text in kramdown with Liquid."""
    text = _prepared(text)
    root = tree.parse(html_of(text, autolink=False).replace(_JOINT, ""))
    if "{" in text:
        for image in root.iter("img"):
            _image(image)
        for heading in root.iter(*HEADINGS):
            _heading(heading)
    if _BRACE in text:
        _restore(root)
    _put_right(root, all_ours="<ol" not in text)
    return root


def _prepared(text: str) -> str:
    """The text with the marks that Liquid prints, and with signs of ours where kramdown reads another thing."""
    text = _PRINTED.sub(r"\1", text)
    if "<" in text:
        text = _IN_LINE.sub(rf"\1{_JOINT}", text)
    if "\\{" in text:
        text = _TITLE.sub(lambda line: line[0].replace("\\{", _BRACE), text)
    if _BACKSLASH.search(text):
        text = spans.rewrite(text, _as_written)
    return text


def _as_written(span: spans.Span, url: str) -> str | None:
    """The URL so that its backslashes are read as such: kramdown has none that escape in a URL (a path of Windows)."""
    return url.replace("\\", "\\\\") if "\\" in url and span.kind in (spans.LINK, spans.IMAGE) else None


def _put_right(root: etree._Element, *, all_ours: bool) -> None:
    """`all_ours`: no list is one of HTML, whose own number counts."""
    for numbered in root.iter("ol"):
        if all_ours:
            numbered.attrib.pop("start", "")
        _numbered(numbered)
    tree.remove_all(root, [marks for marks in root.iter("p") if marks.text == "^" and not len(marks)])
    for figure in root.iter("figure"):
        if "embed" in str(figure.get("class") or "").split():
            _embed(figure)


def _restore(root: etree._Element) -> None:
    """The braces of headings that a backslash stood before; in code it is part of the text."""
    for element in root.iter():
        code = element.tag == "code"
        if element.text and _BRACE in element.text:
            element.text = element.text.replace(_BRACE, "\\{" if code else "{")
        if element.tail and _BRACE in element.tail:
            element.tail = element.tail.replace(_BRACE, "{")


def _image(image: etree._Element) -> None:
    """The size behind a picture."""
    found = _SIZE.match(image.tail or "")
    if found is not None:
        image.tail = (image.tail or "")[found.end() :]


def _heading(heading: etree._Element) -> None:
    last = heading[-1] if len(heading) else None
    text = (heading.text if last is None else last.tail) or ""
    found = _ID.search(text)
    if found is None:
        return
    heading.set("id", found[1])
    if last is None:
        heading.text = text[: found.start()]
    else:
        last.tail = text[: found.start()]


def _numbered(numbered: etree._Element) -> None:
    """The number that a list of attributes says. It stands behind the last item, and seems to be part of its last line;
    without it, kramdown begins with 1."""
    box = numbered
    while len(box) and not (box[-1].tail or "").strip():
        box = box[-1]
    holder, text = (box[-1], box[-1].tail) if len(box) else (box, box.text)
    found = _START.search(text or "")
    if found is None:
        return
    rest = (text or "")[: found.start()]
    if holder is box and not len(box):
        box.text = rest
    else:
        holder.tail = rest
    numbered.set("start", found[1])


def _embed(figure: etree._Element) -> None:
    """A figure whose player or card is not in it is none any more."""
    provider = str(figure.get("data-provider") or "")
    frame, card = FRAMES.get(provider), CARDS.get(provider)
    id = str(figure.get("data-id") or "")
    if frame is not None and frame[0].fullmatch(id) and (id or "{url}" in frame[1]):
        drawn = figure.find(".//iframe") is not None
    elif card is not None and card[0].fullmatch(id):
        drawn = figure.find(".//blockquote") is not None
    else:
        return
    if not drawn:
        figure.set("data-provider", "")
    for quotation in figure.iter("blockquote") if card is not None else ():
        if tree.plain_text(quotation).strip() == quotation.get("cite"):  # the address alone is no quotation
            quotation.tag = "div"
