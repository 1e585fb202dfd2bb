"""Pictures, sounds and films that stand in a page itself (`data:` addresses, RFC 2397): they become files of the site.

SingleFile, monolith, Save Page WE and their kin write everything that a page shows into it. On other pages a small
picture is what a script would have replaced, or an icon: it stays where it is. Drawings (SVG) become files only where
nothing in them could run; what could is left for the sanitizer.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from lxml import etree

from converters.importers.html import file_kinds
from converters.importers.html.saved.page import name_of

if TYPE_CHECKING:
    from turbohtml import Document

_SUFFIXES = {
    "image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/webp": "webp",
    "image/avif": "avif", "image/bmp": "bmp", "image/svg+xml": "svg", "audio/mpeg": "mp3", "audio/mp4": "m4a",
    "audio/ogg": "ogg", "audio/wav": "wav", "video/mp4": "mp4", "video/webm": "webm", "video/ogg": "ogv",
}  # fmt: skip
_ADDRESS = re.compile(r"\s*data:([\w.+-]+/[\w.+-]+)((?:;[^;,]{0,100}){0,5}),", re.I)
_SHOWN = "img[src^='data:'], audio[src^='data:'], video[src^='data:'], source[src^='data:'], video[poster^='data:']"
_LAZY = re.compile(r"data-(?:\w+-)*(?:src|original|url|srcset|lazy)|loading-src")
_SMALL = 1024
"""Bytes of a picture that stays in a page that nobody says was saved."""
_LARGE_DRAWING = 2 * 1024 * 1024
_MANY = 5_000
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = frozenset({"script", "foreignObject", "handler", "set", "animate", "iframe", "image"})
_LOADS = re.compile(r"@import|url\((?![\"']?#)|script:|expression\(|\\\\", re.I)
_BARE = frozenset({"svg", "rect", "g", "title", "desc", "defs"})


def take_out(document: Document, path: str, *, all: bool) -> tuple[tuple[str, bytes], ...]:
    """(path, bytes) of what stands in the page at `path`, which names these files afterwards. `all`: also what is
    small, since a program wrote it there."""
    found: dict[str, bytes] = {}
    folder, slash, _ = path.rpartition("/")
    stem = name_of(path)
    for element in document.select(_SHOWN)[:_MANY]:
        if any(_LAZY.fullmatch(name) for name in element.attrs):
            continue
        for name in ("src", "poster"):
            read = _read(str(element.attr(name) or ""))
            if read is None or (len(read[1]) < _SMALL and not all):
                continue
            suffix, data = read
            file = f"{stem}_files/{blake2b(data, digest_size=6).hexdigest()}.{suffix}"
            found[f"{folder}{slash}{file}"] = data
            element.attrs[name] = quote(file)
    return tuple(found.items())


def _read(address: str) -> tuple[str, bytes] | None:
    """(suffix, bytes) of what an address holds; None for what is no picture, sound or film."""
    said = _ADDRESS.match(address)
    suffix = _SUFFIXES.get(said[1].lower()) if said else None
    if said is None or suffix is None:
        return None
    try:
        data = unquote_to_bytes(address[said.end() :])
        if said[2].lower().endswith(";base64"):
            data = b64decode(data + b"=" * (-len(data) % 4))
    except (Error, ValueError):
        return None
    if suffix == "svg":
        return (suffix, data) if _is_still(data) else None
    return (suffix, data) if file_kinds.has_signature(data) else None


def _is_still(data: bytes) -> bool:
    """Is that a drawing of something, and nothing in it can run or load?"""
    if len(data) > _LARGE_DRAWING:
        return False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    if root.tag != f"{_SVG}svg" or b"<!DOCTYPE" in data:
        return False
    drawn = False
    for element in root.iter():
        if not isinstance(element.tag, str):
            if isinstance(element, etree._Comment):
                continue
            return False  # an instruction may name a style sheet
        name = etree.QName(element).localname
        drawn = drawn or name not in _BARE
        if name in _ACTIVE or not element.tag.startswith(_SVG):
            return False
        if name == "style" and _LOADS.search(element.text or ""):
            return False
        if any(_acts(str(key), str(value)) for key, value in element.attrib.items()):
            return False
    return drawn


def _acts(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    return local.startswith("on") or (local == "href" and not value.startswith("#")) or bool(_LOADS.search(value))
