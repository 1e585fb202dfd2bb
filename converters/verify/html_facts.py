"""What HTML as somebody wrote it holds besides its words: images, links, struck text, code, attributes that say
something. Found without a parser.

The tags are those of `html_source.py`. An image has the URL that a script would have loaded late in place of the one
that was there for the time being.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from converters.verify.html_source import TAG, UNSEEN, HtmlSource


class SourceFact(NamedTuple):
    """One thing. `kind`: image, image text, link, struck, code, as in docs/verify.md.

    A link that shows its URL is a `bare link`; cite, datetime and title are the attributes of these names.
    """

    kind: str
    value: str


APART = "\x1f"
"""Stands where a shortcode was: what is behind it may be its own."""
_LATE = "data-src data-lazy-src data-original data-lazy nitro-lazy-src"
KEPT = frozenset(("cite", "datetime", "title"))
KEEPING = frozenset("a abbr acronym blockquote del dfn ins q time".split())
"""Attributes that say something, and the elements of which they do."""
_EMPTY = re.compile(
    r"(?:\s++|&nbsp;|&#160;|<br\b[^<>]*+>|</?(?:i|b|u|em|strong|span|font)(?:\s(?![^<>]*class)[^<>]*+)?+>)*+</?a(?=[\s>])",
    re.I,
)
"""Nothing is in a link that ends, or in which the next begins: a browser ends it there. A class can show an icon."""
_ATTRIBUTE = re.compile(r"(?:^|(?<=[\s\"'/]))([a-z][\w-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++))", re.I)
_STRUCK = re.compile(r"<(del|s|strike)(?=[\s>])[^<>]*>((?:[^<]++|<(?!/?(?:del|s|strike)[\s>]))*+)</\1\s*>", re.I)
_STYLED = re.compile(
    r"<span\s[^<>]*text-decoration(?:-line)?\s*:[^;<>\"']*line-through[^<>]*>((?:[^<]++|<(?!/?span[\s>]))*+)</span\s*>",
    re.I,
)
BEHIND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*[\"']?((?!data:)[^\"')\s]+)", re.I)
"""The address of a picture behind text, in a style."""
_CODE = re.compile(r"<pre(?=[\s>])[^<>]*>((?:[^<]++|<(?!/?pre[\s>]))*+)</pre\s*>", re.I)


def html_facts(source: HtmlSource) -> Iterator[SourceFact]:
    """The facts of a text, kind by kind."""
    text = source.bare
    if swallowing := UNSEEN.search(text):  # a script or a style without an end: a browser sees no tags behind it
        text = text[: swallowing.start()]
    if "<" not in text:
        return
    for code in _CODE.finditer(text):
        yield SourceFact("code", HtmlSource(code[1]).shown)
    tags = list(_tags(text))
    yield from tags
    if "url(" in text:
        yield from _backgrounds(text, {fact.value for fact in tags})
    for struck in _STRUCK.finditer(text):
        yield SourceFact("struck", HtmlSource(struck[2]).letters())
    for struck in _STYLED.finditer(text):
        yield SourceFact("struck", HtmlSource(struck[1]).letters())


def _tags(text: str) -> Iterator[SourceFact]:
    for tag in TAG.finditer(text):
        if not tag[3] or tag[1]:
            continue
        name, attributes = tag[2].lower(), _attributes(tag[3])
        if name == "img":
            if url := _image(attributes):
                yield SourceFact("image", url)
            if alt := attributes.get("alt", ""):
                yield SourceFact("image text", alt)
        elif name == "a" and not _EMPTY.match(text, tag.end()):
            url = attributes.get("href", "").strip()
            if url and not url.startswith("#") and not url.lower().startswith(("javascript:", "data:")):
                is_bare = url == unescape(text[tag.end() : text.find("<", tag.end())])
                of_shortcode = text[tag.start() - 1 : tag.start()] == APART
                yield SourceFact("bare link" if is_bare and not of_shortcode else "link", url)
        for key in KEPT & attributes.keys() if name in KEEPING else ():
            if attributes[key]:
                yield SourceFact(key, attributes[key])


def _backgrounds(text: str, shown: set[str]) -> Iterator[SourceFact]:
    """Images behind text, but those that are also there as images."""
    for tag in TAG.finditer(text):
        for url in BEHIND.findall(_attributes(tag[3] or "").get("style", "")):
            if url not in shown:
                yield SourceFact("image", url)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def _image(attributes: dict[str, str]) -> str:
    """The URL of the image itself; empty where it is in the tag, or there is none."""
    candidates = (attributes.get(name, "").strip() for name in (*_LATE.split(), "src"))
    return next((url for url in candidates if url and not url.startswith("data:")), "")
