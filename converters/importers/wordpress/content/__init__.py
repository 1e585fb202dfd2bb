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
from converters.html.angle_brackets import keep_text
from converters.importers.shared import lazy, styles
from converters.importers.shared.styles.pasted import RIGHT_TO_LEFT
from converters.importers.wordpress.content import (
    backgrounds,
    blocks,
    builder_traces,
    builders,
    code_shortcodes,
    code_text,
    companions,
    embeds,
    footnotes,
    formulas,
    galleries,
    markdown_text,
    markup,
    media,
    plugins,
    shortcodes,
    typography,
)
from converters.importers.wordpress.content.autop import autop, unwrap_shortcodes
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.normalize import lift_more_tag, normalize
from converters.importers.wordpress.content.shortcodes import Expander, Handler
from converters.rules.pieces import Pieces

__all__ = ["KNOWN", "Context", "to_tree"]

SHORTCODES: dict[str, Handler] = {
    **builders.HANDLERS,
    **plugins.HANDLERS,
    **footnotes.HANDLERS,
    **galleries.HANDLERS,
    **media.HANDLERS,
    **companions.HANDLERS,
}
"""Every shortcode known here, by name. A table of the same form stands in each construct's file."""

_NEXT_PAGE = re.compile(r"<!--\s*nextpage\s*-->")
_MORE = re.compile(r"<!--more.*?-->")
"""As `get_the_content` looks for it: `<!-- more -->` is a comment."""
_early = Expander(embeds.HANDLERS)
_all = Expander(SHORTCODES)
_names = frozenset({*SHORTCODES, *embeds.HANDLERS})
KNOWN = _names | code_shortcodes.NAMES
"""All names of shortcodes that are known here."""


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
    builder_traces.note(text, context.log)
    text = _expand(_embeds(_as_html(text, context), context), context)
    root = tree.parse(context.pieces.with_html(text), context.log, context.limits)
    if lazy.may_wait(text):
        lazy.load(root)
    if context.rules is not None:
        context.rules.classes.apply(root, context.log, context.pieces)
    language = (context.language or context.lookup.site.language).partition("-")[0].lower()
    styles.resolve(root, context.log, right_to_left=language in RIGHT_TO_LEFT)
    if shortcodes.MAYBE_UNKNOWN.search(tree.plain_text(root)):
        shortcodes.note_unknown(root, SHORTCODES.keys() | context.own_names, context.log)
    footnotes.gather(root)
    backgrounds.lift(root, context.log)
    normalize(root)
    typography.texturize(root)
    context.pieces.place(root)
    lift_more_tag(root)
    return root


def _as_html(text: str, context: Context) -> str:
    """The HTML that WordPress makes of the text before it looks for shortcodes."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _is_markdown(text, context):
        marked = markup.outside_code(text, lambda part: formulas.shield(_marks(part), context.own_names, markdown=True))
        return markdown_text.to_html(marked, context.log, context.own_names)
    return blocks.flatten(_prepared(text, context), context)


def _is_markdown(text: str, context: Context) -> bool:
    if context.markup != "auto":
        return context.markup == "markdown" and not blocks.has_blocks(text)
    found = markup.markup_of(text, flagged=context.flagged)
    if found.name:
        context.log("markup.markdown" if found.certain else "markup.looks-like", found.name)
    return found.certain


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
    text = companions.with_shortcodes(text.replace("\r\n", "\n").replace("\r", "\n"), context)
    text = formulas.shield(code_text.shield(text, context.own_names), context.own_names)
    if "nextpage" in text and (cuts := len(_NEXT_PAGE.findall(text))):
        context.log("content.pages", str(cuts + 1))
    return keep_text(_marks(text), context.log)


def _marks(text: str) -> str:
    """The text as one page, with the end of its teaser in one spelling."""
    return _MORE.sub("<!--more-->", _NEXT_PAGE.sub("", text))


def _embeds(text: str, context: Context) -> str:
    early = _early if context.rules is None else context.rules.early(embeds.HANDLERS)
    return embeds.on_lines_of_their_own(early.expand(text, context))


def _paragraphs(text: str, context: Context) -> str:
    """What the classic editor wrote, whole posts and stretches between blocks."""
    return unwrap_shortcodes(autop(_embeds(text, context)), _names | context.own_names)
