"""What HTML as somebody wrote it holds besides its words: images, links, struck text, code. Found without a parser.

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
    """One thing. `kind`: image, link, struck, code, as in docs/verify.md."""

    kind: str
    value: str


_LATE = "data-src data-lazy-src data-original data-lazy nitro-lazy-src"
_EMPTY = re.compile(r"\s*</?a(?=[\s>])", re.I)
"""Nothing is in a link that ends, or in which the next begins: a browser ends it there."""
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
        name, attributes = tag[2].lower(), _attributes(tag[3] or "") if tag[2].lower() in ("a", "img") else {}
        if name == "img" and (url := _image(attributes)):
            yield SourceFact("image", url)
        elif name == "a" and not _EMPTY.match(text, tag.end()):
            url = attributes.get("href", "").strip()
            if url and not url.startswith("#") and not url.lower().startswith(("javascript:", "data:")):
                yield SourceFact("link", url)


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
