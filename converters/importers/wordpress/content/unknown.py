"""Shortcodes that nobody here knows stay the text they are, as WordPress shows them once their plug-in is gone.

They are named in the report, each name once. Square brackets are common in prose too, so a bracket has to look like a
shortcode:

- `[name attribute=value]`, `[name words attribute="value"]`, `[name /]`;
- `[name]…[/name]`, with an opening before the closing;
- `[plugin_name]`, `[plugin-name]`, `[wpname]` alone on its line.

`[sic]`, `[1]`, `[Foo 2003]`, `[a=b]`, `[text](address)` are prose, and nothing in code, in comments and in the
attributes of tags is a shortcode.
"""

from __future__ import annotations

import re
from collections.abc import Container

from lxml import etree

from converters.html.elements import BLOCKS
from converters.model.notices import Log

_SKIPPED = frozenset("pre code kbd samp script style textarea svg math".split())
_LINES = BLOCKS | {"br"}
_SOMETHING = "\ufffc"
"""What stands in a line for an element whose text is not looked at."""
MAYBE = re.compile(r"\[/?[^\W\d_]")
"""Where no text holds this, there is nothing to note."""
_TAG = re.compile(r"(?<!\[)\[(/?)([^\W\d_][\w-]{0,60}+)((?:\s[^\[\]]*+)?)\](?![\](])")
_ATTRIBUTE = re.compile(r"\s++(?:[\w-]++=[^\s=]|.*\s[\w-]+=[\"'“”″]|.*\s/$|/$)", re.S)
_ALONE = re.compile(r"^[^\S\n]*+\[([^\W\d_][\w-]{0,60}+)\][^\S\n]*+$", re.M)
_PLUGIN = re.compile(r"\w+[_-][\w-]*\w|(?:wp|woo|bbp|acf|nggallery|mc4wp)\w+", re.A | re.I)


def note(root: etree._Element, known: Container[str], log: Log) -> None:
    """Note each unknown shortcode of a text once (`shortcode.unknown`)."""
    text = _shown(root)
    alone = set(_ALONE.findall(text))
    opened: set[str] = set()
    noted: set[str] = set()
    for match in _TAG.finditer(text):
        closing, name, inside = match.groups()
        if name in known or name in noted:
            continue
        if not closing:
            opened.add(name)
        if name in opened if closing else _ATTRIBUTE.match(inside) or (name in alone and _PLUGIN.fullmatch(name)):
            noted.add(name)
            log("shortcode.unknown", name)


def _shown(root: etree._Element) -> str:
    """The text a reader sees, a line for each block, without code."""
    parts: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            skipped += name in _SKIPPED
            parts.append("\n" if name in _LINES else "")
            parts.append("" if skipped else element.text or "")
            continue
        if name in _SKIPPED:
            skipped -= 1
            parts.append("" if skipped else _SOMETHING)
        parts.append("\n" if name in _LINES else "")
        parts.append("" if skipped or element is root else element.tail or "")
    return "".join(parts)
