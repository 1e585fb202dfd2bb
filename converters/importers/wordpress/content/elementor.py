"""Elementor's posts: the meta field `_elementor_data`, a JSON tree of sections, columns, containers and widgets.

[{"elType": "section", "elements": [{"elType": "column", "elements": [
  {"elType": "widget", "widgetType": "heading", "settings": {"title": "…", "header_size": "h2"}},
  {"elType": "widget", "widgetType": "text-editor", "settings": {"editor": "<p>…</p>"}},
  {"elType": "widget", "widgetType": "image", "settings": {"image": {"url": "…", "id": 9}, "caption": "…"}}]}]}]

Elementor writes what the widgets show into the post's content, too, whenever a post is saved; that HTML is what
WordPress shows without it, and is used as long as it says as much. `content` reads the tree only where the content is
empty, or has fewer than half of the tree's words. Names of settings follow Elementor's documentation for developers
(https://developers.elementor.com/docs/) and exports of its widgets. The HTML goes the way of a Custom HTML block
afterwards: shortcodes in it are replaced, and no paragraphs are made, as Elementor makes none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from converters.importers.wordpress.content.elementor_widgets import (
    WIDGETS,
    Settings,
    by_names,
    rows,
    text,
    titled,
)
from converters.model.notices import Log
from converters.plugin import SiteLookup

_DEEPEST = 50
_MARKUP = re.compile(r"<[^<>]*>|\[[^\[\]]*\]")
_WORD = re.compile(r"\w+")
IN_META = (
    ("_fl_builder_enabled", "Beaver Builder"),
    ("panels_data", "SiteOrigin"),
    ("_themify_builder_settings_json", "Themify"),
    ("brizy", "Brizy"),
    ("tve_updated_post", "Thrive Architect"),
    ("ct_builder_shortcodes", "Oxygen"),
    ("_bricks_page_content_2", "Bricks"),
    ("_breakdance_data", "Breakdance"),
    ("_cornerstone_data", "Cornerstone"),
)
"""Meta fields in which builders keep a post. All but a few write its HTML into the content, too."""

_NESTED = frozenset({"nested-tabs", "nested-accordion", "nested-carousel"})
_FORMS = frozenset({"form", "login", "wpforms", "eael-contact-form-7", "eael-wpforms", "eael-gravity-form"})
_SILENT = frozenset({"spacer", "icon", "share-buttons", "menu-anchor", "theme-post-content", "read-more"})
"""Widgets that show nothing a reader could miss."""


def content(written: str, meta: Mapping[str, str], lookup: SiteLookup, log: Log) -> str:
    """The HTML to read for a post whose content field is `written`; builders found in its meta fields are noted."""
    for key, name in IN_META:
        if meta.get(key, "").strip() not in ("", "0", "[]"):
            log("builder.found", name)
            if not _words(written):
                log("builder.elsewhere", name)
    data = meta.get("_elementor_data", "").strip()
    if not data or data == "[]" or meta.get("_elementor_edit_mode", "builder") != "builder":
        return written
    log("builder.found", "Elementor")
    tree = _load(data)
    if tree is None:
        log("builder.invalid", "_elementor_data")
        return written
    unseen = Log(log.item)
    _say_alternatives(tree, lookup)
    html = _elements(tree, unseen, 0)
    if written.strip() and _words(written) * 2 >= _words(html):
        return written
    for notice in unseen.notices:
        log.take(notice)
    return f"<!-- wp:html -->\n{html}\n<!-- /wp:html -->"


def _words(html: str) -> int:
    """How much a reader has to see: words, pictures and frames."""
    return len(_WORD.findall(_MARKUP.sub(" ", html))) + html.count("<img") + html.count("<iframe")


def _load(data: str) -> list[Any] | None:
    """The tree; some exports hold it with the slashes WordPress adds before it stores a field."""
    for json_text in (data, re.sub(r"\\(.)", r"\1", data, flags=re.S)):
        try:
            loaded: Any = json.loads(json_text, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(loaded, list):
            return loaded
    return None


def _elements(found: Any, log: Log, depth: int) -> str:
    if not isinstance(found, list):
        return ""
    if depth > _DEEPEST:
        log("builder.invalid", "_elementor_data: nested too deeply")
        return ""
    return "".join(_element(one, log, depth) for one in found if isinstance(one, dict))


def _element(one: dict[str, Any], log: Log, depth: int) -> str:
    name, found = str(one.get("widgetType") or ""), one.get("settings")
    settings = found if isinstance(found, dict) else {}
    if one.get("elType") == "widget" and name in _NESTED:
        return _nested(settings, one.get("elements"), log, depth)
    inside = _elements(one.get("elements"), log, depth + 1)
    if one.get("elType") != "widget":
        return f"<div>\n{inside}</div>\n" if inside else ""
    if name in _FORMS:
        log("shortcode.form", text(settings, "form_name") or name)
        return ""
    html = WIDGETS.get(name, by_names)(settings)
    if not (html + inside).strip() and name not in _SILENT:
        log("builder.widget", name)
    return f"{html}\n{inside}" if html or inside else ""


def _nested(settings: Settings, elements: Any, log: Log, depth: int) -> str:
    """Tabs and drawers that hold containers: titles in the settings, what they hold in the same order in the tree."""
    titles = [text(row, "tab_title", "item_title", "slide_title") for row in rows(settings, "tabs", "items")]
    held = [_elements([one], log, depth + 1) for one in elements] if isinstance(elements, list) else []
    pairs = zip_longest(titles, held, fillvalue="")
    return "".join(titled(title, "") + html for title, html in pairs)


def _say_alternatives(tree: list[Any], lookup: SiteLookup) -> None:
    """Pictures are named by id and address; their alternative texts are the media library's."""
    for image in _images(tree):
        if image.get("url") and not image.get("alt"):
            asset = lookup.asset(str(image.get("id") or ""))
            image["alt"] = asset.alt if asset is not None else ""


def _images(tree: list[Any]) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict) and "url" in one and "id" in one:
            yield one
        if isinstance(one, dict | list):
            waiting.extend(one.values() if isinstance(one, dict) else one)
