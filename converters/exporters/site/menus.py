"""What entries of menus lead to, for every target."""

from __future__ import annotations

from converters.model import PUBLIC
from converters.plugin import SiteLookup


def public_page(lookup: SiteLookup, id: str) -> tuple[str, str]:
    """(address, title) of an item; of one that is not public, neither: a menu is seen by everybody."""
    place, entry = lookup.place(id), lookup.entry(id)
    return (place.url, entry.title) if place and entry and entry.status in PUBLIC else ("", "")
