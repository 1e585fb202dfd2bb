"""Blocks of plug-ins that show an item of the export: each becomes the shortcode of its plug-in, which shows the item.

<!-- wp:tablepress/table {"id":"3","parameters":"hide_rows=2"} /-->   <!-- wp:modula/gallery {"id":76} /-->
<!-- wp:wp-recipe-maker/recipe {"id":77} -->[wprm-recipe id="77"]<!-- /wp:wp-recipe-maker/recipe -->
<!-- wp:seriously-simple-podcasting/castos-html-player {"episodeId":"12"} /-->
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from converters.importers.wordpress.companions import COMPANIONS
from converters.importers.wordpress.content.context import Context

if TYPE_CHECKING:
    from converters.importers.wordpress.content.blocks import WpBlock

_SHOWS = re.compile(r"<(?:img|picture|video|audio|iframe|embed|object|svg|canvas|hr|input|math)\b", re.I)
_TAG = re.compile(r"<[^>]*>")
_NAMES = "id galleryId slideshowId sliderId tableId recipeId tableID galleryID shortcode shortcodeId"
"""Attributes that say which item a block shows."""
_EPISODES = """seriously-simple-podcasting/castos-html-player seriously-simple-podcasting/castos-player
    seriously-simple-podcasting/audio-player powerpress/player-block"""
"""Blocks that show an episode of a podcast."""
_NAME = re.compile(r"[\w-]{1,200}")


def shows_nothing(html: str) -> bool:
    """Has the HTML no text and nothing that is seen without?"""
    return not _SHOWS.search(html) and not _TAG.sub("", html).strip()


def _as_shortcode(kind: str, name: str) -> Callable[[WpBlock, str, Context], str]:
    """What was saved of the block stays where it is a shortcode itself, or where the export does not hold the item."""

    def handle(block: WpBlock, html: str, context: Context) -> str:
        if "[" in html and "]" in html:
            return html
        named = next((text for key in _NAMES.split() if (text := block.text(key).strip())), "")
        if named.startswith("[") and named.endswith("]"):
            return named
        if not _NAME.fullmatch(named):
            if shows_nothing(html):
                context.log("block.empty", block.name)
            return html
        options = block.text("parameters")
        options = f" {options}" if options and not set(options) & set("[]<>") else ""
        known = context.companions is not None and context.companions.find((kind,), named) is not None
        return f'[{name} id="{named}"{options} /]' if known or shows_nothing(html) else html

    return handle


def _episode(block: WpBlock, html: str, context: Context) -> str:
    """The player of an episode, by its id; without one, of the post."""
    id = block.text("episodeId").strip()
    if not shows_nothing(html):
        return html
    return f'[podcast_episode episode="{id}"]' if id.isdecimal() else "[podcast_episode]"


BLOCKS: dict[str, Callable[[WpBlock, str, Context], str]] = {
    **dict.fromkeys(_EPISODES.split(), _episode),
    **{
        block: _as_shortcode(kind, companion.shortcodes.split()[0])
        for kind, companion in COMPANIONS.items()
        for block in companion.blocks.split()
    },
}
"""Blocks that show an item of the export, by name."""
