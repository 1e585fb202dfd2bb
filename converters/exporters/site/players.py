"""Players and cards of other sites that targets draw, and the ids they can draw: one table for all targets."""

from __future__ import annotations

import re
from urllib.parse import quote

from lxml import etree

_ANY, _PATH, _NUMBER = re.compile(r".*", re.S), re.compile(r"[\w.-]+(?:/[\w.-]+)*"), re.compile(r"\d+")
GIST = re.compile(r"(?:[\w-]+/)?[0-9a-f]{1,40}")
FRAMES: dict[str, tuple[re.Pattern[str], str]] = {
    "apple-music": (_PATH, "https://embed.music.apple.com/{id}"),
    "apple-podcasts": (_PATH, "https://embed.podcasts.apple.com/{id}"),
    "archive": (_PATH, "https://archive.org/embed/{id}"),
    "bandcamp": (re.compile(r"EmbeddedPlayer/[\w=./-]+"), "https://bandcamp.com/{id}"),
    "dailymotion": (_PATH, "https://www.dailymotion.com/embed/video/{id}"),
    "facebook": (_ANY, "https://www.facebook.com/plugins/post.php?href={url}"),
    "kickstarter": (_PATH, "https://www.kickstarter.com/projects/{id}/widget/video.html"),
    "loom": (_PATH, "https://www.loom.com/embed/{id}"),
    "mixcloud": (_ANY, "https://www.mixcloud.com/widget/iframe/?feed={url}"),
    "scribd": (_PATH, "https://www.scribd.com/embeds/{id}/content"),
    "slideshare": (_NUMBER, "https://www.slideshare.net/slideshow/embed_code/{id}"),
    "soundcloud": (_ANY, "https://w.soundcloud.com/player/?url={url}"),
    "spotify": (_PATH, "https://open.spotify.com/embed/{id}"),
    "streamable": (_PATH, "https://streamable.com/e/{id}"),
    "ted": (_PATH, "https://embed.ted.com/talks/{id}"),
    "videopress": (_PATH, "https://videopress.com/embed/{id}"),
    "vimeo": (re.compile(r"\d{4,15}"), "https://player.vimeo.com/video/{id}"),
    "wistia": (_PATH, "https://fast.wistia.net/embed/iframe/{id}"),
    "youtube": (re.compile(r"(?:[\w-]{6,20})?"), "https://www.youtube-nocookie.com/embed/{id}"),
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

DRAWN: dict[str, re.Pattern[str]] = {
    **{provider: ids for provider, (ids, _) in FRAMES.items()},
    **{provider: ids for provider, (ids, _, _) in CARDS.items()},
    "gist": GIST,
}
"""provider -> ids of theirs that can be shown"""

_PLAYLIST = re.compile(r"[\w-]{2,80}")
_HASH = re.compile(r"https?://(?:www\.)?vimeo\.com/\d+/([0-9a-f]{6,20})(?=$|[?#])")
_PLAIN = {
    "youtube": re.compile(
        r"(?:https?:)?//(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com/(?:watch|embed|playlist|v/|p/|e/)"
    ),
    "vimeo": re.compile(r"(?:https?:)?//(?:\w+\.)?vimeo\.com/"),
}
"""URLs that follow from the id; others say something of their own: `youtu.be`, `/shorts/`, `/live/`."""


def particulars(element: etree._Element) -> dict[str, str]:
    """What a player of YouTube or Vimeo gets besides the id: `start` in seconds, `list`, `hash`; each only where it is.

    `hash` opens a video of Vimeo that is not listed: it is in its URL, behind the id.
    """
    provider, start = str(element.get("data-provider") or ""), str(element.get("data-start") or "")
    playlist = str(element.get("data-list") or "")
    hidden = _HASH.match(str(element.get("data-url") or "")) if provider == "vimeo" else None
    values = {
        "start": start if start.isdecimal() else "",
        "list": playlist if provider == "youtube" and _PLAYLIST.fullmatch(playlist) else "",
        "hash": hidden[1] if hidden is not None else "",
    }
    return {name: value for name, value in values.items() if value}


def says_more(provider: str, url: str) -> bool:
    """Is the URL another one than the player's template makes of the id?"""
    return not _PLAIN[provider].match(url)


def frame_url(element: etree._Element) -> str:
    """The address of an embed's player; empty for one that has none."""
    provider, id = str(element.get("data-provider") or ""), str(element.get("data-id") or "")
    ids, address = FRAMES.get(provider, (None, ""))
    if ids is None or not ids.fullmatch(id):
        return ""
    more = particulars(element)
    if provider == "youtube":
        return _youtube(id, more)
    if not id and "{url}" not in address:
        return ""
    found = address.format(id=quote(id, safe="/="), url=quote(str(element.get("data-url") or ""), safe=""))
    if provider == "vimeo":
        found += f"?h={more['hash']}" if "hash" in more else ""
        found += f"#t={more['start']}s" if "start" in more else ""
    return found


def _youtube(id: str, more: dict[str, str]) -> str:
    """The player of a video or, without an id, of a playlist (https://developers.google.com/youtube/player_parameters)."""
    if not id and "list" not in more:
        return ""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in more.items())
    return FRAMES["youtube"][1].format(id=id or "videoseries") + (f"?{query}" if query else "")


def is_bare_url(link: etree._Element) -> bool:
    """Does the link show its own URL and nothing else?"""
    text = (link.text or "").strip()
    return not len(link) and text == str(link.get("href") or "") and text.startswith(("http://", "https://"))
