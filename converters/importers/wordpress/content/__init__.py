"""WordPress's dialect of HTML (classic editor, shortcodes, blocks, embeds) into semantic HTML.

One construct a file. `to_tree` owns the order of the steps, which follows the filters of WordPress's `the_content`:
blocks and embeds first, paragraphs of classic texts next, shortcodes last.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec
from lxml import etree

from converters.html import tree
from converters.importers.wordpress.content import (
    backgrounds,
    blocks,
    builders,
    code,
    embeds,
    footnotes,
    galleries,
    media,
    plugins,
    shortcodes,
)
from converters.importers.wordpress.content.autop import autop, unwrap_shortcodes
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.normalize import lift_more_tag, normalize
from converters.importers.wordpress.content.shortcodes import Expander, Handler
from converters.rules.pieces import Pieces

__all__ = ["Context", "to_tree"]

SHORTCODES: dict[str, Handler] = {
    **builders.HANDLERS,
    **plugins.HANDLERS,
    **footnotes.HANDLERS,
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
    held = context.block_text
    context = msgspec.structs.replace(
        context,
        pieces=Pieces(),
        block_text=cache(lambda ref: None if (found := held(ref)) is None else _prepared(found, context)),
        paragraphs=lambda written: _paragraphs(written, context),
    )
    context = _nested(context)
    text = blocks.flatten(_prepared(text, context), context)
    text = _expand(_embeds(text, context), context)
    root = tree.parse(context.pieces.with_html(text), context.log, context.limits)
    if context.rules is not None:
        context.rules.classes.apply(root, context.log, context.pieces)
    if shortcodes.MAYBE_UNKNOWN.search(tree.plain_text(root)):
        shortcodes.note_unknown(root, SHORTCODES.keys() | context.own_names, context.log)
    footnotes.gather(root)
    backgrounds.lift(root, context.log)
    normalize(root)
    context.pieces.place(root)
    lift_more_tag(root)
    return root


def _nested(context: Context, depth: int = 0) -> Context:
    """The context for what stands inside a shortcode: inside too many of them, brackets are text."""
    if depth > context.limits.content_depth:
        return msgspec.structs.replace(context, expand=lambda inside: _kept(inside, context))
    return msgspec.structs.replace(context, expand=lambda inside: _expand(inside, _nested(context, depth + 1)))


def _kept(inside: str, context: Context) -> str:
    """What stands too deep, as it is."""
    if "[" in inside:
        context.log("shortcode.depth")
    return inside


def _expand(text: str, context: Context) -> str:
    expander = _all if context.rules is None else context.rules.all(SHORTCODES)
    return expander.expand(text, context)


def _prepared(text: str, context: Context) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return code.shield(_MORE.sub("<!--more-->", _NEXT_PAGE.sub("", text)), context.own_names)


def _embeds(text: str, context: Context) -> str:
    early = _early if context.rules is None else context.rules.early(embeds.HANDLERS)
    return embeds.on_lines_of_their_own(early.expand(text, context))


def _paragraphs(text: str, context: Context) -> str:
    """What the classic editor wrote, whole posts and stretches between blocks."""
    return unwrap_shortcodes(autop(_embeds(text, context)), _names | context.own_names)
