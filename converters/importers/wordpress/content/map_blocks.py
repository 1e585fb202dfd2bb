"""Maps, which a script drew from the attributes of a block: a list of their places, each a link to a map.

<!-- wp:jetpack/map {"points":[{"title":"Quay","caption":"Boats","coordinates":{"longitude":10.1,"latitude":54.3}}]} -->
<!-- wp:kadence/googlemaps {"location":"Quay 1, Harbour"} /-->

Such a list is what Jetpack's block saves for readers without scripts (`save.js` of its block "map"), if an editor has
saved it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.item_blocks import shows_nothing

if TYPE_CHECKING:
    from converters.importers.wordpress.content.blocks import WpBlock

_SEARCH = "https://www.google.com/maps/search/?api=1&query="
_PLACES = {"kadence/googlemaps": "location", "uagb/google-map": "address", "stackable/map": "location"}
"""Block -> its attribute with the place that it shows."""


def _points(block: WpBlock, html: str, context: Context) -> str:
    """What was saved of the block, or the list of its points."""
    if not shows_nothing(html):
        return html
    items = "".join(_items(block.attributes.get("points")))
    if not items:
        context.log("block.empty", block.name)
        return html
    return f"<ul>{items}</ul>"


def _items(points: Any) -> Iterator[str]:
    for point in points if isinstance(points, list) else ():
        place = point.get("coordinates") if isinstance(point, dict) else None
        at = (place.get("latitude"), place.get("longitude")) if isinstance(place, dict) else ()
        if len(at) == 2 and all(type(number) in (int, float) for number in at):
            name = str(point.get("title") or point.get("placeTitle") or f"{at[0]}, {at[1]}")
            said = str(point.get("caption") or "")
            link = f'<a href="{escape(f"{_SEARCH}{at[0]},{at[1]}")}">{escape(name)}</a>'
            yield f"<li>{link}{f'<br>{escape(said)}' if said else ''}</li>"


def _place(attribute: str) -> Callable[[WpBlock, str, Context], str]:
    def handle(block: WpBlock, html: str, context: Context) -> str:
        where = block.text(attribute).strip()
        if not shows_nothing(html) or "<iframe" in html:
            return html
        if not where:
            context.log("block.empty", block.name)
            return html
        return f'<p><a href="{escape(_SEARCH + quote_plus(where))}">{escape(where)}</a></p>'

    return handle


BLOCKS: dict[str, Callable[[WpBlock, str, Context], str]] = {
    "jetpack/map": _points,
    **{name: _place(attribute) for name, attribute in _PLACES.items()},
}
"""Blocks that are a map, by name."""
