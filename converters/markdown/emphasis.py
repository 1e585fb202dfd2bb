"""Which mark an emphasis gets: `*`, `_`, or its HTML tag where no mark can work.

CommonMark's rules decide from the characters on both sides of a run of marks whether it can open or close
(https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis). Marks are chosen, then read back by the same rules;
an emphasis that does not come back as it was gets tags, and the rest is read again.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_ASCII = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MARKS = {"em": 1, "strong": 2, "strike": 2}


class Span:
    """An inline element that stands between two marks: emphasis, strike-through or a link."""

    __slots__ = ("close", "kind", "mark", "open", "tags")

    def __init__(self, kind: str, open: str = "", close: str = "", tags: tuple[str, str] = ("", "")) -> None:
        self.kind, self.open, self.close, self.tags = kind, open, close, tags
        self.mark = ""


class Edge(NamedTuple):
    """The start or the end of a span, between the characters that stand beside it in the text."""

    span: Span
    opens: bool


class Run(NamedTuple):
    """Marks of one character without anything between them, each with the edge it belongs to."""

    mark: str
    owners: list[Edge]
    can_open: bool
    can_close: bool


Item = Edge | str
"""A piece of a line: an edge of a span, or finished text of which only the outer characters matter here."""


def resolve(items: list[Item], *, nested: bool = True) -> None:
    """Set `open` and `close` of every emphasis among the items.

    `nested`: can the dialect say emphasis inside emphasis of the same kind?
    """
    tagged = set() if nested else _inside_their_like(items)
    if not tagged and _all_simple(items):
        for item in items:
            if isinstance(item, Edge) and item.opens and item.span.kind in _MARKS:
                span = item.span
                span.mark = span.open = span.close = "~~" if span.kind == "strike" else "*" * _MARKS[span.kind]
        return
    spans = [item.span for item in items if isinstance(item, Edge) and item.opens and item.span.kind in _MARKS]
    while wrong := _wrong(items, tagged):
        tagged.add(id(next(span for span in spans if id(span) in wrong)))
    for span in spans:
        span.open = span.close = span.mark


def _inside_their_like(items: list[Item]) -> set[int]:
    found: set[int] = set()
    open_kinds: list[str] = []
    for item in items:
        if isinstance(item, Edge) and item.span.kind in _MARKS:
            if not item.opens:
                open_kinds.remove(item.span.kind)
                continue
            if item.span.kind in open_kinds:
                found.add(id(item.span))
            open_kinds.append(item.span.kind)
    return found


def _all_simple(items: list[Item]) -> bool:
    """The common case: marks with a letter on the inside and a space, a point or an edge outside, or with a point on
    the inside and a space or an edge outside, can only open or only close; and none touches another."""
    last = len(items) - 1
    for index, item in enumerate(items):
        if isinstance(item, str) or item.span.kind not in _MARKS:
            continue
        before = items[index - 1] if index else ""
        after = items[index + 1] if index < last else ""
        if not isinstance(before, str) or not isinstance(after, str):
            return False
        inside, outside = (after[:1], before[-1:]) if item.opens else (before[-1:], after[:1])
        free = outside == "" or outside.isspace()
        if not (inside.isalnum() and (free or punctuation(outside, strict=False))) and not (
            free and punctuation(inside, strict=False)
        ):
            return False
    return True


def _wrong(items: list[Item], tagged: set[int]) -> set[int]:
    """Choose marks; the ids of the spans that would not be read back, whichever way the marks are chosen."""
    _choose(items, tagged, alternate=True)
    if not _unread(items):
        return set()
    _choose(items, tagged, alternate=False)
    return _unread(items) - tagged


def _unread(items: list[Item]) -> set[int]:
    return {id(span) for strict in (True, False) for span in _misread(items, strict)}


def _choose(items: list[Item], tagged: set[int], *, alternate: bool) -> None:
    """A star, unless the mark before it is one: then an underscore, so that the two do not run together."""
    previous: Edge | None = None
    for item in items:
        if not isinstance(item, Edge):
            if item:
                previous = None
            continue
        span = item.span
        if span.kind in _MARKS and item.opens:
            if id(span) in tagged:
                span.mark = ""
            elif span.kind == "strike":
                span.mark = "~~"
            else:
                touching = alternate and previous is not None and previous.span.mark[:1] == "*"
                span.mark = ("_" if touching else "*") * _MARKS[span.kind]
        previous = item if span.kind in _MARKS and span.mark else None


def _misread(items: list[Item], strict: bool) -> list[Span]:
    """The spans that a renderer would not read back from their marks."""
    runs = _runs(items, strict)
    wrong: dict[int, Span] = {}
    for mark in ("*", "_", "~"):
        _read(
            [run for run in runs if run.mark in (("*", "_") if mark == "*" else ()) or run.mark == mark == "~"], wrong
        )
    return list(wrong.values())


def _runs(items: list[Item], strict: bool) -> list[Run]:
    runs: list[Run] = []
    index = 0
    while index < len(items):
        item = items[index]
        if not isinstance(item, Edge) or not item.span.mark:
            index += 1
            continue
        mark, owners, start = item.span.mark[0], [], index
        while index < len(items):
            item = items[index]
            if item == "":
                index += 1
                continue
            if not isinstance(item, Edge) or item.span.mark[:1] != mark:
                break
            owners += [item] * len(item.span.mark)
            index += 1
        runs.append(_run(mark, owners, _outer(items, start - 1, -1), _outer(items, index, 1), strict))
    return runs


def _outer(items: list[Item], index: int, step: int) -> str:
    """The character beside a run: of text, or of another mark; empty at the edge of the block."""
    while 0 <= index < len(items):
        item = items[index]
        if isinstance(item, str):
            if item:
                return item[0] if step > 0 else item[-1]
        else:
            text = item.span.mark or (item.span.open if item.opens else item.span.close) or _tag(item)
            if text:
                return text[0] if step > 0 else text[-1]
        index += step
    return ""


def _tag(edge: Edge) -> str:
    return edge.span.tags[0 if edge.opens else 1]


def _run(mark: str, owners: list[Edge], before: str, after: str, strict: bool) -> Run:
    space_before, space_after = before == "" or before.isspace(), after == "" or after.isspace()
    point_before, point_after = punctuation(before, strict), punctuation(after, strict)
    left = not space_after and (not point_after or space_before or point_before)
    right = not space_before and (not point_before or space_after or point_after)
    if mark == "_":
        return Run(mark, owners, left and (not right or point_before), right and (not left or point_after))
    return Run(mark, owners, left, right)


def punctuation(character: str, strict: bool) -> bool:
    """Is it punctuation to a renderer? Symbols are since CommonMark 0.31, so both readings have to come out right."""
    if not character or character.isalnum():
        return False
    if character.isascii():
        return character in _ASCII
    category = unicodedata.category(character)[0]
    return category == "P" or (strict and category == "S")


def _read(runs: list[Run], wrong: dict[int, Span]) -> None:
    """The procedure "process emphasis" of CommonMark; every mark must close what it belongs to."""
    waiting: list[tuple[Run, list[Edge]]] = []
    for run in runs:
        left = list(run.owners)
        if run.can_close:
            left = _close(run, left, waiting, wrong)
        if left:
            if run.can_open:
                waiting.append((run, left))
            else:
                wrong.update((id(edge.span), edge.span) for edge in left)
    for _, left in waiting:
        wrong.update((id(edge.span), edge.span) for edge in left)


def _close(run: Run, left: list[Edge], waiting: list[tuple[Run, list[Edge]]], wrong: dict[int, Span]) -> list[Edge]:
    depth = len(waiting) - 1
    while left and depth >= 0:
        opener, owners = waiting[depth]
        if opener.mark != run.mark or not owners or _rule_of_three(opener, run):
            depth -= 1
            continue
        width = 2 if len(owners) >= 2 and len(left) >= 2 else 1
        opened, closed = owners[-width:], left[:width]
        span = opened[-1].span
        same = all(edge.span is span for edge in (*opened, *closed)) and opened[0].opens and not closed[0].opens
        if not same or width != len(span.mark):
            wrong.update((id(edge.span), edge.span) for edge in (*opened, *closed))
        for _, between in waiting[depth + 1 :]:
            wrong.update((id(edge.span), edge.span) for edge in between)
        del waiting[depth + 1 :], owners[-width:]
        left = left[width:]
        if not owners:
            waiting.pop()
            depth -= 1
    return left


def _rule_of_three(opener: Run, closer: Run) -> bool:
    both = (opener.can_open and opener.can_close) or (closer.can_open and closer.can_close)
    one, two = len(opener.owners), len(closer.owners)
    return opener.mark != "~" and both and (one + two) % 3 == 0 and not (one % 3 == 0 and two % 3 == 0)
