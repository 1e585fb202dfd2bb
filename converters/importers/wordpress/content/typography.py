"""Signs that WordPress showed in place of what was typed: dashes, primes, the multiplication sign, the trade mark.

    Signed: -- Ann       an em dash between blanks, and for ---
    1914--1918           an en dash
    red - green          an en dash
    ``Ahoy'', 3x4, (tm)  quotation marks, the multiplication sign, the trade mark
    6" wide, 9' tall     double prime, prime, where no quotation begins

`wptexturize` made them when a page was shown. Targets that replace signs do not do it by the same rules, and a line of
dashes is a rule or a heading to Markdown: so the text says what a reader saw. Quotation marks and `...` stay as they
were typed, since a target makes the same of them or leaves them alone. Code, URLs and shortcodes stay, too; WordPress
spared code only, but a URL with another dash leads nowhere.
https://developer.wordpress.org/reference/functions/wptexturize/
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree

_BLANK = r"[\r\n\t \xa0]"
_MAYBE = ("-", "``", "''", "(tm)")
_MAYBE_NUMBER = re.compile(r"[0-9](?:x[0-9]|[\"'])")
_PERHAPS = re.compile(r"--|(?:\A|\s)-(?:\s|\Z)|[0-9](?:x[0-9]|[\"'])|``|''|\(tm\)")
"""The same, more strictly: what stands between words and is no hyphen."""
_SIGNS = re.compile(
    r"(?P<url>(?<![^\s<>\"'])[^\s<>\"']*(?:://|@|www\.)[^\s<>\"']*)"
    r"|(?P<call>\[/?[A-Za-z][\w-]*(?:[ =/][^\[\]]*)?\])"
    rf"|(?P<long>---|(?:(?<=\A)|(?<={_BLANK}))--(?=\Z|{_BLANK}))"
    rf"|(?P<short>(?<!xn)--|(?:(?<=\A)|(?<={_BLANK}))-(?=\Z|{_BLANK}))"
    r"|\b(?P<times>0[0-9.,]{1,20}|[1-9][0-9.,]{0,20})x(?=[0-9][0-9.,]{0,20}\b)"
    r"|(?<!`)(?P<opening>``)(?!`)|(?<!')(?P<closing>'')(?!')|(?<= )(?P<mark>\(tm\))",
    re.A,
)
_NO_PRIME = re.compile(r"(?<![0-9])\"|'[0-9][0-9]\"|=\"")
_OPENING = re.compile(rf"(?:\A|(?<={_BLANK})|(?<=[(\[{{\"=-]))'")
_PRIME = re.compile(rf"(?<=[0-9])'(?=\Z|[.,:;!?)}}\]-]|{_BLANK})")
_SHOWN = {"long": "\u2014", "short": "\u2013", "opening": "\u201c", "closing": "\u201d", "mark": "\u2122"}


def texturize(root: etree._Element) -> None:
    """Change the texts of the tree in place."""
    if not _may_have_signs(tree.plain_text(root)):
        return
    tree.change_texts(root, _shown)


def in_print(html: str) -> str:
    """A short text of HTML with the signs: of a comment, of a description."""
    if not _PERHAPS.search(html):
        return html
    root = tree.parse(html)
    texturize(root)
    return tree.inner_html(root)


def titled(text: str) -> str:
    """A title with the signs that `the_title` shows."""
    return _shown(text) or ""


def _may_have_signs(text: str) -> bool:
    return any(mark in text for mark in _MAYBE) or _MAYBE_NUMBER.search(text) is not None


def _shown(text: str | None) -> str | None:
    if not text or not _may_have_signs(text):
        return text
    text = _SIGNS.sub(_sign, text)
    if '"' in text and not _NO_PRIME.search(text):
        text = text.replace('"', "\u2033")
    if "'" in text and not _OPENING.search(text):
        text = _PRIME.sub("\u2032", text)
    return text


def _sign(found: re.Match[str]) -> str:
    kind = str(found.lastgroup)
    if kind == "times":
        return found["times"] + "\u00d7"
    return _SHOWN.get(kind, found[0])
