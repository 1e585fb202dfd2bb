"""The one reader of an export's values: what the text of an element says.

Every value is trimmed, since an editor, or a browser that showed the export as a tree, has put line ends and blanks
around it; only the text of a post stays as it is. A value is decoded once: an element's text without its markup is what
the database held, and a line of HTML (a title, a name) is then read as a browser shows it.
"""

from __future__ import annotations

import html
import re
from typing import Any

from lxml import etree

from converters.html import tree

BLANK = " \t\r\n\f\v"
"""What an editor puts around values; other white space is part of them."""
AS_TYPED = frozenset({"content:encoded"})
PASSWORD = "wp:post_password"
_PADDED = re.compile(r"[ \t\r\n\f\v].*[ \t\r\n\f\v]", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LESS_THAN = re.compile(r"<(?!br\s*/?>)", re.I)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)[^<>]*>")
_UNENDED = re.compile(r"<(?![^<>]*>)")
_OF_A_LINE = frozenset(
    """a abbr acronym b bdi bdo big blink br center cite code data del dfn div em font h1 h2 h3 h4 h5 h6 hr i img ins
    kbd label mark nobr p q rp rt ruby s samp small span strike strong sub sup time tt u var wbr""".split()
)
"""Elements that change how text of a title looks."""
_HIDDEN = frozenset("script style template noscript iframe object svg math select button".split())


def text(element: etree._Element) -> str:
    """The element's whole text; markup that was left unescaped inside a field keeps its words."""
    return element.text or "" if not len(element) else "".join(str(part) for part in element.itertext())


def read(name: str, element: etree._Element) -> str:
    """The value of a field, by the field's usual name."""
    value = text(element)
    if name in AS_TYPED:
        return value
    if name == PASSWORD and value.isspace():
        return value if _is_typed(value, element) else ""
    value = value.strip(BLANK)
    if name == "title" and "<" in value and not _is_cdata(element):
        return _LESS_THAN.sub("&lt;", value)
    return value


def _is_typed(password: str, element: etree._Element) -> bool:
    """Is it a password of blanks? One of a line of its own is layout, as is one in an item whose status, which has no
    blanks, has some around it."""
    item = element.getparent()
    status = () if item is None else (text(field) for field in item.iterchildren("{*}status"))
    return "\n" not in password and not any(_PADDED.fullmatch(value) for value in status if value.strip(BLANK))


def _is_cdata(element: etree._Element) -> bool:
    """A title in a section is HTML. Before WordPress 5.7 titles came without, their tags taken out (`the_title_rss`):
    what is in angle brackets there is text, but for the line ends that other programs write.
    """
    return b"<![CDATA[" in etree.tostring(element, with_tail=False)


def plain(value: str) -> str:
    """What a reader sees of a line of HTML: entities decoded once, tags gone, white space collapsed.

    A tag that never ends is no tag.
    """
    if "<" in value:
        root = tree.parse(_UNENDED.sub("&lt;", value))
        for element in root.iter("br", "img"):
            element.tail = f"{element.get('alt') or '' if element.tag == 'img' else ' '}{element.tail or ''}"
        value = tree.plain_text(root)
    elif "&" in value:
        value = html.unescape(value)
    return _SPACE.sub(" ", value).strip(" ")


def plain_name(value: str) -> str:
    """What a reader sees of the name of a term. WordPress lets no tags into names (`sanitize_term`): what is in angle
    brackets was written by another program, and is text."""
    return _SPACE.sub(" ", html.unescape(value)).strip(" ")


def hidden_words(value: str) -> list[str]:
    """What a line of HTML holds in angle brackets and a browser does not show, though it looks like text of its own:
    `<String>`, `<canvas>`."""
    return [found[0] for found in _TAG.finditer(value) if found[2].lower() not in _OF_A_LINE | _HIDDEN]


def integer(value: Any) -> int:
    """The number that a field holds; 0 for one that holds none."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
