"""Addresses that WordPress turned into players: one semantic embed for all forms.

https://www.youtube.com/watch?v=…        alone on its line (or paragraph), `WP_Embed::autoembed`
[embed width="600"]https://…[/embed]     [youtube https://…]   [vimeo 123]
<!-- wp:embed {"url":"…","providerNameSlug":"youtube"} --> with the address in its wrapper
"""

from __future__ import annotations

import re
from html import escape, unescape

from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_LINE = re.compile(r"^([ \t]*)(https?://[^\s<>\"]+)[ \t]*$", re.M | re.I)
_PARAGRAPH = re.compile(r"<p[^>]*>\s*(https?://[^\s<>\"]+)\s*</p>", re.I)
PROVIDERS: dict[str, tuple[re.Pattern[str], ...]] = {  # the group is the id, where there is one
    "youtube": (
        re.compile(
            r"https?://(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|v/|shorts/|live/)([\w-]{6,})"
        ),
        re.compile(r"https?://youtu\.be/([\w-]{6,})"),
    ),
    "vimeo": (
        re.compile(r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/|channels/[^/]+/|groups/[^/]+/videos/)?(\d+)"),
    ),
    "x": (re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/\w+/status(?:es)?/(\d+)"),),
    "instagram": (re.compile(r"https?://(?:www\.)?instagram\.com/(?:p|reel|tv)/([\w-]+)"),),
    "tiktok": (re.compile(r"https?://(?:www\.)?tiktok\.com/@[^/]+/video/(\d+)"),),
    "dailymotion": (re.compile(r"https?://(?:www\.)?(?:dailymotion\.com/video|dai\.ly)/(\w+)"),),
    "spotify": (re.compile(r"https?://(?:open|play)\.spotify\.com/([\w/]+)"),),
    "soundcloud": (re.compile(r"https?://(?:www\.)?soundcloud\.com/(\S+)"),),
    "flickr": (re.compile(r"https?://(?:www\.)?(?:flickr\.com/photos|flic\.kr)/(\S+)"),),
    "ted": (re.compile(r"https?://(?:www\.)?ted\.com/talks/([\w-]+)"),),
    "reddit": (re.compile(r"https?://(?:www\.)?reddit\.com/r/(\w+/comments/\w+)"),),
    "wordpress-tv": (re.compile(r"https?://wordpress\.tv/(\S+)"),),
    "videopress": (re.compile(r"https?://(?:videopress\.com|video\.wordpress\.com)/(?:v|embed)/(\w+)"),),
    "mixcloud": (re.compile(r"https?://(?:www\.)?mixcloud\.com/(\S+)"),),
    "slideshare": (re.compile(r"https?://(?:\w+\.)?slideshare\.net/(\S+)"),),
    "scribd": (re.compile(r"https?://(?:www\.)?scribd\.com/(?:doc|document)/(\d+)"),),
    "tumblr": (re.compile(r"https?://[\w-]+\.tumblr\.com/post/(\d+)"),),
    "imgur": (re.compile(r"https?://(?:\w+\.)?imgur\.com/(\S+)"),),
    "kickstarter": (re.compile(r"https?://(?:www\.)?kickstarter\.com/projects/(\S+)"),),
    "gist": (re.compile(r"https?://gist\.github\.com/((?:[\w-]+/)?[0-9a-f]{6,})"),),
    "facebook": (re.compile(r"https?://(?:www\.|m\.)?(?:facebook\.com|fb\.watch)/(\S+)"),),
}


def provider_of(url: str) -> tuple[str, str]:
    """(provider, id) of an address; two empty strings for one that nobody here knows."""
    for name, patterns in PROVIDERS.items():
        for pattern in patterns:
            if match := pattern.match(url):
                return name, match[1]
    return "", ""


def embed(url: str, caption: str = "", provider: str = "") -> str:
    """The semantic embed for an address."""
    url = unescape(url.strip())
    known, id = provider_of(url)
    provider = known or provider
    named = f' data-provider="{escape(provider)}"' if provider else ""
    numbered = f' data-id="{escape(id)}"' if id else ""
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return (
        f'<figure class="embed"{named} data-url="{escape(url)}"{numbered}>'
        f'<a href="{escape(url)}">{escape(url)}</a>{words}</figure>'
    )


def on_lines_of_their_own(text: str) -> str:
    """Addresses alone on a line or in a paragraph become embeds, where a provider is known for them."""
    if "http" not in text:
        return text

    def found(match: re.Match[str]) -> str:
        url = match[match.lastindex or 0]
        return f"\n{embed(url)}\n" if provider_of(unescape(url))[0] else match[0]

    return _PARAGRAPH.sub(found, _LINE.sub(found, text))


def embed_shortcode(code: Shortcode, context: Context) -> str | None:
    url = (code.inside or code.get("src") or next(iter(code.positional), "")).strip()
    return embed(url) if url.startswith(("http://", "https://")) else None


HANDLERS: dict[str, Handler] = {"embed": embed_shortcode}
