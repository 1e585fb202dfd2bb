"""Paragraphs around shortcodes that stand alone, which `autop` made and WordPress's `shortcode_unautop` takes away."""

from __future__ import annotations

import re

_space = "(?:[\\r\\n\\t \u00a0]|&nbsp;)*+"
_paragraph_end = re.compile(rf"\]{_space}</p>")


_alone = re.compile(rf"<p>{_space}\[(([\w-]*+)[^<>&/\[\]\x00-\x20=]*+)", re.A)
"""A bracket that begins a paragraph: all that can be a name, and the letters of most names at its start."""


def unwrap_shortcodes(text: str, names: frozenset[str]) -> str:
    """`text` without the paragraph around a shortcode of `names` that is alone in it, as `shortcode_unautop` has it.

    Such a paragraph may reach over others: `[box]`, blank line, words, blank line, `[/box]` lie in three, and the marks
    inside stay as they are. A tag ends at its first bracket, be it between quotation marks.
    """
    if "[" not in text or not names:
        return text
    ends = {match.start() + 1: match.end() for match in _paragraph_end.finditer(text)}
    ahead: dict[str, int] = {}
    out: list[str] = []
    position = 0
    for match in _alone.finditer(text):
        name = match[1] if match[1] in names else match[2]
        if match.start() < position or name not in names:
            continue
        tag = _next(text, "]", match.start(1) + len(name), ahead) + 1
        pair = 0 if not tag or text[tag - 2] == "/" else _next(text, f"[/{name}]", tag, ahead) + 1
        end = pair + len(name) + 2 if pair and pair + len(name) + 2 in ends else tag
        if end in ends:
            out += (text[position : match.start()], text[match.start(1) - 1 : end])
            position = ends[end]
    return "".join(out) + text[position:]


def _next(text: str, what: str, start: int, known: dict[str, int]) -> int:
    """`text.find`, for calls with rising `start`: remembers what it found, so that the text is searched once."""
    found = known.get(what, 0)
    if 0 <= found < start:
        found = known[what] = text.find(what, start)
    return found
