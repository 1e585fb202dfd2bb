"""Shortcodes that show products, downloads or events by their ids: a list of links to their pages.

[product id="12"]   [products ids="12,13"]   [product_page id="12"]   [add_to_cart id="12"]   [purchase_link id="12"]
[downloads ids="12,13"]   [edd_downloads ids="12"]   [tribe_event_inline id="12"]   [event id="12"]

Lists without ids (the newest ones, those of a category) change with the site: they are left to `plugins.py`.
"""

from __future__ import annotations

from html import escape

from converters.importers.wordpress.content import arguments, galleries, parts, plugins
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode
from converters.importers.wordpress.rawitem import plain

_KINDS = {
    "product": "product products product_page add_to_cart add_to_cart_url",
    "download": "purchase_link downloads download edd_downloads",
    "tribe_events": "tribe_event_inline",
    "event": "event",
    "give_forms": "give_form donation_form",
}
_PRICES = {"product": "_price", "download": "edd_price"}


def _cards(kind: str, otherwise: Handler) -> Handler:
    def handle(code: Shortcode, context: Context) -> str | None:
        ids = galleries.ids(parts.first(code, "ids id product_id")) if context.companions is not None else []
        rows = [row for id in ids if (row := _row(id, kind, context))]
        if not rows:
            return otherwise(code, context)
        return f"<p>{rows[0]}</p>" if len(rows) == 1 else f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"

    return handle


def _row(id: str, kind: str, context: Context) -> str:
    item = context.companions.item(id, kind) if context.companions is not None else None
    link = parts.permalink(id, context)
    if item is None or not link:
        return ""
    price = item.first_meta(_PRICES.get(kind, "")).strip()
    shown = f" ({escape(price)})" if price.replace(".", "", 1).isdecimal() and float(price) else ""
    return f'<a href="{escape(link)}">{escape(plain(item["title"]), quote=False)}</a>{shown}'


_OTHERWISE = {**plugins.HANDLERS, **arguments.HANDLERS}
"""What shows the shortcodes that name no item: `[download link="…"]` of themes is a link."""
HANDLERS: dict[str, Handler] = {
    name: _cards(kind, _OTHERWISE.get(name, plugins.stays)) for kind, names in _KINDS.items() for name in names.split()
}
"""Shortcodes that show items with pages, by name."""
