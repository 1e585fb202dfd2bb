"""What is words in a text in Markdown, and what it holds besides: images, links, struck text. Found without a parser.

Only what is beyond doubt: code, and lines that may be code, hold nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from converters.verify.html_facts import SourceFact
from converters.verify.html_source import HtmlSource

_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_FENCE = re.compile(r"^([ \t>]*(?:`{3,}|~{3,}))[^`\n]+$", re.M)
_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]{1,500}(?<!`)\1(?!`)")
_INDENTED = re.compile(r"^(?: {4}|\t).*$", re.M)
_GOAL = r"\(\s{0,9}<?([^\s()<>]{1,2000})>?(?:\s{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s{0,9}\)"
_LINK = re.compile(r"(?<![!\\\]])\[(?!\^)([^\[\]\n\\]{1,500})\]" + _GOAL)
_IMAGE = re.compile(r"(?<!\\)!\[([^\[\]\n\\]{0,500})\]" + _GOAL)
_STRUCK = re.compile(r"(?<![~\\])~~(?![\s~])([^~\n\\]{1,500})(?<!\s)~~(?!~)")
_DEFINED = re.compile(r"^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*(?:<[^<>\n]*>|\S+)", re.M)
_GOES = re.compile(r"\]\(\s{0,9}<?[^\s()<>]{1,2000}>?")
_NAMED = re.compile(r"\]\s?\[[^\]\n]{0,200}\]")
_NOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:?")


def words(text: str) -> str:
    """The text without marks that hold words which no reader saw: URLs, names of references, languages of code."""
    text = _FENCE.sub(r"\1", text)
    if "[" not in text:
        return text
    return _NAMED.sub("]", _GOES.sub("] ", _NOTE.sub("", _DEFINED.sub("", text))))


def prose(text: str) -> str:
    """The text without code."""
    return _INDENTED.sub("", _SPAN.sub("", _FENCED.sub("", text)))


def facts(text: str) -> Iterator[SourceFact]:
    """The facts of a text without code."""
    for image in _IMAGE.finditer(text):
        yield SourceFact("image", image[2])
        if image[1].isalnum():
            yield SourceFact("image text", image[1])
    for link in _LINK.finditer(_IMAGE.sub("", text)):
        if not link[2].startswith("#"):
            yield SourceFact("link", link[2])
    for struck in _STRUCK.finditer(text):
        yield SourceFact("struck", HtmlSource(struck[1]).letters())
