"""Buttons of plug-ins whose words are in the attributes of the block, and nowhere else: links with these words.

<!-- wp:kadence/singlebtn {"uniqueID":"10_2f","text":"View more","link":"https://example.org/"} /-->
<!-- wp:essential-blocks/button {"buttonText":"Go","buttonURL":"/go/"} /-->
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from converters.html import tree
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.item_blocks import shows_nothing

if TYPE_CHECKING:
    from converters.importers.wordpress.content.blocks import WpBlock

_BUTTONS = {
    "kadence/singlebtn": ("text", "link"),
    "essential-blocks/button": ("buttonText", "buttonURL"),
    "uagb/buttons-child": ("label", "link"),
    "spectra/button": ("text", "linkURL"),
}
"""Block -> its attributes with the words and with the address."""


def _button(words: str, address: str) -> Callable[[WpBlock, str, Context], str]:
    def handle(block: WpBlock, html: str, context: Context) -> str:
        if not shows_nothing(html):
            return html
        shown = tree.inner_html(tree.parse(block.text(words))).strip()
        if shows_nothing(shown):
            context.log("block.empty", block.name)
            return html
        url = block.text(address).strip()
        link = f'<a href="{escape(url)}">{shown}</a>' if url else shown
        return f"<p>{link}</p>{html}"

    return handle


BLOCKS = {name: _button(words, address) for name, (words, address) in _BUTTONS.items()}
"""Blocks that are one button, by name."""
