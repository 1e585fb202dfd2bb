"""A post as its source has it and as it was written, each as harmless markup, and how many of its words came along."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import NamedTuple

import msgspec
from lxml import etree

from converters import item_timeout
from converters.html import tree
from converters.item_timeout import ItemTimeout
from converters.markdown.read.parse import html_of
from converters.model import Entry, HtmlBody, MarkdownBody, Place
from converters.model.notices import Log
from converters.output import OutFile, OutPart
from pipelines.output.output_folder import OutputFolder
from pipelines.report.markup import Markup
from pipelines.report.records import Words
from pipelines.run.carry import Carrier
from pipelines.run.index import Index

_LIMIT = 12_000
"""Characters a side."""
_READ = 400_000
"""Characters of a file that are rendered."""
_MOST = 64 * 1024 * 1024
"""Bytes of a file that are read: a file of the user's may be mostly holes."""
_WORD = re.compile(r"\w+")
_HTML = (".html", ".htm")
_MARKDOWN = (".md", ".markdown")


class Pair(NamedTuple):
    source: str
    result: str
    words: Words


class Sides:
    """Makes pairs: the source is read anew, what was written is read from its file."""

    def __init__(self, carrier: Carrier, index: Index, folder: OutputFolder) -> None:
        self._carrier, self._index, self._folder = carrier, index, folder

    def of(self, entry: Entry, place: Place | None) -> Pair:
        """Never fails: what cannot be shown says so."""
        source, words = _shown(self._source, entry, place)
        result, found = _shown(self._result, entry, place)
        has = Counter(_WORD.findall(words.casefold()))
        there = (has & Counter(_WORD.findall(found.casefold()))).total()
        return Pair(source, result, Words(has.total(), there))

    def _source(self, entry: Entry, _: Place | None) -> etree._Element:
        body = self._carrier.source(entry).body
        return body.root if isinstance(body, HtmlBody) else _of_markdown(body)

    def _result(self, entry: Entry, place: Place | None) -> etree._Element:
        path = place.path if place is not None else ""
        if path.endswith((*_HTML, *_MARKDOWN)):
            with self._folder.open(path) as file:
                text = _behind_matter(file.read(_MOST).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"))
            return tree.parse(text[:_READ]) if path.endswith(_HTML) else _rendered(text)
        files = self._carrier.carry(entry).files
        return tree.parse(next(filter(None, map(_content, files)), "")[:_READ])


def not_shown(why: str) -> Pair:
    """A pair that ended the process that was to make it."""
    lost = f'<p class="none">Cannot be shown: {escape(why)}.</p>'
    return Pair(lost, lost, Words(0, 0))


def _shown(side: Callable[[Entry, Place | None], etree._Element], entry: Entry, place: Place | None) -> tuple[str, str]:
    """(markup, text)."""
    markup = Markup(_LIMIT)
    try:
        return item_timeout.call(lambda: (markup.of(side(entry, place)), markup.text))
    except (Exception, ItemTimeout) as error:  # whatever is wrong with one post, the report is written
        return f'<p class="none">Cannot be shown: {escape(type(error).__name__)}.</p>', ""


def _of_markdown(body: MarkdownBody) -> etree._Element:
    return tree.parse(body.text[:_READ]) if body.dialect == "html" else _rendered(body.text)


def _behind_matter(text: str) -> str:
    """The text of a file without its front matter, which need not be understood where marks of YAML or TOML end it."""
    mark = f"\n{text[:3]}\n"
    if text[:4] in ("---\n", "+++\n") and mark in text:
        return text.partition(mark)[2]
    from converters.frontmatter import read as frontmatter  # which brings a whole reader of YAML

    return frontmatter.read(text, Log()).text


def _rendered(markdown: str) -> etree._Element:
    return tree.parse(html_of(markdown[:_READ]))


def _content(file: OutFile | OutPart) -> str:
    """The text of an item of JSON."""
    try:
        value = msgspec.json.decode(file.data)
    except msgspec.MsgspecError:
        return ""
    return str(value.get("content_html") or "") if isinstance(value, dict) else ""
