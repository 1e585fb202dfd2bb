"""Players and cards of other sites that targets draw, and the ids they can draw: one table for all targets."""

from __future__ import annotations

import re

_ANY, _PATH, _NUMBER = re.compile(r".*", re.S), re.compile(r"[\w.-]+(?:/[\w.-]+)*"), re.compile(r"\d+")
GIST = re.compile(r"(?:[\w-]+/)?[0-9a-f]{1,40}")
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

DRAWN: dict[str, re.Pattern[str]] = {
    **{provider: ids for provider, (ids, _) in FRAMES.items()},
    **{provider: ids for provider, (ids, _, _) in CARDS.items()},
    "gist": GIST,
}
"""provider -> ids of theirs that can be shown"""
