"""Blocks become the HTML they show.

What a block shows is nearly always the HTML between its comments, with the blocks in it put in place. The table
`BLOCKS` holds the others: those that are filled when they are shown (reusable blocks, footnotes, social links), those
that are written in the classic editor's way, and code of plug-ins. `SITE` are the blocks that show the site rather than
the post. Their documentation: https://developer.wordpress.org/block-editor/reference-guides/core-blocks/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from converters.importers.wordpress.content import (
    backgrounds,
    footnotes,
    own_rules,
    social,
    synced,
    third_party,
)
from converters.importers.wordpress.content.block_tree import Block, parse
from converters.importers.wordpress.content.context import Context

Handler = Callable[[Block, str, Context], str]
"""What a block shows, from the HTML between its comments in which inner blocks are in place already."""

SITE = re.compile(
    r"archives|calendar|categories|latest-(?:posts|comments)|loginout|page-list(?:-item)?|rss|search|tag-cloud"
    r"|query(?:-.*)?|post-.*|comments?(?:-.*)?|site-.*|navigation(?:-.*)?|template-part|terms?-.*|read-more|avatar"
    r"|home-link|legacy-widget|widget-group|breadcrumbs|pattern"
)
_EMPTY_BY_NATURE = frozenset("more nextpage spacer separator paragraph heading column group freeform html".split())
_SHOWS = re.compile(r"<(?:img|picture|video|audio|iframe|embed|object|svg|canvas|hr|input|math)\b", re.I)
_TAG = re.compile(r"<[^>]*>")


def has_blocks(text: str) -> bool:
    """As WordPress's `has_blocks` asks it."""
    return "<!-- wp:" in text


def flatten(text: str, context: Context) -> str:
    """The HTML of all blocks, without their comments. Stretches between blocks are texts of the classic editor."""
    return _Flattener(context).text(text)


class _Flattener:
    """One walk. `refs` are the reusable blocks it stands in, `own` the words that the outermost of them brought."""

    def __init__(self, context: Context, refs: tuple[str, ...] = (), own: Any = None) -> None:
        self._context, self._refs, self._own = context, refs, own

    def text(self, text: str) -> str:
        if not has_blocks(text):
            return self._context.paragraphs(text)
        parts = parse(text, self._context.limits.content_depth).parts
        return "".join(
            self._block(part) if isinstance(part, Block) else _freeform(part, self._context) for part in parts
        )

    def _block(self, block: Block) -> str:
        context = self._context
        ruled = own_rules.has_block_rule(block.name, context)
        if block.ended and _shows_the_site(block.name) and not ruled:
            context.log("block.site", block.name)
            return ""
        if block.name == "block" and not block.parts:
            return self._reusable(block)
        html = "".join(part if isinstance(part, str) else self._block(part) for part in block.parts)
        if self._own and (own := synced.values(block, self._own)) and self._may_add(sum(map(len, own.values())), block):
            html = synced.overridden(html, own)
        if ruled and (written := own_rules.block_rule(block.name, block.attributes, html, context)) is not None:
            return written
        html = backgrounds.of_block(block, html, context.log)
        if block.name == "block":
            return _with_inside(self._reusable(block), html)
        handler = BLOCKS.get(block.name)
        if handler is not None:
            return handler(block, html, context)
        if block.name not in _EMPTY_BY_NATURE and _shows_nothing(html):
            context.log("block.empty", block.name)
        return html

    def _may_add(self, characters: int, block: Block) -> bool:
        return self._context.budget.take(characters, self._context.log, f"wp:{block.name}")

    def _reusable(self, block: Block) -> str:
        ref = block.text("ref")
        if ref in self._refs or len(self._refs) >= self._context.limits.content_depth:
            self._context.log("block.reusable-cycle", ref)
            return ""
        text = self._context.block_text(ref)
        if text is None:
            self._context.log("block.reusable-missing", ref)
            return ""
        if not self._context.budget.take(len(text), self._context.log, f"wp:block {ref}", inclusion=True):
            return ""
        own = self._own or block.attributes.get("content")
        return _Flattener(self._context, (*self._refs, ref), own).text(text)


@lru_cache(maxsize=1024)
def _shows_the_site(name: str) -> bool:
    return SITE.fullmatch(name) is not None


def _freeform(text: str, context: Context) -> str:
    return context.paragraphs(text) if text.strip() else text


def _shows_nothing(html: str) -> bool:
    return not _SHOWS.search(html) and not _TAG.sub("", html).strip()


def _with_inside(shown: str, html: str) -> str:
    """A block that is filled when it is shown has nothing inside, unless its end is missing: then the text goes on."""
    return shown if _shows_nothing(html) else shown + html


def _as_classic(block: Block, html: str, context: Context) -> str:
    """Written as in the classic editor: paragraphs come with the page."""
    return context.paragraphs(html)


def _as_it_is(block: Block, html: str, context: Context) -> str:
    return html


def _footnotes(block: Block, html: str, context: Context) -> str:
    if not context.budget.take(len(context.footnotes), context.log, "wp:footnotes"):
        return html
    return _with_inside(footnotes.as_list(context.footnotes, context.log), html)


def _social_link(block: Block, html: str, context: Context) -> str:
    labelled = block.parent is None or bool(block.parent.attributes.get("showLabels"))
    return _with_inside(social.link(block.attributes, labelled=labelled), html)


def _more(block: Block, html: str, context: Context) -> str:
    return _with_inside("<!--more-->", html)


def _cover(block: Block, html: str, context: Context) -> str:
    """A picture that lies behind the words is a background, in older versions and where it is fixed or repeated."""
    url = block.text("url")
    if not url or "<img" in html or "<video" in html or "background-image" not in html:
        return html
    return f'<img src="{escape(url)}" alt="{escape(block.text("alt"))}">{html}'


BLOCKS: dict[str, Handler] = {
    "cover": _cover,
    "cover-image": _cover,
    "footnotes": _footnotes,
    "freeform": _as_classic,
    "html": _as_it_is,
    "more": _more,
    "shortcode": _as_classic,
    "social-link": _social_link,
    **third_party.BLOCKS,
}
"""Blocks whose HTML is not simply what stands between their comments, by name."""
