"""Values of attributes that are on the lists: which may stay as they are, and what becomes of the others."""

from __future__ import annotations

import re
from collections.abc import Callable

from converters.html.sanitize import css
from converters.html.sanitize.lists import (
    CLOBBERING,
    ELEMENTS,
    FRAME_RIGHTS,
    MATHML,
    SVG,
    TARGETS,
    URLS,
    URLS_OF,
)
from converters.html.sanitize.urls import Use, allowed

Check = Callable[[object, str, str], bool]
_SIZE = re.compile(r"[\d.]+[wxh](?:,|\Z)", re.A)
_RIGHT = re.compile(r"\s*([\w-]+)[^;]*")


def _address(tag: object, name: str, value: str) -> bool:
    use = URLS_OF.get((tag, name))
    if use is None:
        use = URLS[name]
        if "}" in str(tag) and use is Use.FILE:
            use = Use.LINK
    return allowed(value, use)


def _addresses(tag: object, name: str, value: str) -> bool:
    return all(allowed(part, Use.LINK) for part in value.split())


def _style(tag: object, name: str, value: str) -> bool:
    return css.style(value) == value


def _candidates(tag: object, name: str, value: str) -> bool:
    """`srcset`: addresses, sizes, commas. Each word that is no size is an address, wherever a browser cuts it."""
    for word in value.split():
        size = _SIZE.match(word)
        rest = (word[size.end() :] if size else word).strip(",")
        if rest and (rest.lower().startswith("data:") or not all(allowed(one, Use.FILE) for one in rest.split(","))):
            return False
    return True


def _name(tag: object, name: str, value: str) -> bool:
    return value.strip().lower() not in CLOBBERING


def _target(tag: object, name: str, value: str) -> bool:
    return value in TARGETS


def _rights(tag: object, name: str, value: str) -> bool:
    return _mended_rights(value) == value


def _mended_rights(value: str) -> str:
    parts = [part for part in value.split(";") if (found := _RIGHT.match(part)) and found[1] in FRAME_RIGHTS]
    return value if len(parts) == len([part for part in value.split(";") if part.strip()]) else ";".join(parts)


def _local(tag: object, name: str, value: str) -> bool:
    """In SVG and MathML any attribute may be a style."""
    return "(" not in value or css.local(value)


CHECKS: dict[object, Check] = {
    **{
        name: _local
        for tag, names in ELEMENTS.items()
        if str(tag).startswith((SVG, MATHML))
        for name in names - ELEMENTS["div"]
    },
    **dict.fromkeys(URLS, _address),
    "allow": _rights,
    "itemtype": _addresses,
    "name": _name,
    "srcset": _candidates,
    "style": _style,
    "target": _target,
}
"""attribute -> may it have this value on this element? What is not here may have any."""


def mended(tag: object, name: str, value: str) -> str | None:
    """What may stay of a value, if anything may."""
    if name == "style":
        return css.style(value) or None
    if name == "allow":
        return _mended_rights(value) or None
    return None
