"""Audio and video as HTML players inside a figure: one form, whatever the source said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape, unescape
from urllib.parse import urlsplit

_EXTENSIONS = {
    "image": tuple(".jpg .jpeg .jpe .png .gif .webp .avif .svg .bmp .ico .heic .tif .tiff".split()),
    "audio": tuple(".mp3 .ogg .oga .flac .m4a .m4b .wav .wma .aac .opus .mka".split()),
    "video": tuple(".mp4 .m4v .webm .ogv .flv .wmv .mov .avi .mpg .mpeg .3gp .mkv".split()),
}
_TYPES = {
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "oga": "audio/ogg", "flac": "audio/flac", "m4a": "audio/mp4",
    "wav": "audio/wav", "aac": "audio/aac", "opus": "audio/ogg", "mp4": "video/mp4", "m4v": "video/mp4",
    "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime", "flv": "video/x-flv", "wmv": "video/x-ms-wmv",
}  # fmt: skip
"""Media types that `wp_get_mime_types` gives; a browser passes over a source whose type it cannot play."""


def is_kind(path: str, kind: str) -> bool:
    """Is this by its name an `image`, `audio` or `video` file?"""
    return path.lower().endswith(_EXTENSIONS[kind])


def kind_of_url(url: str) -> str:
    """`audio` or `video` for the URL of such a file, else empty."""
    path = _path(url)
    return next((kind for kind in ("audio", "video") if is_kind(path, kind)), "")


def player(
    kind: str,
    urls: Sequence[str],
    attributes: Mapping[str, str] | None = None,
    *,
    children: str = "",
    caption: str = "",
) -> str:
    """The figure of an audio or video player. Several URLs become `source` children, one the attribute `src`.

    `attributes` are plain text, an empty value for one that has none; `children` (tracks) and `caption` are HTML.
    """
    plain = [unescape(url.strip()) for url in urls]
    single = f' src="{escape(plain[0])}"' if len(plain) == 1 else ""
    sources = "" if single else "".join(f'<source src="{escape(url)}"{_type(url)}>' for url in plain)
    more = "".join(
        f' {name}="{escape(unescape(value))}"' if value else f" {name}" for name, value in (attributes or {}).items()
    )
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure><{kind} controls{single}{more}>{sources}{children}</{kind}>{below}</figure>"


def _type(url: str) -> str:
    found = _TYPES.get(_path(url).rpartition(".")[2].lower(), "")
    return f' type="{found}"' if found else ""


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
