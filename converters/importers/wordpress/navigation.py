"""Menus of block themes: an item of the type `wp_navigation`, whose text is blocks of links, one inside the other.

https://developer.wordpress.org/block-editor/reference-guides/core-blocks/#navigation
"""

from __future__ import annotations

import json
import re
from typing import Any

from converters.importers.wordpress.rawitem import RawItem, integer, plain
from converters.model import MenuItem

_BLOCK = re.compile(r"<!--\s+(/?)wp:(?:core/)?(navigation-link|navigation-submenu|home-link)\s+(?=[{/-])")
_KINDS = {"post-type": "post_type", "taxonomy": "taxonomy", "post-type-archive": "post_type_archive"}
_TAXONOMIES = {"category": "category", "tag": "post_tag"}
_MOST = 500
"""Entries that are read of one item."""
_decode = json.JSONDecoder().raw_decode


def read_navigation(item: RawItem, home: str) -> tuple[MenuItem, ...]:
    """The entries; `home` is the address of the site."""
    text, above = item["content:encoded"], [""]
    found: list[MenuItem] = []
    for block in _BLOCK.finditer(text):
        if block[1]:
            if len(above) > 1:
                above.pop()
            continue
        if len(found) >= _MOST:
            break
        given, end = _attributes(text, block.end())
        if block[2] == "home-link":
            given = {"label": "Home", **given, "url": home, "kind": "custom"}
        entry = _entry(given, f"{item['wp:post_id']}-{len(found) + 1}", above[-1], len(found) + 1)
        found.append(entry)
        if not text.startswith("/-->", end):
            above.append(entry.id)
    return tuple(found)


def _attributes(text: str, start: int) -> tuple[dict[str, Any], int]:
    """What a block says of itself, and where the mark of its end is."""
    if text[start] != "{":
        return {}, start
    try:
        given, end = _decode(text, start)
    except (ValueError, RecursionError):
        return {}, start
    while text[end : end + 1].isspace():
        end += 1
    return given, end


def _entry(given: dict[str, Any], id: str, above: str, order: int) -> MenuItem:
    said = {name: value for name, value in given.items() if isinstance(value, str)}
    named, number = said.get("type", ""), integer(given.get("id"))
    kind = _KINDS.get(said.get("kind", ""), "")
    if not kind and number:  # as blocks were written before they named it
        kind = "taxonomy" if named in _TAXONOMIES else "post_type"
    if kind in ("post_type", "taxonomy") and not number:
        kind = "custom"
    return MenuItem(
        id=id,
        parent=above,
        title=plain(said.get("label", "")),
        order=order,
        kind=kind or "custom",
        object=_TAXONOMIES.get(named, named),
        target=str(number) if number else "",
        address=said.get("url", ""),
        description=said.get("description", ""),
        tip=plain(said.get("title", "")),
        new_window=given.get("opensInNewTab") is True,
    )
