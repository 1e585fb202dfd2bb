"""What the URL of an image says of it: a place that is kept for another one, a preview, a service that makes sizes.

/_next/image?url=%2Feel.jpg&w=3840&q=75      Next.js; Vercel, Netlify, Astro and Cloudflare alike: the original is named
https://static.wixstatic.com/media/eel.jpg/v1/fill/w_49,h_33,blur_2/eel.jpg                     Wix: before `/v1/`
https://images.example/eel.jpg?w=20&blur=50      previews that a script replaces, of imgix, Contentful, Sanity
https://res.cloudinary.com/ada/image/upload/w_20,e_blur:500/eel.jpg                              Cloudinary
data:image/gif;base64,R0lGODlhAQABA…             a point without a color
"""

from __future__ import annotations

import re
from base64 import b64decode
from urllib.parse import parse_qs, unquote, urlsplit

_OPTIMIZERS = re.compile(r"/(?:_next/image|_vercel/image|\.netlify/images|_image)/?\?")
_CLOUDFLARE = re.compile(r"(https?://[^/]+)?/cdn-cgi/image/[^/]+/(.+)", re.S)
_WIX = re.compile(r"(https?://static\.wixstatic\.com/media/[^/?#]+)/v1/.+", re.S)
_PREVIEW = re.compile(
    r"[?&](?:w|width|h|height|sz)=\d{1,2}(?:&|$)|[?&]blur=|[/,](?:w|h)_\d{1,2}[,/]|[/,](?:e_)?blur[_:]\d|/max/\d{2}/"
    r"|/resize:fit:\d{2}/|_\d{1,2}x(?:\d{1,2})?(?:_[a-z]+)?\.(?:jpe?g|png|webp)(?:\?|$)|[?&]q(?:uality)?=\d(?:&|$)"
    r"|[-_.](?:lqip|tiny|blurred|thumb-blur)\.",
    re.I,
)
_BLANK = re.compile(
    r"(?:spacer|blank|pixel|1x1(?:\.trans)?|trans|transparent|clear|clearpixel|shim|empty|(?:transparent|gr[ae]y|white|black)[-_]?pixel(?:[._-]\w+)?)\.(?:gif|png)",
    re.I,
)
_DRAWS = re.compile(r"<(?:path|image|rect|circle|ellipse|line|poly|text|use|g)\b", re.I)
_SMALL = 220
"""Characters of a data URL that hold no more than a point; a GIF of one is about 80."""
_SIZE = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)|@\dx(?=\.\w+$)|-scaled(?=\.\w+$)")
_LONGEST = 4_000
"""Characters of a URL that are looked at."""


def in_full(url: str) -> str:
    """The URL of the original, where this is the one of a service that makes sizes of it; else the URL as it is."""
    if url.startswith("data:") or len(url) > _LONGEST:
        return url
    if _OPTIMIZERS.search(url):
        query = parse_qs(url.partition("?")[2])
        inner = next((query[name][0] for name in ("url", "href") if query.get(name)), "")
        if inner.startswith(("/", "http://", "https://")):
            before = url.partition("?")[0].rpartition("/_next")[0] if inner.startswith("/") else ""
            return before + inner if before.startswith("http") else inner
    if found := _WIX.fullmatch(url):
        return found[1]
    if "/cdn-cgi/image/" in url and (found := _CLOUDFLARE.fullmatch(url)):
        return found[2] if found[2].startswith("http") else f"{found[1] or ''}/{found[2]}"
    return url


def is_preview(url: str) -> bool:
    """Is it a small or blurred copy that only keeps the place of the image?"""
    return len(url) <= _LONGEST and not url.startswith("data:") and _PREVIEW.search(url) is not None


def is_blank(url: str) -> bool:
    """Is nothing to be seen in it: a point, a drawing of nothing?"""
    if not url.startswith("data:"):
        path = url[:_LONGEST].partition("?")[0].partition("#")[0]
        return _BLANK.fullmatch(path.rpartition("/")[2]) is not None
    kind, _, data = url.partition(",")
    if "svg" in kind:
        return len(data) < _LONGEST and not _DRAWS.search(_decoded(data) if "base64" in kind else unquote(data))
    return len(data) < _SMALL


def _decoded(data: str) -> str:
    try:
        return b64decode(unquote(data), validate=False).decode("utf-8", "replace")
    except ValueError:
        return "<g"  # whatever it is


def identity(url: str) -> str:
    """What is the same for all sizes of an image, and for all forms of the URL of a player."""
    url = in_full(url)
    if url.startswith("data:"):
        return url
    try:
        parts = urlsplit(url[:_LONGEST])
    except ValueError:
        return url
    path = "/".join(unquote(parts.path).rsplit("/", 3)[-3:])
    return _SIZE.sub("", path) or url
