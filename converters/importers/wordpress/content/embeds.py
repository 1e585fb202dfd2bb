"""URLs that WordPress turned into players, and players and cards that were pasted as HTML: one semantic embed for all.

https://www.youtube.com/watch?v=…        alone on its line (or paragraph), `WP_Embed::autoembed`
https://x.example/song.mp3               so too: a player, `wp_embed_handler_audio`
[embed width="600"]https://…[/embed]     [embed src="https://…"]   [embed https://…]
<iframe src="https://www.youtube.com/embed/…?start=9">                              players of known providers
<object><param name="movie" value="http://www.youtube.com/v/…"><embed src="…"></object>       before HTML5
<blockquote class="twitter-tweet">words <a href="https://twitter.com/…/status/…"></blockquote> and its script
<script src="https://gist.github.com/name/id.js">

An URL of an unknown provider stays the text it was when it is alone on its line, and becomes a link in `[embed]`: so
WordPress shows them. Frames of others stay frames. Objects of others become a player where they name audio or video,
else a link to what they showed. The text of a card stays in its quotation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from lxml import etree

from converters.html import tree
from converters.importers.shared import cards, providers
from converters.importers.shared.cards import put, with_scheme
from converters.importers.shared.elements import attribute
from converters.importers.shared.embeds import embed
from converters.importers.shared.players import kind_of_url, player
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_LINE = re.compile(r"([ \t]*)(https?://[^\s<>\"]+)[ \t]*", re.I)
_PARAGRAPH = re.compile(r"<p(?:\s[^>]{0,500})?>\s*(https?://[^\s<>\"]+)\s*</p>", re.I)
_PRE = re.compile(r"<(/?)pre(?=[\s>])", re.I)
_NEAR = 80
"""Characters in front of an address that are looked at; more white space than that counts as a line's start."""
_LINKED = re.compile(r"<a\s[^<>]{0,500}?href=[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,500}>https?://[^<>]*</a>", re.I)
_HTTP = ("http://", "https://")
_PLAYERS = {"youtube": "https://www.youtube.com/embed/{}", "vimeo": "https://player.vimeo.com/video/{}"}
"""What the players of Flash became."""


def shown(url: str, *, width: str = "", height: str = "") -> str:
    """What WordPress shows for an address on its own: an embed, a player; empty for one of an unknown provider."""
    url = unescape(url.strip())
    kind = kind_of_url(url)
    if kind:
        measures = {"width": width, "height": height} if kind == "video" else {}
        return player(kind, [url], {name: value for name, value in measures.items() if value})
    return embed(url) if providers.find(url).provider else ""


def show(url: str, *, width: str = "", height: str = "") -> str:
    """What `shown` makes of a URL, or a card for one of an unknown provider."""
    return shown(url, width=width, height=height) or embed(url)


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
    if "<" in url and (link := _LINKED.fullmatch(url)):
        url = unescape(link[1])
    if not url:
        return ""
    if not url.lower().startswith(_HTTP):
        return None
    return show(url, width=code.get("width"), height=code.get("height"))


HANDLERS: dict[str, Handler] = {"embed": embed_shortcode}


def iframe(element: etree._Element) -> None:
    """The frame stays inside the embed: it is what a reader saw, and no address stood beside it."""
    url = with_scheme(element.get("src") or element.get("data-src") or element.get("data-lazy-src"))
    if url:
        element.set("src", url)  # where a script loaded it late, that script stays behind
    parent = element.getparent()
    inside = parent is not None and parent.get("class") == "embed"
    if not inside and providers.find(url).provider:
        put(element, embed(url, inside=_frame(url, element)))


def _frame(url: str, element: etree._Element | None = None) -> str:
    said = {} if element is None else {name: attribute(element, name) for name in ("width", "height", "title")}
    more = "".join(f' {name}="{escape(value)}"' for name, value in said.items() if value)
    return f'<iframe src="{escape(url)}"{more} allowfullscreen></iframe>'


def object_(element: etree._Element) -> None:
    """The first URL of a known provider, else audio or video, else a link."""
    if "wp-block-file__embed" in str(element.get("class")):
        return tree.remove(element)  # the file itself is linked right behind its preview
    urls = list(dict.fromkeys(url for url in map(with_scheme, _named(element)) if url))
    html = next((html for url in urls if (html := _of_provider(url))), "")
    html = html or next((player(kind, [url]) for url in urls if (kind := kind_of_url(url))), "")
    empty = not tree.plain_text(element).strip() and next(element.iter("img", "a", "iframe"), None) is None
    if not html and urls and empty:
        html = f'<a href="{escape(urls[0])}">{escape(urls[0])}</a>'
    return put(element, html) if html else None


def _of_provider(url: str) -> str:
    """The embed of a URL, in the player of its provider where that is known; empty for an unknown provider."""
    found = providers.find(url)
    frame = _frame(_PLAYERS[found.provider].format(found.id)) if found.provider in _PLAYERS and found.id else ""
    return embed(url, inside=frame) if found.provider else ""


def _named(element: etree._Element) -> Iterator[str | None]:
    yield element.get("data") or element.get("src")
    for inner in element.iter("param", "embed", "object", "source"):
        if inner.tag != "param" or str(inner.get("name")).lower() in ("movie", "src", "url", "filename", "file"):
            yield inner.get("value") or inner.get("src") or inner.get("data")


def card(element: etree._Element) -> None:
    cards.card(element)


def script(element: etree._Element) -> None:
    url = with_scheme(element.get("src"))
    if "gist.github.com/" in url and providers.find(url).provider == "gist":
        put(element, embed(url))
    elif cards.draws_cards(url):
        tree.remove(element)


RULES: dict[str, Callable[[etree._Element], None]] = {
    "iframe": iframe, "object": object_, "embed": object_, "blockquote": card, "div": card, "script": script,
}  # fmt: skip
