"""What stood at an address of another site: its player or card as HTML, drawn in the reader's browser.

Jekyll has no template for it. Where there is no player, the address stands there as a link.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from lxml import etree

from converters.html import tree
from converters.model.notices import Log

_ANY, _PATH, _NUMBER = re.compile(r".*", re.S), re.compile(r"[\w.-]+(?:/[\w.-]+)*"), re.compile(r"\d+")
_GIST = re.compile(r"(?:[\w-]+/)?[0-9a-f]{1,40}")
FRAMES: dict[str, tuple[re.Pattern[str], str]] = {
    "apple-music": (_PATH, "https://embed.music.apple.com/{id}"),
    "apple-podcasts": (_PATH, "https://embed.podcasts.apple.com/{id}"),
    "archive": (_PATH, "https://archive.org/embed/{id}"),
    "dailymotion": (_PATH, "https://www.dailymotion.com/embed/video/{id}"),
    "facebook": (_ANY, "https://www.facebook.com/plugins/post.php?href={url}"),
    "kickstarter": (_PATH, "https://www.kickstarter.com/projects/{id}/widget/video.html"),
    "loom": (_PATH, "https://www.loom.com/embed/{id}"),
    "mixcloud": (_ANY, "https://www.mixcloud.com/widget/iframe/?feed={url}"),
    "scribd": (_PATH, "https://www.scribd.com/embeds/{id}/content"),
    "soundcloud": (_ANY, "https://w.soundcloud.com/player/?url={url}"),
    "spotify": (_PATH, "https://open.spotify.com/embed/{id}"),
    "streamable": (_PATH, "https://streamable.com/e/{id}"),
    "ted": (_PATH, "https://embed.ted.com/talks/{id}"),
    "videopress": (_PATH, "https://videopress.com/embed/{id}"),
    "vimeo": (re.compile(r"\d{4,15}"), "https://player.vimeo.com/video/{id}"),
    "wistia": (_PATH, "https://fast.wistia.net/embed/iframe/{id}"),
    "youtube": (re.compile(r"[\w-]{6,20}"), "https://www.youtube-nocookie.com/embed/{id}"),
}
"""provider -> (ids of theirs that can be shown, address of the player)"""

CARDS: dict[str, tuple[re.Pattern[str], str, str]] = {
    "instagram": (_ANY, "instagram-media", "https://www.instagram.com/embed.js"),
    "reddit": (_ANY, "reddit-embed-bq", "https://embed.reddit.com/widgets.js"),
    "threads": (_ANY, "text-post-media", "https://www.threads.net/embed.js"),
    "tiktok": (_NUMBER, "tiktok-embed", "https://www.tiktok.com/embed.js"),
    "x": (_NUMBER, "twitter-tweet", "https://platform.twitter.com/widgets.js"),
}
"""provider -> (ids, class of the quotation its script makes a card of, address of that script)"""


def embed(element: etree._Element, log: Log) -> None:
    """Put the player or card into the figure, before the address and the caption. It stays a figure of HTML."""
    if element.find(".//iframe") is not None:
        return
    provider, id = str(element.get("data-provider") or ""), str(element.get("data-id") or "")
    url = str(element.get("data-url") or "")
    frame, card = FRAMES.get(provider), CARDS.get(provider)
    if frame is not None and frame[0].fullmatch(id) and (id or "{url}" in frame[1]):
        address = frame[1].format(id=quote(id, safe="/"), url=quote(url, safe=""))
        _put(element, _frame(provider, address + _start(element, provider)))
    elif card is not None and card[0].fullmatch(id):
        _card(element, card[1], card[2], url)
    elif provider == "gist" and _GIST.fullmatch(id):
        script = etree.Element("script", src=f"https://gist.github.com/{id}.js")
        _put(element, script)
    else:
        log("embed.card", url)


def _put(element: etree._Element, new: etree._Element) -> None:
    """In front of all else in the figure."""
    new.tail, element.text = element.text, None
    element.insert(0, new)


def _frame(provider: str, address: str) -> etree._Element:
    return etree.Element("iframe", src=address, title=provider, loading="lazy", allowfullscreen="")


def _start(element: etree._Element, provider: str) -> str:
    start, playlist = str(element.get("data-start") or ""), str(element.get("data-list") or "")
    if provider == "youtube":
        values = {"start": start if start.isdecimal() else "", "list": quote(playlist, safe="")}
        query = "&".join(f"{name}={value}" for name, value in values.items() if value)
        return f"?{query}" if query else ""
    return f"#t={start}s" if provider == "vimeo" and start.isdecimal() else ""


def _card(element: etree._Element, kind: str, script: str, url: str) -> None:
    """The words of the card where the source has them, else its address; a script of the provider draws it."""
    quotation = element.find("blockquote")
    if quotation is None:
        quotation = etree.Element("blockquote")
        link = element.find("a")
        shown = link if link is not None else etree.Element("a", href=url)
        if link is None:
            shown.text = url
        else:
            tree.remove(link)
        quotation.append(shown)
        _put(element, quotation)
    quotation.set("class", kind)
    quotation.set("cite", url)
    marks = {"instagram-media": "data-instgrm-permalink", "text-post-media": "data-text-post-permalink"}
    if kind in marks:
        quotation.set(marks[kind], url)
    if kind == "tiktok-embed":
        quotation.set("data-video-id", str(element.get("data-id") or ""))
    quotation.addnext(etree.Element("script", {"async": "", "src": script}))
