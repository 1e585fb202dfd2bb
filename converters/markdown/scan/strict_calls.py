"""Calls of Hugo's shortcodes, read so strictly that every version of Hugo reads them in the same way.

A text is looked at with its calls masked, character by character, so that positions stay what they are: Hugo replaces a
call by a word of its own before the Markdown is read, and what the call writes is put in afterwards. Calls in percent
signs are different: what they write is Markdown. https://gohugo.io/content-management/shortcodes/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

WORD, MARKDOWN = "\ue000", "\ue001"
"""What a call is masked with: one that leaves a word, one that writes Markdown."""
GONE = "\ue002"
"""Stands for a character that Hugo takes away."""

_OPENER = re.compile(r"\{\{[<%]")
_HEAD = re.compile(r"\{\{([<%])\s*+(/?+)\s*+([\w.\-]++(?:/[\w.\-]++)*+)")
_KEYED = re.compile(
    r"\s*+([A-Za-z_][\w-]*+)\s*+=\s*+(?:\"((?:[^\"\\\n]|\\[^\n])*+)\"|`([^`]*+)`|([^\s\"`<>{}]++)(?=\s))"
)
_PLAIN = re.compile(r"\s*+(?:\"((?:[^\"\\\n]|\\[^\n])*+)\"|`([^`]*+)`|([\w.\-]++)(?=[\s>%/]))")
_TAIL = {"<": re.compile(r"\s*+(/?+)\s*+>\}\}"), "%": re.compile(r"\s*+(/?+)\s*+%\}\}")}
_COMMENT_END = {"<": "*/>}}", "%": "*/%}}"}

LINKS = frozenset({"ref", "relref", "param"})
"""Built-in shortcodes that write a word, also in percent signs."""


class Argument(NamedTuple):
    """`start` and `end` enclose the value as it is written, without its quotes."""

    key: str
    start: int
    end: int


class Call(NamedTuple):
    start: int
    end: int
    kind: str
    """`<` or `%`; `*` for a commented call, which is shown as text; empty for what is no call that is understood."""
    name: str = ""
    closing: bool = False
    alone: bool = False
    """Closes itself."""
    arguments: tuple[Argument, ...] = ()


class Pair(NamedTuple):
    """A call and its end."""

    opening: Call
    closing: Call


def read_calls(text: str) -> list[Call]:
    """All calls of the text in order, those that are not understood among them."""
    return list(_calls(text)) if "{{" in text else []


def _calls(text: str) -> Iterator[Call]:
    position = 0
    missing: set[str] = set()
    while (opener := _OPENER.search(text, position)) is not None:
        call = _comment(text, opener, missing) if text.startswith("/*", opener.end()) else _call(text, opener)
        yield call
        position = call.end


def _comment(text: str, opener: re.Match[str], missing: set[str]) -> Call:
    mark = _COMMENT_END[opener[0][2]]
    found = -1 if mark in missing else text.find(mark, opener.end() + 2)
    if found < 0:
        missing.add(mark)
        return Call(opener.start(), opener.end(), "")
    return Call(opener.start(), found + len(mark), "*")


def _call(text: str, opener: re.Match[str]) -> Call:
    unread = Call(opener.start(), opener.end(), "")
    head = _HEAD.match(text, opener.start())
    if head is None:
        return unread
    arguments, position = [], head.end()
    while (tail := _TAIL[head[1]].match(text, position)) is None:
        keyed = _KEYED.match(text, position)
        found = keyed or _PLAIN.match(text, position)
        if found is None:
            return unread
        group = next(number for number in range(2 if keyed else 1, 5) if found[number] is not None)
        arguments.append(Argument(found[1] if keyed else "", found.start(group), found.end(group)))
        position = found.end()
    return Call(head.start(), tail.end(), head[1], head[3], bool(head[2]), bool(tail[1]), tuple(arguments))


def pairs(calls: list[Call]) -> list[Pair]:
    """Calls with their ends, inner ones before those around them."""
    found: list[Pair] = []
    stack: list[Call] = []
    opened: dict[tuple[str, str], int] = {}
    for call in calls:
        if call.kind not in ("<", "%") or call.alone:
            continue
        key = (call.kind, call.name)
        if not call.closing:
            stack.append(call)
            opened[key] = opened.get(key, 0) + 1
        elif opened.get(key):
            while True:
                last = stack.pop()
                opened[last.kind, last.name] -= 1
                if (last.kind, last.name) == key:
                    found.append(Pair(last, call))
                    break
    return found


def masked(text: str, calls: list[Call]) -> str:
    """The text with its calls masked; of commented ones only the signs of the comment, which Hugo takes away."""
    parts, position = [], 0
    for call in calls:
        if not call.kind:
            continue
        parts.append(text[position : call.start])
        length = call.end - call.start
        if call.kind == "*":
            shown = text[call.start + 5 : call.end - 5]
            parts.append(
                f"{text[call.start : call.start + 3]}{GONE * 2}{shown}{GONE * 2}{text[call.end - 3 : call.end]}"
            )
        else:
            word = call.kind == "<" or call.name in LINKS
            parts.append((WORD if word else MARKDOWN) * length)
        position = call.end
    parts.append(text[position:])
    return "".join(parts)
