"""Active content taken out of a tree: scripts, event handlers, addresses that run something.

What is removed is noted, one notice each (`html.active`): a reader may have seen what a script drew.
"""

from __future__ import annotations

import re

from lxml import etree

from converters import tree
from converters.notices import Log

_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "background", "cite"})
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
"""Browsers skip these in front of and inside a scheme."""
_RUNS = re.compile(r"(?:java|vb|live)script:|data:(?!image/(?:png|gif|jpe?g|webp|avif)|audio/|video/|font/)", re.I)
_REMOVED = frozenset({"script", "embed", "param", "base", "meta"})
_UNWRAPPED = frozenset({"object", "applet"})
"""Their inside is what a browser without the plug-in shows."""


def sanitize(root: etree._Element, log: Log) -> None:
    """Remove active content from the tree in place; the text around it stays."""
    for element in list(root.iter("*")):
        name = tree.name(element).rpartition("}")[2].lower()
        if name in _REMOVED or name in _UNWRAPPED:
            log("html.active", f"<{name}>", where=str(element.get("src") or element.get("data") or ""))
            (tree.unwrap if name in _UNWRAPPED else tree.remove)(element)
            continue
        for key, value in list(element.attrib.items()):
            if _is_active(str(key).rpartition("}")[2].lower(), str(value)):
                log("html.active", f"{key!s} of <{name}>", old=str(value)[:80])
                del element.attrib[key]


def runs(address: str) -> bool:
    """Does a browser run something at this address?"""
    return bool(_RUNS.match(_IGNORED.sub("", address)))


def _is_active(name: str, value: str) -> bool:
    if name.startswith("on") or name == "srcdoc":
        return True
    return name in _ADDRESSES and runs(value)
