"""Sounds and films as HTML players inside a figure: one form, whatever the source said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape, unescape
from urllib.parse import urlsplit

from converters.importers.wordpress.content.library import kind_of

_TYPES = {
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "oga": "audio/ogg", "flac": "audio/flac", "m4a": "audio/mp4",
    "wav": "audio/wav", "aac": "audio/aac", "opus": "audio/ogg", "mp4": "video/mp4", "m4v": "video/mp4",
    "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime", "flv": "video/x-flv", "wmv": "video/x-ms-wmv",
}  # fmt: skip
"""Media types that `wp_get_mime_types` gives; a browser passes over a source whose type it cannot play."""


def player(
    kind: str,
    addresses: Sequence[str],
    attributes: Mapping[str, str] | None = None,
    *,
    children: str = "",
    caption: str = "",
) -> str:
    """The figure of an audio or video player. Several addresses become `source` children, one the attribute `src`.

    `attributes` are plain text, an empty value for one that has none; `children` (tracks) and `caption` are HTML.
    """
    plain = [unescape(address.strip()) for address in addresses]
    single = f' src="{escape(plain[0])}"' if len(plain) == 1 else ""
    sources = "" if single else "".join(f'<source src="{escape(url)}"{_type(url)}>' for url in plain)
    more = "".join(
        f' {name}="{escape(unescape(value))}"' if value else f" {name}" for name, value in (attributes or {}).items()
    )
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure><{kind} controls{single}{more}>{sources}{children}</{kind}>{words}</figure>"


def _type(url: str) -> str:
    found = _TYPES.get(path_of(url).rpartition(".")[2].lower(), "")
    return f' type="{found}"' if found else ""


def kind_of_address(url: str) -> str:
    """`audio` or `video` for the address of such a file, else empty."""
    kind = kind_of(path_of(url))
    return kind if kind != "image" else ""


def path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
