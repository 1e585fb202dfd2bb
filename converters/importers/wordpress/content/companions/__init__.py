"""What posts show of other items of the export: tables, galleries, sliders, recipes.

`converters/importers/wordpress/companions.py` has the table of post types with the shortcodes and blocks that name
their items; `RENDERERS` says what each becomes. A block becomes the shortcode of its plug-in, so that there is one way.

A shortcode whose item is not in the export is what it is without this: left as text and named (`plugins.py`), or the
pictures that it lists itself. One whose item visitors did not see shows nothing, as on the old site.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from converters.importers.wordpress.companions import COMPANIONS, TEXT
from converters.importers.wordpress.content import parts, plugins
from converters.importers.wordpress.content.companions import cards, podcasts, texts
from converters.importers.wordpress.content.companions.accordions import accordion
from converters.importers.wordpress.content.companions.pictures import READERS as GALLERIES
from converters.importers.wordpress.content.companions.pictures import gallery
from converters.importers.wordpress.content.companions.reach import Found
from converters.importers.wordpress.content.companions.recipes import recipe
from converters.importers.wordpress.content.companions.tables import chart, table_builder, tablepress
from converters.importers.wordpress.content.companions.texts import text
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode
from converters.importers.wordpress.rawitem import RawItem

Renderer = Callable[[str, Shortcode, Context, RawItem], str | None]
"""HTML for an item that a shortcode names, by its id; None where its data is not in the export."""

RENDERERS: dict[str, Renderer] = {
    "tablepress_table": tablepress,
    "wptb-tables": table_builder,
    "visualizer": chart,
    "sp_easy_accordion": accordion,
    "wprm_recipe": recipe,
    "tasty_recipe": recipe,
    **dict.fromkeys(GALLERIES, gallery),
    **{kind: text for kind, row in COMPANIONS.items() if row.quiet or row.what == TEXT},
}
"""Post type -> what becomes of its items."""

_NAMES = "id slug alias name"
_FALLBACK_START = "<!--WPRM Recipe "
_FALLBACK_END = "<!--End WPRM Recipe-->"
_FALLBACK = re.compile(r"<!--WPRM Recipe (\d{1,20})-->")
_CONTROLS = """wprm-recipe-jump wprm-recipe-jump-video wprm-recipe-print wprm-recipe-pin wprm-recipe-snippet
    wprm-recipe-rating wprm-recipe-add-to-collection wprm-recipe-counter wprm-recipe-servings-changer
    wprm-recipe-unit-conversion wprm-recipe-media-toggle wprm-prevent-sleep wprm-call-to-action tasty-recipes-jump
    tasty-recipes-print"""
_ELSEWHERE = """ninja_tables ninja_table_builder mv_create mv_recipe amd-zlrecipe-recipe:* zrdn-recipe ultimate-recipe
    cooked-recipe wpdatatable supsystic-tables supsystic-table-part easyrecipe gmc_recipe jtrt_tables league_table
    ap_question buddypress-activity"""
"""Shortcodes whose data is in tables of the database that no export holds."""
_INLINE = "wprm-timer wprm-adjustable adjustable timer wprm-temperature wprm-ingredient"


def _show(kinds: tuple[str, ...], otherwise: Handler) -> Handler:
    def handle(code: Shortcode, context: Context) -> str | None:
        name = parts.first(code, _NAMES)
        found = context.companions.find(kinds, name) if name and context.companions is not None else None
        if found is None:
            return otherwise(code, context)
        if not found.is_open:
            context.log("companion.closed", code.source[:80])
            return ""
        html = _shown(found, code, context)
        return otherwise(code, context) if html is None else html

    return handle


def _shown(found: Found, code: Shortcode, context: Context) -> str | None:
    companions = context.companions
    if companions is None or found.id in companions.showing:
        context.log("companion.cycle", code.source[:80])
        return ""
    item = companions.open(found.entry)
    companions.showing.add(found.id)
    try:
        return "" if item is None else RENDERERS[found.kind](found.id, code, context, item)
    finally:
        companions.showing.discard(found.id)


def _handlers() -> dict[str, Handler]:
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, companion in COMPANIONS.items():
        for name in companion.shortcodes.split():
            kinds[name] = (*kinds.get(name, ()), kind)
    return {name: _show(of, plugins.HANDLERS.get(name, plugins.stays)) for name, of in kinds.items()}


def _control(code: Shortcode, context: Context) -> str:
    context.log("companion.control", code.name)
    return ""


def _inline(code: Shortcode, context: Context) -> str | None:
    """A word of a step that the plug-in makes a timer of, or a number that changes with the servings."""
    if code.inside is not None:
        return context.expand(code.inside)
    return parts.as_html(code.get("text")) if code.name.startswith("wprm-") else None


HANDLERS: dict[str, Handler] = {
    **_handlers(),
    **podcasts.HANDLERS,
    **texts.HANDLERS,
    **cards.HANDLERS,
    **dict.fromkeys(_ELSEWHERE.split(), plugins.stays),
    **dict.fromkeys(_CONTROLS.split(), _control),
    **dict.fromkeys(_INLINE.split(), _inline),
}
"""Shortcodes that show an item of the export, by name."""


def with_shortcodes(text: str, context: Context) -> str:
    """The text with recipes in place of what WP Recipe Maker saves for sites that lose the plug-in: an old copy of the
    recipe, which readers did not see."""
    if _FALLBACK_START not in text or context.companions is None:
        return text
    done = 0
    pieces: list[str] = []
    for match in _FALLBACK.finditer(text):
        if match.start() < done:
            continue
        end = text.find(_FALLBACK_END, match.end())
        if end < 0:
            break
        if context.companions.find(("wprm_recipe",), match[1]) is None:
            continue
        pieces += (text[done : match.start()], f'[wprm-recipe id="{match[1]}"]')
        done = end + len(_FALLBACK_END)
        context.log.leave_out(text[match.start() : done])
    return "".join((*pieces, text[done:]))
