"""Questions and answers that are one item, as Easy Accordion keeps them: titles and texts, one below the other."""

from __future__ import annotations

from converters.importers.wordpress.content import parts
from converters.importers.wordpress.content.companions.pictures import listed, value, word
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Shortcode
from converters.importers.wordpress.rawitem import RawItem


def accordion(id: str, code: Shortcode, context: Context, item: RawItem) -> str | None:
    data = value(item, "sp_eap_upload_options")
    rows = listed(data.get("accordion_content_source")) if isinstance(data, dict) else []
    shown = [
        parts.title(word(row, "accordion_content_title"))
        + context.paragraphs(word(row, "accordion_content_description"))
        for row in rows
        if isinstance(row, dict)
    ]
    return parts.box(*shown) if shown else None
