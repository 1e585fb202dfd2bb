"""WordPress's dialect of HTML (classic editor, shortcodes, blocks, embeds) into semantic HTML.

One construct a file. `to_tree` owns the order of the steps, which follows the filters of WordPress's `the_content`:
blocks and embeds first, paragraphs of classic texts next, shortcodes last.
"""

from __future__ import annotations

import re

import msgspec
from lxml import etree

from converters import tree
from converters.importers.wordpress.content import blocks, captions, code, divider, embeds, galleries, media, unknown
from converters.importers.wordpress.content.autop import autop, unwrap_shortcodes
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.normalize import normalize
from converters.importers.wordpress.content.shortcodes import Expander, Handler

__all__ = ["Context", "to_tree"]

SHORTCODES: dict[str, Handler] = {
    **captions.HANDLERS,
    **galleries.HANDLERS,
    **media.HANDLERS,
}
"""Every shortcode known here, by name. A table of the same form stands in each construct's file."""

_NEXT_PAGE = re.compile(r"<!--\s*nextpage\s*-->")
_MORE = re.compile(r"<!--\s*more(?:\s[^>]*?)?\s*-->")
_early = Expander(embeds.HANDLERS)
_all = Expander(SHORTCODES)
_names = frozenset({*SHORTCODES, *embeds.HANDLERS})


def to_tree(text: str, context: Context) -> etree._Element:
    """The text as semantic HTML inside a `div` that is not part of it."""
    context = msgspec.structs.replace(context, expand=lambda inside: _all.expand(inside, context))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    classic = not blocks.has_blocks(text)
    if not classic:
        text = blocks.flatten(text, context)
    text = code.shield(_MORE.sub("<!--more-->", _NEXT_PAGE.sub("", text)))
    text = embeds.on_lines_of_their_own(_early.expand(text, context))
    if classic:
        text = unwrap_shortcodes(autop(text), _names)
    text = _all.expand(text, context)
    unknown.note(text, SHORTCODES.keys(), context.log)
    root = tree.parse(text, context.log, context.limits)
    normalize(root)
    divider.lift(root)
    return root
