"""What the pages of events and of products show beside their text: date and place, price and number.

The Events Calendar keeps dates in meta fields (`_EventStartDate`: local, `2024-05-04 10:00:00`), place and organizer as
items that events name by id (https://docs.theeventscalendar.com). Events Manager has `_event_start_date` and the id
of a location. WooCommerce keeps `_price`, one for each variation where they differ, `_sku` and the ids of further
pictures (`_product_image_gallery`). Its currency is a setting, which no export holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from converters.importers.wordpress.content import galleries
from converters.importers.wordpress.content.companions.labels import line, lines
from converters.importers.wordpress.content.companions.pictures import Picture, figures
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.rawitem import RawItem, plain

VENUE = "_VenueAddress _VenueCity _VenueState _VenueStateProvince _VenueProvince _VenueZip _VenueCountry"
LOCATION = "_location_address _location_town _location_state _location_postcode _location_region _location_country"
_ALL_DAY = ("yes", "1", "true", "on")
_WEB = ("http://", "https://")


def _values(item: RawItem, key: str) -> list[str]:
    found = (value.strip() for name, value in item.meta if name == key)
    return list(dict.fromkeys(value for value in found if value))


def _said(item: RawItem, key: str) -> str:
    return escape(plain(item.first_meta(key)))


def when(start: str, end: str, *, whole_days: bool) -> str:
    """`2024-05-04 10:00 – 12:00`; without hours for whole days, and without the second day where it is the first."""
    first, last = _moment(start), _moment(end)
    if first is None:
        return escape(start.strip())
    shape = "%Y-%m-%d" if whole_days else "%Y-%m-%d %H:%M"
    shown = first.strftime(shape)
    if last is None or last.strftime(shape) == shown:
        return shown
    same_day = first.date() == last.date()
    return f"{shown} \u2013 {last.strftime('%H:%M' if same_day and not whole_days else shape)}"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def event(item: RawItem, context: Context) -> tuple[str, str]:
    """Date, place, organizer, cost and website of an event of The Events Calendar."""
    all_day = item.first_meta("_EventAllDay").strip().lower() in _ALL_DAY
    date = when(item.first_meta("_EventStartDate"), item.first_meta("_EventEndDate"), whole_days=all_day)
    zone = _said(item, "_EventTimezone")
    url = item.first_meta("_EventURL").strip()
    cost = item.first_meta("_EventCost").strip()
    symbol = item.first_meta("_EventCurrencySymbol").strip() if cost[:1].isdecimal() else ""
    price = f"{cost} {symbol}" if item.first_meta("_EventCurrencyPosition") == "suffix" else symbol + cost
    return lines(
        line("date", f"{date} ({zone})" if date and zone and not all_day else date, context),
        line("place", "; ".join(_places(item, context)), context),
        line("organizer", ", ".join(_named(item, "_EventOrganizerID", "tribe_organizer", context)), context),
        line("cost", escape(plain(price)), context),
        line("website", f'<a href="{escape(url)}">{escape(url)}</a>' if url.startswith(_WEB) else "", context),
    ), ""


def _places(item: RawItem, context: Context) -> Iterator[str]:
    for id in _values(item, "_EventVenueID"):
        venue = context.companions.item(id, "tribe_venue") if context.companions is not None else None
        if venue is not None:
            yield _with_address(venue, VENUE)


def _with_address(place: RawItem, fields: str) -> str:
    address = dict.fromkeys(text for name in fields.split() if (text := _said(place, name)))
    return ", ".join((_link(place), *address))


def _link(item: RawItem) -> str:
    """The title, with a link to its page where it has one."""
    title, link = escape(plain(item["title"]), quote=False), item["link"].strip()
    return f'<a href="{escape(link)}">{title}</a>' if link.startswith(_WEB) and "?" not in link else title


def _named(item: RawItem, key: str, kind: str, context: Context) -> Iterator[str]:
    for id in _values(item, key):
        other = context.companions.item(id, kind) if context.companions is not None else None
        if other is not None:
            yield _link(other)


def managed_event(item: RawItem, context: Context) -> tuple[str, str]:
    """Date and place of an event of Events Manager."""
    day, last_day = item.first_meta("_event_start_date"), item.first_meta("_event_end_date")
    hours = item.first_meta("_event_start_time"), item.first_meta("_event_end_time")
    date = when(f"{day} {hours[0]}", f"{last_day} {hours[1]}", whole_days=item.first_meta("_event_all_day") == "1")
    places = []
    for name in _values(item, "_location_id"):
        found = context.companions.opened("location", name) if context.companions is not None else ()
        places += [_with_address(place, LOCATION) for _, place in found]
    return lines(line("date", date, context), line("place", "; ".join(places), context)), ""


def product(item: RawItem, context: Context) -> tuple[str, str]:
    """Price, number and further pictures of a product of WooCommerce."""
    prices = _values(item, "_price")
    numbers = sorted((price for price in prices if _is_number(price)), key=float)
    shown = numbers[0] if len(numbers) == 1 else f"{numbers[0]} \u2013 {numbers[-1]}" if numbers else ""
    regular = item.first_meta("_regular_price").strip()
    if len(numbers) == 1 and _is_number(regular) and float(regular) > float(shown):
        shown = f"<del>{escape(regular)}</del> {shown}"
    pictures = [Picture(id) for id in galleries.ids(item.first_meta("_product_image_gallery"))]
    return lines(line("price", shown, context), line("sku", _said(item, "_sku"), context)), figures(pictures, context)


def _is_number(text: str) -> bool:
    return text.isascii() and len(text) < 20 and text.replace(".", "", 1).isdecimal()


def download(item: RawItem, context: Context) -> tuple[str, str]:
    """The price of a product of Easy Digital Downloads."""
    price = item.first_meta("edd_price").strip()
    return lines(line("price", price if _is_number(price) and float(price) else "", context)), ""
