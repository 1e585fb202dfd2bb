"""Hugo's shortcodes as they stand in a text: `{{< name a b >}}`, `{{% name key="value" %}}`, their ends, and comments.

https://gohugo.io/content-management/shortcodes/: arguments are bare, between quotation marks (where a backslash means
something), or between backticks (where nothing does, and which may run over lines); `{{</* … */>}}` shows a call as
text. One pass over the text; what is no whole call is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPENING = re.compile(r"\{\{([<%])")
_NAME = re.compile(r"\s*+(/?)\s*+([\w\-./]++)")
_ARGUMENT = re.compile(
    r"\s*+(?:(?P<key>[A-Za-z_][\w\-]*+)\s*+=\s*+)?"
    r'(?:"(?P<quoted>(?:[^"\\]|\\.)*+)"|`(?P<raw>[^`]*+)`|(?P<bare>(?!/?[>%]\}\})(?:(?![>%]\}\}|/[>%]\}\}|\{\{)[^\s"`=])++))',
    re.S,
)
_END = {"<": re.compile(r"\s*+(/?)\s*+>\}\}"), "%": re.compile(r"\s*+(/?)\s*+%\}\}")}
_COMMENT_END = {"<": "*/>}}", "%": "*/%}}"}


class Argument(NamedTuple):
    """`key` is empty for a positional one; `start` and `end` enclose the value as it is written, without its quotes."""

    key: str
    value: str
    start: int
    end: int


class Call(NamedTuple):
    """One pair of braces. `kind` is `<` or `%`."""

    start: int
    end: int
    kind: str
    name: str
    closing: bool
    """`{{< /name >}}`"""
    self_closing: bool
    arguments: tuple[Argument, ...] = ()
    comment: str | None = None
    """What a commented call says: the text between `/*` and `*/`."""

    def get(self, key: str, position: int = -1) -> str:
        """The argument of that name or, where all are without a name, at that place."""
        found = next((argument.value for argument in self.arguments if argument.key == key), None)
        if found is not None:
            return found
        plain = [argument.value for argument in self.arguments if not argument.key]
        return plain[position] if 0 <= position < len(plain) else ""


def calls(text: str, start: int = 0, end: int | None = None) -> Iterator[Call]:
    """All calls between two places of the text, in order."""
    end = len(text) if end is None else end
    unclosed: set[str] = set()
    while (opening := _OPENING.search(text, start, end)) is not None:
        call = call_at(text, opening.start(), end, unclosed)
        if call is None:
            start = opening.end()
        else:
            yield call
            start = call.end


def call_at(text: str, start: int, end: int, unclosed: set[str]) -> Call | None:
    """The call that begins at `start`. `unclosed` remembers ends of comments that do not come any more."""
    opening = _OPENING.match(text, start, end)
    if opening is None:
        return None
    kind, position = opening[1], opening.end()
    if text.startswith("/*", position):
        mark = _COMMENT_END[kind]
        found = -1 if mark in unclosed else text.find(mark, position + 2, end)
        if found < 0:
            unclosed.add(mark)
            return None
        return Call(start, found + len(mark), kind, "", False, False, comment=text[position + 2 : found])
    name = _NAME.match(text, position, end)
    if name is None:
        return None
    return _call(text, start, end, kind, name)


def _call(text: str, start: int, end: int, kind: str, name: re.Match[str]) -> Call | None:
    called, position = name[2], name.end()
    if called.endswith("/") and _END[kind].match(text, position, end):  # {{< name/>}}
        called, position = called[:-1], position - 1
    arguments: list[Argument] = []
    while (closed := _END[kind].match(text, position, end)) is None:
        found = _ARGUMENT.match(text, position, end)
        if found is None or found.end() == position:
            return None
        arguments.append(_argument(found))
        position = found.end()
    return Call(start, closed.end(), kind, called, bool(name[1]), bool(closed[1]), tuple(arguments))


def _argument(found: re.Match[str]) -> Argument:
    group = next(name for name in ("quoted", "raw", "bare") if found[name] is not None)
    value = found[group]
    if group == "quoted" and "\\" in value:
        value = re.sub(r"\\(.)", r"\1", value, flags=re.S)
    return Argument(found["key"] or "", value, found.start(group), found.end(group))
