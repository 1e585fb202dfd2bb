"""Hugo's shortcodes as they are written: `{{< name a b >}}`, `{{% name key="value" %}}`, their ends, and comments.

https://gohugo.io/content-management/shortcodes/: arguments are bare, between quotation marks (where a backslash means
something), or between backticks (where nothing does, and which may run over lines); `{{</* … */>}}` shows a call as
text. One pass over the text.

There are two grammars. What a text means is read as Hugo does (`calls`; what is no whole call is text). What in a text
could do harm is read so strictly that every version of Hugo reads it in the same way (`strict_calls`; what is not
understood is reported, too). Such a text is looked at with its calls masked, character by character, so that positions
stay what they are: Hugo replaces a call by a word of its own before the Markdown is read, and what the call writes is
put in afterwards. Calls in percent signs are different: what they write is Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

WORD, MARKDOWN = "\ue000", "\ue001"
"""What a call is masked with: one that leaves a word, one that writes Markdown."""
GONE = "\ue002"
"""In place of a character that Hugo takes away."""
_LINKS = frozenset({"ref", "relref", "param"})
"""Built-in shortcodes that write a word, also in percent signs."""

_OPENING = re.compile(r"\{\{([<%])")
_END = {"<": re.compile(r"\s*+(/?+)\s*+>\}\}"), "%": re.compile(r"\s*+(/?+)\s*+%\}\}")}
_COMMENT_END = {"<": "*/>}}", "%": "*/%}}"}


class _Grammar(NamedTuple):
    name: re.Pattern[str]
    """The sign of an end, and the name."""
    argument: re.Pattern[str]


_AS_WRITTEN = _Grammar(
    re.compile(r"\s*+(/?)\s*+([\w\-./]++)"),
    re.compile(
        r'\s*+(?:(?P<key>[A-Za-z_][\w\-]*+)\s*+=\s*+)?(?:"(?P<quoted>(?:[^"\\]|\\.)*+)"|`(?P<raw>[^`]*+)`'
        r'|(?P<bare>(?!/?[>%]\}\})(?:(?![>%]\}\}|/[>%]\}\}|\{\{)[^\s"`=])++))',
        re.S,
    ),
)
_STRICT = _Grammar(
    re.compile(r"\s*+(/?+)\s*+([\w.\-]++(?:/[\w.\-]++)*+)"),
    re.compile(
        r'\s*+(?:(?P<key>[A-Za-z_][\w-]*+)\s*+=\s*+)?(?:"(?P<quoted>(?:[^"\\\n]|\\[^\n])*+)"|`(?P<raw>[^`]*+)`'
        r'|(?P<bare>(?(key)[^\s"`<>{}]++(?=\s)|[\w.\-]++(?=[\s>%/]))))'
    ),
)


class Argument(NamedTuple):
    """`key` is empty for a positional one; `start` and `end` enclose the value as it is written, without its quotes."""

    key: str
    value: str
    start: int
    end: int


class Call(NamedTuple):
    """One pair of braces."""

    start: int
    end: int
    kind: str
    """`<` or `%`; empty for what the strict grammar does not understand."""
    name: str = ""
    closing: bool = False
    """`{{< /name >}}`"""
    self_closing: bool = False
    arguments: tuple[Argument, ...] = ()
    comment: str | None = None
    """What a commented call shows: the text between `/*` and `*/`."""

    def get(self, key: str, position: int = -1) -> str:
        """The argument of that name or, where all are without a name, at that place."""
        found = next((argument.value for argument in self.arguments if argument.key == key), None)
        if found is not None:
            return found
        plain = [argument.value for argument in self.arguments if not argument.key]
        return plain[position] if 0 <= position < len(plain) else ""


class Pair(NamedTuple):
    """A call and its end."""

    opening: Call
    closing: Call


def calls(text: str) -> Iterator[Call]:
    """All calls of the text, in order."""
    return (call for call in _calls(text, _AS_WRITTEN) if call.kind)


def strict_calls(text: str) -> list[Call]:
    """All calls of the text in order, those that are not understood among them."""
    return list(_calls(text, _STRICT))


def call_at(text: str, start: int, end: int, unclosed: set[str]) -> Call | None:
    """The call that begins at `start`. `unclosed` remembers ends of comments that do not come any more."""
    opening = _OPENING.match(text, start, end)
    return _call(text, opening, end, _AS_WRITTEN, unclosed) if opening is not None else None


def _calls(text: str, grammar: _Grammar) -> Iterator[Call]:
    position = 0
    unclosed: set[str] = set()
    while (opening := _OPENING.search(text, position)) is not None:
        call = _call(text, opening, len(text), grammar, unclosed) or Call(opening.start(), opening.end(), "")
        yield call
        position = call.end


def _call(text: str, opening: re.Match[str], end: int, grammar: _Grammar, unclosed: set[str]) -> Call | None:
    kind, position = opening[1], opening.end()
    if text.startswith("/*", position):
        mark = _COMMENT_END[kind]
        found = -1 if mark in unclosed else text.find(mark, position + 2, end)
        if found < 0:
            unclosed.add(mark)
            return None
        return Call(opening.start(), found + len(mark), kind, comment=text[position + 2 : found])
    head = grammar.name.match(text, position, end)
    if head is None:
        return None
    name, position = head[2], head.end()
    if name.endswith("/") and _END[kind].match(text, position, end):  # {{< name/>}}
        name, position = name[:-1], position - 1
    arguments: list[Argument] = []
    while (closed := _END[kind].match(text, position, end)) is None:
        argument = grammar.argument.match(text, position, end)
        if argument is None or argument.end() == position:
            return None
        arguments.append(_argument(argument))
        position = argument.end()
    return Call(opening.start(), closed.end(), kind, name, bool(head[1]), bool(closed[1]), tuple(arguments))


def _argument(found: re.Match[str]) -> Argument:
    group = next(name for name in ("quoted", "raw", "bare") if found[name] is not None)
    value = found[group]
    if group == "quoted" and "\\" in value:
        value = re.sub(r"\\(.)", r"\1", value, flags=re.S)
    return Argument(found["key"] or "", value, found.start(group), found.end(group))


def pairs(found: Iterable[Call], key: Callable[[Call], Hashable], deepest: int | None = None) -> Iterator[Pair]:
    """Calls with their ends, inner ones before those around them. An end closes the last call of its `key`; those
    opened since have none, and neither have those deeper than `deepest`."""
    stack: list[Call] = []
    opened: dict[Hashable, int] = {}
    for call in found:
        if not call.kind or call.comment is not None or (call.self_closing and not call.closing):
            continue
        if not call.closing:
            if deepest is None or len(stack) < deepest:
                stack.append(call)
                opened[key(call)] = opened.get(key(call), 0) + 1
            continue
        while opened.get(key(call)):
            last = stack.pop()
            opened[key(last)] -= 1
            if key(last) == key(call):
                yield Pair(last, call)
                break


def strict_pairs(found: list[Call]) -> list[Pair]:
    """The same for calls of the strict grammar: an end has the sign of its call, and does not close itself."""
    sure = (call for call in found if not (call.closing and call.self_closing))
    return list(pairs(sure, lambda call: (call.kind, call.name)))


def masked(text: str, found: list[Call]) -> str:
    """The text with its calls masked; of commented ones only the signs of the comment, which Hugo takes away."""
    parts, position = [], 0
    for call in found:
        if not call.kind:
            continue
        parts.append(text[position : call.start])
        if call.comment is not None:
            opening, closing = text[call.start : call.start + 3], text[call.end - 3 : call.end]
            parts.append(f"{opening}{GONE * 2}{call.comment}{GONE * 2}{closing}")
        else:
            word = call.kind == "<" or call.name in _LINKS
            parts.append((WORD if word else MARKDOWN) * (call.end - call.start))
        position = call.end
    parts.append(text[position:])
    return "".join(parts)
