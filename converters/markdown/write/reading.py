"""How a renderer reads runs of emphasis marks: the procedure "process emphasis" of CommonMark."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from converters.markdown.write.tokens import Edge, Span

_ASCII = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Reading(NamedTuple):
    """In what renderers differ; marks have to come out right in every reading."""

    symbols: bool
    """Are symbols punctuation? They are since CommonMark 0.31."""
    github: bool
    """GitHub's renderer looks past tildes for what stands beside a mark, and where a mark that can open as well found
    nothing to close, no later one of its length looks again."""


def punctuation(character: str, *, symbols: bool = False) -> bool:
    """Is it punctuation to a renderer?"""
    if not character or character.isalnum():
        return False
    if character.isascii():
        return character in _ASCII
    category = unicodedata.category(character)[0]
    return category == "P" or (symbols and category == "S")


class Run(NamedTuple):
    """Marks of one character without anything between them, each with the edge it belongs to."""

    mark: str
    owners: list[Edge]
    can_open: bool
    can_close: bool
    length: int
    touches: bool
    """Does a character like its own stand in front of it?"""

    @classmethod
    def between(cls, mark: str, owners: list[Edge], beside: tuple[str, str], reading: Reading) -> Run:
        """A run between two characters, which decide whether it can open and close; empty at the edge of a block."""
        before, after = beside
        space_before, space_after = before == "" or before.isspace(), after == "" or after.isspace()
        point_before = punctuation(before, symbols=reading.symbols)
        point_after = punctuation(after, symbols=reading.symbols)
        left = not space_after and (not point_after or space_before or point_before)
        right = not space_before and (not point_before or space_after or point_after)
        if mark == "_":
            left, right = left and (not right or point_before), right and (not left or point_after)
        return cls(mark, owners, left, right, len(owners), before == mark)


def misread(runs: Iterable[Run], reading: Reading) -> set[Span]:
    """The spans that a renderer would not read back from their marks."""
    wrong: set[Span] = set()
    runs = list(runs)
    _read([run for run in runs if run.mark != "~"], wrong, reading)
    strikes = [run for run in runs if run.mark == "~"]
    _read(strikes, wrong, reading)
    for run in strikes:
        if run.length != 2 or run.touches:  # `~~~~` is text, also when two of them have a backslash
            wrong.update(span for span, _ in run.owners)
    return wrong


def _read(runs: list[Run], wrong: set[Span], reading: Reading) -> None:
    """Every mark must close what it belongs to."""
    waiting: list[Run] = []
    floors: dict[tuple[str, int], int] = {}
    for run in runs:
        left = run.owners
        if run.can_close:
            key = (run.mark, run.length % 3)
            left = _close(run, waiting, wrong, min(floors.get(key, 0), len(waiting)))
            if left and reading.github:
                floors[key] = len(waiting)
        if left and run.can_open:
            waiting.append(run._replace(owners=list(left)))
        else:
            wrong.update(span for span, _ in left)
    for run in waiting:
        wrong.update(span for span, _ in run.owners)


def _close(run: Run, waiting: list[Run], wrong: set[Span], floor: int) -> list[Edge]:
    """Match the marks of a run with those waiting; what is left of the run."""
    left = list(run.owners)
    depth = len(waiting) - 1
    while left and depth >= floor:
        opener = waiting[depth]
        if opener.mark != run.mark or not opener.owners or _rule_of_three(opener, run):
            depth -= 1
            continue
        width = 2 if len(opener.owners) >= 2 and len(left) >= 2 else 1
        opened, closed = opener.owners[-width:], left[:width]
        span = opened[-1][0]
        same = all(edge[0] is span for edge in (*opened, *closed)) and opened[0][1] and not closed[0][1]
        if not same or width != len(span.open):
            wrong.update(edge[0] for edge in (*opened, *closed))
        for between in waiting[depth + 1 :]:
            wrong.update(edge[0] for edge in between.owners)
        del waiting[depth + 1 :], opener.owners[-width:]
        left = left[width:]
        if not opener.owners:
            waiting.pop()
            depth -= 1
    return left


def _rule_of_three(opener: Run, closer: Run) -> bool:
    both = (opener.can_open and opener.can_close) or (closer.can_open and closer.can_close)
    return (
        opener.mark != "~"
        and both
        and (opener.length + closer.length) % 3 == 0
        and not (opener.length % 3 == 0 and closer.length % 3 == 0)
    )
