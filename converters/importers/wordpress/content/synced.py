"""Words that one place of a synced pattern (reusable block) has of its own, since WordPress 6.6.

<!-- wp:block {"ref":12,"content":{"Greeting":{"content":"Hello <em>Tom</em>"}}} /-->    where the pattern stands
<!-- wp:paragraph {"metadata":{"name":"Greeting","bindings":{"__default":{"source":"core/pattern-overrides"}}}} -->
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from converters.html import tree
from converters.importers.wordpress.content.block_tree import Block

_WORDS = {"content": ("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "li"), "text": ("a", "button")}
_ATTRIBUTES = {"url": (("img", "src"), ("a", "href")), "alt": (("img", "alt"),), "title": (("img", "title"),)}


def values(block: Block, own: Any) -> dict[str, str]:
    """What the block with this name says here, by attribute; empty for a block that says what the pattern says."""
    metadata = block.attributes.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(own, dict) or "bindings" not in metadata:
        return {}
    found = own.get(str(metadata.get("name")))
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def overridden(html: str, own: dict[str, str]) -> str:
    """The block's HTML with words of its own."""
    root = tree.parse(html)
    for key, value in own.items():
        _set(root, key, value)
    return tree.inner_html(root)


def _set(root: etree._Element, key: str, value: str) -> None:
    for tag, name in _ATTRIBUTES.get(key, ()):
        element = next(root.iter(tag), None)
        if element is not None:
            element.set(name, value)
            return
    element = next(root.iter(*_WORDS[key]), None) if key in _WORDS else None
    if element is None and key == "caption":
        element = next(root.iter("figcaption"), None)
    if element is not None:
        new = tree.parse(value)
        for child in list(element):
            element.remove(child)
        element.text = new.text
        element.extend(list(new))
