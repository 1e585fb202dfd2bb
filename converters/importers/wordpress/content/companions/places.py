"""Addresses, phone numbers and websites that the pages of places, stores and jobs show above their text.

Venues of The Events Calendar, stores of WP Store Locator, jobs of WP Job Manager; events of WP Event Manager, of Modern
Events Calendar and of GatherPress, whose dates stand in their own fields. E-mail addresses are left where they are.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import NamedTuple

from converters.importers.wordpress.content.companions.details import LOCATION, VENUE, when
from converters.importers.wordpress.content.companions.labels import line, lines
from converters.importers.wordpress.content.companions.tables import loaded
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.rawitem import RawItem, plain

Maker = Callable[[RawItem, Context], tuple[str, str]]


class _Facts(NamedTuple):
    """Meta fields: those of an address are one line."""

    address: str
    phone: str = ""
    website: str = ""
    company: str = ""
    dates: tuple[str, str] = ("", "")


def _text(item: RawItem, key: str) -> str:
    return escape(plain(item.first_meta(key))) if key else ""


def _of(facts: _Facts) -> Maker:
    def make(item: RawItem, context: Context) -> tuple[str, str]:
        address = dict.fromkeys(text for key in facts.address.split() if (text := _text(item, key)))
        url = item.first_meta(facts.website).strip() if facts.website else ""
        start, end = (item.first_meta(key).strip() if key else "" for key in facts.dates)
        days = len(start) <= len("2024-05-04") or (start.endswith(" 00:00:00") and end[-8:] in ("", "00:00:00"))
        return lines(
            line("date", when(start, end, whole_days=days) if start else "", context),
            line("company", _text(item, facts.company), context),
            line("place", ", ".join(address), context),
            line("phone", _text(item, facts.phone), context),
            line("website", f'<a href="{escape(url)}">{escape(url)}</a>' if url.startswith("http") else "", context),
        ), ""

    return make


def _gathering(item: RawItem, context: Context) -> tuple[str, str]:
    said = loaded(item.first_meta("gatherpress_datetime"))
    if not isinstance(said, dict):
        return "", ""
    date = when(str(said.get("dateTimeStart") or ""), str(said.get("dateTimeEnd") or ""), whole_days=False)
    return lines(line("date", date, context)), ""


_STORE = "wpsl_address wpsl_address2 wpsl_zip wpsl_city wpsl_state wpsl_country"
MAKERS: tuple[tuple[str, str, Maker], ...] = (
    ("tribe_venue", "_VenueAddress", _of(_Facts(VENUE, "_VenuePhone", "_VenueURL"))),
    ("location", "_location_address", _of(_Facts(LOCATION))),
    ("wpsl_stores", "wpsl_address", _of(_Facts(_STORE, "wpsl_phone", "wpsl_url"))),
    ("job_listing", "_job_location", _of(_Facts("_job_location", "", "_company_website", "_company_name"))),
    (
        "event_listing",
        "_event_start_date",
        _of(_Facts("_event_venue_name _event_address _event_location", dates=("_event_start_date", "_event_end_date"))),
    ),
    ("mec-events", "mec_start_date", _of(_Facts("", dates=("mec_start_date", "mec_end_date")))),
    ("gatherpress_event", "gatherpress_datetime", _gathering),
)
"""(post type, a meta field that its items have, what they show)"""
