"""Shortcodes of page builders and themes: layout is unwrapped, modules become headings, pictures, links, quotes, lists.

[vc_row][vc_column][vc_column_text]…   [vc_single_image image="9"]   [vc_btn title="…" link="url:https%3A…"]   WPBakery
[et_pb_section]…[et_pb_blurb title="…" image="…" url="…"]…[/et_pb_blurb]   [et_pb_button button_url="…" …]      Divi
[fusion_builder_container]…   [fusion_imageframe image_id="9|full"]   [fusion_button link="…"]…[/fusion_button] Avada
[av_textblock]…   [av_heading heading='…' tag='h3']   [x_section]…   [ux_image id="9"]   [nectar_btn text="…"]    others
[su_box title="…"]…   [su_spoiler title="…"]   [su_tabs][su_tab title="…"]   [su_quote cite="…"]   Shortcodes Ultimate
[one_half]…   [tabs][tab title="…"]   [toggle title="…"]   [button link="…"]   [dropcap]   [pullquote]            themes

What a module shows follows the builders' documentation (`builder_modules.py`, by the names in `builder_names.py`). A
shortcode of a builder's prefix that has no row of its own is read by the names of its attributes. Names that are
ordinary words count only where they are plainly shortcodes: with an end, or with attributes.
"""

from __future__ import annotations

from converters.importers.wordpress.content import builder_modules as modules
from converters.importers.wordpress.content import builder_names as names
from converters.importers.wordpress.content import parts
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode


def _unknown(code: Shortcode, context: Context) -> str | None:
    """A shortcode of a known prefix that has no row."""
    if code.inside is None and not code.attributes and not code.name.startswith(names.SURE):
        return None
    html = modules.module(code, context)
    context.log("shortcode.unwrapped" if html.strip() else "shortcode.left-out", code.name)
    return html


def _named(handler: Handler) -> Handler:
    """The handler, with a word on which builder it was."""

    def handle(code: Shortcode, context: Context) -> str | None:
        html = handler(code, context)
        builder = next((name for prefix, name in names.BUILDERS if code.name.startswith(prefix)), "")
        if builder and html is not None:
            context.log("builder.found", builder)
        return html

    return handle


_ROWS: tuple[tuple[Handler, str], ...] = (
    (modules.layout, names.LAYOUT),
    (modules.titled, names.TITLED),
    (modules.inline, names.INLINE),
    (modules.initial, names.INITIALS),
    (modules.mark, names.MARKED),
    (modules.tooltip, names.TOOLTIPS),
    (modules.heading, names.HEADINGS),
    (modules.button, names.BUTTONS),
    (modules.quote, names.QUOTES),
    (modules.rule, names.RULES),
    (modules.divi_rule, "et_pb_divider"),
    (modules.nothing, names.NOTHING),
    (modules.picture, names.PICTURES),
    (modules.gallery, names.GALLERIES),
    (modules.film, names.FILMS),
    (modules.encoded, names.ENCODED),
    (modules.items, names.LISTS),
    (modules.item, names.ITEMS),
    (modules.counter, names.COUNTERS),
    (modules.place, names.PLACES),
    (modules.site, names.SITE),
    (modules.anchor, names.ANCHORS),
    (modules.module, names.MODULES),
    (modules.testimonial, names.TESTIMONIALS),
    (modules.permalink, "su_permalink"),
    (modules.form, names.FORMS),
)
_WORD_ROWS: tuple[tuple[Handler, str], ...] = (
    (modules.layout, names.WORD_LAYOUT),
    (modules.titled, names.WORD_TITLED),
    (modules.inline, names.WORD_INLINE),
    (modules.initial, names.WORD_INITIALS),
    (modules.mark, "highlight"),
    (modules.tooltip, "tooltip"),
    (modules.heading, names.WORD_HEADINGS),
    (modules.button, names.WORD_BUTTONS),
    (modules.quote, names.WORD_QUOTES),
    (modules.rule, names.WORD_MARKED_RULES),
    (modules.nothing, names.WORD_MARKED),
    (modules.picture, names.WORD_PICTURES),
    (modules.items, names.WORD_LISTS),
    (modules.item, names.WORD_ITEMS),
    (modules.module, names.WORD_MODULES),
    (modules.testimonial, "testimonial"),
)
HANDLERS: dict[str, Handler] = {
    **{name: _named(handler) for name, handler in parts.table(*_ROWS).items()},
    **{prefix + "*": _named(_unknown) for prefix in names.PREFIXES},
    "cs_element_*": _named(modules.layout),
    **{name: parts.only_marked(handler) for name, handler in parts.table(*_WORD_ROWS).items()},
    **parts.table((modules.rule, names.WORD_RULES), (modules.nothing, names.WORD_NOTHING)),
}
"""Builders' and themes' shortcodes by name; a prefix with `*` is for all others of it."""
