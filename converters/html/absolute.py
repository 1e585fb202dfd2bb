"""URLs in a tree as they are for a reader who has only the tree: absolute (RFC 3986, section 5).

A feed is read anywhere, and what is relative in it leads nowhere: https://www.jsonfeed.org/version/1.1/ asks for
absolute URLs where a page could do with `../fares/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast
from urllib.parse import urljoin

from lxml import etree

from converters import urls
from converters.html import tree

ATTRIBUTES = frozenset(
    "href src poster data cite background action formaction longdesc data-url {http://www.w3.org/1999/xlink}href".split()
)
"""Those of HTML that hold one URL, and that of players in semantic HTML."""
_LISTS = frozenset({"srcset", "imagesrcset"})
_CANDIDATE = re.compile(r"(\s*,?\s*)([^\s,](?:[^\s]*[^\s,])?)((?:\s+[\d.]+[wxh])*\s*)")
"""One picture of a `srcset`: a URL, which may hold commas but not end in one, and its size."""
_STYLED = re.compile(r"(url\(\s*+)(['\"]?)([^'\"()<>\s]++)(\2\s*+\))", re.I)
_NAMED = re.compile(r"(?:href|src|srcset|poster|data|cite|background|action|longdesc|url)\s*(?:=|\()", re.I)
"""What a text has to hold to hold a URL."""
_UNREAD = re.compile(r"\[\w|\{[{%]")
"""Where a shortcode or a template was to write the URL."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_with_attributes = etree.XPath("descendant::*[@*]")


def absolute(url: str, base: str) -> str:
    """The URL as seen from the page at `base`. What cannot be resolved stays: a place on the same page (`#notes`),
    one without a base, what is no URL."""
    plain = url.strip()
    if not plain or plain[0] == "#" or _SCHEME.match(plain) or _UNREAD.match(plain):
        return url
    if plain.startswith("//"):
        return f"{base.partition(':')[0] if '://' in base else 'https'}:{plain}"
    parts = urls.split(base)
    if parts is None or not parts.netloc:
        return url
    try:
        return urljoin(base, plain)
    except ValueError:
        return url


def make_absolute(root: etree._Element, base: str) -> None:
    """Change the tree in place."""

    def resolved(url: str) -> str:
        return absolute(url, base)

    for element in cast(list[etree._Element], _with_attributes(root)):
        for name, value in element.items():
            if name == "cite" and " " in str(value).strip():  # words, as many wrote there
                continue
            if name in ATTRIBUTES:
                new = resolved(str(value))
            elif name in _LISTS:
                new = srcset(str(value), resolved)
            elif name == "style" and "(" in value:
                new = _STYLED.sub(lambda found: f"{found[1]}{found[2]}{resolved(found[3])}{found[4]}", str(value))
            else:
                continue
            if new != value:
                element.set(name, new)


def srcset(candidates: str, change: Callable[[str], str]) -> str:
    """A `srcset` with its URLs changed; sizes and commas stay."""
    return _CANDIDATE.sub(lambda found: f"{found[1]}{change(found[2])}{found[3]}", candidates)


def absolute_html(html: str, base: str) -> str:
    """A piece of HTML; one without URLs to resolve stays byte for byte."""
    if "<" not in html or not _NAMED.search(html):
        return html
    root = tree.parse(html)
    before = tree.inner_html(root)
    make_absolute(root, base)
    after = tree.inner_html(root)
    return html if after == before else after
