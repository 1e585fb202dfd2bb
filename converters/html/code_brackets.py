"""Tags inside of `code` and `pre`: markup of the code, or the code itself."""

from __future__ import annotations

import re

from converters.html.elements import KNOWN, RENDERED_INLINES, TAGGED_INLINES, VOID

_NEVER_IN_CODE = frozenset("script style html head body title meta link".split())
_NEVER_IN_A_LINE = frozenset(
    """form input select option textarea iframe object embed table tr td th header footer nav main h1 h2 h3 h4 h5
    h6""".split()
)
"""In `code` outside of `pre`, markup that is shown rather than meant."""
_INLINES = RENDERED_INLINES | TAGGED_INLINES
_code_tag = re.compile(r"<(/?)([A-Za-z][\w:-]*+)([^<>]*+)>|<(?=[A-Za-z/!?])", re.A)
_hidden_mark = re.compile(r"<!--\s*(?:/?wp:|more\b|nextpage\b)")


def code_as_text(inside: str, *, whole: bool) -> str:
    """What is inside of `code` (`whole`) or `pre`, with tags that have no other half, or no place in code, as text."""
    opened: dict[str, list[int]] = {}
    pairs: set[int] = set()
    tags = list(_code_tag.finditer(inside))
    for number, tag in enumerate(tags):
        name = (tag[2] or "").lower()
        if tag[1] and opened.get(name):
            pairs |= {opened[name].pop(), number}
        elif name and not tag[1]:
            opened.setdefault(name, []).append(number)
    source = any((tag[2] or "?").lower() in _NEVER_IN_CODE or tag[2] is None for tag in tags)
    parts: list[str] = []
    done = 0
    alone = not re.sub(r"<[^<>]*>", "", inside).strip()
    for number, tag in enumerate(tags):
        meant = _means_markup(tag, number in pairs, whole=whole, alone=alone)
        if not meant or (source and tag[2] and tag[2].lower() not in _INLINES):
            parts += (inside[done : tag.start()], "&lt;")
            done = tag.start() + 1
    return "".join(parts) + inside[done:]


def _means_markup(tag: re.Match[str], paired: bool, *, whole: bool, alone: bool) -> bool:
    name = (tag[2] or "").lower()
    if not name:
        return _hidden_mark.match(tag.string, tag.start()) is not None
    if name in _NEVER_IN_CODE or (whole and name in _NEVER_IN_A_LINE) or name not in KNOWN:
        return False
    return not (whole and alone and not tag[3].strip(" /")) if name in VOID else paired
