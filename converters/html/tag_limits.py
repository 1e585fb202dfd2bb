"""Tags of XML, kept from what makes the time of its readers grow with the square of the text: an attribute is looked up
among all of its element, a prefix among all that are declared."""

from __future__ import annotations

import re

from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log

_ATTRIBUTE = r'\s+[^\s<>="]+="[^"]*"'
_TAG = re.compile(rf"(/?[^\s<>/=\"]+)((?:{_ATTRIBUTE})*+)(\s*/?>)")
_SHORTEST = len(' a=""')
_ONE = re.compile(_ATTRIBUTE)
_PREFIX = re.compile(r"(?:</?|\s)(?:xmlns:)?([A-Za-z_][\w.-]*)(?=:[\w.-]|=)")
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)=")
_PREFIXED = re.compile(r'\s+(?!(?:xml|xlink|xmlns:xlink)[:=])[^\s<>="]+:[^\s<>="]*="[^"]*"')
_NAMED = re.compile(r"/?[^\s<>/=\":]*:")
STRANGER = "stranger"
"""The prefix that stands for all of them where there are too many."""


_ROOT = re.compile(r"<html(?=[\s/])[^<>]*>", re.I)
"""The tag of a whole document: inside of a piece of HTML it makes no element, and shows nothing."""


def without_roots(html: str, limits: Limits = DEFAULT) -> str:
    """The text without the tags of whole documents, where there are very many: a parser gives all their attributes to
    one element (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody, "html")."""
    many = len(html) > limits.attributes * len("<html ") and html.lower().count("<html") > limits.attributes
    return _ROOT.sub("<html>", html) if many else html


def bounded(text: str, log: Log | None, limits: Limits = DEFAULT) -> str:
    """A document that a serialiser has written, without the attributes that an element has beyond the limit."""
    most = limits.attributes
    if text.count('="') <= most:
        return text
    pieces = text.split("<")
    changed = False
    for number, piece in enumerate(pieces):
        if len(piece) > most * _SHORTEST and piece.count('="') > most:
            found = _TAG.match(piece)
            given = _ONE.findall(found[2]) if found is not None else []
            if found is not None and len(given) > most:
                pieces[number] = found[1] + "".join(given[:most]) + piece[found.end(2) :]
                changed = True
                if log is not None:
                    log("html.attribute", f"{len(given) - most:,} attributes of <{found[1]}>, which has {len(given):,}")
    return "<".join(pieces) if changed else text


def many_prefixes(text: str, limits: Limits = DEFAULT) -> bool:
    """Are more prefixes declared, or used by names, than are told from each other?"""
    return text.count(":") > limits.prefixes and len(set(_PREFIX.findall(text))) > limits.prefixes


def many_declared(text: str, limits: Limits = DEFAULT) -> bool:
    """The same for those that are declared, which takes no time for nearly any text."""
    return text.count("xmlns:") > limits.prefixes and len(set(_DECLARED.findall(text))) > limits.prefixes


def one_prefix(text: str) -> str:
    """The document with one prefix for all of its elements that have one, and without attributes that have one."""
    return "<".join(piece if piece.startswith("!") else _renamed(piece) for piece in text.split("<"))


def _renamed(piece: str) -> str:
    found = _TAG.match(piece) if ":" in piece else None
    if found is None:
        return piece
    name = found[1]
    if _NAMED.match(name):
        name = ("/" if name.startswith("/") else "") + f"{STRANGER}:x"
    return name + _PREFIXED.sub("", found[2]) + piece[found.end(2) :]
