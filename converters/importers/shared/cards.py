"""Cards of a post elsewhere, as people paste them: a quotation with a link, which a script of the provider draws.

<blockquote class="twitter-tweet"><p>words</p><a href="https://twitter.com/…/status/…">May 1</a></blockquote>
<blockquote class="instagram-media" data-instgrm-permalink="…">   <blockquote class="tiktok-embed" cite="…">
<blockquote class="bluesky-embed" data-bluesky-uri="at://…">   <blockquote class="mastodon-embed" data-embed-url="…">
<div class="fb-post" data-href="…">   <div class="tumblr-post" data-href="…">   <blockquote class="reddit-embed-bq">

The words of a card stay, in its quotation: without the script they are what a reader sees.
"""

from __future__ import annotations

from lxml import etree

from converters.html import tree
from converters.importers.shared import providers
from converters.importers.shared.elements import classes, with_paragraph
from converters.importers.shared.embeds import embed

_CARDS = {
    "twitter-tweet": "", "twitter-video": "", "instagram-media": "data-instgrm-permalink", "tiktok-embed": "cite",
    "fb-post": "data-href", "fb-video": "data-href", "reddit-card": "", "reddit-embed-bq": "", "imgur-embed-pub": "",
    "text-post-media": "data-text-post-permalink", "bluesky-embed": "", "tumblr-post": "data-href",
    "mastodon-embed": "data-embed-url",
}  # fmt: skip
"""Classes of pasted cards; the attribute that holds the address, else the last link in it does."""
_SCRIPTS = (
    "platform.twitter.com/", "instagram.com/embed.js", "tiktok.com/embed", "connect.facebook.net/", "redditmedia.com/",
    "embed.reddit.com/", "s.imgur.com/", "threads.net/embed.js", "threads.com/embed.js", "embed.bsky.app/",
    "assets.tumblr.com/", "assets.pinterest.com/", "platform.instagram.com/",
)  # fmt: skip
"""What makes cards of quotations; without them the quotations show their words."""
_ANY_HOST = frozenset({"mastodon-embed"})
"""Whose servers have names of their own."""


def draws_cards(url: str) -> bool:
    """Is this the address of a script that draws cards?"""
    return any(part in url for part in _SCRIPTS)


def card(element: etree._Element) -> bool:
    """Put an embed in the place of a card. Returns whether the element was one."""
    kind = next((kind for kind in classes(element) if kind in _CARDS), None)
    if kind is None:
        return False
    links = [link.get("href") for link in element.iter("a")]
    urls = map(with_scheme, (element.get(_CARDS[kind] or "href"), element.get("cite"), *reversed(links)))
    url = next((url for url in urls if url and (providers.find(url).provider or kind in _ANY_HOST)), "")
    if not url:
        return False
    words = tree.inner_html(element) if tree.plain_text(element).strip() else ""
    inside = f"<blockquote>{words}</blockquote>" if words else ""
    if kind in _ANY_HOST:
        url = url.removesuffix("/embed")
    put(element, embed(url, inside=inside))
    return True


def with_scheme(value: object) -> str:
    """An address with its scheme; empty for what is none."""
    text = str(value or "").strip()
    if text.startswith("//"):
        text = "https:" + text
    return text if text.startswith(("http://", "https://")) else ""


def put(element: etree._Element, html: str) -> None:
    """Put HTML in the place of the element, or of the paragraph that holds nothing else."""
    tree.replace(with_paragraph(element), tree.parse(html)[0])
