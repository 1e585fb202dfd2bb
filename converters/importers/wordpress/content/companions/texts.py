"""Texts that are items of their own, which shortcodes put into posts: templates of page builders, blocks of themes.

[elementor-template id="12"]   [INSERT_ELEMENTOR id="12"]   [fl_builder_insert_layout slug="intro"]
[html_block id="12"]   [block id="intro"]   [oceanwp_library id="12"]   [content_block id=12]   [fusion_global id="12"]
[reblex id="12"]   [reusable_block id="12"]                                          reusable blocks of the block editor

What is in such a text is read like the text of a post.
"""

from __future__ import annotations

from converters.html.angle_brackets import keep_text
from converters.importers.wordpress.content import blocks, code_text, elementor, parts, plugins
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode
from converters.importers.wordpress.rawitem import RawItem

_REUSABLE = "reblex reusable_block wp_reusable_render"


def text(id: str, code: Shortcode, context: Context, item: RawItem) -> str | None:
    meta = dict(reversed(item.meta))
    return _shown(elementor.content(item["content:encoded"], meta, context.asset, context.log), code.name, context)


def _shown(written: str, name: str, context: Context) -> str:
    if not written.strip() or not context.budget.take(len(written), context.log, name):
        return ""
    written = code_text.shield(written.replace("\r\n", "\n").replace("\r", "\n"), context.own_names)
    return context.expand(blocks.flatten(keep_text(written, context.log), context))


def _reusable_block(code: Shortcode, context: Context) -> str | None:
    id = parts.first(code, "id ref")
    written = context.block_text(id) if id else None
    if written is None:
        plugins.left_out(code, context)
        return None
    return _shown(written, code.name, context) if context.budget.take(0, context.log, code.name, inclusion=True) else ""


HANDLERS: dict[str, Handler] = dict.fromkeys(_REUSABLE.split(), _reusable_block)
"""Shortcodes that show a reusable block, by name."""
