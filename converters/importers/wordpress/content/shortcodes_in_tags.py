"""Shortcodes inside of HTML tags: `<a href="[address]">`, `<img alt='[name]'>`, `<td [size]>`.

WordPress's `do_shortcode` replaces them in the attributes of a tag it can read, before those of the text. What stands
between quotation marks is escaped then, and stays as it was where the filter for posts (`wp_kses_post`) knows no such
attribute of the element. In comments, CDATA sections, closing tags and tags that cannot be read, brackets are only
brackets; and a bracket in a tag never begins or ends a shortcode of the text around it.

Two things of that filter are left to later steps, which do them for whole posts: addresses that run code, and CSS.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.entities import name2codepoint

_TAG = re.compile(r"<!(?=--).*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[^>]*+>?", re.S)
_UNREADABLE = ("<!--", "<![CDATA[")
_START = re.compile(r"<\s*+([a-zA-Z0-9]++)\s*+", re.A)
_NAMELESS = re.compile(r"<\s*+\[\[?[^\[\]]++\]", re.A)
"""`<[x]>`: the tag comes from a shortcode whole."""
_ATTRIBUTE = re.compile(
    r"""(?:[a-zA-Z_][\w:.-]*+|\[\[?[^\[\]]++\]\]?)
    (?: \s*+=\s*+ (?: "[^"]*+" | '[^']*+' | [^\s"']++(?:\s|\Z) ) | \s++ | \Z ) \s*+""",
    re.A | re.X,
)
_QUOTED = re.compile(r"([\w:.-]++)\s*+=\s*+([\"'])(.*)\2(\s*+)\Z", re.A | re.S)
_HIDDEN = str.maketrans("[]", "&&")
"""What stands for a bracket that is none: a sign no shortcode's name can hold."""

_COMMON = frozenset(
    """aria-describedby aria-details aria-label aria-labelledby aria-hidden class dir id lang style title role
    xml:lang""".split()
)
_DATA = re.compile(r"data(?:-[a-z0-9_]+)+")
_CELL = "align char charoff valign"
_MORE: dict[str, frozenset[str]] = {
    tag: frozenset(attributes.split())
    for tags, attributes in {
        """address abbr acronym b bdo big br cite code dd dfn dl dt em fieldset i kbd mark object rb rp rt rtc ruby s
        samp small strike strong sub sup title tt u var""": "",
        """article aside caption details div figure figcaption footer h1 h2 h3 h4 h5 h6 header hgroup legend main nav p
        section span summary""": "align",
        "a": "href rel rev name target",
        "area": "alt coords href nohref shape target",
        "audio": "autoplay controls loop muted preload src",
        "blockquote q": "cite",
        "button": "disabled name type value",
        "col colgroup": f"{_CELL} span width",
        "del": "datetime",
        "font": "color face size",
        "hr": "align noshade size width",
        "img": "alt align border height hspace loading longdesc vspace src usemap width",
        "ins": "datetime cite",
        "label": "for",
        "li": "align value",
        "map": "name",
        "menu ul": "type",
        "ol": "start type reversed",
        "pre": "width",
        "table": "align bgcolor border cellpadding cellspacing rules summary width",
        "tbody tfoot thead": _CELL,
        "td th": f"{_CELL} abbr axis bgcolor colspan headers height nowrap rowspan scope width",
        "textarea": "cols rows disabled name readonly",
        "tr": f"{_CELL} bgcolor",
        "track": "default kind label src srclang",
        "video": "autoplay controls height loop muted playsinline poster preload src width",
    }.items()
    for tag in tags.split()
}
"""The elements the filter for posts knows, with the attributes they have beside `_COMMON`."""


@cache  # large, and hardly ever wanted
def _no_reference() -> re.Pattern[str]:
    return re.compile(rf"&(?!(?:#\d{{1,7}}|#[xX][\da-fA-F]{{1,6}}|{'|'.join(sorted(name2codepoint))});)")


def expand(text: str, shortcodes: Callable[[str], str]) -> tuple[str, str]:
    """(the text with the shortcodes in its tags replaced, the same with every bracket of a tag made unreadable).

    Both are of one length, so that what is found in the second can be cut from the first.
    """
    parts: list[str] = []
    masked: list[str] = []
    position = 0
    for match in _TAG.finditer(text) if "<" in text else ():
        tag = match[0]
        if "[" in tag or "]" in tag:
            between = text[position : match.start()]
            if "[" in tag and "]" in tag:
                tag = _tag(tag, shortcodes)
            parts += (between, tag)
            masked += (between, tag.translate(_HIDDEN))
            position = match.end()
    rest = text[position:]
    return "".join((*parts, rest)), "".join((*masked, rest))


def _tag(tag: str, shortcodes: Callable[[str], str]) -> str:
    """A tag with the shortcodes in its attributes replaced."""
    if tag.startswith(_UNREADABLE):
        return tag
    start = _START.match(tag)
    attributes = None if start is None else _attributes(tag, start.end())
    if start is None or attributes is None:
        return shortcodes(tag) if _NAMELESS.match(tag) else tag
    end = start.end() + sum(map(len, attributes))
    element = start[1].lower()
    return start[0] + "".join(_attribute(each, element, shortcodes) for each in attributes) + tag[end:]


def _attributes(tag: str, position: int) -> list[str] | None:
    """The attributes with the spaces behind them; None where they cannot be read."""
    end = len(tag.removesuffix(">"))
    bare = tag[:end].rstrip(" \t\n\r\f\v")
    if bare.endswith("/"):
        end = max(position, len(bare[:-1].rstrip(" \t\n\r\f\v")))
    found: list[str] = []
    while position < end:
        match = _ATTRIBUTE.match(tag, position, end)
        if match is None:
            return None
        found.append(match[0])
        position = match.end()
    return found


def _attribute(source: str, element: str, shortcodes: Callable[[str], str]) -> str:
    if "[" not in source or "]" not in source:
        return source
    bracket = source.index("[")
    if not any(0 <= source.find(mark) < bracket for mark in "\"'"):
        return shortcodes(source)
    quoted = _QUOTED.match(source)
    if quoted is None or not _passes(element, quoted[1].lower(), quoted[3]):
        return source
    replaced = shortcodes(quoted[3])
    if replaced == quoted[3]:
        return source
    return f"{quoted[1]}={quoted[2]}{_escaped(replaced)}{quoted[2]}{quoted[4]}"


def _passes(element: str, name: str, value: str) -> bool:
    """Does the filter for posts let the attribute be? A style is one only if it says what it is the style of."""
    if element not in _MORE or (name == "style" and ":" not in value.partition("[")[0]):
        return False
    return name in _COMMON or name in _MORE[element] or _DATA.fullmatch(name) is not None


def _escaped(value: str) -> str:
    value = _no_reference().sub("&amp;", value)
    return value.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#039;")
