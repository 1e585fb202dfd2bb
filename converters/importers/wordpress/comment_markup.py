"""The HTML of a comment: its structure stays, and nothing of it runs, asks for anything or has a look of its own.

WordPress lets visitors write a few elements (`$allowedtags`), and editors and other programs all of a post's
(https://developer.wordpress.org/reference/functions/wp_kses_post/). Headings, tables, lists, quotes, code and pictures
are what a reader saw, so they stay, with the attributes that mean something. Elements that are only a box keep their
words. What shows something of its own, such as a frame, a player or a form, is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from converters.html import tree
from converters.model.notices import Log

_ADDRESS = ("http://", "https://", "/")
_LINK_SCHEMES = (*_ADDRESS, "ftp://", "mailto:", "#")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_SMALL = re.compile(r"[1-9][0-9]{0,3}")


def _is_link(value: str) -> bool:
    return value.lower().startswith(_LINK_SCHEMES)


def _is_file(value: str) -> bool:
    return value.lower().startswith(_ADDRESS)


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


def _is_small(value: str) -> bool:
    return _SMALL.fullmatch(value) is not None


def _is_text(value: str) -> bool:
    return True


Check = Callable[[str], bool]
_CELL: dict[str, Check] = {"colspan": _is_small, "rowspan": _is_small, "scope": {"col", "row"}.__contains__}
_NOTHING: dict[str, Check] = {}
_SOURCE: dict[str, Check] = {"cite": _is_link}
_CHANGE: dict[str, Check] = {"cite": _is_link, "datetime": _is_text}
_KEPT: dict[str, dict[str, Check]] = {
    **dict.fromkeys(
        """abbr acronym address b bdi big br caption cite code dd dfn dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i
        kbd mark p pre rp rt ruby s samp small strike strong sub sup table tbody tfoot thead tr tt u ul var
        wbr""".split(),
        _NOTHING,
    ),
    **dict.fromkeys(("blockquote", "q"), _SOURCE),
    **dict.fromkeys(("del", "ins"), _CHANGE),
    **dict.fromkeys(("td", "th"), _CELL),
    "a": {"href": _is_link},
    "img": {"src": _is_file, "alt": _is_text, "width": _is_small, "height": _is_small},
    "li": {"value": _is_number},
    "ol": {"start": _is_number, "reversed": _is_text, "type": set("1aAiI").__contains__},
    "time": {"datetime": _is_text},
}
"""Element -> its attributes, and what a value of each has to be; every element may have a `title` besides."""
_SILENT = frozenset("object script style template".split())
_SHOWN = frozenset("audio canvas embed iframe input math meter progress select svg textarea video".split())
"""What a reader saw, and what cannot stay; `object` shows one of the two."""


def safe_html(text: str, log: Log) -> str:
    """The text with its harmless markup only; other elements keep their words."""
    return tree.inner_html(safe_tree(text, log)).strip()


def safe_tree(text: str, log: Log) -> etree._Element:
    """The same as a tree, inside a `div`."""
    root = tree.parse(text)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    left_out = [one for one in root.iterdescendants("*") if _name(one) in _SILENT | _SHOWN or "}" in str(one.tag)]
    for name in (_name(one) for one in left_out if _name(one) in _SHOWN):
        log("comments.element", name)
    tree.remove_all(root, left_out)
    pictures = [one for one in root.iterdescendants("img") if not _is_file(str(one.get("src") or "").strip())]
    tree.remove_all(root, pictures)
    tree.unwrap_all(root, [one for one in root.iterdescendants("*") if one.tag not in _KEPT])
    for element in root.iterdescendants("*"):
        _clean(element)
    return root


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _clean(element: etree._Element) -> None:
    checks = _KEPT[str(element.tag)]
    for name, value in list(element.attrib.items()):
        check = checks.get(str(name))
        if name != "title" and (check is None or not check(str(value).strip())):
            del element.attrib[name]
