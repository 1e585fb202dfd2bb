"""Links to profiles: `<!-- wp:social-link {"url":"https://…","service":"mastodon","label":"…"} /-->` in a list."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

_NAMES = {
    "deviantart": "DeviantArt", "fivehundredpx": "500px", "github": "GitHub", "lastfm": "Last.fm",
    "linkedin": "LinkedIn", "mail": "Mail", "feed": "RSS Feed", "soundcloud": "SoundCloud", "tiktok": "TikTok",
    "vk": "VK", "whatsapp": "WhatsApp", "wordpress": "WordPress", "youtube": "YouTube", "chain": "Link",
}  # fmt: skip


def link(attributes: Mapping[str, Any], *, labelled: bool) -> str:
    """One item of the list, named by its label or its service; nothing without an address.

    An address without a scheme gets one, as `render_block_core_social_link` does it. Where the list has no
    labels, WordPress shows an icon and says the name to screen readers: so does this, with the one icon that text has.
    """
    url, service = str(attributes.get("url") or ""), str(attributes.get("service") or "")
    if not url:
        return ""
    if "@" in url and "/" not in url and ":" not in url:
        url = "mailto:" + url
    elif "://" not in url and not url.startswith(("//", "mailto:", "tel:")):
        url = "https://" + url
    name = str(attributes.get("label") or "") or _NAMES.get(service, service.capitalize()) or url
    words = escape(name) if labelled else f'\U0001f517<span class="screen-reader-text">{escape(name)}</span>'
    return f'<li><a href="{escape(url)}">{words}</a></li>'
