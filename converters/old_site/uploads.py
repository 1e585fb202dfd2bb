"""Where WordPress kept its uploads, and the image service that showed them in other sizes."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qs, unquote

from converters.urls import split

_PHOTON = re.compile(r"^i\d\.wp\.com$")
_RESIZING = frozenset({"w", "h", "fit", "resize", "crop", "quality", "strip", "ssl", "zoom", "lb"})
_UPLOADS = re.compile(r"/(?:wp-content/uploads(?:/sites/\d+)?|wp-content/blogs\.dir/\d+/files|files)/(.+)$")


@lru_cache(maxsize=4096)
def behind_image_service(url: str) -> str:
    """The address of the file that Jetpack's image service (`i0.wp.com/host/path?w=…`) was asked for."""
    parts = split(url)
    if parts is None or not parts.hostname or not _PHOTON.match(parts.hostname):
        return url
    return "https://" + parts.path.lstrip("/") + ("?" + parts.query if parts.query else "")


def only_resizes(query: str) -> bool:
    """Does the query only ask for another size of a picture?"""
    return bool(query) and parse_qs(query, keep_blank_values=True).keys() <= _RESIZING


def folder_of(url: str, path: str) -> str:
    """The address of the folder below which a file has this path (`2021/03/a.jpg`); empty where it has another."""
    plain = url.partition("?")[0].partition("#")[0]
    folder = plain.rsplit("/", path.count("/") + 1)[0] if path else ""
    return folder if folder and unquote(plain[len(folder) + 1 :]) == unquote(path) and "://" in folder else ""


def below_uploads(path: str) -> str:
    """The part of an address's path below WordPress's uploads folder, decoded; empty when it does not lie there."""
    found = _UPLOADS.search(unquote(path))
    return found[1] if found else ""
