"""Shortcodes: `[name]`, `[name a="1" b=2 c]`, `[name]inside[/name]`, `[name /]`, and `[[name]]`, which is text.

The grammar is the one WordPress's Shortcode API documents (https://developer.wordpress.org/plugins/shortcodes/). Only
names somebody registered are shortcodes; other brackets are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from converters.importers.wordpress.content.context import Context

_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*"([^"]*)"(?:\s|$)|([\w-]+)\s*=\s*'([^']*)'(?:\s|$)|([\w-]+)\s*=\s*([^\s'"]+)(?:\s|$)"""
    r"""|"([^"]*)"(?:\s|$)|'([^']*)'(?:\s|$)|(\S+)(?:\s|$)"""
)


_LONGEST = 10_000
"""Characters (a quoted value counts as one) of a tag: a bound on what an opening without an end costs."""


class Shortcode(NamedTuple):
    """One shortcode as it stands in a text. Names of attributes are in small letters; `positional` have none."""

    name: str
    attributes: dict[str, str]
    positional: tuple[str, ...]
    inside: str | None
    source: str

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)


Handler = Callable[[Shortcode, Context], str | None]
"""HTML for a shortcode; None leaves it as the text it is."""


def parse_attributes(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """(named, positional) attributes, as `shortcode_parse_atts` reads them."""
    named: dict[str, str] = {}
    positional: list[str] = []
    text = text.replace("\u00a0", " ").replace("\u200b", " ")
    for match in _ATTRIBUTE.finditer(text.strip().removesuffix("/")):
        groups = match.groups()
        for name, value in ((groups[0], groups[1]), (groups[2], groups[3]), (groups[4], groups[5])):
            if name:
                named[name.lower()] = value
                break
        else:
            positional.append(next(value for value in groups[6:] if value is not None))
    return named, tuple(positional)


class Expander:
    """Replaces the shortcodes of the given names. Compiled once, used for every text of a site."""

    def __init__(self, names: Mapping[str, Handler]) -> None:
        self._handlers = dict(names)
        alternatives = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        self._opening = re.compile(
            rf"(\[?)\[({alternatives})(?![\w-])((?:\"[^\"]*\"|'[^']*'|[^\]\"']){{0,{_LONGEST}}})\](\]?)"
        )

    def expand(self, text: str, context: Context) -> str:
        """The text with each shortcode replaced by what its handler says, from left to right."""
        if "[" not in text:
            return text
        parts: list[str] = []
        position, last = 0, text.rfind("]")
        while match := self._opening.search(text, position, last + 2):
            parts.append(text[position : match.start()])
            replacement, position = self._one(text, match, context)
            parts.append(replacement)
        parts.append(text[position:])
        return "".join(parts)

    def _one(self, text: str, match: re.Match[str], context: Context) -> tuple[str, int]:
        before, name, inside_tag, after = match.groups()
        if before and after:
            return match[0][1:-1], match.end()
        end = match.end() - len(after)
        inner: str | None = None
        if not inside_tag.rstrip().endswith("/"):
            closing = text.find(f"[/{name}]", end)
            following = self._opening.search(text, end)
            while following is not None and following[2] != name and closing >= 0 and following.start() < closing:
                following = self._opening.search(text, following.end())
            if closing >= 0 and (following is None or following.start() > closing):
                inner, end = text[end:closing], closing + len(name) + 3
        named, positional = parse_attributes(inside_tag)
        source = text[match.start() + len(before) : end]
        html = self._handlers[name](Shortcode(name, named, positional, inner, source), context)
        return before + (source if html is None else html), end
