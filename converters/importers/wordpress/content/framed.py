"""Players and cards that were pasted as HTML: the same semantic embed as for an address on a line of its own.

<iframe src="https://www.youtube.com/embed/…?start=9">                              players of known providers
<object><param name="movie" value="http://www.youtube.com/v/…"><embed src="…"></object>       before HTML5
<blockquote class="twitter-tweet">words <a href="https://twitter.com/…/status/…"></blockquote> and its script
<script src="https://gist.github.com/name/id.js">

Frames of others stay frames. Objects of others become a player where they name a sound or a film, else a link to what
they showed. Words of a card stay in their quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from lxml import etree

from converters import providers
from converters.html import tree
from converters.importers.wordpress.content import embeds
from converters.importers.wordpress.content.players import kind_of_address, player

_CARDS = {
    "twitter-tweet": "", "twitter-video": "", "instagram-media": "data-instgrm-permalink", "tiktok-embed": "cite",
    "fb-post": "data-href", "fb-video": "data-href", "reddit-card": "", "reddit-embed-bq": "", "imgur-embed-pub": "",
    "text-post-media": "data-text-post-permalink", "bluesky-embed": "", "tumblr-post": "data-href",
}  # fmt: skip
"""Classes of pasted cards; the attribute that holds the address, else the last link in it does."""
_SCRIPTS = (
    "platform.twitter.com/", "instagram.com/embed.js", "tiktok.com/embed", "connect.facebook.net/", "redditmedia.com/",
    "embed.reddit.com/", "s.imgur.com/", "threads.net/embed.js", "threads.com/embed.js", "embed.bsky.app/",
    "assets.tumblr.com/", "assets.pinterest.com/", "platform.instagram.com/",
)  # fmt: skip
"""What makes cards of quotations; without them the quotations show their words."""

_PLAYERS = {"youtube": "https://www.youtube.com/embed/{}", "vimeo": "https://player.vimeo.com/video/{}"}
"""What the players of Flash became."""


def iframe(element: etree._Element) -> None:
    """The frame stays inside the embed: it is what a reader saw, and no address stood beside it."""
    url = _address(element.get("src") or element.get("data-src") or element.get("data-lazy-src"))
    if url:
        element.set("src", url)  # where a script loaded it late, that script stays behind
    parent = element.getparent()
    inside = parent is not None and parent.get("class") == "embed"
    if not inside and providers.find(url).provider:
        _put(element, embeds.embed(url, words=_frame(url, element)))


def _frame(url: str, element: etree._Element | None = None) -> str:
    said = {} if element is None else {name: str(element.get(name) or "") for name in ("width", "height", "title")}
    more = "".join(f' {name}="{escape(value)}"' for name, value in said.items() if value)
    return f'<iframe src="{escape(url)}"{more} allowfullscreen></iframe>'


def object_(element: etree._Element) -> None:
    """The first address a provider is known for, else a sound or a film, else a link."""
    if "wp-block-file__embed" in str(element.get("class")):
        return tree.remove(element)  # the file itself is linked right behind its preview
    urls = list(dict.fromkeys(url for url in map(_address, _named(element)) if url))
    for url in urls:
        found = providers.find(url)
        if found.provider:
            return _put(
                element,
                embeds.embed(
                    url,
                    words=_frame(_PLAYERS[found.provider].format(found.id))
                    if found.provider in _PLAYERS and found.id
                    else "",
                ),
            )
    for url in urls:
        if kind := kind_of_address(url):
            return _put(element, player(kind, [url]))
    if urls and not tree.plain_text(element).strip() and next(element.iter("img", "a", "iframe"), None) is None:
        _put(element, f'<a href="{escape(urls[0])}">{escape(urls[0])}</a>')
    return None


def _named(element: etree._Element) -> Iterator[str | None]:
    yield element.get("data") or element.get("src")
    for inner in element.iter("param", "embed", "object", "source"):
        if inner.tag != "param" or str(inner.get("name")).lower() in ("movie", "src", "url", "filename", "file"):
            yield inner.get("value") or inner.get("src") or inner.get("data")


def card(element: etree._Element) -> None:
    kinds = str(element.get("class") or "").split()
    kind = next((kind for kind in kinds if kind in _CARDS), None)
    if kind is None:
        return
    links = [link.get("href") for link in element.iter("a")]
    urls = [
        _address(url) for url in (element.get(_CARDS[kind] or "href"), element.get("cite"), *reversed(links)) if url
    ]
    url = next((url for url in urls if providers.find(url).provider), "")
    if url:
        words = tree.inner_html(element) if tree.plain_text(element).strip() else ""
        _put(element, embeds.embed(url, words=f"<blockquote>{words}</blockquote>" if words else ""))


def script(element: etree._Element) -> None:
    url = _address(element.get("src"))
    if "gist.github.com/" in url and providers.find(url).provider == "gist":
        address = escape(providers.find(url).page or url)
        _put(element, embeds.embed(url, words=f'<noscript><a href="{address}">{address}</a></noscript>'))
    elif any(part in url for part in _SCRIPTS):
        tree.remove(element)


def _address(value: object) -> str:
    """An address with its scheme; empty for what is none."""
    text = str(value or "").strip()
    if text.startswith("//"):
        text = "https:" + text
    return text if text.startswith(("http://", "https://")) else ""


def _put(element: etree._Element, html: str) -> None:
    """A block cannot stand in a paragraph: one that holds nothing else gives its place."""
    new = tree.parse(html)[0]
    parent = element.getparent()
    alone = parent is not None and parent.tag == "p" and len(parent) == 1
    if alone and parent is not None and not (parent.text or "").strip() and not (element.tail or "").strip():
        tree.replace(parent, new)
    else:
        tree.replace(element, new)


RULES: dict[str, Callable[[etree._Element], None]] = {
    "iframe": iframe, "object": object_, "embed": object_, "blockquote": card, "div": card, "script": script,
}  # fmt: skip
