"""Addresses that WordPress turned into players: one semantic embed for all forms.

https://www.youtube.com/watch?v=…        alone on its line (or paragraph), `WP_Embed::autoembed`
https://x.example/song.mp3               so too: a player, `wp_embed_handler_audio`
[embed width="600"]https://…[/embed]     [embed src="https://…"]   [embed https://…]

`<figure class="embed" data-provider="…" data-url="…" data-id="…" data-start="75" data-list="…">` holds a link with the
address, or what the page said of it (a tweet's words). An address of a provider nobody knows stays the text it was when
it stands alone on its line, and becomes a link in `[embed]`: so WordPress shows them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from converters import providers
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.players import kind_of_address, player
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_LINE = re.compile(r"([ \t]*)(https?://[^\s<>\"]+)[ \t]*", re.I)
_PARAGRAPH = re.compile(r"<p(?:\s[^>]{0,500})?>\s*(https?://[^\s<>\"]+)\s*</p>", re.I)
_PRE = re.compile(r"<(/?)pre(?=[\s>])", re.I)
_NEAR = 80
"""Characters in front of an address that are looked at; more white space than that counts as a line's start."""
_HTTP = ("http://", "https://")


def provider_of(url: str) -> tuple[str, str]:
    """(provider, id) of an address; two empty strings for one that nobody here knows."""
    found = providers.find(url)
    return found.provider, found.id


def embed(url: str, caption: str = "", provider: str = "", *, words: str = "") -> str:
    """The semantic embed for an address. `caption` and `words` are HTML; without words the address stands there."""
    url = unescape(url.strip())
    found = providers.find(url)
    page = found.page or ("https:" + url if url.startswith("//") else url)
    attributes = {
        "data-provider": found.provider or provider,
        "data-url": page,
        "data-id": found.id,
        "data-start": str(found.start or ""),
        "data-list": found.playlist,
    }
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    inside = words or f'<a href="{escape(page)}">{escape(page)}</a>'
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="embed"{said}>{inside}{below}</figure>'


def shown(url: str, *, width: str = "", height: str = "") -> str:
    """What WordPress shows for an address on its own: an embed, a player; empty for an address nobody knows."""
    url = unescape(url.strip())
    kind = kind_of_address(url)
    if kind:
        measures = {"width": width, "height": height} if kind == "video" else {}
        return player(kind, [url], {name: value for name, value in measures.items() if value})
    return embed(url) if providers.find(url).provider else ""


def on_lines_of_their_own(text: str) -> str:
    """Addresses alone on a line or in a paragraph become embeds, where a provider is known for them; not in `pre`."""
    if not _may_stand_alone(text):
        return text

    def found(match: re.Match[str]) -> str:
        html = shown(match[match.lastindex or 0])
        return f"\n{html}\n" if html else match[0]

    def change(piece: str) -> str:
        lines = piece.split("\n")
        for number, line in enumerate(lines):
            if line.lstrip(" \t")[:4].lower() == "http" and (match := _LINE.fullmatch(line)):
                lines[number] = found(match)
        return _PARAGRAPH.sub(found, "\n".join(lines))

    return outside_pre(text, change)


def _may_stand_alone(text: str) -> bool:
    """Is there an address with nothing but white space between it and a line's start or a tag? Much is none."""
    small = text.lower()
    at = small.find("http")
    while at >= 0:
        before = small[:at].rstrip(" \t") if at < _NEAR else small[at - _NEAR : at].rstrip(" \t")
        if not before or before[-1] == "\n" or before.rstrip()[-1:] in (">", ""):
            return True
        at = small.find("http", at + 4)
    return False


def outside_pre(text: str, change: Callable[[str], str]) -> str:
    """The text with the pieces outside `pre` elements changed. One pass, whatever is left open."""
    if "<pre" not in text and "<PRE" not in text:
        return change(text)
    parts: list[str] = []
    position, depth = 0, 0
    for match in _PRE.finditer(text):
        opens = not match[1]
        if opens and depth == 0:
            parts.append(change(text[position : match.start()]))
            position = match.start()
        elif not opens and depth == 1:
            parts.append(text[position : match.start()])
            position = match.start()
        depth = max(0, depth + (1 if opens else -1))
    parts.append(text[position:] if depth else change(text[position:]))
    return "".join(parts)


def embed_shortcode(code: Shortcode, context: Context) -> str | None:
    """`WP_Embed::shortcode`: a player or a card where the provider is known, else a link."""
    url = unescape((code.inside or code.get("src") or next(iter(code.positional), "")).strip())
    if not url:
        return ""
    if not url.lower().startswith(_HTTP):
        return None
    return shown(url, width=code.get("width"), height=code.get("height")) or embed(url)


HANDLERS: dict[str, Handler] = {"embed": embed_shortcode}
