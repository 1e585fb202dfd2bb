"""WordPress's dialect of HTML (classic editor, shortcodes, blocks, embeds) into semantic HTML.

One construct a file. `to_tree` owns the order of the steps, which follows the filters of WordPress's `the_content`:
blocks and embeds first, paragraphs of classic texts next, shortcodes last.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from lxml import etree

from converters import tree
from converters.importers.wordpress.content import blocks, captions, embeds, footnotes, galleries, media, unknown
from converters.importers.wordpress.content.autop import autop
from converters.importers.wordpress.content.normalize import normalize
from converters.importers.wordpress.content.shortcodes import Expander, Handler
from converters.limits import DEFAULT, Limits
from converters.notices import Log
from converters.plugin import SiteLookup

_NEXT_PAGE = re.compile(r"<!--\s*nextpage\s*-->")
_MORE = re.compile(r"<!--\s*more(?:\s[^>]*?)?\s*-->")
_WRAPPED = re.compile(r"<p>\s*(\[(?:gallery|caption|wp_caption|audio|video|playlist|embed)\b.*?\])\s*</p>", re.S)


class Context(msgspec.Struct, frozen=True):
    """What a text needs to know of its surroundings."""

    post: str
    """The id of the post the text belongs to."""
    lookup: SiteLookup
    log: Log
    block_text: Callable[[str], str | None]
    """The text of a reusable block by id; None when it is not there."""
    footnotes: str = ""
    """The post's meta field `footnotes`: JSON, which the block of that name shows."""
    limits: Limits = DEFAULT


def to_tree(text: str, context: Context) -> etree._Element:
    """The text as semantic HTML inside a `div` that is not part of it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    classic = not blocks.has_blocks(text)
    if not classic:
        dynamic = blocks.Dynamic(context.block_text, lambda: footnotes.as_list(context.footnotes, context.log))
        text = blocks.flatten(text, dynamic, context.log, context.limits)
    text = _MORE.sub("<!--more-->", _NEXT_PAGE.sub("", text))
    text = embeds.on_lines_of_their_own(_expander({"embed": embeds.embed_shortcode}, text))
    if classic:
        text = autop(text)
    handlers = _handlers(context)
    text = _expander(handlers, _WRAPPED.sub(r"\1", text))
    unknown.note(text, handlers.keys(), context.log)
    root = tree.parse(text, context.log, context.limits)
    normalize(root)
    return root


def _expander(handlers: dict[str, Handler], text: str) -> str:
    return Expander(handlers).expand(text) if "[" in text else text


def _handlers(context: Context) -> dict[str, Handler]:
    lookup, log = context.lookup, context.log
    return {
        **captions.HANDLERS,
        "gallery": lambda code: galleries.gallery(code, context.post, lookup, log),
        "audio": media.player,
        "video": media.player,
        "playlist": lambda code: media.playlist(code, lookup, log),
    }
