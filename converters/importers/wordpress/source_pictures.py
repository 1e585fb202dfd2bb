"""The pictures that shortcodes of page builders and galleries show, and the alternative text that each is shown with.

    [vc_single_image image="851"]   [vc_gallery images="852,853"]   [et_pb_blurb image="https://…" alt="A red buoy"]

A picture of the media library has the text that the library has, where the shortcode has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from converters.model import Asset

_ATTRIBUTE = re.compile(r"\s(\w++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'\]]++))")
_LISTS = "images ids image_ids gallery_ids".split()
_SHOWN = ["image_id", "image", *_LISTS, *"img_id src img image_url url custom_src photo".split()]
"""Attributes that name pictures, by their address or by their number in the media library; the first one counts."""
_TEXTS = ("alt", "image_alt")
_OF_MANY = re.compile(r"galler|images|carousel|grid", re.I)
_OF_ONE = re.compile(r"image|img|picture|photo", re.I)
"""Shortcodes whose only matter is to show pictures, by their names."""
_OWN_LIBRARY = "ngg"
"""NextGEN's numbers are those of its own tables."""
_NUMBERS = re.compile(r"\s*+\d{1,20}(?:\|\w*+)?(?:\s*+,\s*+\d{1,20}(?:\|\w*+)?)*+\s*+\Z")
_NUMBER = re.compile(r"(?<![\w|])0*+(\d{1,20})")


def pictured(name: str, tag: str, asset: Callable[[str], Asset | None]) -> Iterator[tuple[str, str]]:
    """(kind, value) of the pictures of one opening tag: `image` is a URL, `shown text` is `URL text`."""
    attributes: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(tag):
        attributes.setdefault(key.lower(), unescape(double or single or bare).strip())
    key = next((key for key in _SHOWN if attributes.get(key)), "")
    found = attributes.get(key, "")
    own = next((attributes[key] for key in _TEXTS if attributes.get(key)), "")
    if not _NUMBERS.match(found):
        if own and "/" in found:
            yield "shown text", f"{found} {own}"
        return
    if name.startswith(_OWN_LIBRARY) or attributes.get("id", "").isdecimal():
        return
    is_many, is_list = _OF_MANY.search(name) is not None, key in _LISTS
    is_asked = is_list if is_many else not is_list and _OF_ONE.search(name) is not None
    for number in dict.fromkeys(_NUMBER.findall(found)):
        if (shown := asset(number)) is None or shown.type.partition("/")[0] not in ("image", ""):
            continue
        if is_asked:
            yield "image", shown.url
        if text := shown.alt if is_many else own or shown.alt:
            yield "shown text", f"{shown.url} {text}"
